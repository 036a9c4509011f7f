"""What the board report says, as text."""

from datetime import date

import pytest

from riskmap.report.view.board import basis, lock_in, outage, picture, singles, tolerance, verdict
from riskmap.report.view.context import Context

SHOP = """
riskmap: 1
organisation: Shop
functions:
  till: {title: Take money, criticality: critical, mtd: 4h, rto: 2h, needs: [terminal]}
services:
  terminal: {title: Card terminal, outage: {worst: %s}}
"""


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_founding_case_in_one_sentence(founding) -> None:
    assert plain(verdict.build(Context(founding)).headline) == (
        "One score at an organisation we have no contract with can stop “Write to clients”"
        " for 10 days ○"
    )


def test_founding_case_lead_names_all_that_matters(founding) -> None:
    lead = plain(verdict.build(Context(founding)).lead)
    for said in (
        "“SenderBase's score of Office 365's addresses”, run by Cisco",
        "loses 80% ○ of its capacity",
        "it can bear 8 hours ○",
        "takes over only after 4 days 16 hours ○, carries 84% ○ where 90% ○ is needed",
        "has never been tested",
        "No contract obliges anybody to repair it",
        "277,200 USD ○",
        "“Receive mail from clients” and “Run the back office” carry on as usual.",
    ):
        assert said in lead


def test_founding_case_tiles(founding) -> None:
    tiles = [
        (tile.mark.tone, tile.mark.word, plain(f"{tile.figure} {tile.unit}"))
        for tile in verdict.build(Context(founding)).tiles
    ]
    assert tiles == [
        ("bad", "Outside tolerance", "10 days ○"),
        ("bad", "No contract", "4 of 7"),
        ("fair", "Held", "158 days ○"),
        ("good", "Not affected", "2 of 3"),
    ]


def test_founding_case_decisions_hide_no_gap(founding) -> None:
    rows = verdict.build(Context(founding)).decisions.rows
    assert rows[0].what == "Make “Send from the .net domain through nsMail Pro” ready"
    assert plain(rows[0].effect.text) == "10 days ○ → 8 hours ○ at most"
    assert rows[0].cost.gap
    assert plain(rows[0].who.text) == "Program manager ○"
    assert rows[0].by.gap
    assert rows[1].what == "Have a plan for losing Microsoft"
    assert len(rows) <= 6


def test_an_accepted_finding_is_not_asked_about_again(founding, proposal) -> None:
    asked = " ".join(row.what for row in verdict.build(Context(founding)).decisions.rows)
    assert "“Exchange Online, incoming” and “Exchange Online, outgoing”" in asked
    asked = " ".join(row.what for row in verdict.build(Context(proposal)).decisions.rows)
    assert "Loosen what ties “Exchange Online, incoming” to" in asked


def test_the_proposal_says_what_the_relay_saves(proposal) -> None:
    assert plain(verdict.build(Context(proposal)).lead).endswith(
        "“Write to clients” stops for 3 hours ○ instead of 10 days ○."
    )
    told = outage.build(Context(proposal))
    assert told is not None
    assert plain(told.title) == (
        "“Write to clients” stops for 3 hours ○; without a fallback it would be 10 days ○"
    )


def test_an_expired_decision_comes_first_and_loud(make) -> None:
    text = SHOP % "3d" + (
        "treatments:\n  old: {finding: RM101@terminal, status: accepted, expires: 2025-01-31}\n"
    )
    context = Context(make(text, date(2026, 1, 1)))
    first = verdict.build(context).decisions.rows[0]
    assert first.what.startswith("Decide again: ")
    assert first.by.text == "overdue"
    assert first.who.gap
    assert basis.build(context).decided[0].mark.word == "Expired"


@pytest.mark.parametrize(
    ("worst", "said"),
    [
        ("3d", "One system of our own can stop “Take money” for 3 days"),
        ("1h", "No single failure stops a function for longer than it can bear"),
        ("3h", "No single failure stops a function for longer than it can bear"),
    ],
)
def test_headline_follows_the_consequence(make, worst: str, said: str) -> None:
    assert plain(verdict.headline(Context(make(SHOP % worst)))) == said


def test_an_outage_without_end(make) -> None:
    context = Context(make((SHOP % "1h").replace("outage: {worst: 1h}", "notes: none")))
    page = verdict.build(context)
    assert page.headline == "One system of our own can stop “Take money” with no known end"
    assert page.tiles[0].figure == "No"
    assert "Nothing known ends such a failure." in page.lead


def test_one_function_and_nothing_else(make) -> None:
    context = Context(make("riskmap: 1\norganisation: Shop\nfunctions:\n  till: {title: Till}\n"))
    page = verdict.build(context)
    assert page.headline == "The model does not say what Till cannot do without"
    assert [row.what for row in page.decisions.rows] == ["Answer the open questions about Till"]
    assert outage.build(context) is None
    assert picture.build(context) is None
    assert singles.build(context) is None
    assert lock_in.build(context) is None
    assert "1 functions" not in page.lead
    assert "one functions" not in page.lead


def test_tolerance_title_counts_functions(founding, make) -> None:
    title = tolerance.build(Context(founding)).title
    assert title == "All three functions can be stopped for longer than they can bear"
    title = tolerance.build(Context(make(SHOP % "3d"))).title
    assert title == "“Take money” can be stopped for longer than it can bear"
    title = tolerance.build(Context(make(SHOP % "1h"))).title
    assert title == "Our function stays within tolerance, whichever single thing fails"


def test_the_figures_say_what_they_show(founding) -> None:
    context = Context(founding)
    shown = (tolerance.build(context), outage.build(context), picture.build(context))
    alts = [view.picture.alt for view in shown if view is not None]
    assert plain(alts[0]).startswith(
        "Longest stop against tolerance. Write to clients: stopped for 10 days ○ if SenderBase's"
    )
    assert "Receive mail from clients: not affected" in alts[1]
    assert alts[2].count(" needs ") == 3


def test_horizon_ladder_of_the_founding_case(founding) -> None:
    told = outage.build(Context(founding))
    assert told is not None
    assert [(rung.after, rung.mark.word) for rung in told.rungs] == [
        ("4\u00a0hours", "Stopped"),
        ("24\u00a0hours", "Stopped"),
        ("5\u00a0days", "Stopped"),
        ("30\u00a0days", "Works"),
    ]
    assert "84% ○ over “Send from the .net domain through nsMail Pro”" in plain(told.rungs[2].state)
    assert told.rungs[0].action.gap


def test_a_stop_at_two_levels_is_one_stop(founding) -> None:
    told = outage.build(Context(founding))
    assert told is not None
    assert "Write to clients: stopped: 20% left, later 84% from the start to 10 days" in (
        told.picture.alt
    )


def test_single_points_in_a_table(founding) -> None:
    table = singles.build(Context(founding))
    assert table is not None
    assert table.title == "Eight single points of failure, four of them under no contract"
    first = table.rows[0]
    assert first.element.text == "SenderBase's score of Office 365's addresses"
    assert first.length.mark is not None
    assert plain(first.length.mark.word) == "10 days ○"
    assert first.contract.mark is not None
    assert first.contract.mark.word == "None"
    assert plain(first.fallback.text) == "after 4 days 16 hours ○"
    assert plain(first.fallback.note) == "84% ○ only, never tested"
    assert table.callout is not None
    assert table.callout.lines[0].startswith("SenderBase: “Send from the .net domain")


def test_lock_in_of_the_founding_case(founding) -> None:
    table = lock_in.build(Context(founding))
    assert table is not None
    assert table.title == (
        "“Exchange Online, incoming” and “Exchange Online, outgoing” are held in place by"
        " “SharePoint sites of the back office”"
    )
    words = {row.service.text: row.verdict.word for row in table.rows}
    assert words["Exchange Online, outgoing"] == "Held"
    assert words["nsMail Pro, outgoing"] == "Leaves alone"
    assert plain(table.rows[0].effort.text) == "158 days ○"


def test_what_the_conclusions_rest_on(founding) -> None:
    ground = basis.build(Context(founding))
    assert ground.rests[0].entry == "Write to clients"
    assert "how long it can be down" in ground.rests[0].facts
    assert ground.undecided == f"All {len(founding.findings)} findings wait for a decision."
