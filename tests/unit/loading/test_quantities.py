"""Single values: what is accepted, and exactly what it becomes."""

import contextlib
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from riskmap.loading import quantities
from riskmap.loading.codes import COUNTRIES, CURRENCIES
from riskmap.loading.durations import parse_duration, parse_duration_or_unknown

SECONDS = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86400, "w": 604800, "mo": 2592000}


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("30m", 1800),
        ("30min", 1800),
        ("8h", 28800),
        (" 8 h ", 28800),
        ("1.5h", 5400),
        ("1d12h", 129600),
        ("1d 12h", 129600),
        ("2w", 1209600),
        ("6mo", 15552000),
        ("1y", 31536000),
        ("0h", 0),
        ("PT8H", 28800),
        ("P1DT12H", 129600),
        ("P2W", 1209600),
        ("P6M", 15552000),
        ("PT6M", 360),
        ("1000y", 31536000000),
    ],
)
def test_durations(text: str, seconds: int) -> None:
    assert parse_duration(text) == timedelta(seconds=seconds)


@given(
    st.lists(
        st.tuples(st.integers(0, 500), st.sampled_from(sorted(SECONDS))), min_size=1, max_size=5
    ),
    st.sampled_from(["", " "]),
)
def test_durations_add_up(parts: list[tuple[int, str]], between: str) -> None:
    text = between.join(f"{number}{unit}" for number, unit in parts)
    total = sum(number * SECONDS[unit] for number, unit in parts)
    assert parse_duration(text) == timedelta(seconds=total)


@given(st.integers(0, 10**9))
def test_durations_round_trip(seconds: int) -> None:
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    span = timedelta(seconds=seconds)
    assert parse_duration(f"{days}d{hours}h{minutes}m{rest}s") == span
    assert parse_duration(f"P{days}DT{hours}H{minutes}M{rest}S") == span


@given(st.text())
def test_no_text_breaks_a_parser(text: str) -> None:
    for parse in (
        parse_duration,
        parse_duration_or_unknown,
        quantities.parse_percent,
        quantities.parse_probability,
        quantities.parse_amount,
        quantities.parse_rate,
        quantities.parse_date,
        quantities.parse_id,
        quantities.parse_text,
        quantities.parse_flag,
        quantities.parse_country,
        quantities.parse_currency,
    ):
        with contextlib.suppress(PydanticCustomError):
            parse(text)


def refusal(parse: Callable[[Any], Any], value: Any) -> tuple[str, str]:
    with pytest.raises(PydanticCustomError) as caught:
        parse(value)
    assert caught.value.context is not None
    return caught.value.type, str(caught.value.context["hint"])


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("8 hours", "write 8h"),
        ("2 Weeks and 3 days", "write 2w3d"),
        ("1,5 h", "write 1.5h"),
        ("8H", "write 8h"),
        ("1:30", "write 1h30m"),
        ("3M", "write 3m for minutes, or 3mo for months"),
        ("5", "write 5m, 5h or 5d for minutes, hours or days"),
        (5, "write 5m, 5h or 5d for minutes, hours or days"),
        ("٣h", "write a number and a unit: 30m, 8h, 5d, 2w, 6mo, 1y"),
        ("", "write a number and a unit: 30m, 8h, 5d, 2w, 6mo, 1y"),
        ("P", "write a number and a unit: 30m, 8h, 5d, 2w, 6mo, 1y"),
        ("h" * 200, "write a number and a unit: 30m, 8h, 5d, 2w, 6mo, 1y"),
    ],
)
def test_what_is_no_duration_gets_a_hint(value: Any, hint: str) -> None:
    assert refusal(parse_duration, value) == ("bad-duration", hint)


def test_unknown_is_a_duration_only_where_it_may_be() -> None:
    assert parse_duration_or_unknown("unknown") is None
    assert refusal(parse_duration, "unknown")[0] == "bad-duration"


@given(st.integers(0, 100_000_000))
def test_percentages_are_exact(millionths: int) -> None:
    whole, rest = divmod(millionths, 10**6)
    assert quantities.parse_percent(f"{whole}.{rest:06}%") == Fraction(millionths, 10**8)


@pytest.mark.parametrize("value", ["100.001%", "-1%", "1e1%", "½%", "45", "", "%", 45, 0.5, -1])
def test_what_is_no_share(value: Any) -> None:
    assert refusal(quantities.parse_percent, value)[0] == "bad-share"


def test_share_hints() -> None:
    assert refusal(quantities.parse_percent, 0.95)[1].startswith("write 95% ")
    assert refusal(quantities.parse_percent, 45)[1] == "write 45%"
    assert refusal(quantities.parse_percent, "45,5%")[1] == "write it with a point: 45.5%"


@pytest.mark.parametrize(("value", "exact"), [(1e-4, "1/10000"), ("0.25%", "1/400"), (1, "1")])
def test_probabilities_are_exact(value: Any, exact: str) -> None:
    assert quantities.parse_probability(value) == Fraction(exact)


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("1,200", "write 1200, "),
        ("$1200", "write 1200, "),
        ("1 200 EUR", "write 1200, "),
        ("€1'200'000.50", "write 1200000.50, "),
        ("10k", "write 10000, "),
        ("1200", "write 1200, "),
        ("a lot", "write a plain number "),
        ("1.200,50", "write a plain number "),
        (True, "write a plain number "),
        ([], "write a plain number "),
    ],
)
def test_money_hints(value: Any, hint: str) -> None:
    code, found = refusal(quantities.parse_amount, value)
    assert code == "wrong-type"
    assert found.startswith(hint)


@pytest.mark.parametrize("value", [-1, -0.01, 1e16, 10**400])
def test_impossible_money(value: float) -> None:
    assert refusal(quantities.parse_amount, value)[0] == "bad-value"


@given(st.dates())
def test_dates_round_trip(day: date) -> None:
    assert quantities.parse_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("14.05.2012", "2012-05-14"),
        ("2012/5/14", "2012-05-14"),
        ("2012-5-4", "2012-05-04"),
        ("2012-05-14T10:00", "2012-05-14"),
        (20120514, "2012-05-14"),
    ],
)
def test_date_hints(value: Any, meant: str) -> None:
    assert refusal(quantities.parse_date, value) == ("bad-date", f"write year-month-day: {meant}")


@pytest.mark.parametrize("value", ["2012-02-30", "2011-02-29", "0000-01-01", "2012-13-01"])
def test_days_that_are_not_in_the_calendar(value: str) -> None:
    assert refusal(quantities.parse_date, value) == ("bad-date", "check the month and the day")


def test_codes() -> None:
    assert len(COUNTRIES) == 250
    assert all(len(code) == 2 for code in COUNTRIES)
    assert all(len(code) == 3 for code in CURRENCIES)
    assert quantities.parse_country("NO") == "NO"
    assert quantities.parse_currency("USD") == "USD"
    assert refusal(quantities.parse_country, "no") == ("bad-value", "write NO")
    assert refusal(quantities.parse_country, "UK") == ("bad-value", "write GB")
    assert refusal(quantities.parse_currency, "€") == ("bad-value", "write EUR")


@pytest.mark.parametrize("good", ["a", "365", "zone-a", "v1.2", "a" * 100])
def test_ids(good: str) -> None:
    assert quantities.is_id(good)


@pytest.mark.parametrize("bad", ["", "-a", "a-", "a--b", "A", "a_b", "a b", "é", "a\n", "a" * 101])
def test_what_is_no_id(bad: str) -> None:
    assert not quantities.is_id(bad)
