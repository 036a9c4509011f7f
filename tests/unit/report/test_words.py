from fractions import Fraction

import pytest

from riskmap.report.view.words import Words, capital, counted, listed, shorten, tie


def test_numbers_and_units_are_tied_by_no_break_spaces() -> None:
    assert tie("5 days of 10 hours") == "5\u00a0days of 10\u00a0hours"


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "no functions"), (1, "one function"), (2, "two functions"), (40, "40 functions")],
)
def test_things_are_counted_as_people_do(number: int, said: str) -> None:
    assert counted(number, "function") == said


def test_long_lists_end_in_a_count() -> None:
    assert listed(["a", "b", "c"], 1, "plan") == "a and two more plans"


def test_a_sentence_begins_with_a_capital() -> None:
    assert capital("two stop") == "Two stop"


def test_cutting_leaves_whole_words() -> None:
    assert shorten("Mail relay for refused recipients", 20) == "Mail relay for…"
    assert shorten("x" * 50, 10) == "x" * 9 + "…"


def test_an_assumed_figure_is_marked_and_a_stated_one_is_not(make) -> None:
    assessment = make(
        """
        riskmap: 1
        organisation: Shop
        functions:
          till: {title: Till, mtd: 4h, needs: [net], assumed: [mtd]}
        services:
          net: {outage: {worst: 2h}}
        """
    )
    words = Words(assessment)
    assert words.span(14400, "till.mtd") == "4\u00a0hours\u00a0○"
    assert words.span(7200, "net.outage") == "2\u00a0hours"
    assert words.share(Fraction(1, 2), "till.mtd") == "50%\u00a0○"


def test_functions_are_named_counted_or_all(make) -> None:
    functions = "\n".join(f"  f{i}: {{title: Function number {i}}}" for i in range(5))
    words = Words(make(f"riskmap: 1\norganisation: Shop\nfunctions:\n{functions}"))
    ids = [f"f{i}" for i in range(5)]
    assert words.functions(ids) == "all five functions"
    assert words.functions(ids[:1]) == "“Function number 0”"
    assert words.functions(ids[:4]) == "“Function number 0” and three other functions"
