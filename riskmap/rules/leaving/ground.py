"""What every calculation about leaving stands on, and the values they all return."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from riskmap.model import (
    Confidence,
    Contract,
    Coupling,
    ExitFacts,
    Model,
    Range,
    Service,
    iter_needs,
)
from riskmap.rules.accountability import in_force
from riskmap.rules.leaving.sets import ExitSet, strong

DAY = 86400.0
NOTHING_STATED = ExitFacts()


@dataclass(frozen=True, slots=True)
class Ground:
    """The model, the day, and what is known about them.

    Attributes
    ----------
    weak : frozenset of str
        Keys of all assumptions.
    users : mapping of str to frozenset of str
        For each function everything it needs.
    timings : dict
        Schedules made so far, by who leaves together; many services share one.
    plans : dict
        Exit plans made so far, by who leaves.
    """

    model: Model
    today: date
    exit_sets: Mapping[str, ExitSet]
    weak: frozenset[str]
    users: Mapping[str, frozenset[str]]
    _below: dict[str, frozenset[str]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    timings: dict[tuple[str, ...], Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    plans: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def service(self, name: str) -> Service:
        """Return a service by its id."""
        entry = self.model.entry(name)
        assert isinstance(entry, Service)
        return entry

    def facts(self, name: str) -> ExitFacts:
        """Return what is stated about leaving a service."""
        return self.service(name).exit or NOTHING_STATED

    def ties(self, name: str) -> tuple[Coupling, ...]:
        """Return the couplings that force others to move with a service."""
        return strong(self.service(name))

    def contracts(self, members: Iterable[str]) -> tuple[Contract, ...]:
        """Return the contracts in force that cover any of these services, by id."""
        wanted = frozenset(members)
        return tuple(
            contract
            for contract in self.model.contracts
            if in_force(contract, self.today) and wanted & set(contract.covers)
        )

    def below(self, name: str) -> frozenset[str]:
        """Return everything an element needs to work, itself and alternatives included."""
        if name in self._below:
            return self._below[name]
        seen, queue = {name}, [name]
        for current in queue:
            for need in iter_needs(self.model.element(current).needs):
                if need.hardness.stops and need.target not in seen:
                    seen.add(need.target)
                    queue.append(need.target)
        self._below[name] = frozenset(seen)
        return self._below[name]

    def basis(self, *facts: str) -> Confidence:
        """Return how far a number that uses these facts may be relied on."""
        return Confidence.ASSUMED if self.weak & set(facts) else Confidence.EVIDENCED

    def after(self, seconds: float) -> date | None:
        """Return the day so long after today, None when there is no such day."""
        try:
            return self.today + timedelta(days=math.ceil(seconds / DAY))
        except OverflowError:
            return None


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time that may be incomplete.

    Attributes
    ----------
    seconds : float
        What the stated parts take.
    open : bool
        Whether a part is not stated: the true length is at least this.
    """

    seconds: float
    open: bool = False

    @property
    def unknown(self) -> bool:
        """Whether nothing at all is known of it."""
        return self.open and not self.seconds

    def within(self, limit: float | None) -> bool | None:
        """Tell whether it fits a limit; None when what is stated does not decide it."""
        if limit is None:
            return None
        if self.seconds > limit:
            return False
        return None if self.open else True


@dataclass(frozen=True, slots=True)
class Estimate:
    """An amount of money with its bounds that may be incomplete.

    Attributes
    ----------
    open : bool
        Whether a part is not stated: the true amount is at least this.
    """

    low: float
    likely: float
    high: float
    open: bool = False

    @property
    def unknown(self) -> bool:
        """Whether nothing at all is known of it."""
        return self.open and not self.high


def total(amounts: Iterable[Range | None]) -> Estimate:
    """Add amounts up; one that is None leaves the sum open."""
    listed = list(amounts)
    known = [amount for amount in listed if amount is not None]
    return Estimate(
        math.fsum(a.low for a in known),
        math.fsum(a.likely for a in known),
        math.fsum(a.high for a in known),
        open=len(known) < len(listed),
    )


def seconds_of(length: timedelta | None) -> float | None:
    """Return a length in seconds, None when nobody stated it."""
    return None if length is None else length.total_seconds()
