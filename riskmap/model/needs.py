"""Needs: how one element depends on others, in success logic.

Users say what must work; :mod:`riskmap.analysis.translation` turns that into failure logic.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from riskmap.errors import Location
from riskmap.model.facts import Evidence


class Hardness(StrEnum):
    """Whether an unmet need stops the one who needs it."""

    HARD = "hard"
    SOFT = "soft"
    UNKNOWN = "unknown"

    @property
    def stops(self) -> bool:
        """Whether the need stops what depends on it; unknown counts as hard."""
        return self is not Hardness.SOFT


@dataclass(frozen=True, slots=True)
class Need:
    """One element needs another.

    Attributes
    ----------
    target : str
        Id of the element needed.
    hardness : Hardness
        ``unknown`` counts as hard and is reported as unconfirmed.
    why : str or None
        In the author's words.
    evidence : Evidence
        Where the edge comes from.
    """

    target: str
    hardness: Hardness = Hardness.HARD
    why: str | None = None
    evidence: Evidence = field(default_factory=Evidence)
    where: Location | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least ``count`` of the members must work: one is an any-of, all of them an all-of."""

    count: int
    members: tuple["NeedExpression", ...]
    where: Location | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a function's capacity that one element carries, between zero and one."""

    target: str
    share: Fraction


NeedExpression = Need | AtLeast


def iter_needs(expressions: tuple[NeedExpression, ...]) -> Iterator[Need]:
    """Yield every single need, however deep it is nested in alternatives."""
    for expression in expressions:
        if isinstance(expression, Need):
            yield expression
        else:
            yield from iter_needs(expression.members)


def iter_groups(expressions: tuple[NeedExpression, ...]) -> Iterator[AtLeast]:
    """Yield every group of alternatives, outermost first."""
    for expression in expressions:
        if isinstance(expression, AtLeast):
            yield expression
            yield from iter_groups(expression.members)
