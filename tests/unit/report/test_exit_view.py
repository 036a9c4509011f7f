"""What the exit plan says, section by section, on models of its own."""

from datetime import date

import pytest

from riskmap.errors import OutputError, UnknownNameError
from riskmap.report.view.exit import (
    cost,
    data,
    gaps,
    header,
    limits,
    loosening,
    moving,
    record,
    schedule,
    start,
)
from riskmap.report.view.exit.subject import exit_context
from riskmap.report.view.words import NBSP

TODAY = date(2026, 11, 2)
FULL = {
    "procurement": "20d",
    "build": "10d",
    "data": "500 GB",
    "bandwidth": "100 Mbit/s",
    "retrieval": "30d",
    "parallel_run": "7d",
    "cut_over": "1d",
    "cost": {"low": 1000, "likely": 2000, "high": 4000},
    "retraining": 0,
    "alternatives": ["Another host"],
}


def model(exit_facts=None, contract=None, **more):
    """Return one bought service with the facts given; ``more`` adds keys to the service."""
    service = {"title": "Mail", "provider": "p", **more}
    if exit_facts:
        service["exit"] = exit_facts
    found = {
        "riskmap": 1,
        "organisation": "Shop",
        "currency": "EUR",
        "functions": {"f": {"title": "Sell", "mtd": "8h", "needs": ["mail"]}},
        "services": {"mail": service},
        "providers": {"p": {"title": "Host"}},
    }
    if contract:
        found["contracts"] = {"c": {"title": "Terms", "provider": "p", "covers": ["mail"]}}
        found["contracts"]["c"] |= contract
    return found


@pytest.fixture
def context(make):
    def run(values, subject=None):
        return exit_context(make(values, TODAY), subject)

    return run


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


def test_without_facts_it_is_a_form(context) -> None:
    found = context(model())
    head = header.build(found)
    assert head.headline == "Nobody has stated what leaving Mail takes"
    assert head.state.title == "This is a form, not yet a plan"
    assert [tile.mark.tone for tile in head.tiles[:2]] == ["bad", "bad"]
    shown = schedule.build(found)
    assert shown.picture is None
    assert all(row.takes.gap for row in shown.rows if row.kind != "group")
    assert (cost.build(found).total.low, cost.build(found).total.high) == ("", "")
    assert record.build(found).tests_title == "Leaving has never been tested"


def test_the_headline_is_the_sum_of_the_phases(context) -> None:
    # 20 + 10 + 40,000 s (500e9 x 8 / 100e6) + 7 + 1 days = 38.46 days, over on the 39th
    found = context(model(FULL, {"notice": "5d", "provider_notice": "60d"}))
    head = header.build(found)
    assert plain(head.headline).startswith("Leaving Mail takes 38 days and")
    assert "11 December 2026" in plain(head.lead)
    assert head.tiles[0].mark.word == "In time"


@pytest.mark.parametrize("contract", [None, {"notice": "5d"}])
def test_it_is_never_in_time_while_nobody_stated_how_soon_the_provider_may_go(
    context, contract
) -> None:
    head = header.build(context(model(FULL, contract)))
    assert head.tiles[0].mark.tone == "fair"
    assert head.tiles[0].mark.word == "Not compared"


def test_a_notice_shorter_than_the_exit_is_no_first_step_by_itself(context) -> None:
    found = context(model(FULL, {"notice": "5d", "provider_notice": "60d"}))
    steps = [plain(step.action.text) for step in start.build(found).steps]
    assert any("runs on until day 39; then give notice" in step for step in steps)
    warning = limits.build(found).warning
    assert warning is not None
    assert "must not be given before day 34" in plain(warning.lines[0])


def test_where_the_end_is_not_known_notice_alone_may_come_too_soon(context) -> None:
    found = context(model(None, {"notice": "90d"}))
    steps = [plain(step.action.text) for step in start.build(found).steps]
    assert (
        "Agree with Host in writing that Terms runs on until we are out; then give notice" in steps
    )
    warning = limits.build(found).warning
    assert warning is not None
    assert "nobody can tell yet" in warning.lines[0]


def test_what_overruns_is_said_without_our_notice(context) -> None:
    # our notice of 90 days delays the build; the move itself is 38.46 days, 10 allowed
    found = context(model(FULL, {"notice": "90d", "provider_notice": "10d"}))
    title = plain(limits.build(found).title)
    assert title.startswith("Without our notice it takes 38 days, 28 days longer")


def test_the_picture_marks_what_the_exit_is_held_against(context) -> None:
    terms = {"notice": "5d", "provider_notice": "30d", "ends": "2026-12-02"}
    picture = schedule.build(context(model(FULL, terms))).picture
    assert picture is not None
    alt = plain(picture.alt)
    assert "Host could be gone, day 30" in alt
    assert "Terms ends, day 30" in alt
    assert "last day for notice that ends it with its term: Terms, day 25" in alt.replace("L", "l")
    assert "Build: 10 days, from day 20 to day 30, sets the time" in alt


def test_data_that_cannot_be_fetched_in_time_is_red(context) -> None:
    found = data.build(context(model(FULL | {"retrieval": "6h"})))
    assert found.title == "The data of one service cannot be fetched within its window"
    assert found.rows[0].mark.tone == "bad"
    assert plain(found.rows[0].volume.text) == "500 GB"


def test_gaps_are_questions_without_keys_of_the_language(context) -> None:
    values = model(coupled_to=[{"service": "files", "by": ["data"], "strength": "strong"}])
    values["services"]["files"] = {"title": "Shared files", "provider": "p"}
    found = context(values, "mail")
    asked = [question for row in gaps.build(found).rows for question in row.asked]
    assert asked
    assert not [question for question in asked if "_" in question]
    assert "cost of cutting the tie to “Shared files”" in asked
    how = [row.how for row in cost.build(found).rows]
    assert not [text for text in how if "_" in text]


def test_a_tie_with_a_price_says_whether_cutting_pays(context) -> None:
    tie = {"service": "files", "by": ["licence"], "strength": "strong", "cost": 100}
    terms = {"notice": "5d", "annual_cost": 0, "termination_fee": 0, "switching_charges": 0}
    values = model(FULL, terms, coupled_to=[tie])
    values["services"]["files"] = {"title": "Files", "provider": "p", "exit": FULL}
    values["contracts"]["c"]["covers"] = ["mail", "files"]
    found = context(values, "mail")
    assert moving.build(found).title == "Files is tied to it and must move too"
    shown = loosening.build(found)
    # leaving as things are costs 4,000, alone 2,000: 100 is won back if the chance is above 5%
    assert plain(shown.title) == (
        "100 EUR would let Mail leave more freely, and pay for itself the day we leave"
    )
    verdict = plain(shown.choices[0].verdict)
    assert "costs 2,100 EUR; leaving as things are 4,000 EUR" in verdict
    assert "below 5%" in verdict


def test_by_default_it_is_about_what_holds_most_firmly_of_what_is_known(context) -> None:
    values = model(FULL)
    values["services"]["dark"] = {"title": "Unknown", "provider": "p"}
    assert context(values).subject == "mail"


def test_nothing_bought_is_nothing_to_leave(context) -> None:
    values = {"riskmap": 1, "organisation": "Shop", "functions": {"f": {"title": "Sell"}}}
    with pytest.raises(OutputError, match="nothing to leave"):
        context(values)


def test_an_unknown_subject_names_a_near_one(context) -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'mail'"):
        context(model(), "mial")


def test_tests_of_both_kinds_are_told_apart(context) -> None:
    tests = [{"date": "2026-05-01", "result": "passed", "kind": "unstressed"}]
    plan = {"steps": [{"do": "Export the mail"}], "tests": tests}
    found = record.build(context(model(FULL | {"plan": plan})))
    assert found.tests_title == "Only an unstressed exit has passed a test"
    assert found.steps[0].action.text == "Export the mail"
    assert found.steps[0].who.gap
    lines = header.build(context(model(FULL | {"plan": plan}))).state.lines
    assert "No stressed test of leaving has been passed." in lines
