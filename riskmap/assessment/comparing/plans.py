"""What happened to plans: tests held since, and tests that meanwhile became too old."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from riskmap.assessment.comparing.renames import Renames
from riskmap.assessment.comparing.snapshot import EntryState, Snapshot
from riskmap.model import TestResult


class Shown(StrEnum):
    """What tests have shown of a plan by a day."""

    TESTED = "tested"
    OVERDUE = "overdue"
    FAILED = "failed"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class HeldTest:
    """A test of a plan.

    Attributes
    ----------
    took : float or None
        Measured hours from start to carrying the load.
    """

    date: date
    result: TestResult
    took: float | None


@dataclass(frozen=True, slots=True)
class PlanChange:
    """A plan in both models that was tested since, or whose tests now show something else.

    Attributes
    ----------
    plan : str
        Id in the newer model.
    held : tuple of HeldTest
        Tests that the older model does not have, the oldest first.
    newest : HeldTest or None
        The newest test held by now.
    """

    plan: str
    before: Shown
    after: Shown
    held: tuple[HeldTest, ...]
    newest: HeldTest | None

    @property
    def became_overdue(self) -> bool:
        """Whether its newest passed test still counted before, and no longer does."""
        return self.before is Shown.TESTED and self.after is Shown.OVERDUE


def plan_changes(old: Snapshot, new: Snapshot, renames: Renames) -> tuple[PlanChange, ...]:
    """Return the plans that were tested since or whose tests show something else, by id."""
    found = []
    for before in _plans(old):
        after = new.entries.get(renames.id(before.id))
        if after is None or after.section != "contingencies":
            continue
        had, has = list(_tests(before)), list(_tests(after))
        held = [test for test in has if test not in had and test.date <= new.today]
        was, now = _shown(had, old), _shown(has, new)
        if held or was is not now:
            held.sort(key=lambda test: (test.date, str(test.result)))
            newest = _newest(has, new.today)
            found.append(PlanChange(after.id, was, now, tuple(held), newest))
    return tuple(sorted(found, key=lambda change: change.plan))


def _plans(snapshot: Snapshot) -> Iterator[EntryState]:
    return (entry for entry in snapshot.entries.values() if entry.section == "contingencies")


def _tests(plan: EntryState) -> Iterator[HeldTest]:
    """Yield the tests of a plan; what is not written as one is not one."""
    listed: Any = plan.facts.get("tests")
    for item in listed if isinstance(listed, list) else ():
        try:
            day, result = date.fromisoformat(item["date"]), TestResult(item["result"])
        except (KeyError, TypeError, ValueError):
            continue
        took = item.get("took_hours")
        yield HeldTest(day, result, float(took) if isinstance(took, int | float) else None)


def _newest(tests: list[HeldTest], today: date) -> HeldTest | None:
    """Return the newest test held; of several on one day the worst."""
    results = list(TestResult)
    held = (test for test in tests if test.date <= today)
    return max(held, key=lambda test: (test.date, results.index(test.result)), default=None)


def _shown(tests: list[HeldTest], snapshot: Snapshot) -> Shown:
    newest = _newest(tests, snapshot.today)
    if newest is None:
        return Shown.NEVER
    if newest.result is not TestResult.PASSED:
        return Shown.FAILED
    age = (snapshot.today - newest.date).days * 24.0
    return Shown.TESTED if age <= snapshot.judging.test_age else Shown.OVERDUE
