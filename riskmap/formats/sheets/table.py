"""A sheet as plain values: what its columns are and hold, and how single values are written."""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from fractions import Fraction

from riskmap.assessment import Assessment
from riskmap.model import (
    Element,
    Provider,
    Service,
    ThirdParty,
)

Value = str | int | float | date | bool | None

NOT_STATED, NO_END = "not stated", "no known end"


class Kind(Enum):
    """What a column holds, and so how it is shown."""

    TEXT = auto()
    SEVERITY = auto()
    DATE = auto()
    HOURS = auto()
    DAYS = auto()
    SHARE = auto()
    MONEY = auto()
    NUMBER = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, its width in characters, what it holds."""

    head: str
    width: float = 14
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet.

    Attributes
    ----------
    frozen : str
        The first cell that scrolls.
    printed : int
        How many columns, from the left, go onto paper; the rest is for filters and programs.
    filtered : bool
        Whether the heads carry filters.
    open : tuple of int
        Columns, counted from one, that somebody is to fill in.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    printed: int
    frozen: str = "B2"
    filtered: bool = True
    open: tuple[int, ...] = ()


def title(assessment: Assessment, entry_id: str | None) -> str:
    """Return what people call an entry."""
    return NOT_STATED if entry_id is None else assessment.model.title(entry_id)


def titles(assessment: Assessment, ids: tuple[str, ...] | list[str]) -> str | None:
    """Name several entries in one cell; None for none."""
    return "; ".join(assessment.model.title(name) for name in ids) or None


def hours(length: timedelta | None) -> Value:
    """Return a length of time in hours."""
    return NOT_STATED if length is None else length.total_seconds() / 3600


def hours_of(seconds: float) -> Value:
    """Return seconds as hours, in words when nothing ends them."""
    return NO_END if math.isinf(seconds) else round(seconds / 3600, 6)


def unbounded(amount: float, words: str) -> Value:
    """Return an amount, or the words for one without bound."""
    return words if math.isinf(amount) else round(amount, 2)


def share(share: Fraction | None) -> Value:
    """Return a share as a number between zero and one."""
    return NOT_STATED if share is None else float(share)


def stated(amount: float | None) -> Value:
    """Return an amount, or that nobody stated it."""
    return NOT_STATED if amount is None else amount


def kind(entry: Element) -> str:
    """Say what an element is."""
    match entry:
        case Service():
            return "service"
        case ThirdParty():
            return f"third party ({entry.kind})" if entry.kind else "third party"
        case Provider():
            return "provider"
    return "function"
