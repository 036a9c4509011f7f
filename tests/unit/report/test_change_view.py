"""What the comparison of two assessments says, as text, on made-up data."""

import math
from datetime import date

from riskmap.model import Severity
from riskmap.report.view.change import (
    MOST,
    FunctionThenNow,
    Stopped,
    ThenNow,
    change_of,
)

HOUR, DAY = 3600.0, 86400.0
MAIL = FunctionThenNow("Write to clients", Stopped(10 * DAY, assumed=True), Stopped(8 * HOUR))
OFFICE = FunctionThenNow("Run the back office", Stopped(5 * DAY), Stopped(math.inf))
WAGES = FunctionThenNow("Pay wages", None, Stopped(DAY))
SAME = FunctionThenNow("Answer the telephone", Stopped(0.0), Stopped(0.0))


def compared(*functions: FunctionThenNow, **waiting: dict[Severity, int]) -> ThenNow:
    return ThenNow(date(2025, 11, 2), date(2026, 11, 2), functions, **waiting)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_nothing_to_compare_is_no_section() -> None:
    assert change_of(compared()) is None


def test_title_counts_better_and_worse_and_neither_new_nor_same() -> None:
    for functions, title in (
        (
            (MAIL, OFFICE, WAGES, SAME),
            "Of four functions, one would be back sooner than last time and one later",
        ),
        ((MAIL, WAGES), "One function would be back sooner than last time, and none later"),
        ((OFFICE, SAME), "One function would be stopped for longer than last time"),
        ((OFFICE, OFFICE), "Two functions would be stopped for longer than last time"),
        ((WAGES, SAME), "No function fares better or worse than last time"),
    ):
        found = change_of(compared(*functions))
        assert found is not None
        assert found.title == title


def test_alt_text_says_what_the_figure_shows() -> None:
    found = change_of(compared(MAIL, OFFICE, WAGES, SAME))
    assert found is not None
    assert plain(found.picture.alt) == (
        "Longest stop by one failure on 2 November 2025 and on 2 November 2026."
        " Run the back office: 5 days, now no known end;"
        " Write to clients: 10 days ○, now 8 hours;"
        " Pay wages: not in the model, now 24 hours;"
        " Answer the telephone: never stopped, now never stopped."
    )
    assert "no known end" in found.picture.figure.svg


def test_findings_are_counted_by_severity_the_gravest_first() -> None:
    found = change_of(
        compared(
            MAIL,
            waiting_then={Severity.HIGH: 2, Severity.CRITICAL: 9},
            waiting_now={Severity.CRITICAL: 4, Severity.LOW: 1},
        )
    )
    assert found is not None
    assert found.findings == (
        "Findings that wait for a decision, then and now: critical 9 → 4, high 2 → 0, low 0 → 1."
    )
    without = change_of(compared(MAIL))
    assert without is not None
    assert without.findings == ""


def test_functions_beyond_the_most_are_counted_and_those_that_changed_are_kept() -> None:
    same = [FunctionThenNow(f"Function {n}", Stopped(DAY), Stopped(DAY)) for n in range(MOST)]
    found = change_of(compared(*same, OFFICE))
    assert found is not None
    assert found.more == "One further function is in the attached assessments."
    assert "Run the back office" in found.picture.alt
