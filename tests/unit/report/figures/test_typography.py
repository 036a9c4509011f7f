"""Widths and line breaks in the shipped typeface."""

import pytest

from riskmap.report.figures.typography import LABEL, SMALL, TITLE, clean, text_width, wrap
from riskmap.resources import reports_dir


@pytest.mark.parametrize("weight", ["Regular", "Medium", "SemiBold", "Bold", "Italic"])
def test_the_typeface_ships_with_latin_greek_and_cyrillic(weight: str) -> None:
    from matplotlib.ft2font import FT2Font

    font = FT2Font(str(reports_dir() / "fonts" / f"Inter-{weight}.otf"))
    assert all(font.get_char_index(ord(c)) for c in "AzÄßéΩάжЩҐї○●▲◆→…“”")
    assert font.family_name == "Inter"
    assert "SIL OPEN FONT LICENSE" in (reports_dir() / "fonts" / "OFL.txt").read_text("utf-8")


def test_widths_are_those_of_the_font() -> None:
    ttlib = pytest.importorskip("fontTools.ttLib")
    font = ttlib.TTFont(reports_dir() / "fonts" / "Inter-Regular.otf")
    em, names = font["head"].unitsPerEm, font.getBestCmap()
    for words in ("Write to clients", "Резервный план", "Αποστολή", "10 days ○"):
        units = sum(font["hmtx"][names[ord(c)]][0] for c in words)
        assert text_width(words, LABEL) == pytest.approx(units / em * 8.5 * 25.4 / 72, rel=1e-3)
    assert text_width("", LABEL) == 0
    assert text_width("Payroll", TITLE) > text_width("Payroll", LABEL)


def test_lines_are_few_full_and_even() -> None:
    lines = wrap("SenderBase's score of Office 365's addresses", LABEL, 50)
    assert lines == ("SenderBase's score of", "Office 365's addresses")
    assert wrap("", LABEL, 50) == ()


@pytest.mark.parametrize("text", ["Donaudampfschifffahrt", "жжжжжжжжжжжжжжжжжжжж", "日本語" * 9])
def test_what_is_too_wide_is_cut(text: str) -> None:
    lines = wrap(text, SMALL, 15)
    assert len(lines) > 1
    assert all(text_width(line, SMALL) <= 15 for line in lines)
    assert "".join(line.removesuffix("-") for line in lines) == text


def test_an_address_breaks_after_its_marks() -> None:
    assert wrap("identity-provider/eu-west", SMALL, 22)[0].endswith(("-", "/"))


def test_too_many_lines_end_in_an_ellipsis() -> None:
    lines = wrap("one two three four five six seven", SMALL, 10, most=2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert text_width(lines[1], SMALL) <= 10


def test_what_xml_forbids_is_left_out() -> None:
    assert clean("a\x00b\ud800c\n d\te") == "abc d e"
