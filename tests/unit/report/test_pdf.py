"""The PDF: what is in it besides ink."""

import io
import json
import sys
from datetime import date

import pikepdf
import pytest

from riskmap.epoch import source_date
from riskmap.errors import OutputError
from riskmap.report import pdf
from riskmap.report.pdf import render_pdf

try:
    import weasyprint  # noqa: F401

    MISSING = ""
except (ImportError, OSError) as error:
    MISSING = str(error).splitlines()[0]

pytestmark = pytest.mark.skipif(
    bool(MISSING), reason=f"PDF is NOT tested: WeasyPrint cannot load here ({MISSING})"
)
CYRILLIC = "Отдел продаж и сопровождения заказов клиентов Юг"


@pytest.fixture(scope="module", params=["board", "audit", "plan", "exit"])
def printed(request, founding) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(render_pdf(founding, request.param)))


def elements(node, kind: str) -> list:
    """Return every element of the tag tree of one kind."""
    found = []
    if isinstance(node, pikepdf.Dictionary) and node.get("/S") == kind:
        found.append(node)
    kids = node.get("/K") if isinstance(node, pikepdf.Dictionary) else None
    if isinstance(kids, pikepdf.Array):
        for kid in kids:
            if isinstance(kid, pikepdf.Dictionary):
                found.extend(elements(kid, kind))
    elif isinstance(kids, pikepdf.Dictionary):
        found.extend(elements(kids, kind))
    return found


def fonts(document: pikepdf.Pdf) -> dict[str, bool]:
    """Return the name of each font used, and whether it is embedded."""
    found = {}
    for page in document.pages:
        for font in page.Resources.get("/Font", {}).values():
            for inner in font.get("/DescendantFonts", [font]):
                described = inner.get("/FontDescriptor", {})
                embedded = any(f"/FontFile{n}" in described for n in ("", "2", "3"))
                found[str(font.BaseFont)] = embedded
    return found


def test_title_language_and_author(printed) -> None:
    assert printed.Root.Lang == "en"
    assert str(printed.docinfo["/Title"]).endswith("| Government contractor (2012)")
    assert str(printed.docinfo["/Author"]) == "Government contractor (2012)"
    assert printed.Root.ViewerPreferences.DisplayDocTitle
    assert b"Government contractor" in printed.Root.Metadata.read_bytes()


def test_it_is_tagged_with_headings_and_tables(printed) -> None:
    assert printed.Root.MarkInfo.Marked
    tree = printed.Root.StructTreeRoot
    assert len(elements(tree, "/H1")) == 1
    assert len(elements(tree, "/H2")) >= 3
    assert elements(tree, "/TH")


def test_every_figure_says_what_it_shows(founding) -> None:
    document = pikepdf.open(io.BytesIO(render_pdf(founding, "board")))
    figures = elements(document.Root.StructTreeRoot, "/Figure")
    assert len(figures) == 5
    assert all(len(str(figure.Alt)) > 40 for figure in figures)


def test_bookmarks_lead_to_every_heading(printed) -> None:
    with printed.open_outline() as outline:
        assert len(outline.root) == 1
        assert len(outline.root[0].children) >= 3


def test_all_text_is_set_in_the_shipped_typeface(printed) -> None:
    used = fonts(printed)
    assert used
    assert all("+Inter" in name and embedded for name, embedded in used.items())


def test_model_and_assessment_are_attached(printed, founding) -> None:
    assert set(printed.attachments) == {"model.yaml", "assessment.json"}
    model = printed.attachments["model.yaml"].get_file().read_bytes().decode()
    assert model == founding.model.files[0][1]
    held = json.loads(printed.attachments["assessment.json"].get_file().read_bytes())
    assert held["digest"] == founding.model.digest
    assert {f["location"]["file"] for f in held["findings"] if f["location"]} == {"model.yaml"}
    relations = {str(spec.F): str(spec.AFRelationship) for spec in printed.Root.AF}
    assert relations == {"model.yaml": "/Source", "assessment.json": "/Data"}


def test_pages_of_the_founding_case(founding, proposal) -> None:
    for assessment in (founding, proposal):
        for profile, most in (("board", 8), ("plan", 4), ("exit", 6)):
            document = pikepdf.open(io.BytesIO(render_pdf(assessment, profile)))
            assert 2 < len(document.pages) <= most


def test_dates_follow_the_assessment_or_source_date_epoch(founding, monkeypatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    document = pikepdf.open(io.BytesIO(render_pdf(founding, "plan")))
    assert str(document.docinfo["/CreationDate"]) == "D:20120514000000Z"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    document = pikepdf.open(io.BytesIO(render_pdf(founding, "plan")))
    assert str(document.docinfo["/CreationDate"]) == "D:19700102000000Z"
    assert str(document.docinfo["/ModDate"]) == "D:19700102000000Z"


@pytest.mark.parametrize("wrong", ["", "-1", "1e9", "x", "9" * 12, "9" * 40])
def test_what_is_no_epoch_is_as_if_it_were_not_there(monkeypatch, wrong: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
    assert source_date() is None


@pytest.mark.parametrize("profile", ["board", "plan", "exit"])
@pytest.mark.parametrize(
    ("size", "title"),
    [
        (3, lambda kind, index: f"{kind} {index}"),
        (100, lambda kind, index: f"{kind.capitalize()} number {index}"),
        (60, lambda kind, index: f"{kind} {index} " + "of a length that few would choose " * 9),
        (40, lambda kind, index: f"{CYRILLIC} {index}"),
        (12, lambda kind, index: f"{kind}{index}" + "x" * 120),
    ],
    ids=["three", "hundred", "long", "cyrillic", "unbroken"],
)
def test_hard_models_print(make, random_model, profile: str, size: int, title) -> None:
    assessment = make(random_model(size, size, title, treatments=min(size, 30)), date(2026, 11, 2))
    document = pikepdf.open(io.BytesIO(render_pdf(assessment, profile)))
    assert len(document.pages) <= 8
    assert all("+Inter" in name for name in fonts(document))


@pytest.mark.parametrize("profile", ["board", "plan"])
def test_a_single_function_prints(make, profile: str) -> None:
    assessment = make("riskmap: 1\norganisation: Shop\nfunctions: {f: {title: Write}}\n")
    document = pikepdf.open(io.BytesIO(render_pdf(assessment, profile)))
    assert len(document.pages) >= 1


def test_a_character_no_font_has_is_an_error_that_names_it(make) -> None:
    assessment = make(
        {"riskmap": 1, "organisation": "Shop", "functions": {"f": {"title": "Sell \U0001321b"}}}
    )
    with pytest.raises(OutputError, match=r"no font has this character: .*U.1321B.* 'f'"):
        render_pdf(assessment, "board")


def test_a_complaint_of_the_renderer_is_an_error(founding, monkeypatch) -> None:
    monkeypatch.setattr(pdf, "page_for_print", lambda _: "<html lang=en><p style='wave: 1'>x")
    with pytest.raises(OutputError, match="could not be set as it should"):
        render_pdf(founding, "board")


@pytest.mark.parametrize(
    "address",
    [
        "http://example.com/x.png",
        "ftp://example.com/x.png",
        "file:///etc/passwd",
        "fonts/../../pyproject.toml",
        "fonts/%2e%2e/%2e%2e/pyproject.toml",
    ],
)
def test_a_page_may_fetch_nothing_but_what_ships(founding, monkeypatch, address: str) -> None:
    page = f"<html lang=en><img alt=x src='{address}'>"
    monkeypatch.setattr(pdf, "page_for_print", lambda _: page)
    with pytest.raises(OutputError, match="may not fetch"):
        render_pdf(founding, "board")


def test_missing_libraries_give_the_one_line_to_run(founding, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(OutputError, match="not installed") as caught:
        render_pdf(founding, "board")
    assert "apt-get install libpango" in caught.value.hint
    assert ".html" in caught.value.hint
