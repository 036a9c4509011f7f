"""Criteria of standards, and how much evidence for each is in a model.

A criterion counts cases: how many there are, and how many show the evidence that is asked for. That
is evidence found in a model, never a statement of conformity. What a standard asks for is put in
our words; clause numbers are those of ISO 22301:2019, NIST SP 800-34 r1 (2010) and Regulation (EU)
2022/2554 (DORA). Clauses that a model can say nothing about are not listed.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from riskmap.assessment.assessment import Assessment
from riskmap.model import (
    CLAUSES,
    ClauseStatus,
    Contingency,
    Contract,
    Criticality,
    Entry,
    Function,
    Service,
    Standard,
    TestResult,
    newest_test,
)
from riskmap.rules.accountability import in_force
from riskmap.rules.leaving.law import in_the_union
from riskmap.rules.support import harmful, within_tolerance

TITLES = {
    Standard.ISO_22301: "ISO 22301:2019",
    Standard.NIST_800_34: "NIST SP 800-34 r1",
    Standard.DORA: "DORA, Regulation (EU) 2022/2554",
}


class Held(StrEnum):
    """How far the evidence goes."""

    FOUND = "found"
    PARTLY = "partly"
    NONE = "none"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Count:
    """How many cases there are, and how many show what is asked for."""

    met: int
    total: int

    @property
    def held(self) -> Held:
        """How far the evidence goes; without a case there is nothing to judge."""
        if not self.total:
            return Held.NOTHING
        if self.met == self.total:
            return Held.FOUND
        return Held.PARTLY if self.met else Held.NONE


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is asked for.

    Attributes
    ----------
    clauses : tuple of (Standard, str)
        Where it is asked for.
    asks : str
        In our words.
    cases : (str, str)
        What is counted, one and several.
    rules : tuple of str
        Rules whose findings say what is amiss.
    """

    clauses: tuple[tuple[Standard, str], ...]
    asks: str
    cases: tuple[str, str]
    count: Callable[[Assessment], Count]
    rules: tuple[str, ...] = ()


def chosen(assessment: Assessment) -> tuple[Standard, ...]:
    """Return the standards the policy names; else ISO 22301, and DORA where EU law applies."""
    named = assessment.policy.criteria
    if named:
        return tuple(standard for standard in Standard if standard in named)
    union = in_the_union(assessment.model.jurisdiction)
    return (Standard.ISO_22301, Standard.DORA) if union else (Standard.ISO_22301,)


def criteria_of(standard: Standard) -> Iterator[tuple[str, Criterion]]:
    """Yield clause and criterion of one standard, in the order of its clauses."""
    found = [
        (clause, criterion)
        for criterion in CRITERIA
        for whose, clause in criterion.clauses
        if whose is standard
    ]
    return iter(sorted(found, key=lambda item: [_number(part) for part in item[0].split(".")]))


def _number(part: str) -> tuple[int, str]:
    digits = "".join(c for c in part if c.isdigit())
    return int(digits or 0), part


# -- what is counted -------------------------------------------------------------------------


def _of(cases: Iterable[Entry], holds: Callable[..., bool]) -> Count:
    found = [holds(case) for case in cases]
    return Count(sum(found), len(found))


def _objectives(a: Assessment) -> Count:
    def stated(f: Function) -> bool:
        goals = f.objectives
        return None not in (f.criticality, goals.mtd, goals.rto) and f.owner is not None

    return _of(a.model.functions, stated)


def _dependencies(a: Assessment) -> Count:
    return _of(a.model.functions, lambda f: bool(f.needs or f.shares))


def _tolerances(a: Assessment) -> Count:
    def borne(f: Function) -> bool:
        known = bool(f.needs or f.shares)
        return known and within_tolerance(a.worst_impacts[f.id])

    return _of(a.model.functions, borne)


def harmful_points(a: Assessment) -> tuple[str, ...]:
    """Return what alone stops a function for longer than its recovery objective, sorted."""
    impacts = a.results.unaided
    singles = a.results.inherent_singles
    return tuple(
        sorted(
            {
                element
                for (function, element), impact in impacts.items()
                if element in singles[function] and harmful([impact])
            }
        )
    )


def _planned(a: Assessment) -> Count:
    """Single points for which, for every function they stop, some plan is written."""
    points = harmful_points(a)
    results = a.results
    unplanned = {
        point
        for function in results.structure.tops
        for point in results.unplanned(function)
        if (function, point) in results.unaided and harmful([results.unaided[function, point]])
    }
    return Count(sum(1 for point in points if point not in unplanned), len(points))


def _startable(plan: Contingency) -> bool:
    return None not in (plan.trigger, plan.decides) and bool(plan.steps) and not plan.missing_times


def tested(a: Assessment, plan: Contingency) -> bool:
    """Tell whether the newest test held passed and is not older than the policy allows."""
    newest = newest_test(plan.tests, a.today)
    if newest is None or newest.result is not TestResult.PASSED:
        return False
    return a.today - newest.date <= a.policy.thresholds.test_age


def _reviewed(a: Assessment) -> Count:
    def fresh(entry: Entry) -> bool:
        day = entry.reviewed or entry.evidence.date
        return day is not None and a.today - day <= a.policy.thresholds.fact_age

    entries = [a.model.entry(name) for name in a.model.ids()]
    return _of(entries, fresh)


def _decided(a: Assessment) -> Count:
    return Count(sum(1 for t in a.findings if not t.open), len(a.findings))


def bought(a: Assessment) -> tuple[Service, ...]:
    """Return the services of providers that a function needs."""
    used = frozenset[str]().union(*a.results.closures.values())
    return tuple(s for s in a.model.services if s.provider is not None and s.id in used)


def weighty(a: Assessment) -> frozenset[str]:
    """Return everything that a critical or important function needs."""
    matter = [f.id for f in a.model.functions if f.criticality is not Criticality.NORMAL]
    return frozenset[str]().union(*(a.results.closures[name] for name in matter))


def _written(a: Assessment) -> Count:
    live = [c for c in a.model.contracts if in_force(c, a.today)]
    covered = {element for contract in live for element in contract.covers}
    return _of(bought(a), lambda s: s.id in covered)


def _reached(a: Assessment) -> Count:
    used = frozenset[str]().union(*a.results.closures.values())
    parties = [p for p in a.model.third_parties if p.id in used]
    return _of(parties, lambda p: a.results.accountability[p.id].rank is not None)


def _clauses(paragraph: int) -> Callable[[Assessment], Count]:
    ids = [clause.id for clause in CLAUSES if clause.paragraph == paragraph]

    def count(a: Assessment) -> Count:
        contracts = [c for c in a.model.contracts if in_force(c, a.today)]
        if paragraph == 3:
            contracts = [c for c in contracts if weighty(a).intersection(c.covers)]
        return Count(sum(_have(contract, ids) for contract in contracts), len(ids) * len(contracts))

    return count


def _have(contract: Contract, ids: Collection[str]) -> int:
    return sum(1 for n, status in contract.clauses if n in ids and status is ClauseStatus.HAVE)


def _exits(a: Assessment) -> Count:
    matter = [service for service in bought(a) if service.id in weighty(a)]
    return _of(matter, lambda s: s.exit is not None and s.exit.plan is not None)


def _concentrated(a: Assessment) -> Count:
    amiss = {t.finding.subject for t in a.findings if t.finding.rule == "RM304"}
    used = {s.provider for s in bought(a)}
    return Count(len(used - amiss), len(used))


def _plans(holds: Callable[[Assessment, Contingency], bool]) -> Callable[[Assessment], Count]:
    return lambda a: _of(a.model.contingencies, lambda plan: holds(a, plan))


ISO, NIST, DORA = Standard.ISO_22301, Standard.NIST_800_34, Standard.DORA

CRITERIA = (
    Criterion(
        ((ISO, "8.2.2"), (NIST, "3.2.1")),
        "For each activity it is known how long it can be down and how soon it must be back.",
        ("function with owner, criticality, MTD and RTO", "functions with these"),
        _objectives,
        ("RM005", "RM207"),
    ),
    Criterion(
        ((ISO, "8.2.2"), (NIST, "3.2.2")),
        "What each activity depends on is known, third parties included.",
        ("function says what it needs", "functions say what they need"),
        _dependencies,
        ("RM001", "RM006"),
    ),
    Criterion(
        ((ISO, "8.3"), (NIST, "3.4")),
        "Solutions keep each activity within what it can bear.",
        ("function stays within tolerance", "functions stay within tolerance"),
        _tolerances,
        ("RM101", "RM102", "RM202", "RM209"),
    ),
    Criterion(
        ((ISO, "8.4.4"),),
        "A plan is written for what would stop an activity.",
        ("single point is planned for", "single points are planned for"),
        _planned,
        ("RM201", "RM203"),
    ),
    Criterion(
        ((ISO, "8.4.2"), (NIST, "4.2")),
        "Plans say what starts them, who decides and what is done first.",
        ("plan can be started as written", "plans can be started as written"),
        _plans(lambda _, plan: _startable(plan)),
        ("RM208",),
    ),
    Criterion(
        ((ISO, "8.4.3"),),
        "Plans say who is told what, and by which way.",
        ("plan has communications", "plans have communications"),
        _plans(lambda _, plan: bool(plan.communications)),
    ),
    Criterion(
        ((ISO, "8.4.5"), (NIST, "4.4")),
        "Plans say how to go back to normal.",
        ("plan says how", "plans say how"),
        _plans(lambda _, plan: bool(plan.back_to_normal)),
    ),
    Criterion(
        ((ISO, "8.5"), (NIST, "3.5")),
        "Plans are exercised and tested at planned intervals.",
        ("plan passed a test in time", "plans passed a test in time"),
        _plans(tested),
        ("RM204", "RM205"),
    ),
    Criterion(
        ((ISO, "8.6"), (NIST, "3.6")),
        "What the plans rest on is reviewed and kept up to date.",
        ("entry was reviewed in time", "entries were reviewed in time"),
        _reviewed,
        ("RM002", "RM003"),
    ),
    Criterion(
        ((ISO, "10.1"),),
        "What was found amiss is decided on.",
        ("finding has a decision that holds", "findings have a decision that holds"),
        _decided,
    ),
    Criterion(
        ((DORA, "28(8)"),),
        "There are exit plans for services behind critical or important functions.",
        ("such service has one", "such services have one"),
        _exits,
        ("RM402", "RM403", "RM404"),
    ),
    Criterion(
        ((DORA, "29(1)"),),
        "Not too much hangs on one provider, or on several that are closely connected.",
        ("provider is below the threshold", "providers are below the threshold"),
        _concentrated,
        ("RM304",),
    ),
    Criterion(
        ((DORA, "29(2)"),),
        "The chain of subcontractors is known and reached by contracts.",
        ("third party is reached", "third parties are reached"),
        _reached,
        ("RM301", "RM302", "RM305"),
    ),
    Criterion(
        ((DORA, "30(1)"),),
        "What is bought is set out in a contract.",
        ("service is covered by a contract in force", "services are covered by one in force"),
        _written,
        ("RM301",),
    ),
    Criterion(
        ((DORA, "30(2)"),),
        "Contracts have the clauses that every contract should have.",
        ("clause is there", "clauses are there"),
        _clauses(2),
        ("RM308",),
    ),
    Criterion(
        ((DORA, "30(3)"),),
        "Contracts behind critical or important functions have the further clauses.",
        ("clause is there", "clauses are there"),
        _clauses(3),
        ("RM308",),
    ),
)
"""Every criterion."""
