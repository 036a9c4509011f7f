"""Colours that can be read, by everybody."""

from itertools import combinations

import pytest

from riskmap.report.figures import palette


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", ["INK", "SLATE", "MUTED", "BREACH", "STRAIN_TEXT", "CALM"])
def test_words_can_be_read_on_white(name: str) -> None:
    assert contrast(getattr(palette, name), palette.PAPER) >= 4.5


@pytest.mark.parametrize("name", ["STRAIN", "QUIET"])
def test_marks_and_lines_can_be_seen_on_white(name: str) -> None:
    assert contrast(getattr(palette, name), palette.PAPER) >= 2.5


def test_every_verdict_has_a_shape_of_its_own() -> None:
    assert palette.SHAPE.keys() == palette.VERDICT.keys() == palette.VERDICT_TEXT.keys()
    assert all(one != other for one, other in combinations(palette.SHAPE.values(), 2))
