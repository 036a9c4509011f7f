"""What nobody stated about an exit, and what it leaves open."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from riskmap.model import ExitFacts, Facet
from riskmap.rules.leaving.ground import Ground
from riskmap.rules.leaving.law import charges_banned


class Opens(StrEnum):
    """What a gap leaves open."""

    TIME = "time"
    COST = "cost"
    SCORE = "score"
    LIMITS = "limits"
    LOOSENING = "loosening"


@dataclass(frozen=True, slots=True)
class Gap:
    """One fact that nobody stated.

    Attributes
    ----------
    subject : str
        Id of the entry that lacks it; empty for the top of the file.
    fact : str
        The key to write there.
    opens : tuple of Opens
        What it leaves open.
    """

    subject: str
    fact: str
    opens: tuple[Opens, ...]


_FACTS: tuple[tuple[str, str, tuple[Opens, ...]], ...] = (
    ("substitutability", "substitutability", (Opens.SCORE,)),
    ("procurement", "procurement", (Opens.TIME,)),
    ("retraining", "retraining", (Opens.COST,)),
    ("cost", "cost", (Opens.COST,)),
    ("openness", "format, openness", (Opens.SCORE,)),
    ("identity", "identity", (Opens.SCORE,)),
    ("skills", "skills", (Opens.SCORE,)),
    ("parallel_run", "parallel_run", (Opens.TIME, Opens.COST)),
    ("cut_over", "cut_over", (Opens.TIME, Opens.COST)),
    ("data", "data", (Opens.TIME, Opens.SCORE)),
)
"""Attribute of the facts, key to write, and what its lack leaves open."""


def gaps_of(ground: Ground, members: tuple[str, ...]) -> tuple[Gap, ...]:
    """Return what nobody stated about leaving with these services."""
    found: list[Gap] = []
    for name in members:
        found.extend(_of_service(ground, name))
    for contract in ground.contracts(members):
        wanted: list[tuple[str, tuple[Opens, ...]]] = [
            ("notice", (Opens.TIME, Opens.SCORE)),
            ("provider_notice", (Opens.LIMITS,)),
            ("termination_fee", (Opens.COST, Opens.SCORE)),
            ("annual_cost", (Opens.COST, Opens.SCORE)),
        ]
        if not charges_banned(ground.model.jurisdiction, ground.today):
            wanted.append(("switching_charges", (Opens.COST, Opens.SCORE)))
        found.extend(
            Gap(contract.id, fact, opens)
            for fact, opens in wanted
            if getattr(contract, fact) is None
        )
    if ground.model.exit_people is None and len(members) > 1:
        found.append(Gap("", "exit_people", (Opens.TIME,)))
    return tuple(found)


def _of_service(ground: Ground, name: str) -> Iterator[Gap]:
    facts, service = ground.facts(name), ground.service(name)
    if service.provider is not None and not ground.contracts((name,)):
        yield Gap(name, "a contract that covers it", (Opens.TIME, Opens.COST, Opens.SCORE))
    for attribute, fact, opens in _FACTS:
        if getattr(facts, attribute) is None:
            yield Gap(name, fact, opens)
    yield from _data_gaps(facts, name)
    yield from _work_gaps(facts, name)
    if len(facts.facets) < len(Facet):
        yield Gap(name, "all facets" if facts.facets else "facets", (Opens.SCORE,))
    for tie in service.coupled_to:
        if tie.cost is None:
            yield Gap(name, f"cost of cutting the tie to {tie.service}", (Opens.LOOSENING,))


def _data_gaps(facts: ExitFacts, name: str) -> Iterator[Gap]:
    if facts.data and facts.bandwidth is None:
        yield Gap(name, "bandwidth", (Opens.TIME, Opens.SCORE))
    if facts.data != 0 and facts.retrieval is None:
        yield Gap(name, "retrieval", (Opens.LIMITS, Opens.SCORE))


def _work_gaps(facts: ExitFacts, name: str) -> Iterator[Gap]:
    if facts.effort is None and facts.build is None:
        yield Gap(name, "effort, or build", (Opens.TIME,))
    if facts.effort is not None and facts.team is None and facts.build is None:
        yield Gap(name, "team (one person counts)", (Opens.TIME,))
    if facts.labour_per_day is None and facts.cost is None:
        yield Gap(name, "labour_per_day", (Opens.COST,))
    elif facts.labour_per_day is not None and facts.effort is None:
        yield Gap(name, "effort", (Opens.COST,))
