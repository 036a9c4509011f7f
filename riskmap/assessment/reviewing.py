"""Before signing: what each proposal would add and take away, and what follows from it.

The recommendation is a rule, not a judgement, and the policy says where it draws the line:

- *no-go*: a function would lose its tolerance, or be stopped for longer than today and past it;
- *conditional*: none would, but something must be settled first: a function that the proposal no
  longer has, a finding new or worse at or above the policy's severity, clauses that are missing,
  refused or unchecked in a contract the proposal brings, or more open questions to its providers
  than the policy allows;
- *go*: nothing of the kind.

Each condition names what would turn it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from riskmap.assessment.assessment import Assessment
from riskmap.assessment.comparing import Comparison, FunctionChange, Tolerance
from riskmap.assessment.treating import Treated
from riskmap.model import CLAUSE_IDS, ClauseStatus, Contract, Element, Provider, Service, ThirdParty
from riskmap.rules.accountability import in_force
from riskmap.rules.asking.questions import Asking, questions_for


class Recommendation(StrEnum):
    """What the rule says of a proposal."""

    GO = "go"
    CONDITIONAL = "conditional"
    NO_GO = "no-go"


@dataclass(frozen=True, slots=True)
class Brought:
    """One element that a proposal would add, or that somebody else would run.

    Attributes
    ----------
    shared : bool
        Whether whoever runs it already runs something we use today.
    rank : int or None
        Steps along contracts; None when no chain of contracts reaches it.
    own : bool
    """

    element: Element
    party: str | None
    shared: bool
    rank: int | None
    own: bool

    @property
    def gatekeeper(self) -> bool:
        """Whether it decides about us by itself and no contract reaches it."""
        return isinstance(self.element, ThirdParty) and self.rank is None


@dataclass(frozen=True, slots=True)
class ClauseGaps:
    """What a contract that a proposal brings does not hold of DORA's list."""

    contract: Contract
    have: int
    missing: tuple[str, ...]
    refused: tuple[str, ...]
    unchecked: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether every clause is there."""
        return not (self.missing or self.refused or self.unchecked)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One alternative, held against today.

    Attributes
    ----------
    name : str
        What it is called: the organisation line of its model tells nothing, so the file does.
    comparison : Comparison
        From today to it.
    worse : tuple of FunctionChange
        Functions that lose their tolerance, or are stopped for longer and past it.
    pressing : tuple of Treated
        Open findings that are new or worse, at or above the policy's severity.
    gaps : tuple of ClauseGaps
        Contracts it brings that lack clauses.
    asked : tuple of Asking
        Open questions to each provider it brings.
    """

    name: str
    assessment: Assessment
    comparison: Comparison
    brought: tuple[Brought, ...]
    gone: tuple[str, ...]
    worse: tuple[FunctionChange, ...]
    pressing: tuple[Treated, ...]
    contracts: tuple[ClauseGaps, ...]
    asked: tuple[Asking, ...]

    @property
    def dropped(self) -> tuple[str, ...]:
        """Titles of functions that it no longer has: what could stop them is gone with them."""
        return tuple(function.title for function in self.comparison.functions_removed)

    @property
    def gaps(self) -> tuple[ClauseGaps, ...]:
        """Contracts it brings that lack clauses."""
        return tuple(found for found in self.contracts if not found.complete)

    @property
    def questions(self) -> int:
        """How many questions to its providers are open."""
        return sum(len(asking.questions) for asking in self.asked)

    @property
    def too_many_questions(self) -> bool:
        """Whether more questions are open than the policy allows."""
        return self.questions > self.assessment.policy.review.questions

    @property
    def recommendation(self) -> Recommendation:
        """What the rule says."""
        if self.worse:
            return Recommendation.NO_GO
        if self.dropped or self.pressing or self.gaps or self.too_many_questions:
            return Recommendation.CONDITIONAL
        return Recommendation.GO


@dataclass(frozen=True, slots=True)
class Review:
    """Today and every proposal, in the order in which they were named."""

    today: Assessment
    proposals: tuple[Proposal, ...]

    @property
    def best(self) -> Proposal:
        """The proposal that the rule likes most: fewest objections, then fewest grave findings."""
        order = list(Recommendation)

        def weight(at: int) -> tuple[int, int, int, int, int]:
            found = self.proposals[at]
            grave = sum(t.open and t.finding.severity.rank >= 2 for t in found.assessment.findings)
            objections = len(found.worse) + len(found.pressing)
            return order.index(found.recommendation), len(found.worse), grave, objections, at

        return self.proposals[min(range(len(self.proposals)), key=weight)]


def proposal_of(
    name: str, today: Assessment, assessment: Assessment, comparison: Comparison
) -> Proposal:
    """Hold one proposal against today."""
    brought = tuple(_brought(today, assessment))
    return Proposal(
        name,
        assessment,
        comparison,
        brought,
        tuple(
            entry.id
            for entry in today.model.elements()
            if entry.id not in assessment.model and not _renamed(comparison, entry.id)
        ),
        tuple(change for change in comparison.functions if _is_worse(change)),
        _pressing(assessment, comparison),
        tuple(_clauses(today, assessment)),
        _asked(assessment, brought),
    )


def _renamed(comparison: Comparison, name: str) -> bool:
    return comparison.renames.id(name) != name


def _is_worse(change: FunctionChange) -> bool:
    if change.tolerance in {Tolerance.LOST, Tolerance.NO_LONGER_KNOWN}:
        return True
    return change.new.stopped > change.old.stopped and change.new.standing.beyond


def _pressing(assessment: Assessment, comparison: Comparison) -> tuple[Treated, ...]:
    line = assessment.policy.review.severity
    if line is None:
        return ()
    fresh = {change.key for change in comparison.findings if change.fresh}
    return tuple(
        treated
        for treated in assessment.findings
        if treated.open
        and treated.finding.key in fresh
        and treated.finding.severity.rank >= line.rank
    )


def _brought(today: Assessment, assessment: Assessment) -> Iterator[Brought]:
    known = {e.provider for e in today.model.services} | {
        e.provider for e in today.model.third_parties
    }
    for element in assessment.model.elements():
        if not isinstance(element, Service | ThirdParty | Provider) or _as_today(today, element):
            continue
        stands = assessment.results.accountability[element.id]
        shared = stands.party is not None and stands.party in known
        yield Brought(element, stands.party, shared, stands.rank, stands.own)


def _as_today(today: Assessment, element: Element) -> bool:
    """Tell whether an element is there today and run by the same organisation."""
    if element.id not in today.model:
        return False
    return today.model.provider_of(element.id) == getattr(element, "provider", element.id)


def _clauses(today: Assessment, assessment: Assessment) -> Iterator[ClauseGaps]:
    before = {contract.id: contract for contract in today.model.contracts}
    for contract in assessment.model.contracts:
        if contract != before.get(contract.id) and _counts(contract, assessment):
            yield _gaps(contract)


def _gaps(contract: Contract) -> ClauseGaps:
    by_status: dict[ClauseStatus, list[str]] = {status: [] for status in ClauseStatus}
    for name, status in contract.clauses:
        by_status[status].append(name)
    stated = {name for name, _ in contract.clauses}
    return ClauseGaps(
        contract,
        have=sum(name in CLAUSE_IDS for name in by_status[ClauseStatus.HAVE]),
        missing=tuple(by_status[ClauseStatus.MISSING]),
        refused=tuple(by_status[ClauseStatus.REFUSED]),
        unchecked=tuple(name for name in CLAUSE_IDS if name not in stated),
    )


def _counts(contract: Contract, assessment: Assessment) -> bool:
    """Tell whether a contract binds now or is yet to begin; one that has ended is past."""
    begins = contract.starts is not None and contract.starts > assessment.today
    return begins or in_force(contract, assessment.today)


def _asked(assessment: Assessment, brought: Iterable[Brought]) -> tuple[Asking, ...]:
    parties = sorted({b.party for b in brought if b.party and b.rank == 1})
    return tuple(questions_for(assessment.results, party) for party in parties)
