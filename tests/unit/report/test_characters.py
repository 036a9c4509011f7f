"""Scripts: what prints, what is refused by name, and what is left out."""

import io
import subprocess
import unicodedata
from datetime import date

import pikepdf
import pytest

from riskmap.errors import OutputError
from riskmap.report import characters
from riskmap.report.characters import check_characters, visible
from riskmap.report.html import render_html
from tests.support.pdf_checks import faults

CJK = "支付系统"


def shop(title: str) -> dict:
    return {
        "riskmap": 1,
        "organisation": "Shop",
        "functions": {"till": {"title": title, "mtd": "4h", "needs": ["desk"]}},
        "services": {"desk": {"title": "Desk", "outage": {"worst": "3d"}}},
    }


def pdf_of(make, title: str) -> pikepdf.Pdf:
    pytest.importorskip("weasyprint", reason="PDF is NOT tested", exc_type=(ImportError, OSError))
    from riskmap.report.pdf import render_pdf

    return pikepdf.open(io.BytesIO(render_pdf(make(shop(title)), "board")))


def families(pdf: pikepdf.Pdf) -> set[str]:
    names = {str(f.BaseFont) for page in pdf.pages for f in page.Resources.Font.values()}
    return {name.partition("+")[2].partition("-")[0] for name in names}


def installed(character: str) -> bool:
    """Ask the tool rather than the library that the code asks."""
    try:
        ran = subprocess.run(
            ["fc-list", f":charset={ord(character):x}:outline=true"],
            capture_output=True,
            text=True,
            check=True,
        )
    except FileNotFoundError:
        return False
    return bool(ran.stdout.strip())


@pytest.mark.parametrize(
    "title",
    [
        "Отдел продаж, Київ, Београд",
        "Πωλήσεις, Ωμέγα, ἀρχή",
        "Übergröße, žluťoučký kůň, Łódź, Þór, İstanbul, Tiếng Việt",
        unicodedata.normalize("NFD", "Žluťoučký kůň"),
    ],
    ids=["cyrillic", "greek", "accents", "decomposed"],
)
def test_the_shipped_face_sets_it(make, title: str) -> None:
    pdf = pdf_of(make, title)
    assert families(pdf) == {"Inter"}
    assert faults(pdf) == []


@pytest.mark.skipif(
    not all(map(installed, CJK)), reason="CJK is NOT tested: no font for it is installed"
)
def test_an_installed_font_sets_what_the_shipped_one_lacks(make) -> None:
    pdf = pdf_of(make, CJK)
    assert families(pdf) > {"Inter"}
    assert faults(pdf) == []


@pytest.mark.skipif(
    not installed("😀"), reason="emoji are NOT tested: no font for them is installed"
)
def test_emoji_print_where_a_font_has_them(make) -> None:
    assert faults(pdf_of(make, "Pay 😀 now")) == []


@pytest.mark.parametrize("character", ["支", "😀", "ก", "\U0001321b", "\U0010fffd"])
def test_a_character_that_no_font_has_is_named(make, monkeypatch, character: str) -> None:
    monkeypatch.setattr(characters, "_installed", lambda _: False)
    with pytest.raises(OutputError) as caught:
        pdf_of(make, f"Pay {character} now")
    said = str(caught.value)
    assert f"U+{ord(character):04X}" in said
    assert "the function 'till'" in said
    assert "on Debian" in caught.value.hint


def test_missing_characters_are_counted_and_placed(make, monkeypatch) -> None:
    monkeypatch.setattr(characters, "_installed", lambda _: False)
    model = make({**shop("一二三四五六七"), "organisation": "一"}).model
    with pytest.raises(OutputError) as caught:
        check_characters("一二三四五六七", model)
    said = str(caught.value)
    assert "'organisation', the function 'till'" in said
    assert said.endswith("; and 2 more")


@pytest.mark.parametrize("title", ["خدمة", "שירות", "q̂"], ids=["arabic", "hebrew", "mark"])
def test_what_figures_would_misspell_is_refused(make, monkeypatch, title: str) -> None:
    monkeypatch.setattr(characters, "_installed", lambda _: True)
    with pytest.raises(OutputError, match="figures of a PDF cannot set") as caught:
        pdf_of(make, title)
    assert ".html" in caught.value.hint or "HTML" in caught.value.hint
    assert title in render_html(make(shop(title)), "board")


def test_what_has_no_shape_needs_no_font(make, monkeypatch) -> None:
    monkeypatch.setattr(characters, "_installed", lambda _: False)
    check_characters("a\u00ad\u200b\u200d\ufe0f\u00a0\u3000\u200e", make(shop("x")).model)


@pytest.mark.parametrize("number", [0x202E, 0x202A, 0x2066, 0x2069, 0xFEFF, 0xE0041])
def test_what_turns_or_hides_text_is_left_out(number: int) -> None:
    assert visible(f"Pay{chr(number)}ment") == "Payment"


def test_nothing_turned_or_hidden_reaches_a_page(make) -> None:
    hostile = "Pay\u202ednuof\u2067x\U000e0041"
    model = shop(hostile)
    model["organisation"] = hostile
    model["functions"]["till"]["owner"] = hostile
    page = render_html(make(model, date(2026, 11, 2)), "board")
    assert "Paydnuofx" in page
    assert not set("\u202e\u2067\U000e0041") & set(page)
