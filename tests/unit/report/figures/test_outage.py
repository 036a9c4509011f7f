"""What an outage timeline says."""

import math

from riskmap.report.figures import outage
from riskmap.report.figures.outage import Span, TimelineRow


def row(*spans: Span, tolerance: float | None = 8, kind: str = "function") -> TimelineRow:
    return TimelineRow("Write to clients", kind, spans, tolerance)


def words(*rows: TimelineRow, horizon: float = 240) -> list[str]:
    canvas = outage.compose(rows, horizon, 170, None)
    return [text.get_text() for text, _ in canvas.sheet()[1]]


def test_tolerance_counts_from_when_it_goes_down_through_every_level() -> None:
    first, second = Span(4, 10, "down", "at 20%"), Span(10, 14, "down", "at 84%")
    assert row(first, second).worst == (4, 14)
    assert row(first, second).limit == 12
    assert row(first, second).breached
    assert not row(first, Span(11, 15, "down", "again")).breached
    assert not row(Span(0, 99, "degraded", "at 95%")).breached


def test_what_never_ends_says_so() -> None:
    assert "stopped, no known end" in words(row(Span(0, math.inf, "down", "stopped")))
    assert "no known end ○" in words(row(Span(0, math.inf, "down", "no known end ○")))


def test_what_lies_beyond_the_picture_is_pointed_at() -> None:
    later = Span(112, 240, "carried", "serves")
    assert "only later →" in words(row(later, tolerance=None, kind="fallback"), horizon=24)
    assert "tolerance 3 d →" in words(row(Span(0, 48, "down", ""), tolerance=72), horizon=24)


def test_a_function_that_never_fails_is_not_affected() -> None:
    assert "not affected" in words(row())
    assert "not affected" not in words(row(kind="cause"))


def test_a_label_that_fits_nowhere_gets_a_line_below() -> None:
    long = "a label that is by far too long for the bar it belongs to " * 3
    short = outage.compose([row(Span(0, 1, "down", "ok"))], 240, 170, None)
    tall = outage.compose([row(Span(0, 1, "down", long))], 240, 170, None)
    assert tall.height > short.height
