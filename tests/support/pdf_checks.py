"""What of PDF/UA-1 and PDF/A-3a can be checked on a file, without the code that wrote it.

Not a validator: each check names its clause, of ISO 14289-1 (UA), ISO 19005-3 (A) or ISO 32000-1
(PDF), and what is not here was not checked. docs/reports.md lists the same for users.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from xml.etree import ElementTree as ET

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
XMP = "{http://ns.adobe.com/xap/1.0/}"
ADOBE = "{http://ns.adobe.com/pdf/1.3/}"
PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
PDFUA = "{http://www.aiim.org/pdfua/ns/id/}"
SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}"
PAINTING = {
    *("b", "b*", "B", "B*", "f", "F", "f*", "s", "S", "sh", "Do", "Tj", "TJ", "'", '"', "BI", "EI"),
    "INLINE IMAGE",
}
ACTIONS = {"/Launch", "/JavaScript", "/Sound", "/Movie", "/ImportData", "/Hide", "/SubmitForm"}
TYPES = {
    *("/Document", "/Part", "/Art", "/Sect", "/Div", "/BlockQuote", "/Caption", "/TOC", "/TOCI"),
    *("/Index", "/NonStruct", "/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/L", "/LI"),
    *("/Lbl", "/LBody", "/Table", "/TR", "/TH", "/TD", "/THead", "/TBody", "/TFoot", "/Span"),
    *("/Quote", "/Note", "/Reference", "/BibEntry", "/Code", "/Link", "/Annot", "/Figure"),
    *("/Formula", "/Form"),
}
LEAST_ALT = 40
"""Characters of an alternative text that says what a figure shows rather than what it is."""


def faults(pdf: Pdf) -> list[str]:
    """Return what is wrong, in words; empty when every check passes."""
    return [
        *_document(pdf),
        *_metadata(pdf),
        *_forbidden(pdf),
        *_intent(pdf),
        *_attachments(pdf),
        *_structure(pdf),
        *_tables(pdf),
        *_content(pdf),
        *_fonts(pdf),
        *_annotations(pdf),
    ]


def elements(node: object) -> Iterator[Dictionary]:
    """Yield every element of the tag tree in reading order."""
    if not isinstance(node, Dictionary):
        return
    if "/S" in node:
        yield node
    kids = node.get("/K")
    for kid in kids if isinstance(kids, Array) else [kids]:
        yield from elements(kid)


def tagged(pdf: Pdf, kind: str) -> list[Dictionary]:
    """Return the elements of one kind."""
    return [e for e in elements(pdf.Root.StructTreeRoot) if str(e.S) == kind]


def children(node: Dictionary) -> list[Dictionary]:
    return [kid for kid in node.get("/K", []) if isinstance(kid, Dictionary) and "/S" in kid]


def _document(pdf: Pdf) -> Iterator[str]:
    root = pdf.Root
    if not str(root.get("/Lang", "")):
        yield "UA 7.2: no language"
    if not root.get("/MarkInfo", {}).get("/Marked", False):
        yield "UA 6.2: not marked as tagged"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "UA 7.1: the title is not shown"
    if not str(pdf.docinfo.get("/Title", "")):
        yield "UA 7.1: no title"
    if "/Outlines" not in root:
        yield "UA 7.17: no bookmarks"
    if "/ID" not in pdf.trailer:
        yield "A 6.1.3: no file identifier"
    if pdf.is_encrypted:
        yield "A 6.1.3: encrypted"
    for number, page in enumerate(pdf.pages, 1):
        if page.get("/Tabs") != Name.S:
            yield f"UA 7.18.3: tab order of page {number} is not that of the structure"


def _metadata(pdf: Pdf) -> Iterator[str]:
    stream = pdf.Root.get("/Metadata")
    if stream is None:
        yield "A 6.6.2: no metadata"
        return
    raw = stream.read_bytes()
    rdf = ET.fromstring(raw).find(f"{RDF}RDF")  # noqa: S314 - riskmap wrote it
    attributes, values = {}, {}
    for description in rdf:
        attributes.update(description.attrib)
        for child in description:
            values[child.tag] = "".join(child.itertext()).strip()
    if (attributes.get(f"{PDFA}part"), attributes.get(f"{PDFA}conformance")) != ("3", "A"):
        yield "A 6.6.4: the identifier does not say PDF/A-3a"
    if attributes.get(f"{PDFUA}part") != "1":
        yield "UA 5: the identifier does not say PDF/UA-1"
    described = {e.text for e in rdf.iter(f"{SCHEMA}namespaceURI")}
    if PDFUA.strip("{}") not in described:
        yield "A 6.6.2.3: the words of PDF/UA are not described"
    info = pdf.docinfo
    for key, said in (
        ("/Title", values.get(f"{DC}title")),
        ("/Author", values.get(f"{DC}creator")),
        ("/Subject", values.get(f"{DC}description")),
        ("/Creator", values.get(f"{XMP}CreatorTool")),
        ("/Producer", attributes.get(f"{ADOBE}Producer")),
        ("/CreationDate", _as_pdf(values.get(f"{XMP}CreateDate"))),
        ("/ModDate", _as_pdf(values.get(f"{XMP}ModifyDate"))),
    ):
        if key in info and str(info[key]) != said:
            yield f"A 6.6.3: {key} is {info[key]!s}, and {said} in the metadata"


def _as_pdf(moment: str | None) -> str:
    return "D:" + re.sub(r"[-:T]", "", moment or "")


def _forbidden(pdf: Pdf) -> Iterator[str]:
    if {"/OpenAction", "/AA", "/AcroForm", "/Requirements"} & set(pdf.Root.keys()):
        yield "A 6.5/6.4: the document acts or holds a form"
    for item in pdf.objects:
        if not isinstance(item, Dictionary | pikepdf.Stream):
            continue
        keys = set(item.keys())
        if str(item.get("/S", "")) in ACTIONS or "/AA" in keys or "/JS" in keys:
            yield "A 6.5.1: an action that a paper cannot carry out"
        if "/OPI" in keys or "/Ref" in keys or item.get("/Subtype") == "/PS":
            yield "A 6.2.9: content from elsewhere"
        if item.get("/Subtype") == "/Image" and item.get("/Interpolate", False):
            yield "A 6.2.8: an interpolated image"
        if isinstance(item, pikepdf.Stream):
            filters = item.get("/Filter", Array())
            if "/LZWDecode" in [
                str(f) for f in ([filters] if isinstance(filters, Name) else filters)
            ]:
                yield "A 6.1.7: LZW"
            if {"/F", "/FFilter"} & keys:
                yield "A 6.1.7: a stream kept outside of the file"


def _intent(pdf: Pdf) -> Iterator[str]:
    intents = [i for i in pdf.Root.get("/OutputIntents", []) if i.S == "/GTS_PDFA1"]
    if len(intents) != 1:
        yield f"A 6.2.3: {len(intents)} output intents"
        return
    profile = intents[0].DestOutputProfile.read_bytes()
    if profile[36:40] != b"acsp" or profile[16:20] != b"RGB " or profile[8] > 4:
        yield "A 6.2.3: the output intent is no RGB profile"
    if not str(intents[0].get("/OutputConditionIdentifier", "")):
        yield "A 6.2.3: the output intent has no name"


def _attachments(pdf: Pdf) -> Iterator[str]:
    files = [o for o in pdf.objects if isinstance(o, Dictionary) and o.get("/Type") == "/Filespec"]
    listed = [spec.objgen for spec in pdf.Root.get("/AF", [])]
    if sorted(listed) != sorted(spec.objgen for spec in files):
        yield "A 6.8: not every attached file is listed once"
    for spec in files:
        missing = {"/F", "/UF", "/EF", "/AFRelationship", "/Desc"} - set(spec.keys())
        if missing:
            yield f"A 6.8, UA 7.11: an attached file lacks {sorted(missing)}"
            continue
        held = spec.EF.F
        if "/Subtype" not in held or "/ModDate" not in held.get("/Params", {}):
            yield f"A 6.8: {spec.UF} lacks its type or its date"


def _structure(pdf: Pdf) -> Iterator[str]:
    tree = pdf.Root.get("/StructTreeRoot")
    if tree is None:
        yield "UA 7.1: no tags"
        return
    found = list(elements(tree))
    for kind in sorted({str(e.S) for e in found} - TYPES):
        yield f"UA 7.1: {kind} is no standard type"
    levels = [int(str(e.S)[2]) for e in found if re.fullmatch(r"/H[1-6]", str(e.S))]
    if not levels or levels[0] != 1:
        yield "UA 7.4: the first heading is not of the first level"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"UA 7.4: a heading of level {after} after one of level {before}"
    yield from _figures(found)
    yield from _lists(found)


def _figures(found: list[Dictionary]) -> Iterator[str]:
    for figure in (e for e in found if e.S == "/Figure"):
        said = str(figure.get("/Alt", ""))
        if len(said) < LEAST_ALT and not said.startswith("Logo of "):
            yield f"UA 7.3: a figure does not say what it shows: {said}"
        left, low, right, high = (float(v) for v in figure.A.BBox)
        box = [float(v) for v in figure.Pg.MediaBox]
        if not (box[0] <= left < right <= box[2] and box[1] <= low < high <= box[3]):
            yield "PDF 14.8.5.4.3: the box of a figure is not on its page"


def _lists(found: list[Dictionary]) -> Iterator[str]:
    for listing in (e for e in found if e.S == "/L"):
        for item in children(listing):
            if item.S not in ("/LI", "/Caption"):
                yield f"UA 7.6: {item.S} in a list"
            elif item.S == "/LI" and {str(c.S) for c in children(item)} - {"/Lbl", "/LBody"}:
                yield "UA 7.6: an item of a list holds more than a label and a body"


def _tables(pdf: Pdf) -> Iterator[str]:
    names = pdf.Root.StructTreeRoot.get("/IDTree", {}).get("/Names", [])
    known = {bytes(name) for name in list(names)[::2]}
    if list(map(bytes, list(names)[::2])) != sorted(known):
        yield "PDF 14.7.2: ids are not in order, or not unique"
    for table in tagged(pdf, "/Table"):
        groups = [g for c in children(table) for g in (children(c) if c.S != "/TR" else [c])]
        rows = [g for g in groups if g.S == "/TR"]
        if len(rows) != len(groups):
            yield "UA 7.5: something besides rows in a table"
        cells = [c for row in rows for c in children(row)]
        if {str(c.S) for c in cells} - {"/TH", "/TD"}:
            yield "UA 7.5: something besides cells in a row"
        widths = {
            sum(int(c.get("/A", {}).get("/ColSpan", 1)) for c in children(row)) for row in rows
        }
        if len(widths) != 1:
            yield f"UA 7.2: rows of {sorted(widths)} columns in one table"
        yield from _heads(cells, known)


def _heads(cells: list[Dictionary], known: set[bytes]) -> Iterator[str]:
    heads = [c for c in cells if c.S == "/TH"]
    if not heads:
        yield "UA 7.5: a table without header cells"
    for head in heads:
        if str(head.get("/A", {}).get("/Scope", "")) not in ("/Row", "/Column", "/Both"):
            yield "UA 7.5: a header cell that does not say what it heads"
    for cell in cells:
        for name in cell.get("/A", {}).get("/Headers", []):
            if bytes(name) not in known:
                yield f"UA 7.5: a cell refers to a header {name} that is not there"


def _content(pdf: Pdf) -> Iterator[str]:
    """Hold what is marked on each page against the tree: all of it is tagged or an artifact."""
    parents = dict(_pairs(pdf.Root.StructTreeRoot.ParentTree.Nums))
    owned: dict[tuple[object, int], Dictionary] = {}
    for element in elements(pdf.Root.StructTreeRoot):
        for kid in element.get("/K", []):
            if isinstance(kid, int):
                owned[element.Pg.objgen, kid] = element
    for number, page in enumerate(pdf.pages, 1):
        owners = parents.get(int(page.get("/StructParents", -1)), [])
        seen = set()
        for fault, mcid in _marked(page):
            if fault:
                yield f"UA 7.1: page {number}: {fault}"
                continue
            seen.add(mcid)
            element = owned.get((page.obj.objgen, mcid))
            if element is None:
                yield f"UA 7.1: page {number}: content {mcid} is in no tag"
            elif mcid >= len(owners) or owners[mcid].objgen != element.objgen:
                yield f"PDF 14.7.4.4: page {number}: content {mcid} is not found from its number"
        expected = {mcid for page_id, mcid in owned if page_id == page.obj.objgen}
        if expected - seen:
            yield f"UA 7.1: page {number}: tags without content: {sorted(expected - seen)}"


def _pairs(numbers: Array) -> Iterator[tuple[int, object]]:
    listed = list(numbers)
    for key, value in zip(listed[::2], listed[1::2], strict=True):
        yield int(key), value


def _marked(page: pikepdf.Page) -> Iterator[tuple[str, int]]:
    """Yield each number of marked content, and each thing painted outside of marks."""
    stack: list[str] = []
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), list(instruction.operands)
        if operator in ("BDC", "BMC"):
            kind = "artifact" if operands[0] == "/Artifact" else "tagged"
            properties = operands[1] if len(operands) > 1 else {}
            mcid = properties.get("/MCID") if isinstance(properties, Dictionary) else None
            if kind == "tagged" and "artifact" in stack:
                yield "tagged content within an artifact", -1
            if kind == "artifact" and "tagged" in stack:
                yield "an artifact within tagged content", -1
            if kind == "tagged":
                yield ("", int(mcid)) if mcid is not None else ("content without a number", -1)
            stack.append(kind)
        elif operator == "EMC":
            stack.pop()
        elif operator in PAINTING and not stack:
            yield f"{operator} is neither tagged nor an artifact", -1


def fonts(pdf: Pdf) -> dict[str, Dictionary]:
    """Return every font of the document by its name in the resources."""
    found = {}
    for page in pdf.pages:
        for name, font in page.Resources.get("/Font", {}).items():
            found[str(name)] = font
    return found


def _fonts(pdf: Pdf) -> Iterator[str]:
    known = fonts(pdf)
    for font in known.values():
        inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        described = inner.get("/FontDescriptor", {})
        name = str(font.BaseFont)
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(described.keys()):
            yield f"A 6.2.11.4: {name} is not embedded"
        if not re.match(r"/[A-Z]{6}\+", name):
            yield f"A 6.2.11.4: {name} is not a subset"
        if "/ToUnicode" not in font:
            yield f"A 6.2.11.7: {name} does not say which characters it shows"
    characters = {name: _to_unicode(font) for name, font in known.items() if "/ToUnicode" in font}
    for name, codes in _codes(pdf).items():
        lost = sorted(code for code in codes if not characters.get(name, {}).get(code, ""))
        if lost:
            yield f"A 6.2.11.7: {name} has glyphs of no known character: {lost[:5]}"
        if 0 in codes:
            yield f"A 6.2.11.8: {name} shows the sign of a missing glyph"


def _codes(pdf: Pdf) -> dict[str, set[int]]:
    """Return the two-byte codes that are shown in each font."""
    found: dict[str, set[int]] = {}

    def read(content: object, current: str = "") -> None:
        for instruction in pikepdf.parse_content_stream(content):
            operator, operands = str(instruction.operator), list(instruction.operands)
            if operator == "Tf":
                current = str(operands[0])
            shown = operands[0] if operator == "TJ" else operands if operator == "Tj" else []
            for part in shown:
                if isinstance(part, pikepdf.String):
                    raw = bytes(part)
                    pairs = zip(raw[::2], raw[1::2], strict=True)
                    found.setdefault(current, set()).update(a << 8 | b for a, b in pairs)

    for page in pdf.pages:
        read(page)
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form":
            read(item)
    return found


def _to_unicode(font: Dictionary) -> dict[int, str]:
    """Read the plain pairs of a ToUnicode map."""
    text = font.ToUnicode.read_bytes().decode("ascii", "replace")
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, to in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>", block):
            found[int(code, 16)] = bytes.fromhex(to).decode("utf-16-be").strip("\0\ufeff\ufffe")
    return found


def _annotations(pdf: Pdf) -> Iterator[str]:
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            if not str(annotation.get("/Contents", "")):
                yield "UA 7.18.5: a link that does not say where it leads"
            if "/StructParent" not in annotation:
                yield "UA 7.18.1: an annotation outside of the tags"
            if int(annotation.get("/F", 0)) & 0b100111 != 0b100:
                yield "A 6.3.2: an annotation that is hidden or not printed"
