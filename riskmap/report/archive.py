"""What a tagged PDF from WeasyPrint still needs to be PDF/UA-1 and PDF/A-3a at once.

WeasyPrint writes one variant per file. Its PDF/A-3a is the base; here the last things are mended,
on the objects just before they are written:

- running heads and page numbers become artifacts (ISO 14289-1, 7.8);
- header cells say what they head, and their ids can be looked up (7.5; ISO 32000-1, 14.7.2);
- a figure's box is given in the coordinates of its page (ISO 32000-1, 14.8.5.4.3);
- no picture is smoothed by whoever shows it (ISO 19005-3, 6.2.8);
- each attached file is listed once among those that belong to the document (ISO 19005-3, 6.8);
- the metadata say PDF/UA-1 beside PDF/A-3a, and which digest the attached assessment has, with the
  descriptions of these words which PDF/A asks for (ISO 14289-1, 5; ISO 19005-3, 6.6.2.3).

``docs/decisions/0011-archival-pdf.md`` says what the file declares and what the tests verify.
"""

from collections.abc import Iterator
from typing import Any

from riskmap.assessment.document import DIGEST_WORD

_POINTS_PER_PX = 0.75
_WORDS = """\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:riskmap="urn:riskmap:report:1:" {word}="{digest}"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag>
{schemas}
</rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
_SCHEMA = """\
<rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>{schema}</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{uri}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>{name}</pdfaProperty:name>
<pdfaProperty:valueType>{kind}</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>{about}</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li>"""
_SCHEMAS = (
    {
        "schema": "PDF/UA identification",
        "uri": "http://www.aiim.org/pdfua/ns/id/",
        "prefix": "pdfuaid",
        "name": "part",
        "kind": "Integer",
        "about": "Part of ISO 14289 that the file follows",
    },
    {
        "schema": "riskmap report",
        "uri": "urn:riskmap:report:1:",
        "prefix": "riskmap",
        "name": DIGEST_WORD.partition(":")[2],
        "kind": "Text",
        "about": "SHA-256 of the attached assessment.json",
    },
)


def finish(pdf: Any, digest: str) -> None:
    """Mend a document that WeasyPrint has put together as PDF/A-3a.

    Parameters
    ----------
    pdf : pydyf.PDF
        Changed in place.
    digest : str
        SHA-256 of the attached assessment, in hexadecimal.
    """
    objects = {item.reference: item for item in pdf.objects}
    root = objects[pdf.catalog["StructTreeRoot"]]
    tree = dict(_reached(objects, root["K"]))
    _set_margins_apart(objects, root, tree)
    _name_heads(pdf, objects, root, tree)
    for element in tree.values():
        if element["S"] == "/Figure":
            _place(objects, element)
    for item in pdf.objects:
        if getattr(item, "extra", {}).get("Subtype") == "/Image":
            item.extra["Interpolate"] = "false"
    pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
    _declare(objects[pdf.catalog["Metadata"]], digest)


def _reached(objects: dict[bytes, Any], kids: Any) -> Iterator[tuple[bytes, Any]]:
    """Yield every element of the tag tree, in reading order."""
    for kid in kids:
        element = objects.get(kid)
        if element is not None and "S" in element:
            yield kid, element
            yield from _reached(objects, element["K"])


def _set_margins_apart(objects: dict[bytes, Any], root: Any, tree: dict[bytes, Any]) -> None:
    """Make artifacts of what is marked on a page and has no place in the tree."""
    numbers = objects[root["ParentTree"]]["Nums"]
    for page in (item for item in objects.values() if _is(item, "/Page")):
        owners = numbers[numbers.index(page["StructParents"]) + 1]
        loose = {mcid for mcid, owner in enumerate(owners) if owner not in tree}
        operators = objects[page["Contents"]].stream
        for at, operator in enumerate(operators):
            if operator == b"BDC" and operators[at - 1].get("MCID") in loose:
                del operators[at - 1]["MCID"]
                operators[at - 1]["Type"] = "/Pagination"
                operators[at - 2] = "/Artifact"
        owners[:] = ["null" if mcid in loose else owner for mcid, owner in enumerate(owners)]


def _name_heads(pdf: Any, objects: dict[bytes, Any], root: Any, tree: dict[bytes, Any]) -> None:
    """Say of each header cell whether it heads a row or a column; list the ids of all of them."""
    import pydyf  # type: ignore[import-untyped]

    ids = {}
    for reference, element in tree.items():
        if element["S"] not in {"/TH", "/TD"}:
            continue
        if "ID" in element:
            ids[element["ID"].data] = (element["ID"], reference)
        attributes = element["A"]
        if element["S"] == "/TH":
            group = objects[objects[element["P"]]["P"]]["S"]
            attributes["Scope"] = "/Column" if group == "/THead" else "/Row"
        elif not attributes.get("Headers"):
            attributes.pop("Headers", None)
        if len(attributes) == 1:  # only says whose attributes they are
            del element["A"]
    if ids:
        names = pydyf.Array(part for key in sorted(ids) for part in ids[key])
        tree_of_ids = pydyf.Dictionary({"Names": names})
        pdf.add_object(tree_of_ids)
        root["IDTree"] = tree_of_ids.reference


def _place(objects: dict[bytes, Any], element: Any) -> None:
    """Turn a figure's box from pixels below the top of the page to points above its foot."""
    left, top, right, bottom = element["A"]["BBox"]
    height = objects[element["Pg"]]["MediaBox"][3]
    element["A"]["BBox"][:] = [
        round(left * _POINTS_PER_PX, 2),
        round(height - bottom * _POINTS_PER_PX, 2),
        round(right * _POINTS_PER_PX, 2),
        round(height - top * _POINTS_PER_PX, 2),
    ]


def _declare(metadata: Any, digest: str) -> None:
    (written,) = metadata.stream
    schemas = "\n".join(_SCHEMA.format(**words) for words in _SCHEMAS)
    words = _WORDS.format(word=DIGEST_WORD, digest=digest, schemas=schemas)
    metadata.stream = [written.replace(b"</rdf:RDF>", f"{words}</rdf:RDF>".encode())]
    metadata.compress = False


def _is(item: Any, kind: str) -> bool:
    return isinstance(item, dict) and item.get("Type") == kind
