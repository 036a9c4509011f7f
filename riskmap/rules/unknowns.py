"""What to find out first: unknown and assumed facts, by how much depends on them.

Each fact is put at its worst and at its best in turn, everything is computed anew, and what comes
out is compared with what is said now. Findings about the model itself (RM0xx) are left out of the
comparison, since an answer always settles those. Facts are varied one at a time: what two of them
do together is not seen here, only by RM003.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from riskmap.model import Contingency, Contract, Entry, Provider, Severity
from riskmap.rules.assumptions import Assumption
from riskmap.rules.catalog import conclusion_rests_on_assumption
from riskmap.rules.finding import Finding
from riskmap.rules.registry import find
from riskmap.rules.results import Results
from riskmap.rules.statement import Statement
from riskmap.rules.support import users_of, worst_impacts
from riskmap.rules.variation import (
    Direction,
    can_vary,
    clause_of,
    question_of,
    varied,
)
from riskmap.rules.verdict import Verdict, severity_of

MODEL_QUALITY = "RM0"
"""Family of the rules about the model itself."""

WEIGHTS = {Severity.LOW: 1, Severity.MEDIUM: 4, Severity.HIGH: 16, Severity.CRITICAL: 64}
"""How many low findings one of this severity outweighs when questions are put in order."""


@dataclass(frozen=True, slots=True)
class FindingChange:
    """A finding that goes, comes, or stays with another severity.

    Attributes
    ----------
    before, after : Severity or None
        None where there is no such finding.
    """

    key: str
    before: Severity | None
    after: Severity | None

    @property
    def weight(self) -> int:
        """How much severity is gained or lost."""
        before, after = (0 if s is None else WEIGHTS[s] for s in (self.before, self.after))
        return abs(after - before)


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A function whose worst single failure has another verdict."""

    function: str
    before: Verdict
    after: Verdict

    @property
    def crosses(self) -> bool:
        """Whether one of the two is within the tolerance and the other past it."""
        return (self.before.rank <= Verdict.STRAINED.rank) != (
            self.after.rank <= Verdict.STRAINED.rank
        )


@dataclass(frozen=True, slots=True)
class Effect:
    """What changes when one fact is as bad, or as harmless, as it could be.

    Attributes
    ----------
    supposed : Statement
        The fact then, as a clause about "it".
    findings : tuple of FindingChange
        Findings that go, come or change severity, by key.
    verdicts : tuple of VerdictChange
        Functions that fare differently, by id.
    """

    supposed: Statement
    findings: tuple[FindingChange, ...]
    verdicts: tuple[VerdictChange, ...]

    @property
    def nothing(self) -> bool:
        """Whether nothing changes."""
        return not (self.findings or self.verdicts)

    @property
    def gone(self) -> tuple[str, ...]:
        """Keys of findings that go."""
        return tuple(change.key for change in self.findings if change.after is None)

    @property
    def come(self) -> tuple[str, ...]:
        """Keys of findings that come."""
        return tuple(change.key for change in self.findings if change.before is None)


@dataclass(frozen=True, slots=True)
class Weight:
    """How much hangs on a fact; compared from the first number on, larger matters more.

    Attributes
    ----------
    decides : int
        Functions that cross the line of their tolerance when the fact is better or worse, each by
        the weight of its breach (:data:`WEIGHTS`). A fact that decides whether anything is fine
        comes before every fact that does not.
    changes : int
        Findings that come, go or change severity, by the weight they gain or lose.
    rests : int
        Findings that name the fact, by their weight.
    """

    decides: int
    changes: int
    rests: int

    @property
    def order(self) -> tuple[int, int, int]:
        """Sort key, the largest first when reversed."""
        return (self.decides, self.changes, self.rests)


@dataclass(frozen=True, slots=True)
class Unknown:
    """One fact that nobody has shown, and what hangs on it.

    Attributes
    ----------
    question : Statement
        What to ask, without the question mark.
    counted : Statement
        What counts so far, as a clause about "it".
    ask : str or None
        Whom: an owner as the model writes it, or None.
    ask_provider : str or None
        Id of the organisation to ask when no owner is named.
    functions : tuple of str
        Functions that hang on the entry, sorted.
    resting : tuple of str
        Keys of the findings that name the fact, sorted.
    worse, better : Effect or None
        None where the fact counts as its worst, or its best, already.
    """

    assumption: Assumption
    question: Statement
    counted: Statement
    ask: str | None
    ask_provider: str | None
    functions: tuple[str, ...]
    resting: tuple[str, ...]
    worse: Effect | None
    better: Effect | None
    weight: Weight


@dataclass(frozen=True, slots=True)
class Unknowns:
    """Facts that nobody has shown, those to find out first at the top.

    Attributes
    ----------
    facts : tuple of Unknown
        By :class:`Weight`, then by key.
    untried : tuple of str
        Keys of facts that were left out because the most asked for was reached.
    without_effect : tuple of str
        Keys of facts from which nothing is computed, or that hardly can be other than they are.
    """

    facts: tuple[Unknown, ...]
    untried: tuple[str, ...]
    without_effect: tuple[str, ...]


def unknowns(results: Results, most: int = 20) -> Unknowns:
    """Put the facts that nobody has shown in the order in which to find them out.

    Parameters
    ----------
    most : int
        How many facts are tried; those with the most findings resting on them go first. Each costs
        two analyses of the model.
    """
    variable = [
        assumption
        for assumption in results.assumptions.values()
        if any(can_vary(results.model, assumption, direction) for direction in Direction)
    ]
    findings = find(results)
    doubts = tuple(conclusion_rests_on_assumption.check(results))
    resting = _resting({f.key: f for f in (*findings, *doubts)}.values())
    first = sorted(variable, key=lambda a: (-_weigh(resting.get(a.key, ())), a.key))
    now = _Said.of(results)
    tried = [_unknown(results, now, a, resting.get(a.key, ())) for a in first[: max(0, most)]]
    variable_keys = {assumption.key for assumption in variable}
    return Unknowns(
        tuple(sorted(tried, key=lambda u: (*(-n for n in u.weight.order), u.assumption.key))),
        tuple(sorted(a.key for a in first[max(0, most) :])),
        tuple(sorted(set(results.assumptions) - variable_keys)),
    )


def _resting(findings: Iterable[Finding]) -> dict[str, tuple[Finding, ...]]:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        for key in finding.assumptions:
            found.setdefault(key, []).append(finding)
    return {key: tuple(named) for key, named in found.items()}


def _weigh(findings: Iterable[Finding]) -> int:
    return sum(WEIGHTS[finding.severity] for finding in findings)


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said about a model: findings but for those about the model itself, and verdicts."""

    findings: Mapping[str, Severity]
    verdicts: Mapping[str, Verdict]

    @classmethod
    def of(cls, results: Results) -> "_Said":
        policy = results.policy
        quiet = replace(policy, ignore=(*policy.ignore, MODEL_QUALITY), strict=False)
        judged = replace(results, policy=quiet)
        return cls(
            {finding.key: finding.severity for finding in find(judged)},
            {
                name: Verdict.TOLERABLE if impact is None else impact.verdict
                for name, impact in worst_impacts(judged).items()
            },
        )


def _unknown(
    results: Results, now: _Said, assumption: Assumption, resting: tuple[Finding, ...]
) -> Unknown:
    entry = results.model.entry(assumption.subject)
    worse, better = (_effect(results, now, assumption, direction) for direction in Direction)
    effects = [effect for effect in (worse, better) if effect is not None]
    owner, provider = _whom(results, entry)
    return Unknown(
        assumption,
        question_of(results.model, assumption),
        clause_of(entry, assumption.fact),
        owner,
        provider,
        users_of(results, entry.id),
        tuple(sorted(finding.key for finding in resting)),
        worse,
        better,
        Weight(
            sum(_decides(results, effect) for effect in effects),
            sum(change.weight for effect in effects for change in effect.findings),
            _weigh(resting),
        ),
    )


def _effect(
    results: Results, now: _Said, assumption: Assumption, direction: Direction
) -> Effect | None:
    if not can_vary(results.model, assumption, direction):
        return None
    model = varied(results.model, (assumption,), direction)
    then = _Said.of(Results(model, results.today, results.policy))
    keys = sorted(now.findings.keys() | then.findings.keys())
    changes = (FindingChange(k, now.findings.get(k), then.findings.get(k)) for k in keys)
    verdicts = (VerdictChange(f, v, then.verdicts[f]) for f, v in sorted(now.verdicts.items()))
    return Effect(
        clause_of(model.entry(assumption.subject), assumption.fact),
        tuple(change for change in changes if change.before is not change.after),
        tuple(change for change in verdicts if change.before is not change.after),
    )


def _decides(results: Results, effect: Effect) -> int:
    return sum(
        WEIGHTS[severity_of(results.functions[change.function], Verdict.BREACHED)]
        for change in effect.verdicts
        if change.crosses
    )


def _whom(results: Results, entry: Entry) -> tuple[str | None, str | None]:
    """Return whom to ask: the owner, or whoever decides on a plan, else the organisation."""
    if entry.owner is not None:
        return entry.owner, None
    if isinstance(entry, Contingency):
        return entry.decides, None
    if isinstance(entry, Contract | Provider):
        return None, entry.provider if isinstance(entry, Contract) else entry.id
    return None, results.model.provider_of(entry.id)
