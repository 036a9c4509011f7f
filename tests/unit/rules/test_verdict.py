"""Severity as a table, and what it is read from."""

import math
from datetime import timedelta
from fractions import Fraction

import pytest

from riskmap.model import Criticality, Function, LossStep, RecoveryObjectives, Severity
from riskmap.rules.verdict import (
    Impact,
    Verdict,
    because,
    loss_of,
    severity_of,
    tolerated,
    verdict_of,
)

HOUR = 3600.0
CRITICAL, IMPORTANT, NORMAL = Criticality
LOW, MEDIUM, HIGH, WORST = Severity
TOLERABLE, STRAINED, BREACHED, UNBOUNDED = Verdict


def function(
    criticality: Criticality | None = None, rto: float | None = None, mtd: float | None = None
) -> Function:
    objectives = RecoveryObjectives(
        mtd=None if mtd is None else timedelta(hours=mtd),
        rto=None if rto is None else timedelta(hours=rto),
    )
    return Function(id="f", title="f", criticality=criticality, objectives=objectives)


@pytest.mark.parametrize(
    ("criticality", "verdict", "severity"),
    [
        (CRITICAL, TOLERABLE, LOW),
        (CRITICAL, STRAINED, MEDIUM),
        (CRITICAL, BREACHED, WORST),
        (CRITICAL, UNBOUNDED, WORST),
        (IMPORTANT, TOLERABLE, LOW),
        (IMPORTANT, STRAINED, LOW),
        (IMPORTANT, BREACHED, HIGH),
        (IMPORTANT, UNBOUNDED, HIGH),
        (NORMAL, TOLERABLE, LOW),
        (NORMAL, STRAINED, LOW),
        (NORMAL, BREACHED, MEDIUM),
        (NORMAL, UNBOUNDED, MEDIUM),
        (None, TOLERABLE, LOW),
        (None, STRAINED, MEDIUM),
        (None, BREACHED, WORST),
        (None, UNBOUNDED, WORST),
    ],
)
def test_severity(criticality: Criticality | None, verdict: Verdict, severity: Severity) -> None:
    assert severity_of(function(criticality), verdict) is severity


@pytest.mark.parametrize(
    ("rto", "mtd", "longest", "verdict"),
    [
        (4, 8, 0, TOLERABLE),
        (4, 8, 4, TOLERABLE),
        (4, 8, 4.01, STRAINED),
        (4, 8, 8, STRAINED),
        (4, 8, 8.01, BREACHED),
        (4, 8, math.inf, UNBOUNDED),
        (None, 8, 1, STRAINED),
        (None, 8, 9, BREACHED),
        (4, None, 3, TOLERABLE),
        (4, None, 5, BREACHED),
        (None, None, 0, TOLERABLE),
        (None, None, 0.01, BREACHED),
    ],
)
def test_verdict(rto: float | None, mtd: float | None, longest: float, verdict: Verdict) -> None:
    assert verdict_of(function(None, rto, mtd), longest * HOUR) is verdict


def test_severities_and_verdicts_are_ordered() -> None:
    assert [s.rank for s in Severity] == [0, 1, 2, 3]
    assert [v.rank for v in Verdict] == [0, 1, 2, 3]
    assert [s.one_lower for s in Severity] == [LOW, LOW, MEDIUM, HIGH]


def test_an_objective_nobody_stated_counts_as_zero() -> None:
    assert tolerated(function(), "mtd") == 0
    assert tolerated(function(mtd=8), "mtd") == 8 * HOUR


STEPS = (
    LossStep(timedelta(0), 450.0),
    LossStep(timedelta(hours=24), 900.0),
    LossStep(timedelta(hours=120), 1500.0),
)


@pytest.mark.parametrize(
    ("down", "loss"),
    [
        ([], 0),
        ([(0, 8)], 8 * 450),
        ([(5, 13)], 8 * 450),
        ([(0, 24)], 24 * 450),
        ([(0, 30)], 24 * 450 + 6 * 900),
        ([(0, 240)], 24 * 450 + 96 * 900 + 120 * 1500),
        ([(0, 24), (30, 40)], 34 * 450),
        ([(0, math.inf)], math.inf),
    ],
)
def test_loss_grows_by_steps_and_starts_again_with_each_stop(
    down: list[tuple[float, float]], loss: float
) -> None:
    told = Function(id="f", title="f", loss=STEPS)
    assert loss_of(told, tuple((a * HOUR, b * HOUR) for a, b in down)) == pytest.approx(loss)


def test_loss_is_nothing_where_nobody_stated_any() -> None:
    assert loss_of(function(), ((0.0, math.inf),)) == 0
    free = Function(id="f", title="f", loss=(LossStep(timedelta(0), 0.0),))
    assert loss_of(free, ((0.0, math.inf),)) == 0


def impact(longest: float, verdict: Verdict) -> Impact:
    return Impact(
        function="f",
        elements=("e",),
        outage=longest,
        down=((0.0, longest),),
        longest=longest,
        stopped=longest,
        lowest=Fraction(0),
        services=(),
        fallback=None,
        carried=None,
        loss=0.0,
        verdict=verdict,
    )


@pytest.mark.parametrize(
    ("told", "longest", "verdict", "words"),
    [
        (function(CRITICAL, 4, 8), 1, TOLERABLE, ["stay within"]),
        (function(CRITICAL, 4, 8), 9, BREACHED, ["is {matters}", "{longest}", "{mtd}"]),
        (function(None, 4, None), 9, BREACHED, ["nobody stated how long"]),
        (function(None, 4, 8), math.inf, UNBOUNDED, ["no known end", "{mtd}"]),
    ],
)
def test_the_reason_names_the_consequence(
    told: Function, longest: float, verdict: Verdict, words: list[str]
) -> None:
    statement = because(told, impact(longest * HOUR, verdict))
    assert all(word in statement.template for word in words)
