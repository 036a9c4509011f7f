"""Quantities as people write them: shares, money, dates, ids, countries.

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

from riskmap.loading.codes import COUNTRIES, COUNTRY_HABITS, CURRENCIES
from riskmap.loading.durations import parse_duration, parse_duration_or_unknown
from riskmap.loading.problems import did_you_mean
from riskmap.loading.refusal import fail, show
from riskmap.model import CLAUSE_HABITS, CLAUSE_IDS, OWN_PREFIX, SEPARATOR, THIRD_PARTY_KINDS

MAX_AMOUNT = 1e15
"""Beyond any sum of money; keeps arithmetic exact enough."""
MAX_ID = 100
"""Characters of an id."""

_PERCENT = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,12})?)\s*%\Z")
_ID = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_NUMBER_AS_TEXT = re.compile(
    r"(?:[A-Z]{3}|[$€£¥])?\s*([0-9]{1,3}(?:[,' _][0-9]{3})+|[1-9][0-9]*)(\.[0-9]+)?"
    r"\s*([kK])?\s*(?:[A-Z]{3}|[$€£¥])?\Z"
)
_YES = frozenset({"yes", "y", "on", "true", "ja", "oui", "si"})
_NO = frozenset({"no", "n", "off", "false", "nein", "non"})


def _percent_hint(value: float) -> str:
    if 0 < value < 1:
        return f"write {value * 100:.10g}% if you mean that part of the whole"
    return f"write {value}%" if 1 < value <= 100 else "write a percentage: 45%"


def parse_percent(value: Any) -> Fraction:
    """Read a share such as ``45%`` as an exact fraction between zero and one.

    >>> parse_percent("99.9%")
    Fraction(999, 1000)
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise fail("bad-share", f"{show(value)} has no per cent sign", _percent_hint(value))
    if not isinstance(value, str):
        raise fail("wrong-type", f"{show(value)} is not a share", "write a percentage: 45%")
    text = value.strip()
    match = _PERCENT.match(text)
    if match is None:
        what = " cannot be negative" if text.startswith("-") else " is not a share"
        hint = "write a percentage: 45%"
        if re.fullmatch(r"[0-9]+,[0-9]+\s*%", text):
            hint = f"write it with a point: {text.replace(',', '.')}"
        raise fail("bad-share", f"{show(text)}{what}", hint)
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
        raise fail("bad-value", f"{show(value)} is not between 0 and 1", "write 0.1% or 1e-3")
    return Fraction(str(value))


def _number(value: Any, hint: str) -> float:
    """Read a finite number of zero or more."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        meant = _NUMBER_AS_TEXT.match(value.strip()) if isinstance(value, str) else None
        if meant is not None:
            digits = re.sub(r"[^0-9]", "", meant[1]) + ("000" if meant[3] else "")
            hint = f"write {digits}{meant[2] or ''}, without quotes, separators or currency"
            hint = "write a plain number such as 1200" if meant[2] and meant[3] else hint
        raise fail("wrong-type", f"{show(value)} is not a number", hint)
    if value < 0:
        raise fail("bad-value", f"{show(value)} is negative", "give zero or more")
    try:
        return float(value)
    except OverflowError:
        return math.inf


def parse_amount(value: Any) -> float:
    """Read an amount of money: a finite number, not negative."""
    hint = "write a plain number such as 1200; the currency is set once, at the top"
    amount = _number(value, hint)
    if amount > MAX_AMOUNT:
        message = "this amount is larger than any sum of money"
        raise fail("bad-value", message, "is a point or a digit too many?")
    return amount


def parse_rate(value: Any) -> float:
    """Read how often something happens a year."""
    rate = _number(value, "write a plain number: 2 for twice a year, 0.2 for once in five years")
    if rate > 365 * 24 * 60:
        message = "this is more often than once a minute"
        raise fail("bad-value", message, "write how often it happens a year")
    return rate


def parse_date(value: Any) -> date:
    """Read a day such as ``2012-05-14``."""
    text = str(value).strip()
    if not isinstance(value, str) or not _DATE.match(text):
        message = f"{show(value)} is not a date"
        raise fail("bad-date", message, _date_hint(text if not isinstance(value, bool) else ""))
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"{text} is not a day in the calendar"
        raise fail("bad-date", message, "check the month and the day") from None


def _date_hint(text: str) -> str:
    """Say how to write the day that was probably meant; days like 5/6/2012 stay ambiguous."""
    for pattern, order in (
        (r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[T ].*)?", (1, 2, 3)),
        (r"([0-9]{4})([0-9]{2})([0-9]{2})", (1, 2, 3)),
        (r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})", (3, 2, 1)),
    ):
        match = re.fullmatch(pattern, text)
        if match is not None:
            year, month, day = (int(match[group]) for group in order)
            return f"write year-month-day: {year:04}-{month:02}-{day:02}"
    return "write year-month-day: 2012-05-14"


def parse_id(value: Any) -> str:
    """Read a reference to an entry."""
    if not isinstance(value, str):
        hint = f'write "{value}" if that is the id' if type(value) in (int, float) else ""
        raise fail("wrong-type", f"{show(value)} is not an id", hint or "write the id of an entry")
    if not value.strip():
        raise fail("bad-value", "this text is empty", "write the id of an entry")
    return value


def is_id(text: str) -> bool:
    """Tell whether a word is a well-formed id: lower-case words joined by hyphens or dots."""
    return _ID.match(text) is not None and len(text) <= MAX_ID


def is_library_id(text: str) -> bool:
    """Tell whether a word has the form of an id of the library: ``file/element``."""
    parts = text.split(SEPARATOR)
    return len(parts) == 2 and all(map(is_id, parts))


def parse_old_id(value: Any) -> str:
    """Read an id that was used once, so that nothing tells its spelling but its form."""
    text = parse_id(value).strip()
    if not is_id(text) and not is_library_id(text):
        raise fail("bad-id", f"{show(text)} was never an id", "write the id as it stood then")
    return text


def parse_kind(value: Any) -> str:
    """Read a kind of third party that has a word of its own."""
    text = parse_text(value)
    if text not in THIRD_PARTY_KINDS:
        hint = did_you_mean(text, THIRD_PARTY_KINDS) or f"one of: {', '.join(THIRD_PARTY_KINDS)}"
        raise fail("bad-value", f"{show(text)} is not a kind that is known here", hint)
    return text


def parse_text(value: Any) -> str:
    """Read text; a number is not text, so that ``title: 2012`` is not silently accepted."""
    if isinstance(value, str):
        if not value.strip():
            raise fail("bad-value", "this text is empty", "write something, or leave the key out")
        return value.strip()
    hint = f'put it in quotes: "{show(value)}"' if isinstance(value, int | float) else ""
    raise fail("wrong-type", f"{show(value)} is not text", hint or "write one text")


def parse_flag(value: Any) -> bool:
    """Read true or false."""
    if isinstance(value, bool):
        return value
    hint = "write true or false"
    if isinstance(value, str) and value.casefold() in _YES | _NO:
        hint = "write true" if value.casefold() in _YES else "write false"
    raise fail("wrong-type", f"{show(value)} is neither true nor false", hint)


def parse_country(value: Any) -> str:
    """Read a two-letter country code (ISO 3166-1 alpha-2)."""
    text = parse_text(value)
    if text not in COUNTRIES:
        near = COUNTRY_HABITS.get(text.upper(), text.upper())
        hint = f"write {near}" if near in COUNTRIES else "write two capital letters: US, DE, NO"
        raise fail("bad-value", f"{show(text)} is not a country code", hint)
    return text


def parse_clause(value: Any) -> str:
    """Read the name of a clause: one of the list, or one's own that begins with ``x-``."""
    text = parse_text(value)
    own = text.removeprefix(OWN_PREFIX)
    if text in CLAUSE_IDS or (own != text and is_id(own)):
        return text
    folded = "-".join(re.split(r"[\s_-]+", text.casefold()))
    meant = folded if is_id(folded) and folded.startswith(OWN_PREFIX) else CLAUSE_HABITS.get(folded)
    hint = f"did you mean {meant!r}?" if meant else did_you_mean(text, CLAUSE_IDS)
    known = f"one of: {', '.join(CLAUSE_IDS)}; name a clause of your own {OWN_PREFIX}like-this"
    raise fail("bad-value", f"{show(text)} is not a clause that is known here", hint or known)


def parse_currency(value: Any) -> str:
    """Read a three-letter currency code (ISO 4217)."""
    text = parse_text(value)
    if text not in CURRENCIES:
        near = {"$": "USD", "US$": "USD", "€": "EUR", "EURO": "EUR", "£": "GBP"}.get(
            text.upper(), text.upper()
        )
        hint = f"write {near}" if near in CURRENCIES else "write its three letters: USD, EUR, GBP"
        raise fail("bad-value", f"{show(text)} is not a currency code", hint)
    return text


def _scalar(parse: Callable[[Any], Any], kind: str, examples: Any = (), **more: Any) -> Any:
    schema = {"type": kind, **({"examples": list(examples)} if examples else {}), **more}
    return (BeforeValidator(parse), WithJsonSchema(schema))


_AMOUNTS = r"\s*([0-9]+(\.[0-9]+)?\s*(min|mo|[smhdwy])\s*)+"
_DURATION_PATTERN = rf"^({_AMOUNTS}|\s*P[0-9YMWDTHS]+\s*)$"
_DURATION_OR_UNKNOWN_PATTERN = rf"^(unknown|{_AMOUNTS}|\s*P[0-9YMWDTHS]+\s*)$"
_PERCENT_PATTERN = r"^\s*0*(100(\.0+)?|[0-9]{1,2}(\.[0-9]{1,12})?)\s*%\s*$"
_DATE_PATTERN = r"^\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\s*$"
LENGTH = {"type": "string", "pattern": _DURATION_OR_UNKNOWN_PATTERN}
"""JSON Schema of a duration that may be unknown."""
_WORD = r"[a-z0-9]+([.-][a-z0-9]+)*"
ID_PATTERN = rf"^{_WORD}$"
REFERENCE_PATTERN = rf"^{_WORD}({SEPARATOR}{_WORD})?$"
"""An id of one's own, or one of the library."""

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
        pattern=_DURATION_OR_UNKNOWN_PATTERN,
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
Amount = Annotated[float, *_scalar(parse_amount, "number", [1200], minimum=0, maximum=MAX_AMOUNT)]
Rate = Annotated[float, *_scalar(parse_rate, "number", [0.2], minimum=0, maximum=365 * 24 * 60)]
Day = Annotated[
    date, *_scalar(parse_date, "string", ["2012-05-14"], format="date", pattern=_DATE_PATTERN)
]
Reference = Annotated[
    str, *_scalar(parse_id, "string", ["exchange-outbound"], pattern=REFERENCE_PATTERN)
]
OldId = Annotated[str, *_scalar(parse_old_id, "string", pattern=REFERENCE_PATTERN)]
KindName = Annotated[
    str, *_scalar(parse_kind, "string", pattern=rf"^({'|'.join(THIRD_PARTY_KINDS)})$")
]
Text = Annotated[str, *_scalar(parse_text, "string", pattern=r"\S")]
Flag = Annotated[bool, *_scalar(parse_flag, "boolean")]
ClauseName = Annotated[
    str,
    *_scalar(
        parse_clause,
        "string",
        pattern=rf"^({'|'.join(CLAUSE_IDS)}|{OWN_PREFIX}[a-z0-9]+([.-][a-z0-9]+)*)$",
    ),
]
Country = Annotated[str, *_scalar(parse_country, "string", enum=sorted(COUNTRIES))]
Currency = Annotated[str, *_scalar(parse_currency, "string", enum=sorted(CURRENCIES))]
