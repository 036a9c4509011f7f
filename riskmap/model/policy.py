"""What an organisation decided about judging: thresholds, gates, which rules count.

The defaults are the shipped policy; ``riskmap policy`` prints them with their reasons, and
``docs/policy.md`` explains them. A policy never changes what a finding says or how severe it is:
it says from where on something is worth a finding, and which findings stop a pipeline.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction


class Severity(StrEnum):
    """How much a finding matters, least first."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """Position from zero (low) to three (critical)."""
        return _RANKS[self]

    @property
    def one_lower(self) -> "Severity":
        """The severity of a consequence that needs one more thing to go wrong."""
        return list(Severity)[max(0, self.rank - 1)]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}
"""Looked up by the hundred thousand in a large model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """From where on something is worth a finding.

    Attributes
    ----------
    test_age : timedelta
        A plan whose newest passed test is older counts as tested too long ago (RM205).
    fact_age : timedelta
        A fact last looked at longer ago counts as stale (RM002).
    concentration : Fraction
        Share of the functions, weighted by criticality, that one organisation may stop (RM304).
    concentration_index : int
        Herfindahl-Hirschman index of spend, in points up to 10,000, above which spending counts as
        concentrated (RM304).
    shared_by : int
        So many direct providers that hang on one party further down make it shared (RM305).
    fallback_capacity : Fraction
        Least share of normal work that a fallback must carry, also where the function's own minimum
        is lower (RM209).
    notice_margin : timedelta
        Time that must be left between the end of an exit and the end of a contract (RM402).
    """

    test_age: timedelta = timedelta(days=365)
    fact_age: timedelta = timedelta(days=540)
    concentration: Fraction = Fraction(1, 2)
    concentration_index: int = 2500
    shared_by: int = 2
    fallback_capacity: Fraction = Fraction(0)
    notice_margin: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Which open findings make ``riskmap assess`` and ``riskmap compare`` exit with 1.

    Attributes
    ----------
    severity : Severity or None
        The least severity that counts; None lets everything pass.
    new : Severity or None
        The same for a comparison: the least severity of a finding that is new or worse.
    rules : tuple of str
        Ids or families (``RM3``) that count; empty means all.
    exempt : tuple of str
        Ids or families that do not count.
    expired : bool
        Whether a finding whose decision has expired counts at any severity.
    """

    severity: Severity | None = None
    new: Severity | None = None
    rules: tuple[str, ...] = ()
    exempt: tuple[str, ...] = ()
    expired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """Where a review of a proposal draws its lines.

    Attributes
    ----------
    severity : Severity or None
        A finding that is new or worse, this severe or worse, makes a proposal conditional; None
        lets all pass.
    questions : int
        More open questions than this to the providers it brings make it conditional.
    """

    severity: Severity | None = Severity.HIGH
    questions: int = 10


class Standard(StrEnum):
    """Whose criteria an audit holds a model against."""

    ISO_22301 = "iso-22301"
    NIST_800_34 = "nist-800-34"
    DORA = "dora"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How one organisation judges.

    Attributes
    ----------
    name : str
        Where it comes from: the file, or ``shipped defaults``.
    select, ignore : tuple of str
        Ids or families of the rules that run, and of those that do not; no selection means all.
    strict : bool
        Whether every assumption that a result rests on is a finding (RM003).
    clauses : tuple of str
        Clauses that a contract behind a critical or important function must have (RM308); empty
        means those of DORA Art. 30.
    criteria : tuple of Standard
        Standards an audit holds the model against; empty means ISO 22301, and DORA where the law
        of the European Union applies.
    review : ReviewLine
    """

    name: str = "shipped defaults"
    thresholds: Thresholds = field(default_factory=Thresholds)
    gate: Gate = field(default_factory=Gate)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    strict: bool = False
    clauses: tuple[str, ...] = ()
    criteria: tuple[Standard, ...] = ()
    review: ReviewLine = field(default_factory=ReviewLine)

    def runs(self, rule: str) -> bool:
        """Tell whether a rule runs."""
        return matches(rule, self.select or ("RM",)) and not matches(rule, self.ignore)


SHIPPED = Policy()
"""The policy that holds where an organisation has none of its own."""


def matches(rule: str, families: tuple[str, ...]) -> bool:
    """Tell whether a rule is one of these ids, or belongs to one of these families.

    >>> matches("RM301", ("RM3",)), matches("RM301", ("RM302",))
    (True, False)
    """
    return any(rule.startswith(family) for family in families)
