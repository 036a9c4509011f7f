"""What the PDF declares itself to be, held against a checker of its own (tests/support)."""

import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from riskmap.report.pdf import render_pdf
from tests.support.pdf_checks import elements, faults, tagged

weasyprint = pytest.importorskip(
    "weasyprint",
    reason="PDF is NOT tested: WeasyPrint cannot load here",
    exc_type=(ImportError, OSError),
)


@pytest.fixture(scope="module")
def board(founding) -> bytes:
    return render_pdf(founding, "board")


@pytest.mark.parametrize("profile", ["board", "plan", "exit"])
def test_every_check_passes_on_the_founding_case(founding, proposal, profile: str) -> None:
    for assessment in (founding, proposal):
        assert faults(pikepdf.open(io.BytesIO(render_pdf(assessment, profile)))) == []


@pytest.mark.parametrize("profile", ["board", "plan", "exit"])
@pytest.mark.parametrize("size", [3, 100])
def test_every_check_passes_on_random_models(make, random_model, profile: str, size: int) -> None:
    titles = ("Ωmega & “Übung” %s %d", "Отдел продаж %s %d", "Tiếng Việt %s %d")
    assessment = make(random_model(size, size, lambda kind, i: titles[i % 3] % (kind, i)))
    assert faults(pikepdf.open(io.BytesIO(render_pdf(assessment, profile)))) == []


def test_what_stands_in_the_margins_is_read_to_nobody(board: bytes) -> None:
    pdf = pikepdf.open(io.BytesIO(board))
    kinds = [
        instruction.operands[1].get("/Type")
        for instruction in pikepdf.parse_content_stream(pdf.pages[0])
        if str(instruction.operator) == "BDC" and instruction.operands[0] == "/Artifact"
    ]
    assert kinds == [Name.Pagination] * 4


def test_headers_of_rows_and_of_columns(board: bytes) -> None:
    pdf = pikepdf.open(io.BytesIO(board))
    for group, scope in (("/THead", "/Column"), ("/TBody", "/Row")):
        found = [e for g in tagged(pdf, group) for e in elements(g) if e.S == "/TH"]
        assert found
        assert {str(e.A.Scope) for e in found} == {scope}


@pytest.mark.skipif(
    shutil.which("qpdf") is None, reason="the syntax of PDFs is NOT checked: qpdf is not installed"
)
@pytest.mark.parametrize("profile", ["board", "plan", "exit"])
def test_qpdf_finds_no_fault(founding, tmp_path: Path, profile: str) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(render_pdf(founding, profile))
    ran = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def _first(kind: str, change: Callable[[Dictionary], None]) -> Callable[[Pdf], None]:
    return lambda pdf: change(tagged(pdf, kind)[0])


def _metadata(old: bytes, new: bytes) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(old, new))

    return change


def _content(old: bytes, new: bytes) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        page = pdf.pages[0]
        page.Contents.write(page.Contents.read_bytes().replace(old, new, 1))

    return change


def _fonts(change: Callable[[Dictionary], None]) -> Callable[[Pdf], None]:
    def damage(pdf: Pdf) -> None:
        for font in pdf.pages[0].Resources.Font.values():
            change(font)

    return damage


def _attached(change: Callable[[Dictionary], None]) -> Callable[[Pdf], None]:
    return lambda pdf: change(pdf.Root.AF[0])


def _link(pdf: Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), F=4)
    pdf.pages[0].Annots = Array([pdf.make_indirect(note)])


DAMAGE: dict[str, tuple[Callable[[Pdf], None], str]] = {
    "language": (lambda p: p.Root.__delitem__("/Lang"), "UA 7.2: no language"),
    "marked": (lambda p: p.Root.__delitem__("/MarkInfo"), "UA 6.2"),
    "title shown": (lambda p: p.Root.__delitem__("/ViewerPreferences"), "title is not shown"),
    "title": (lambda p: p.docinfo.__delitem__("/Title"), "no title"),
    "bookmarks": (lambda p: p.Root.__delitem__("/Outlines"), "no bookmarks"),
    "tab order": (lambda p: p.pages[0].__delitem__("/Tabs"), "tab order of page 1"),
    "not PDF/A": (_metadata(b'pdfaid:part="3"', b""), "PDF/A-3a"),
    "not PDF/UA": (_metadata(b'pdfuaid:part="1"', b""), "PDF/UA-1"),
    "undescribed": (_metadata(b">http://www.aiim.org/pdfua", b">http://"), "not described"),
    "two titles": (_metadata(b"Government contractor", b"Somebody"), "A 6.6.3: /Title"),
    "intent": (lambda p: p.Root.__delitem__("/OutputIntents"), "0 output intents"),
    "action": (lambda p: setattr(p.Root, "OpenAction", Dictionary(S=Name.JavaScript)), "acts"),
    "unlisted": (lambda p: p.Root.AF.__delitem__(0), "listed once"),
    "twice": (lambda p: p.Root.AF.append(p.Root.AF[0]), "listed once"),
    "relation": (_attached(lambda s: s.__delitem__("/AFRelationship")), "AFRelationship"),
    "heading": (_first("/H2", lambda e: setattr(e, "S", Name.H3)), "heading of level 3"),
    "no alt": (_first("/Figure", lambda e: e.__delitem__("/Alt")), "does not say what it shows"),
    "lazy alt": (_first("/Figure", lambda e: setattr(e, "Alt", "Chart")), "what it shows: Chart"),
    "kind": (_first("/P", lambda e: setattr(e, "S", Name.Para)), "/Para is no standard type"),
    "scope": (_first("/TH", lambda e: e.__delitem__("/A")), "does not say what it heads"),
    "headers": (lambda p: p.Root.StructTreeRoot.__delitem__("/IDTree"), "not there"),
    "row": (_first("/TR", lambda e: e.K.__delitem__(0)), "columns in one table"),
    "list": (_first("/LI", lambda e: setattr(e, "S", Name.P)), "/P in a list"),
    "untagged": (_content(b"q", b"0 0 9 9 re f q"), "neither tagged nor an artifact"),
    "loose": (_content(b"/MCID 0", b"/MCID 999"), "content 999 is in no tag"),
    "embedded": (
        _fonts(lambda f: f.DescendantFonts[0].FontDescriptor.__delitem__("/FontFile3")),
        "not embedded",
    ),
    "unicode": (_fonts(lambda f: f.__delitem__("/ToUnicode")), "which characters"),
    "boxes": (_content(b"[<", b"[<0000><"), "missing glyph"),
    "link": (_link, "where it leads"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_the_checker_sees_what_is_damaged(board: bytes, name: str) -> None:
    damage, said = DAMAGE[name]
    pdf = pikepdf.open(io.BytesIO(board))
    damage(pdf)
    assert any(said in fault for fault in faults(pdf)), faults(pdf)
