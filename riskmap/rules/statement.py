"""Sentences with their values kept apart, so that wording and rounding happen in one place.

A rule says *what* is true; :func:`render` says it in words. Values keep their types: a duration is
a duration until it is printed, and an id is shown by its title.
"""

import math
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Ref:
    """One entry, shown by its title."""

    id: str


@dataclass(frozen=True, slots=True)
class Refs:
    """Several entries, shown by their titles."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seconds:
    """A length of time; infinite when nothing known ends it."""

    value: float


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the model's currency; infinite when it has no bound."""

    value: float


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things, with the word for one and for several."""

    value: int
    one: str
    many: str


Value = Ref | Refs | Seconds | Money | Count | Fraction | timedelta | date | str | int


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence: a template and its typed values."""

    template: str
    values: Mapping[str, Value] = field(default_factory=dict)


def say(template: str, **values: Value) -> Statement:
    """Return a statement."""
    return Statement(template, values)


class Names(Protocol):
    """Whoever knows the titles of entries and the currency; a model does."""

    @property
    def currency(self) -> str | None:
        """The currency of every amount."""

    def title(self, entry_id: str, /) -> str:
        """Return what people call an entry."""

    def is_party(self, entry_id: str, /) -> bool:
        """Tell whether an entry is an organisation, whose name needs no quotes."""


def render(statement: Statement, names: Names, *, capital: bool = True) -> str:
    """Write a statement as a sentence, or as a clause without a capital.

    Raises
    ------
    KeyError
        When the template names a value that is not given; a test renders every template.
    """
    parts = []
    for literal, name, _, _ in string.Formatter().parse(statement.template):
        parts.append(literal)
        if name:
            parts.append(show_value(statement.values[name], names))
    text = "".join(parts)
    return text[:1].upper() + text[1:] if capital else text


def show_value(value: Value, names: Names) -> str:
    """Write one value as a person would say it."""
    match value:
        case Ref(entry_id):
            return mention(entry_id, names)
        case Refs(ids):
            return join([mention(entry_id, names) for entry_id in ids])
        case Seconds(length):
            return duration(length)
        case timedelta():
            return duration(value.total_seconds())
        case Money(amount):
            return money(amount, names.currency)
        case Fraction():
            return percent(value)
        case Count(number, one, many):
            return f"{count_word(number)} {one if number == 1 else many}"
    return day(value) if isinstance(value, date) else str(value)


def mention(entry_id: str, names: Names) -> str:
    """Return a title as it stands in a sentence: in quotes, unless it is a name or one word."""
    title = names.title(entry_id)
    plain = names.is_party(entry_id) or not any(c in title for c in " ,")
    return title if plain else f"“{title}”"


def join(words: Iterable[str], *, last: str = "and") -> str:
    """Join words as in a sentence.

    >>> join(["a", "b", "c"])
    'a, b and c'
    """
    listed = list(words)
    if len(listed) <= 1:
        return "".join(listed)
    return f"{', '.join(listed[:-1])} {last} {listed[-1]}"


_WORDS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def count_word(number: int) -> str:
    """Write small numbers as words."""
    return _WORDS[number] if 0 <= number < len(_WORDS) else f"{number:,}"


HOUR, DAY = 3600, 86400


def duration(seconds: float) -> str:
    """Write a length of time as a person would say it.

    >>> [duration(s) for s in (0, 90, 5400, 8 * 3600)]
    ['no time', '2 minutes', '1 hour 30 minutes', '8 hours']
    >>> [duration(s) for s in (112 * 3600, 10 * 86400, math.inf)]
    ['4 days 16 hours', '10 days', 'no known end']
    """
    if math.isinf(seconds):
        return "no known end"
    if seconds <= 0:
        return "no time"
    if seconds < HOUR:
        minutes = max(1, round(seconds / 60))
        return _unit(minutes, "minute") if minutes < 60 else "1 hour"
    if seconds < DAY:
        hours, minutes = divmod(round(seconds / 60), 60)
        return _two(hours, "hour", minutes, "minute")
    if seconds < 2 * DAY:
        return _unit(round(seconds / HOUR), "hour")
    if seconds < 7 * DAY:
        days, hours = divmod(round(seconds / HOUR), 24)
        return _two(days, "day", hours, "hour")
    days = round(seconds / DAY)
    if days >= 730:
        return _unit(round(days / 365, 1), "year")
    return _unit(days, "day")


def _two(large: int, word: str, small: int, small_word: str) -> str:
    first = _unit(large, word)
    return f"{first} {_unit(small, small_word)}" if small else first


def _unit(number: float, word: str) -> str:
    shown = f"{number:g}"
    return f"{shown} {word}" if number == 1 else f"{shown} {word}s"


_HAIR = Fraction(1, 100_000)
"""Nothing smaller is written out, so that only nothing reads 0% and only everything 100%."""


def percent(share: Fraction) -> str:
    """Write a share in per cent, with decimals only where they matter.

    >>> [percent(Fraction(n, 1000)) for n in (0, 4, 840, 999, 1000)]
    ['0%', '0.4%', '84%', '99.9%', '100%']
    """
    if 0 < share < _HAIR:
        return "under 0.001%"
    if 1 - _HAIR < share < 1:
        return "over 99.999%"
    value = float(share * 100)
    if value in (0.0, 100.0) or 1 <= value <= 99:
        shown = f"{value:.1f}".rstrip("0").rstrip(".")
        return f"{shown}%"
    digits = f"{value:.3g}" if value < 1 else f"{value:.3f}".rstrip("0").rstrip(".")
    return f"{digits}%"


def money(amount: float, currency: str | None) -> str:
    """Write an amount of money, rounded to what a board needs.

    >>> money(277200.0, "USD"), money(math.inf, None)
    ('277,200 USD', 'an unbounded amount')
    """
    if math.isinf(amount):
        return "an unbounded amount"
    unit = currency or "(currency not given)"
    return f"{amount:,.0f} {unit}"


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day(value: date) -> str:
    """Write a day the same way everywhere.

    >>> day(date(2012, 5, 14))
    '14 May 2012'
    """
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
