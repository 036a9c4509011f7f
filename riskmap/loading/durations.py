"""Durations as people write them: ``30m``, ``8h``, ``5d``, ``2w``, ``6mo``, ISO 8601 too."""

import re
from datetime import timedelta
from fractions import Fraction
from typing import Any

from riskmap.loading.refusal import fail, show

MAX_SECONDS = 365 * 86400 * 1000
"""A thousand years."""
UNKNOWN = "unknown"

_UNITS = {
    "s": 1,
    "m": 60,
    "min": 60,
    "h": 3600,
    "d": 86400,
    "w": 7 * 86400,
    "mo": 30 * 86400,
    "y": 365 * 86400,
}
"""Seconds of each unit."""
_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_PEOPLE = re.compile(rf"(?:\s*{_NUMBER}\s*(?:min|mo|[smhdwy]))+\s*\Z")
_PART = re.compile(rf"({_NUMBER})\s*(min|mo|[smhdwy])")
_ISO = re.compile(
    r"P(?=.)(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)W)?(?:([0-9]+)D)?"
    r"(?:T(?=.)(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+)S)?)?\Z"
)
_ISO_UNITS = ("y", "mo", "w", "d", "h", "m", "s")
_HINT = "write a number and a unit: 30m, 8h, 5d, 2w, 6mo, 1y"
_LONG_WORDS = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([a-z]+)(?:\s*,?\s*(?:and\s+)?|\Z)")
_CLOCK = re.compile(r"([0-9]{1,3}):([0-5][0-9])\Z")
_WORDS = {
    **dict.fromkeys(("sec", "secs", "second", "seconds"), "s"),
    **dict.fromkeys(("mins", "minute", "minutes"), "m"),
    **dict.fromkeys(("hr", "hrs", "hour", "hours"), "h"),
    **dict.fromkeys(("day", "days"), "d"),
    **dict.fromkeys(("wk", "wks", "week", "weeks"), "w"),
    **dict.fromkeys(("mth", "mths", "month", "months"), "mo"),
    **dict.fromkeys(("yr", "yrs", "year", "years"), "y"),
}


def parse_duration(value: Any) -> timedelta:
    """Read a duration such as ``30m``, ``1d12h``, ``6mo`` or ``PT8H``.

    A month is 30 days and a year 365.

    >>> parse_duration("1d12h")
    datetime.timedelta(days=1, seconds=43200)
    >>> parse_duration("P2W") == parse_duration("2w")
    True
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise fail("wrong-type", f"{show(value)} is not a duration", _HINT)
    if not isinstance(value, str):
        hint = f"write {value}m, {value}h or {value}d for minutes, hours or days"
        raise fail("bad-duration", f"{show(value)} has no unit", hint if value > 0 else _HINT)
    text = value.strip()
    if text.startswith("-"):
        raise fail("bad-duration", f"a duration cannot be negative: {show(text)}", _HINT)
    if len(text) > 100:
        raise fail("bad-duration", "this is too long for a duration", _HINT)
    amounts: list[tuple[str, str]] = []
    if _PEOPLE.match(text):
        amounts = _PART.findall(text)
    elif iso := _ISO.match(text):
        amounts = [(n, u) for n, u in zip(iso.groups(), _ISO_UNITS, strict=True) if n]
    if not amounts:
        raise fail("bad-duration", f"{show(text)} is not a duration", _suggestion(text))
    seconds = sum((Fraction(number) * _UNITS[unit] for number, unit in amounts), Fraction(0))
    if seconds > MAX_SECONDS:
        raise fail("bad-duration", f"{show(text)} is longer than a thousand years", _HINT)
    return timedelta(seconds=round(seconds))


def parse_duration_or_unknown(value: Any) -> timedelta | None:
    """Read a duration, or the word ``unknown`` for one that nobody knows."""
    return None if value == UNKNOWN else parse_duration(value)


def _suggestion(text: str) -> str:
    """Say how to write what was probably meant.

    >>> _suggestion("8 hours"), _suggestion("1:30")
    ('write 8h', 'write 1h30m')
    """
    if re.fullmatch(r"[0-9]+\s*M", text):
        amount = text[:-1].strip()
        return f"write {amount}m for minutes, or {amount}mo for months"
    if clock := _CLOCK.match(text):
        hours, minutes = int(clock[1]), int(clock[2])
        return f"write {hours}h{minutes}m"
    if re.fullmatch(r"[0-9]+", text):
        return f"write {text}m, {text}h or {text}d for minutes, hours or days"
    folded = re.sub(r"([0-9]),([0-9])", r"\1.\2", text.casefold())
    parts = _LONG_WORDS.findall(folded)
    units = [unit if unit in _UNITS else _WORDS.get(unit) for _, unit in parts]
    if parts and all(units) and not _LONG_WORDS.sub("", folded):
        return "write " + "".join(f"{n}{u}" for (n, _), u in zip(parts, units, strict=True))
    return _HINT
