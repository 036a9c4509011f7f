"""Which facts to check by hand, by how much rests on them: those somebody has shown as well.

A fact counts for every function whose worst single failure is computed from it, and for every
finding about a failure that is. It counts twice where the function is fine by it: a wrong "you are
fine" is the worst that can be said, and nobody looks there again. Weights are those by which
questions are put in order (:data:`riskmap.rules.unknowns.WEIGHTS`), a judgement of ours.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from riskmap.model import Contingency, Contract, Element, Function, Provider, iter_needs
from riskmap.rules.accountability import in_force
from riskmap.rules.assumptions import AssumptionKind
from riskmap.rules.finding import Finding
from riskmap.rules.results import Results
from riskmap.rules.support import facts_of_impact, within_tolerance, worst_impacts
from riskmap.rules.unknowns import WEIGHTS, Unknown
from riskmap.rules.verdict import Impact, Verdict, severity_of


@dataclass(slots=True)
class _Weighed:
    fine: set[str] = field(default_factory=set)
    amiss: set[str] = field(default_factory=set)
    findings: set[str] = field(default_factory=set)
    decides: bool = False
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Sample:
    """One fact that the model states, and what rests on it.

    Attributes
    ----------
    subject, fact : str
        Id of the entry and key of the fact, as in :class:`riskmap.rules.assumptions.Assumption`.
    fine, amiss : tuple of str
        Functions within, and past, what they can bear by it, sorted.
    findings : int
        How many findings are about a failure computed from it, or name it.
    decides : bool
        Whether a function would cross the line if it were as bad, or as good, as it could be.
    """

    subject: str
    fact: str
    fine: tuple[str, ...]
    amiss: tuple[str, ...]
    findings: int
    decides: bool
    weight: int

    @property
    def key(self) -> str:
        """Stable name, such as ``senderbase.outage``."""
        return f"{self.subject}.{self.fact}"


def samples(
    results: Results, findings: Iterable[Finding], unknown: Iterable[Unknown] = ()
) -> tuple[Sample, ...]:
    """Return the facts that anything rests on, the one that carries most first, then by key.

    Parameters
    ----------
    unknown : iterable of Unknown
        Facts that were put at their worst and best; those that decide count for that as well.

    Notes
    -----
    Facts that nobody states are left out: there is nothing to check.
    """
    weighed: dict[str, _Weighed] = {}

    def at(key: str) -> _Weighed:
        return weighed.setdefault(_as_written(results, key), _Weighed())

    worst = worst_impacts(results)
    for function in results.model.functions:
        impact = worst[function.id]
        fine = within_tolerance(impact)
        for key, part in _of_verdict(results, function, impact):
            entry = at(key)
            (entry.fine if fine else entry.amiss).add(function.id)
            entry.weight += _stakes(function) * (2 if fine else 1) // part
    for finding in findings:
        for key in _of_finding(results, finding):
            entry = at(key)
            if finding.key not in entry.findings:
                entry.findings.add(finding.key)
                entry.weight += WEIGHTS[finding.severity]
    for item in unknown:
        if item.weight.decides:
            entry = at(item.assumption.key)
            entry.decides = True
            entry.weight += 2 * item.weight.decides
    found = (_sample(key, entry) for key, entry in weighed.items() if _is_stated(results, key))
    return tuple(sorted(found, key=lambda sample: (-sample.weight, sample.key)))


def _stakes(function: Function) -> int:
    return WEIGHTS[severity_of(function, Verdict.BREACHED)]


def _of_verdict(
    results: Results, function: Function, impact: Impact | None
) -> Iterator[tuple[str, int]]:
    """Yield the facts that a function's verdict is computed from, and by what they count less."""
    if impact is not None:
        for key in dict.fromkeys(facts_of_impact(results, impact)):
            yield key, 1
    else:
        # Nothing alone stops it, if what its parts need is written down in full.
        for name in results.closures[function.id] - {function.id}:
            yield f"{name}.needs", 2
    yield f"{function.id}.needs", 1
    for plan in results.model.contingencies:
        if plan.last_passed is not None and function.id in results.served_functions(plan.id):
            yield f"{plan.id}.tests", 1
    reached = results.closures[function.id]
    for contract in results.model.contracts:
        if in_force(contract, results.today) and reached.intersection(contract.covers):
            yield f"{contract.id}.covers", 4
            yield f"{contract.id}.ends", 4


def _as_written(results: Results, key: str) -> str:
    """Return the fact of the model behind a step of a path.

    Whoever runs an element is needed by it without being written as a need, and so is a part that
    carries a share.
    """
    subject, _, target = key.partition(".needs.")
    if not target or subject not in results.model:
        return key
    entry = results.model.element(subject)
    if target in {need.target for need in iter_needs(entry.needs)}:
        return key
    if isinstance(entry, Function) and target in {share.target for share in entry.shares}:
        return f"{subject}.shares"
    return f"{subject}.parent" if isinstance(entry, Provider) else f"{subject}.provider"


def _of_finding(results: Results, finding: Finding) -> Iterator[str]:
    yield from finding.assumptions
    for function in finding.functions[:1]:
        for element in {finding.subject, finding.cause}:
            impact = results.impacts.get((function, element))
            if impact is not None:
                yield from facts_of_impact(results, impact)


_BEHIND = frozenset({"provider", "parent"})
"""Facts that say who stands behind an element."""


def _is_stated(results: Results, key: str) -> bool:
    """Tell whether a key names one fact that the model states."""
    subject, dot, fact = key.partition(".")
    if not dot or subject not in results.model:
        return False
    assumption = results.assumptions.get(key)
    if assumption is not None and assumption.kind is AssumptionKind.MISSING:
        return False
    entry = results.model.entry(subject)
    if fact.startswith(("needs.", "uses.")):
        return True
    if fact == "needs":
        return isinstance(entry, Element)
    if fact == "outage":
        return isinstance(entry, Element) and entry.fails_alone and entry.outage.worst is not None
    if isinstance(entry, Function) and fact in {"mtd", "rto", "minimum"}:
        return getattr(entry.objectives, fact) is not None
    if not isinstance(entry, Function | Contingency | Contract) and fact not in _BEHIND:
        return False
    return getattr(entry, fact, None) not in (None, ())


def _sample(key: str, entry: _Weighed) -> Sample:
    subject, _, fact = key.partition(".")
    return Sample(
        subject,
        fact,
        tuple(sorted(entry.fine)),
        tuple(sorted(entry.amiss)),
        len(entry.findings),
        entry.decides,
        entry.weight,
    )
