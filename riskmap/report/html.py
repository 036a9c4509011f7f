"""A report as HTML: one self-contained page, or the page that becomes the PDF.

Everything a user wrote is escaped. The page carries its style, its figures and the parts of the
typeface that it uses, and forbids itself to fetch anything.
"""

import base64
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from riskmap.assessment import Assessment
from riskmap.language import tr
from riskmap.model import PLAIN, Brand, Logo
from riskmap.report.characters import visible
from riskmap.report.document import Document, document_of
from riskmap.report.drawing import inline
from riskmap.report.figures import palette
from riskmap.report.typeface import subset
from riskmap.report.view.parts import Picture
from riskmap.report.view.words import MARK, NBSP
from riskmap.resources import reports_dir

FACES: Mapping[str, int] = MappingProxyType(
    {"Inter-Regular.otf": 400, "Inter-SemiBold.otf": 600, "Inter-Bold.otf": 700}
)
"""Weight of each shipped face that pages and figures use."""

_FIGURE = re.compile(rf"([^ \n\t]*{NBSP}){MARK}")
_HELD = rf'<span class="held">\1<span class="assumed">{MARK}</span></span>'
_TABLE = re.compile(r"<table.*?</table>", re.DOTALL)
_HEAD = re.compile(r'<th scope="col">(.*?)</th>', re.DOTALL)
_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<(td|th)\b")
_PAPER = ("base", "parts", "board", "plan", "exit", "print")
_SCREEN = (*_PAPER, "screen")
_COLOURS = (
    "INK",
    "SLATE",
    "MUTED",
    "QUIET",
    "RULE",
    "WASH",
    "PAPER",
    "BREACH",
    "BREACH_WASH",
    "STRAIN",
    "STRAIN_TEXT",
    "STRAIN_WASH",
    "CALM",
    "CALM_WASH",
)


def render_html(
    assessment: Assessment, profile: str, *, subject: str | None = None, brand: Brand = PLAIN
) -> str:
    """Return a report as one self-contained HTML page.

    Parameters
    ----------
    profile : str
        Name of a profile, such as ``board``.
    subject : str, optional
        What the report is about, for profiles that are about one thing.
    brand : Brand
        Name, logo, colour and classification of the organisation.

    Raises
    ------
    UnknownNameError
        When the profile or the subject does not exist.
    """
    document = document_of(assessment, profile, subject, brand)
    bare = _page_of(document, "", _SCREEN)
    faces = "".join(_inlined(name, set(bare)) for name in FACES)
    return _TABLE.sub(_labelled, _page_of(document, faces, _SCREEN))


def page_for_print(document: Document) -> str:
    """Return the page that becomes a PDF; it refers to the shipped typeface by file."""
    faces = "".join(_face(name, f"fonts/{name}") for name in FACES)
    return _page_of(document, faces, _PAPER)


def _page_of(document: Document, faces: str, styles: tuple[str, ...]) -> str:
    colours = _colours() + _accent(document.brand)
    style = Markup(faces + colours + _styles(styles))  # noqa: S704 - nothing here is a user's
    return _environment().get_template("page.html.j2").render(document=document, style=style)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(reports_dir() / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["_"] = tr
    environment.filters["marked"] = _marked
    environment.filters["drawing"] = _drawing
    environment.filters["address"] = _address
    return environment


def _visible(value: object) -> object:
    """Take out of plain text what would turn or hide the text around it."""
    return visible(value) if type(value) is str else value


def _marked(text: str) -> Markup:
    """Set the mark of assumed figures small, and never apart from its figure."""
    return Markup(_FIGURE.sub(_HELD, str(escape(visible(text)))))  # noqa: S704 - escaped just now


def _drawing(picture: Picture) -> Markup:
    return Markup(inline(picture))  # noqa: S704 - figures escape their text


def _labelled(table: re.Match[str]) -> str:
    """Repeat in each cell the head of its column: on a phone, rows are not side by side.

    Templates write plain heads and no cell within a cell, so reading them as text is enough.
    """
    heads = _HEAD.findall(table[0])

    def row(found: re.Match[str]) -> str:
        columns = iter(heads)

        def cell(start: re.Match[str]) -> str:
            head = next(columns, "")
            return f'<td data-label="{head}"' if head and start[1] == "td" else start[0]

        whole = found[0]
        return whole if "colspan" in whole or 'scope="col"' in whole else _CELL.sub(cell, whole)

    return _ROW.sub(row, table[0])


def _address(logo: Logo) -> str:
    return f"data:{logo.media_type};base64,{base64.b64encode(logo.data).decode('ascii')}"


@cache
def _styles(names: tuple[str, ...]) -> str:
    folder = reports_dir() / "styles"
    return "\n".join(_read(folder / f"{name}.css") for name in names)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _colours() -> str:
    """Give pages the colours of the figures."""
    pairs = (f"--{name.lower().replace('_', '-')}:{getattr(palette, name)};" for name in _COLOURS)
    return f":root{{{''.join(pairs)}}}\n"


def _accent(brand: Brand) -> str:
    """Return the organisation's colour; without one, each style has its own."""
    return f":root{{--accent:{brand.accent};}}\n" if brand.accent else ""


def _face(name: str, source: str) -> str:
    return f'@font-face{{font-family:"Inter";font-weight:{FACES[name]};src:url("{source}")}}\n'


def _inlined(name: str, characters: Iterable[str]) -> str:
    """Return a face that holds only the characters used."""
    data = subset(reports_dir() / "fonts" / name, characters)
    return _face(name, f"data:font/woff2;base64,{base64.b64encode(data).decode('ascii')}")
