"""Quantities of an exit as people write them: data volumes, line speeds, working time, scores.

Volumes are decimal as disks and lines are sold (1 GB is 10^9 bytes); the binary units of IEC
80000-13 (GiB) are read too. A byte is written B and a bit is written bit, since b and B are mixed
up too often to guess.
"""

import math
import re
from datetime import timedelta
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from riskmap.loading.durations import UNKNOWN, parse_duration
from riskmap.loading.refusal import fail, show
from riskmap.model import WORST_FACET

MAX_BYTES = 1e24
MAX_BITS = 1e18
"""Beyond any volume and any line of our time."""

_DECIMAL = {"": 1, "k": 10**3, "M": 10**6, "G": 10**9, "T": 10**12, "P": 10**15, "E": 10**18}
_BINARY = {"Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40, "Pi": 2**50, "Ei": 2**60}
_BYTES = {f"{prefix}B": size for prefix, size in (_DECIMAL | _BINARY).items()}
_BITS = {f"{prefix}bit/s": size for prefix, size in _DECIMAL.items()}
_NUMBER = r"([0-9]+(?:\.[0-9]+)?)"
_AMOUNT = re.compile(rf"(-?){_NUMBER}\s*([A-Za-z/]+)\Z")
_BYTES_HINT = "write a number and a unit: 800 MB, 500 GB, 2 TB"
_BITS_HINT = "write a number and a unit: 50 Mbit/s, 1 Gbit/s"

WORKING_DAYS = {
    "h": Fraction(1, 8),
    "d": Fraction(1),
    "w": Fraction(5),
    "mo": Fraction(22),
    "y": Fraction(260),
}
"""Working days of one person in each unit."""
_WORK = re.compile(rf"(?:\s*{_NUMBER}\s*(?:mo|[hdwy]))+\s*\Z")
_WORK_PART = re.compile(rf"{_NUMBER}\s*(mo|[hdwy])")
_WORK_HINT = "write one person's working time: 40h, 90d, 12w, 6mo (22 days each)"


def parse_volume(value: Any) -> float | None:
    """Read a volume of data in bytes, or ``unknown``.

    >>> parse_volume("500 GB"), parse_volume("2KiB")
    (500000000000.0, 2048.0)
    """
    found = _quantity(value, _BYTES, "an amount of data", _BYTES_HINT)
    if found is not None and found > MAX_BYTES:
        raise fail("bad-value", f"{show(value)} is more data than exists", _BYTES_HINT)
    return found


def parse_bandwidth(value: Any) -> float | None:
    """Read the speed of a line in bits a second, or ``unknown``; never zero.

    >>> parse_bandwidth("100 Mbit/s")
    100000000.0
    """
    found = _quantity(value, _BITS, "the speed of a line", _BITS_HINT)
    if found == 0:
        message = "over a line of no bandwidth no data would ever arrive"
        hint = "give the speed you can count on, or leave it out when nobody knows it"
        raise fail("bad-value", message, hint)
    if found is not None and found > MAX_BITS:
        raise fail("bad-value", f"{show(value)} is faster than any line", _BITS_HINT)
    return found


def _quantity(value: Any, units: dict[str, int], what: str, hint: str) -> float | None:
    if value == UNKNOWN:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        message = f"{show(value)} is negative" if value < 0 else f"{show(value)} has no unit"
        raise fail("bad-value", message, hint)
    if not isinstance(value, str):
        raise fail("wrong-type", f"{show(value)} is not {what}", hint)
    match = _AMOUNT.match(value.strip())
    if match is None:
        raise fail("bad-value", f"{show(value)} is not {what}", hint)
    sign, number, unit = match.groups()
    if sign:
        raise fail("bad-value", f"{show(value)} is negative", "give zero or more")
    if unit not in units:
        meant = _meant(number, unit, units)
        message = f"{unit!r} is not a unit for {what}"
        raise fail("bad-value", message, f"write {meant}" if meant else hint)
    found = float(Fraction(number) * units[unit])
    return found if math.isfinite(found) else math.inf


def _meant(number: str, unit: str, units: dict[str, int]) -> str:
    """Say what was probably meant by a unit that is not known; Gb stays undecided.

    >>> _meant("10", "MB/s", _BITS), _meant("100", "Mbps", _BITS), _meant("5", "gb", _BYTES)
    ('80 Mbit/s', '100 Mbit/s', '5 GB')
    """
    folded = unit.casefold()
    if "kB" in units:
        letters = re.fullmatch(r"([kmgtpe]?)b(?:ytes?)?", folded)
        if letters is None or unit in ("kb", "Mb", "Gb", "Tb", "Pb"):
            return ""
        return f"{number} {_prefix(letters[1])}B"
    if match := re.fullmatch(r"([kMGTP]?)B(?:/s|ps)", unit):
        return f"{float(Fraction(number) * 8):g} {match[1]}bit/s"
    match = re.fullmatch(r"([kmgtp]?)(?:b|bits?)(?:/s|ps)", folded)
    return f"{number} {_prefix(match[1])}bit/s" if match else ""


def _prefix(letter: str) -> str:
    return "k" if letter == "k" else letter.upper()


def parse_effort(value: Any) -> timedelta | None:
    """Read working time of one person, or ``unknown``; the result counts working days.

    Eight hours make a day, five days a week, 22 days a month and 260 days a year.

    >>> parse_effort("2w"), parse_effort("4h")
    (datetime.timedelta(days=10), datetime.timedelta(seconds=43200))
    """
    if value == UNKNOWN:
        return None
    text = value.strip() if isinstance(value, str) else ""
    if text and len(text) <= 100 and _WORK.match(text):
        parts = _WORK_PART.findall(text)
        days = sum((Fraction(n) * WORKING_DAYS[unit] for n, unit in parts), Fraction(0))
        if days > 260 * 1000:
            raise fail("bad-duration", f"{show(text)} is longer than a working life", _WORK_HINT)
        return timedelta(seconds=round(days * 86400))
    if text:
        parse_duration(text)  # says what is wrong with it as a length of time
        raise fail("bad-duration", f"{show(text)} is not written as working time", _WORK_HINT)
    parse_duration(value)
    raise AssertionError(value)


def parse_score(value: Any) -> int:
    """Read the score of a facet."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise fail("wrong-type", f"{show(value)} is not a score", _SCORES)
    if not 0 <= value <= WORST_FACET:
        raise fail("bad-value", f"{value} is not between 0 and {WORST_FACET}", _SCORES)
    return value


_SCORES = "write 0 (moves as it is), 1 (small changes), 2 (large changes) or 3 (must be made anew)"


def _pattern(units: dict[str, int]) -> str:
    return rf"^(unknown|\s*[0-9]+(\.[0-9]+)?\s*({'|'.join(units)})\s*)$"


def _text(parse: Any, pattern: str, *examples: str) -> tuple[Any, Any]:
    schema = {"type": "string", "examples": list(examples), "pattern": pattern}
    return BeforeValidator(parse), WithJsonSchema(schema)


Volume = Annotated[float | None, *_text(parse_volume, _pattern(_BYTES), "500 GB")]
Bandwidth = Annotated[float | None, *_text(parse_bandwidth, _pattern(_BITS), "100 Mbit/s")]
Effort = Annotated[
    timedelta | None,
    *_text(parse_effort, r"^(unknown|(\s*[0-9]+(\.[0-9]+)?\s*(mo|[hdwy])\s*)+)$", "90d", "12w"),
]
Score = Annotated[
    int,
    BeforeValidator(parse_score),
    WithJsonSchema({"type": "integer", "minimum": 0, "maximum": WORST_FACET}),
]
