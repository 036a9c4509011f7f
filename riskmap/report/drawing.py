"""Putting a figure into a page: as a part of it, with words for those who cannot see it.

A page's renderer reads ``style`` attributes by the rules of HTML and does not know those of
drawings, so they become plain attributes here.
"""

from xml.etree import ElementTree as ET

from riskmap.report.characters import visible
from riskmap.report.view.parts import Picture

_SVG = "http://www.w3.org/2000/svg"


def inline(picture: Picture) -> str:
    """Return a figure as an ``svg`` element whose title says what it shows.

    The title is where screen readers and PDF look for an alternative text.
    """
    ET.register_namespace("", _SVG)
    root = ET.fromstring(picture.figure.svg)  # noqa: S314 - drawn by riskmap.report.figures
    for element in root.iter():
        style = element.attrib.pop("style", "")
        for declaration in filter(None, (part.strip() for part in style.split(";"))):
            name, _, value = declaration.partition(":")
            element.set(name.strip(), value.strip().strip("'\""))
    for known in root.findall(f"{{{_SVG}}}title"):
        root.remove(known)
    title = ET.Element(f"{{{_SVG}}}title")
    title.text = visible(picture.alt)
    root.insert(0, title)
    root.set("role", "img")
    return ET.tostring(root, encoding="unicode")
