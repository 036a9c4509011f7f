"""What leaving a service takes, as far as somebody stated it.

Every fact is optional; ``None`` means that nobody stated it, which may make a result worse and
never better. Closed lists follow DORA's register (template B_07.01 of Implementing Regulation (EU)
2024/2956) and the facet models of ISO/IEC 19941:2017.
"""

import datetime as dt
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from riskmap.model.facts import Substitutability, TestResult


class SubstitutionReason(StrEnum):
    """Why a service is hard to substitute (B_07.01)."""

    LACK_OF_ALTERNATIVES = "lack-of-alternatives"
    MIGRATION_DIFFICULTIES = "migration-difficulties"
    BOTH = "both"

    @property
    def lacks_alternatives(self) -> bool:
        """Whether the lack of real alternatives is a reason."""
        return self is not SubstitutionReason.MIGRATION_DIFFICULTIES


class Reintegration(StrEnum):
    """How easily the service could be taken in house (B_07.01)."""

    EASY = "easy"
    DIFFICULT = "difficult"
    HIGHLY_COMPLEX = "highly-complex"


class Facet(StrEnum):
    """Facets of portability and interoperability, ISO/IEC 19941:2017."""

    DATA_SYNTACTIC = "data-syntactic"
    DATA_SEMANTIC = "data-semantic"
    DATA_POLICY = "data-policy"
    APPLICATION_INSTRUCTION = "application-instruction"
    APPLICATION_SYNTACTIC = "application-syntactic"
    APPLICATION_METADATA = "application-metadata"
    APPLICATION_BEHAVIOUR = "application-behaviour"
    APPLICATION_POLICY = "application-policy"
    INTEROPERABILITY_TRANSPORT = "interoperability-transport"
    INTEROPERABILITY_SYNTACTIC = "interoperability-syntactic"
    INTEROPERABILITY_SEMANTIC = "interoperability-semantic"
    INTEROPERABILITY_BEHAVIOURAL = "interoperability-behavioural"
    INTEROPERABILITY_POLICY = "interoperability-policy"


WORST_FACET = 3
"""Score of a facet that has to be made anew; zero is one that moves as it is."""


class Openness(StrEnum):
    """Who else can read the form in which data comes back."""

    OPEN = "open"
    DOCUMENTED = "documented"
    PROPRIETARY = "proprietary"


class IdentityHolder(StrEnum):
    """Who holds the accounts people sign in with."""

    OWN = "own"
    FEDERATED = "federated"
    PROVIDER = "provider"


class Skills(StrEnum):
    """Where the people who could make the move are found."""

    IN_HOUSE = "in-house"
    ON_THE_MARKET = "on-the-market"
    SCARCE = "scarce"


class ExitTestKind(StrEnum):
    """Whether a test supposed an orderly exit or a provider that is failing (PRA SS2/21)."""

    STRESSED = "stressed"
    UNSTRESSED = "unstressed"


@dataclass(frozen=True, slots=True)
class Range:
    """An amount of money with its bounds; all three are equal when one number was given."""

    low: float
    likely: float
    high: float


@dataclass(frozen=True, slots=True)
class ExitStep:
    """One action of an exit plan."""

    action: str
    owner: str | None = None
    takes: timedelta | None = None


@dataclass(frozen=True, slots=True)
class ExitTest:
    """One test of an exit plan.

    Attributes
    ----------
    kind : ExitTestKind or None
        None when the author did not say.
    took : timedelta or None
        Measured time of the exit.
    """

    date: dt.date
    result: TestResult
    kind: ExitTestKind | None = None
    took: timedelta | None = None
    notes: str | None = None


@dataclass(frozen=True, slots=True)
class WrittenExit:
    """The exit plan somebody wrote: its steps, and its tests in order of date."""

    owner: str | None = None
    steps: tuple[ExitStep, ...] = ()
    tests: tuple[ExitTest, ...] = ()


@dataclass(frozen=True, slots=True)
class ExitFacts:
    """What leaving a service takes, as far as it is known.

    Attributes
    ----------
    effort : timedelta or None
        Working time of the move for one person; a day of it is a working day.
    cost : Range or None
        Money for the move besides what the other amounts name.
    data_format : str or None
        The form in which data comes back.
    alternatives : tuple of str
        Other offers somebody identified.
    team : int or None
        People who work on the move in parallel.
    labour_per_day : Range or None
        What one person's working day costs.
    retraining, termination_fee, switching_charges : Range or None
        Owed for this service besides what its contract names.
    data : float or None
        Volume to move, in bytes.
    bandwidth : float or None
        Bits a second at which it can be fetched; never zero.
    retrieval : timedelta or None
        How long after the end of the contract data can still be fetched.
    procurement, build, parallel_run, cut_over : timedelta or None
        Calendar time of these phases.
    facets : tuple of (Facet, int)
        Scores from 0 (moves as it is) to 3 (must be made anew), sorted by facet.
    after : tuple of str
        Services that must have left before this one is built anew, where they leave together.
    """

    substitutability: Substitutability | None = None
    effort: timedelta | None = None
    cost: Range | None = None
    data_format: str | None = None
    alternatives: tuple[str, ...] = ()
    reason: SubstitutionReason | None = None
    reintegration: Reintegration | None = None
    team: int | None = None
    labour_per_day: Range | None = None
    retraining: Range | None = None
    termination_fee: Range | None = None
    switching_charges: Range | None = None
    data: float | None = None
    bandwidth: float | None = None
    openness: Openness | None = None
    retrieval: timedelta | None = None
    procurement: timedelta | None = None
    build: timedelta | None = None
    parallel_run: timedelta | None = None
    cut_over: timedelta | None = None
    identity: IdentityHolder | None = None
    skills: Skills | None = None
    facets: tuple[tuple[Facet, int], ...] = ()
    after: tuple[str, ...] = ()
    plan: WrittenExit | None = None
