"""What people arranged around the elements: contracts, contingencies, scenarios, treatments."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from riskmap.model.entries import Entry
from riskmap.model.facts import ServiceLevel, TestResult
from riskmap.model.leaving import ExitTest, Range
from riskmap.model.needs import NeedExpression


class ClauseStatus(StrEnum):
    """Whether a contract has a clause."""

    HAVE = "have"
    MISSING = "missing"
    REFUSED = "refused"


class Signal(StrEnum):
    """Whose word starts a contingency."""

    OWN = "own"
    PROVIDER = "provider"


class TreatmentStatus(StrEnum):
    """What was decided about a finding (ISO 31000, risk treatment)."""

    ACCEPTED = "accepted"
    MITIGATING = "mitigating"
    TRANSFERRED = "transferred"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract(Entry):
    """A contractual arrangement of ours (DORA B_02).

    Attributes
    ----------
    covers : tuple of str
        Ids of the elements the provider owes us.
    notice, provider_notice : timedelta or None
        How long before leaving we must say so, and how long before leaving us they must.
    termination_fee : Range or None
        What ending it before its last day costs.
    switching_charges : Range or None
        What the provider charges for the move itself, such as for fetching data.
    credits, liability_cap : float or None
        The most that service credits and damages can reach for one outage, in the model's
        currency; None counts as nothing.
    """

    provider: str
    covers: tuple[str, ...]
    starts: dt.date | None = None
    ends: dt.date | None = None
    notice: timedelta | None = None
    provider_notice: timedelta | None = None
    termination_fee: Range | None = None
    switching_charges: Range | None = None
    annual_cost: float | None = None
    sla: ServiceLevel | None = None
    credits: float | None = None
    liability_cap: float | None = None
    clauses: tuple[tuple[str, ClauseStatus], ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One action of a contingency plan.

    Attributes
    ----------
    takes : timedelta or None
        Working time of the step.
    requires : tuple of str
        Ids of elements that must work for this step.
    """

    action: str
    owner: str | None = None
    deputy: str | None = None
    takes: timedelta | None = None
    requires: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """Who is told what during an outage, by which way."""

    audience: str
    channel: str | None = None
    says: str | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class PlanTest:
    """One exercise of a contingency.

    Attributes
    ----------
    took : timedelta or None
        Measured time from start to carrying the load.
    """

    date: dt.date
    result: TestResult
    took: timedelta | None = None
    notes: str | None = None


TestT = TypeVar("TestT", PlanTest, ExitTest)


def newest_test(tests: Iterable[TestT], by: dt.date | None = None) -> TestT | None:
    """Return the newest test, None when there is none; of several on one day the worst.

    Parameters
    ----------
    by : date, optional
        Leave out tests that are still to come on this day.
    """
    held = (test for test in tests if by is None or test.date <= by)
    results = list(TestResult)
    return max(held, key=lambda test: (test.date, results.index(test.result)), default=None)


@dataclass(frozen=True, slots=True)
class Trigger:
    """What starts a contingency.

    Attributes
    ----------
    when : str
        The observation, in the author's words.
    signal : Signal or None
        Whose signal it is; None when the author did not say.
    """

    when: str
    signal: Signal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contingency(Entry):
    """A way to go on without something (NIST SP 800-34 r1 contingency plan).

    A plan counts only for what it states: a missing time, hold or capacity counts as a plan that
    does not start, does not hold, or carries nothing.

    Attributes
    ----------
    covers : tuple of str
        Elements it stands in for.
    uses : tuple of NeedExpression
        What it needs itself.
    detect, decide, activate : timedelta or None
        Time to notice, to decide, and to get it running.
    sustains : timedelta or None
        How long it can be kept up.
    capacity : Fraction or None
        Share of what it replaces that it carries.
    horizons : tuple of (timedelta, str)
        What to do if the outage lasts this long, shortest first.
    """

    covers: tuple[str, ...]
    uses: tuple[NeedExpression, ...] = ()
    trigger: Trigger | None = None
    decides: str | None = None
    deputy: str | None = None
    spend_limit: float | None = None
    detect: timedelta | None = None
    decide: timedelta | None = None
    activate: timedelta | None = None
    sustains: timedelta | None = None
    capacity: Fraction | None = None
    annual_cost: float | None = None
    steps: tuple[Step, ...] = ()
    communications: tuple[Message, ...] = ()
    horizons: tuple[tuple[timedelta, str], ...] = ()
    back_to_normal: tuple[str, ...] = ()
    side_effects: tuple[str, ...] = ()
    tests: tuple[PlanTest, ...] = ()

    @property
    def missing_times(self) -> tuple[str, ...]:
        """Names of the times nobody stated."""
        times = (("detect", self.detect), ("decide", self.decide), ("activate", self.activate))
        return tuple(name for name, value in times if value is None)

    @property
    def lead(self) -> timedelta | None:
        """Time from the start of an outage until it carries; None when a part is unknown.

        Where the newest test that measured it took longer than the plan states, the test counts.
        """
        if self.detect is None or self.decide is None or self.activate is None:
            return None
        stated = self.detect + self.decide + self.activate
        measured = [test for test in self.tests if test.took is not None]
        newest = max(measured, key=lambda test: test.date, default=None)
        return stated if newest is None or newest.took is None else max(stated, newest.took)

    @property
    def last_passed(self) -> PlanTest | None:
        """The newest test, if it passed; None when it did not, or there was none."""
        newest = newest_test(self.tests)
        return newest if newest is not None and newest.result is TestResult.PASSED else None


@dataclass(frozen=True, slots=True)
class Failure:
    """One element is down by itself for a while.

    Attributes
    ----------
    after : timedelta
        Start, from the beginning of the scenario.
    lasts : timedelta or None
        None means that nothing ends it.
    """

    element: str
    lasts: timedelta | None
    after: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario(Entry):
    """A named what-if: which elements fail, and for how long."""

    fails: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment(Entry):
    """A decision about one finding or several.

    Attributes
    ----------
    finding : str or None
        Key of the one finding meant, such as ``RM301@senderbase``; None when the following say
        which are meant: all that fit every one given.
    rule : str or None
        Id or family (``RM3``) of the rule.
    subjects : tuple of str
        Ids of the entries the findings are about, sorted.
    tag : str or None
        A tag of the entry the finding is about.
    expires : date or None
        First day on which the decision no longer holds.
    """

    status: TreatmentStatus
    finding: str | None = None
    rule: str | None = None
    subjects: tuple[str, ...] = ()
    tag: str | None = None
    reason: str | None = None
    approved_by: str | None = None
    expires: dt.date | None = None
    ticket: str | None = None

    @property
    def about(self) -> str:
        """What it speaks of: a key, or rule, subjects and tag in words."""
        if self.finding is not None:
            return self.finding
        words = ["findings"]
        if self.rule is not None:
            words.append(f"of {self.rule}")
        if self.subjects:
            words.append(f"about {' or '.join(self.subjects)}")
        if self.tag is not None:
            words.append(f"{'' if self.subjects else 'about entries '}tagged “{self.tag}”")
        return " ".join(words)
