"""How values are worded."""

import math
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskmap.rules.statement import (
    Count,
    Money,
    Ref,
    Refs,
    Seconds,
    Value,
    count_word,
    day,
    duration,
    join,
    mention,
    money,
    percent,
    render,
    say,
)

HOUR, DAY = 3600, 86400


class Names:
    currency = "EUR"

    def title(self, entry_id: str, /) -> str:
        return {"mail": "Mail", "sites": "Web sites", "list": "Mail, post"}.get(entry_id, entry_id)

    def is_party(self, entry_id: str, /) -> bool:
        return entry_id.startswith("party")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "no time"),
        (1, "1 minute"),
        (59, "1 minute"),
        (60, "1 minute"),
        (90, "2 minutes"),
        (30 * 60, "30 minutes"),
        (HOUR - 1, "1 hour"),
        (HOUR, "1 hour"),
        (HOUR + 60, "1 hour 1 minute"),
        (1.5 * HOUR, "1 hour 30 minutes"),
        (8 * HOUR, "8 hours"),
        (DAY, "24 hours"),
        (26 * HOUR, "26 hours"),
        (2 * DAY - 1, "48 hours"),
        (2 * DAY, "2 days"),
        (2 * DAY + HOUR, "2 days 1 hour"),
        (112 * HOUR, "4 days 16 hours"),
        (5 * DAY, "5 days"),
        (7 * DAY - 60, "7 days"),
        (7 * DAY + 5 * HOUR, "7 days"),
        (240 * HOUR, "10 days"),
        (30 * DAY, "30 days"),
        (729 * DAY, "729 days"),
        (730 * DAY, "2 years"),
        (3650 * DAY, "10 years"),
        (1000 * DAY, "2.7 years"),
        (math.inf, "no known end"),
    ],
)
def test_durations(seconds: float, words: str) -> None:
    assert duration(seconds) == words


@pytest.mark.parametrize(
    ("share", "words"),
    [
        ("0", "0%"),
        ("1", "100%"),
        ("0.84", "84%"),
        ("0.845", "84.5%"),
        ("0.3333333333", "33.3%"),
        ("0.01", "1%"),
        ("0.0001", "0.01%"),
        ("0.00437", "0.437%"),
        ("0.99", "99%"),
        ("0.999", "99.9%"),
        ("0.9999", "99.99%"),
        ("0.99999", "99.999%"),
        ("1e-7", "under 0.001%"),
        ("0.9999999", "over 99.999%"),
    ],
)
def test_percents(share: str, words: str) -> None:
    assert percent(Fraction(share)) == words


@given(st.fractions(0, 1))
@settings(max_examples=200)
def test_only_nothing_is_0_and_only_all_is_100_percent(share: Fraction) -> None:
    words = percent(share)
    assert (words == "0%") == (share == 0)
    assert (words == "100%") == (share == 1)
    assert "e" not in words.removeprefix("under").removeprefix("over")


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        (0.0, "USD", "0 USD"),
        (1234.5, "EUR", "1,234 EUR"),
        (277200.0, "USD", "277,200 USD"),
        (1e9, "CHF", "1,000,000,000 CHF"),
        (5.0, None, "5 (currency not given)"),
        (math.inf, "USD", "an unbounded amount"),
    ],
)
def test_money(amount: float, currency: str | None, words: str) -> None:
    assert money(amount, currency) == words


@pytest.mark.parametrize(
    ("number", "words"), [(0, "no"), (1, "one"), (12, "twelve"), (13, "13"), (1200, "1,200")]
)
def test_counts(number: int, words: str) -> None:
    assert count_word(number) == words


@pytest.mark.parametrize(
    ("words", "joined"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["a", "b", "c", "d"], "a, b, c and d"),
    ],
)
def test_joins(words: list[str], joined: str) -> None:
    assert join(words) == joined


def test_joins_with_another_word() -> None:
    assert join(["a", "b", "c"], last="or") == "a, b or c"


@pytest.mark.parametrize(
    ("entry_id", "words"),
    [
        ("mail", "Mail"),
        ("sites", "“Web sites”"),
        ("list", "“Mail, post”"),
        ("party of ours", "party of ours"),
    ],
)
def test_titles_of_several_words_are_quoted_names_of_parties_are_not(
    entry_id: str, words: str
) -> None:
    assert mention(entry_id, Names()) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Ref("mail"), "Mail"),
        (Refs(("mail", "sites")), "Mail and “Web sites”"),
        (Refs(()), ""),
        (Seconds(8 * HOUR), "8 hours"),
        (timedelta(hours=8), "8 hours"),
        (Money(5.0), "5 EUR"),
        (Fraction(9, 10), "90%"),
        (Count(1, "test", "tests"), "one test"),
        (Count(0, "test", "tests"), "no tests"),
        (Count(2, "test", "tests"), "two tests"),
        (date(2012, 5, 4), "4 May 2012"),
        ("plain {text}", "plain {text}"),
        (7, "7"),
    ],
)
def test_every_kind_of_value_is_worded(value: Value, words: str) -> None:
    assert render(say("It is {value}", value=value), Names()) == f"It is {words}"


def test_a_sentence_starts_with_a_capital() -> None:
    assert render(say("{a} needs {b}", a="it", b="this"), Names()) == "It needs this"
    assert render(say("{a} fails", a=Ref("sites")), Names()) == "“Web sites” fails"


def test_a_value_that_is_not_given_is_an_error() -> None:
    with pytest.raises(KeyError):
        render(say("{missing} is needed"), Names())


@pytest.mark.parametrize("month", range(1, 13))
def test_days_do_not_depend_on_the_locale(month: int) -> None:
    assert day(date(2026, month, 1)) == date(2026, month, 1).strftime("1 %B 2026")
