"""Quantities as people write them: durations, shares, money, dates, ids, countries.

Each type is an annotation for the raw shape (:mod:`riskmap.loading.shape`): it reads one scalar,
says in plain words what is wrong with it, and describes itself for the JSON Schema.
"""

import math
import re
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

MAX_DURATION = timedelta(days=365 * 1000)

_UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
    "mo": timedelta(days=30),
    "y": timedelta(days=365),
}
_PEOPLE = re.compile(r"(?:\s*\d+(?:\.\d+)?\s*(?:min|mo|[smhdwy]))+\s*\Z")
_PART = re.compile(r"(\d+(?:\.\d+)?)\s*(min|mo|[smhdwy])")
_ISO = re.compile(
    r"P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?"
    r"(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?\Z"
)
_ISO_UNITS = ("y", "mo", "w", "d", "h", "m", "s")
_PERCENT = re.compile(r"(\d{1,12}(?:\.\d{1,12})?)\s*%\Z")
_ID = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*\Z")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
UNKNOWN = "unknown"


def fail(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """Build the error of one scalar: ``code`` as shown to users, message and hint in words."""
    return PydanticCustomError(
        code,  # type: ignore[arg-type]  # pydantic wants a literal; ours is one at every call
        "{text}",
        {"text": message, "hint": hint},
    )


def show(value: Any) -> str:
    """Quote a value for a message, shortened when it is long."""
    text = "nothing" if value is None else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."  # noqa: PLR2004 - fits a terminal line


def parse_duration(value: Any) -> timedelta:
    """Read a duration such as ``30m``, ``1d12h``, ``6mo`` or ``PT8H``.

    A month is 30 days and a year 365.

    >>> parse_duration("1d12h")
    datetime.timedelta(days=1, seconds=43200)
    >>> parse_duration("P2W") == parse_duration("2w")
    True
    """
    hint = "write a number and a unit: 30m, 8h, 5d, 2w, 6mo, 1y"
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise fail("wrong-type", f"{show(value)} is not a duration", hint)
    if not isinstance(value, str):
        raise fail("bad-duration", f"{value} has no unit", hint)
    text = value.strip()
    if text.startswith("-"):
        raise fail("bad-duration", f"a duration cannot be negative: {show(text)}", hint)
    amounts: list[tuple[str, str]] = []
    if len(text) > 100:  # noqa: PLR2004 - no honest duration is longer
        raise fail("bad-duration", "this is too long for a duration", hint)
    if _PEOPLE.match(text):
        amounts = _PART.findall(text)
    elif iso := _ISO.match(text):
        amounts = [(n, u) for n, u in zip(iso.groups(), _ISO_UNITS, strict=True) if n]
    if not amounts:
        raise fail("bad-duration", f"{show(text)} is not a duration", hint)
    seconds = sum(
        (Fraction(number) * int(_UNITS[unit].total_seconds()) for number, unit in amounts),
        Fraction(0),
    )
    if seconds > MAX_DURATION.total_seconds():
        raise fail("bad-duration", f"{show(text)} is longer than a thousand years", hint)
    return timedelta(seconds=round(seconds))


def parse_duration_or_unknown(value: Any) -> timedelta | None:
    """Read a duration, or the word ``unknown`` for one that nobody knows."""
    if value == UNKNOWN:
        return None
    return parse_duration(value)


def parse_percent(value: Any) -> Fraction:
    """Read a share such as ``45%`` as an exact fraction between zero and one.

    >>> parse_percent("99.9%")
    Fraction(999, 1000)
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise fail("bad-share", f"{value} has no per cent sign", f"write {value}%")
    if not isinstance(value, str):
        raise fail("wrong-type", f"{show(value)} is not a share", "write a percentage: 45%")
    text = value.strip()
    match = _PERCENT.match(text)
    if match is None:
        negative = " cannot be negative" if text.startswith("-") else " is not a share"
        raise fail("bad-share", f"{show(text)}{negative}", "write a percentage: 45%")
    share = Fraction(match.group(1)) / 100
    if share > 1:
        raise fail("bad-share", f"{text} is more than 100%", "a share is between 0% and 100%")
    return share


def parse_positive_percent(value: Any) -> Fraction:
    """Read a share that must be more than nothing."""
    share = parse_percent(value)
    if share == 0:
        raise fail("bad-share", "0% would mean nothing", "leave it out, or give its true share")
    return share


def parse_probability(value: Any) -> Fraction:
    """Read an unavailability: ``0.1%`` or a plain number between zero and one."""
    if isinstance(value, str):
        return parse_percent(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise fail("wrong-type", f"{show(value)} is not a probability", "write 0.1% or 1e-3")
    if not 0 <= value <= 1:
        raise fail("bad-value", f"{value} is not between 0 and 1", "write 0.1% or 1e-3")
    return Fraction(str(value))


def parse_amount(value: Any) -> float:
    """Read an amount of money or a rate: a finite number, not negative."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        hint = "write a plain number such as 1200; the currency is set once, at the top"
        raise fail("wrong-type", f"{show(value)} is not a number", hint)
    if value < 0:
        raise fail("bad-value", f"{value} is negative", "give an amount of zero or more")
    try:
        amount = float(value)
    except OverflowError:
        amount = math.inf
    if amount > 1e15:  # noqa: PLR2004 - beyond any sum of money; keeps arithmetic exact enough
        raise fail("bad-value", "this amount is larger than any sum of money", "")
    return amount


def parse_date(value: Any) -> date:
    """Read a day such as ``2012-05-14``."""
    if not isinstance(value, str) or not _DATE.match(value.strip()):
        raise fail("bad-date", f"{show(value)} is not a date", "write year-month-day: 2012-05-14")
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        message = f"{value} is not a day in the calendar"
        raise fail("bad-date", message, "check the month and the day") from None


def parse_id(value: Any) -> str:
    """Read a reference to an entry."""
    if not isinstance(value, str):
        raise fail("wrong-type", f"{show(value)} is not an id", "write the id of an entry")
    return value


def is_id(text: str) -> bool:
    """Tell whether a word is a well-formed id: lower-case words joined by hyphens or dots."""
    return _ID.match(text) is not None and len(text) <= 100  # noqa: PLR2004 - fits a line


def parse_text(value: Any) -> str:
    """Read text; a number is not text, so that ``title: 2012`` is not silently accepted."""
    if isinstance(value, str):
        if not value.strip():
            raise fail("bad-value", "this text is empty", "write something, or leave the key out")
        return value.strip()
    hint = "put it in quotes" if isinstance(value, int | float) else "write a text"
    raise fail("wrong-type", f"{show(value)} is not text", hint)


def parse_country(value: Any) -> str:
    """Read a two-letter country code (ISO 3166-1 alpha-2)."""
    text = parse_text(value)
    if not re.fullmatch(r"[A-Z]{2}", text):
        hint = "write two capital letters: US, DE, NO"
        raise fail("bad-value", f"{show(text)} is not a country code", hint)
    return text


def parse_currency(value: Any) -> str:
    """Read a three-letter currency code (ISO 4217)."""
    text = parse_text(value)
    if not re.fullmatch(r"[A-Z]{3}", text):
        hint = "write three capital letters: USD, EUR, GBP"
        raise fail("bad-value", f"{show(text)} is not a currency code", hint)
    return text


def _scalar(parse: Callable[[Any], Any], kind: str, examples: list[Any], **more: Any) -> Any:
    schema = {"type": kind, "examples": examples, **more}
    return (BeforeValidator(parse), WithJsonSchema(schema))


_DURATION_PATTERN = r"^(unknown|P.+|(\s*\d+(\.\d+)?\s*(min|mo|[smhdwy]))+\s*)$"
_PERCENT_PATTERN = r"^\d+(\.\d+)?\s*%$"

Duration = Annotated[
    timedelta,
    *_scalar(parse_duration, "string", ["30m", "8h", "5d", "6mo"], pattern=_DURATION_PATTERN),
]
DurationOrUnknown = Annotated[
    timedelta | None,
    *_scalar(
        parse_duration_or_unknown,
        "string",
        ["30m", "8h", "5d", "unknown"],
        pattern=_DURATION_PATTERN,
    ),
]
Percent = Annotated[
    Fraction, *_scalar(parse_percent, "string", ["45%", "99.9%"], pattern=_PERCENT_PATTERN)
]
PositivePercent = Annotated[
    Fraction, *_scalar(parse_positive_percent, "string", ["45%"], pattern=_PERCENT_PATTERN)
]
Probability = Annotated[
    Fraction,
    BeforeValidator(parse_probability),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0, "maximum": 1},
                {"type": "string", "pattern": _PERCENT_PATTERN},
            ],
            "examples": [1e-4, "0.01%"],
        }
    ),
]
Amount = Annotated[float, *_scalar(parse_amount, "number", [1200], minimum=0)]
Day = Annotated[date, *_scalar(parse_date, "string", ["2012-05-14"], format="date")]
Reference = Annotated[str, *_scalar(parse_id, "string", ["exchange-outbound"])]
Text = Annotated[str, *_scalar(parse_text, "string", ["in the author's words"])]
Country = Annotated[str, *_scalar(parse_country, "string", ["US"], pattern="^[A-Z]{2}$")]
Currency = Annotated[str, *_scalar(parse_currency, "string", ["USD"], pattern="^[A-Z]{3}$")]
