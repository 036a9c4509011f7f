"""How well something is known, and small value types shared by all entries.

A missing or unknown fact may make a result worse, never better; these types keep what is known
apart from what somebody assumed.
"""

import datetime as dt
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction


class Confidence(StrEnum):
    """How far a fact may be relied on, strongest first."""

    TESTED = "tested"
    EVIDENCED = "evidenced"
    ATTESTED = "attested"
    ASSUMED = "assumed"
    UNKNOWN = "unknown"


class Criticality(StrEnum):
    """How much a function matters; ``critical or important`` follows DORA Art. 3(22)."""

    CRITICAL = "critical"
    IMPORTANT = "important"
    NORMAL = "normal"


class Market(StrEnum):
    """How easily a service of this kind is bought elsewhere."""

    COMMODITY = "commodity"
    DIFFERENTIATED = "differentiated"
    PROPRIETARY = "proprietary"


class Substitutability(StrEnum):
    """Closed list of template B_07.01, Implementing Regulation (EU) 2024/2956."""

    NOT_SUBSTITUTABLE = "not-substitutable"
    HIGHLY_COMPLEX = "highly-complex"
    MEDIUM_COMPLEXITY = "medium-complexity"
    EASILY_SUBSTITUTABLE = "easily-substitutable"


class Strength(StrEnum):
    """Whether a coupling forces two services to move together."""

    STRONG = "strong"
    WEAK = "weak"


class CouplingKind(StrEnum):
    """What ties one service to another."""

    DATA = "data"
    IDENTITY = "identity"
    WORKFLOW = "workflow"
    LICENCE = "licence"
    API = "api"
    CONTRACT = "contract"


class TestResult(StrEnum):
    """How a test of a plan ended."""

    __test__ = False  # the name starts with "Test"; pytest must not collect it

    PASSED = "passed"
    PARTIAL = "partial"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact comes from.

    Attributes
    ----------
    source : str or None
        Document, person's role, or measurement.
    date : date or None
        The day the source speaks of.
    confidence : Confidence or None
        None when the author did not say.
    """

    source: str | None = None
    date: dt.date | None = None
    confidence: Confidence | None = None


@dataclass(frozen=True, slots=True)
class Outage:
    """How long and how often an element fails by itself.

    Attributes
    ----------
    typical, worst : timedelta or None
        Usual and worst plausible length of one outage; None means nobody knows, and an unknown
        worst outage counts as having no known end.
    per_year : float or None
        Expected number of outages a year.
    confidence : Confidence or None
        How the figures are known.
    source : str or None
        Where they come from.
    """

    typical: timedelta | None = None
    worst: timedelta | None = None
    per_year: float | None = None
    confidence: Confidence | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class LossStep:
    """From ``after`` the start of a stop, every further hour costs ``per_hour``."""

    after: timedelta
    per_hour: float


@dataclass(frozen=True, slots=True)
class RecoveryObjectives:
    """What the business said it can bear (ISO 22301; NIST SP 800-34 r1, section 3.2).

    Attributes
    ----------
    mtd : timedelta or None
        Maximum tolerable downtime (MTPD in ISO 22301).
    rto : timedelta or None
        Recovery time objective, never above ``mtd``.
    rpo : timedelta or None
        Recovery point objective: how much data may be lost, as time.
    minimum : Fraction or None
        Minimum business continuity objective: below this share of normal capacity the function
        counts as stopped. None means that any loss counts.
    """

    mtd: timedelta | None = None
    rto: timedelta | None = None
    rpo: timedelta | None = None
    minimum: Fraction | None = None


class Period(StrEnum):
    """Over what time a promised availability is measured."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def length(self) -> timedelta:
        """Its length at most: the longest month or quarter of a calendar, a year of 365 days."""
        return timedelta(days={"month": 31, "quarter": 92, "year": 365}[self.value])


@dataclass(frozen=True, slots=True)
class ServiceLevel:
    """What a service level agreement promises.

    Attributes
    ----------
    availability : Fraction or None
        Promised availability between zero and one.
    measures : str or None
        What the figure is measured on, such as "access to the mailbox".
    period : Period or None
        Over what time it is measured; None counts as a year, which allows the longest single stop.
    source : str or None
        The document that states it.
    date : date or None
        The day of that document.
    """

    availability: Fraction | None = None
    measures: str | None = None
    period: Period | None = None
    source: str | None = None
    date: dt.date | None = None

    @property
    def allows(self) -> timedelta | None:
        """Return the longest single stop within one period that keeps the promise."""
        if self.availability is None:
            return None
        down = 1 - self.availability
        return (self.period or Period.YEAR).length * down.numerator / down.denominator
