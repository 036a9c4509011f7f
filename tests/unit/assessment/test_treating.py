"""Which decision speaks of which finding, and which of several counts."""

from datetime import date
from pathlib import Path

import pytest

from riskmap.assessment import Assessment, assess
from riskmap.model import Gate, Severity
from tests.support.models import TODAY, load

TEXT = """
functions:
  sell: {owner: sales, criticality: critical, mtd: 8h, rto: 4h, needs: [x, list]}
services: {x: {outage: {worst: 12h}, tags: [legacy]}}
third_parties: {list: {outage: {worst: 2d}, automated: true}}
"""


def decided(folder: Path, *treatments: str) -> Assessment:
    lines = "".join(f"  t{n}: {{{facts}}}\n" for n, facts in enumerate(treatments))
    return assess(load(folder, TEXT + "treatments:\n" + lines), TODAY)


def keys(assessment: Assessment) -> dict[str, str]:
    found = assessment.findings
    return {t.finding.key: t.treatment.id for t in found if t.treatment is not None}


@pytest.mark.parametrize(
    ("about", "subjects"),
    [
        ("finding: RM101@x", {"RM101@x"}),
        ("rule: RM101", {"RM101@x", "RM101@list"}),
        ("rule: RM3", {"RM301@list", "RM302@list", "RM303@list"}),
        ("rule: RM1, subject: list", {"RM101@list"}),
        ("subject: [x]", {"RM101@x"}),
        ("tag: legacy", {"RM101@x"}),
        ("tag: legacy, rule: RM3", set()),
    ],
)
def test_what_a_decision_is_about(tmp_path: Path, about: str, subjects: set[str]) -> None:
    assessment = decided(tmp_path, f"{about}, status: accepted")
    assert set(keys(assessment)) == subjects
    assert [orphan.treatment.id for orphan in assessment.orphans] == ["t0"] * (not subjects)


def test_the_closest_decision_that_holds_counts(tmp_path: Path) -> None:
    wide = "rule: RM1, status: accepted"
    by_subject = "subject: x, status: disputed"
    by_key = "finding: RM101@x, status: mitigating"
    gone = by_key + ", expires: 2020-01-01"
    assert keys(decided(tmp_path, wide, by_subject))["RM101@x"] == "t1"
    assert keys(decided(tmp_path, wide, by_subject, by_key))["RM101@x"] == "t2"
    assert keys(decided(tmp_path, wide, by_subject, gone))["RM101@x"] == "t1"
    assert keys(decided(tmp_path, gone))["RM101@x"] == "t0"


def test_an_expired_decision_comes_back_first(tmp_path: Path) -> None:
    """Of equal severity, and by the rules' order the last: it is now the first."""
    plain = [t.finding.key for t in decided(tmp_path, "tag: none, status: accepted").findings]
    last = plain[-1]
    again = decided(tmp_path, f"finding: {last}, status: accepted, expires: {TODAY}")
    severities = {t.finding.severity for t in again.findings}
    assert severities == {Severity.CRITICAL}
    assert again.findings[0].finding.key == last
    assert again.findings[0].open
    assert again.findings[0].expired


@pytest.mark.parametrize(
    ("about", "near"),
    [
        ("finding: RM201@x", ("RM101@x",)),
        ("finding: RM301@lst", ("RM301@list",)),
        ("finding: RM399@list", ("RM301@list", "RM302@list", "RM303@list")),
        ("rule: RM2, subject: x", ("RM101@x",)),
        ("finding: RM101@nothing-like-it", ()),
    ],
)
def test_an_orphan_says_what_may_have_been_meant(
    tmp_path: Path, about: str, near: tuple[str, ...]
) -> None:
    (orphan,) = decided(tmp_path, f"{about}, status: accepted").orphans
    assert orphan.near == near


def test_gates(tmp_path: Path) -> None:
    assessment = decided(tmp_path, "finding: RM101@x, status: accepted, expires: 2020-01-01")

    def stopped(**facts: object) -> set[str]:
        return {t.finding.key for t in assessment.gated(Gate(**facts))}  # type: ignore[arg-type]

    everything = {t.finding.key for t in assessment.findings}
    assert stopped() == set()
    assert stopped(severity=Severity.LOW) == everything
    assert stopped(severity=Severity.LOW, rules=("RM3",)) == {
        key for key in everything if key.startswith("RM3")
    }
    assert stopped(severity=Severity.LOW, exempt=("RM3", "RM2", "RM0")) == {
        "RM101@x",
        "RM101@list",
    }
    assert stopped(expired=True) == {"RM101@x"}
    assert stopped(expired=True, exempt=("RM1",)) == set()


def test_a_decision_holds_until_the_day_before_it_expires(tmp_path: Path) -> None:
    text = TEXT + "treatments: {t: {finding: RM101@x, status: accepted, expires: 2026-07-01}}\n"
    model = load(tmp_path, text)
    for day, is_open in ((date(2026, 6, 30), False), (date(2026, 7, 1), True)):
        found = {t.finding.key: t for t in assess(model, day).findings}
        assert found["RM101@x"].open is is_open
