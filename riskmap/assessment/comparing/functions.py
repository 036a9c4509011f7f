"""Which functions fare otherwise against what they can bear, and why.

A function also fares better on paper when somebody writes down that it can bear more. That is a
decision, not an improvement, so the two are told apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from riskmap.assessment.comparing.renames import Renames
from riskmap.assessment.comparing.snapshot import FunctionState, Snapshot, Standing
from riskmap.rules.verdict import verdict_within


class Tolerance(StrEnum):
    """What became of a function against what it can bear."""

    LOST = "lost"
    NO_LONGER_KNOWN = "no-longer-known"
    NOW_KNOWN = "now-known"
    KEPT = "kept"
    GAINED = "gained"


class Driver(StrEnum):
    """What is behind a change."""

    STOP = "stop"
    STATED = "stated"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class FunctionChange:
    """A function in both models that fares otherwise.

    Attributes
    ----------
    tolerance : Tolerance
        Whether its worst stop is now beyond what it can bear, or no longer.
    driver : Driver
        Whether the stop changed, what is stated about what it can bear, or both.
    by_old_measure : Standing
        How it stands now, held against what it could bear before.
    """

    old: FunctionState
    new: FunctionState
    tolerance: Tolerance
    driver: Driver
    by_old_measure: Standing

    @property
    def on_paper(self) -> bool:
        """Whether by the old measure it would stand as it did.

        Not known where the least it needs was stated anew, from which the stop itself follows.
        """
        if self.old.minimum != self.new.minimum:
            return False
        return self.driver is not Driver.STOP and (
            self.by_old_measure.bearable == self.old.standing.bearable
        )


def function_changes(old: Snapshot, new: Snapshot, renames: Renames) -> tuple[FunctionChange, ...]:
    """Return the functions in both models that fare otherwise, those that lost tolerance first."""
    found = sorted(_found(old, new, renames), key=lambda c: (_TOLERANCES[c.tolerance], c.new.id))
    return tuple(found)


_TOLERANCES = {tolerance: rank for rank, tolerance in enumerate(Tolerance)}


def _found(old: Snapshot, new: Snapshot, renames: Renames) -> Iterator[FunctionChange]:
    for before in old.functions.values():
        after = new.functions.get(renames.id(before.id))
        if after is None:
            continue
        stated = _stated(before) != _stated(after)
        stopped = (before.stopped, before.standing is Standing.UNKNOWN) != (
            after.stopped,
            after.standing is Standing.UNKNOWN,
        )
        if stated or stopped:
            driver = Driver.BOTH if stated and stopped else Driver.STOP
            yield FunctionChange(
                before,
                after,
                _tolerance(before.standing, after.standing),
                Driver.STATED if stated and not stopped else driver,
                _by(before, after),
            )


def _stated(state: FunctionState) -> tuple[float | None, ...]:
    return state.mtd, state.rto, state.minimum


def _tolerance(before: Standing, after: Standing) -> Tolerance:
    if Standing.UNKNOWN in {before, after}:
        if before is after:
            return Tolerance.KEPT
        return Tolerance.NO_LONGER_KNOWN if after is Standing.UNKNOWN else Tolerance.NOW_KNOWN
    if before.bearable == after.bearable:
        return Tolerance.KEPT
    return Tolerance.GAINED if after.bearable else Tolerance.LOST


def _by(before: FunctionState, after: FunctionState) -> Standing:
    """Hold the stop of now against what could be borne before."""
    if after.standing is Standing.UNKNOWN:
        return Standing.UNKNOWN
    stopped = after.stopped
    return Standing.of(verdict_within(stopped, before.rto or 0.0, before.mtd or 0.0))
