"""Sentences of the text output that a reader could take wrongly."""

import pytest

DAY = "as_of: 2026-06-01\n"


@pytest.fixture
def said(riskmap, model):
    """Return what an assessment of a model says, on one line."""

    def say(text, *arguments):
        ran = riskmap("assess", model(DAY + text), *arguments)
        assert ran.code == 0, ran.err
        return " ".join(ran.out.split())

    return say


def parts(number):
    names = [f"part-{n}" for n in range(number)]
    services = "".join(f"  {n}: {{provider: maker, outage: {{worst: 1d}}}}\n" for n in names)
    return (
        "functions:\n  f: {title: Work, owner: me, criticality: critical, mtd: 4h, rto: 1h,"
        f" needs: [{', '.join(names)}]}}\nservices:\n{services}"
        "providers: {maker: {title: Maker, outage: {worst: 3d}}}\n"
    )


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "a failure of part-0 alone is enough"),
        (2, "a failure of part-0 or part-1 alone is enough"),
        (4, "a failure of part-0 or one of 3 more alone is enough"),
    ],
)
def test_failures_that_are_each_enough_are_not_read_as_one(said, number, words):
    assert words in said(parts(number))


PAIRS = """
functions:
  f: {{title: Work, owner: me, criticality: critical, mtd: 4h, rto: 1h,
       needs: [{{any_of: [a, b]}}]}}
services:
  a: {{title: A, {a}}}
  b: {{title: B, provider: maker, outage: {{worst: 1d}}}}
providers: {{maker: {{title: Maker, outage: {{worst: 3d}}}}}}
"""


def test_one_other_pair_does(said):
    text = said(PAIRS.format(a="outage: {worst: 1d}"), "--details")
    assert "so do one" not in text
    assert "so does one other pair" in text


CONTRACTS = """
functions:
  f: {title: Work, owner: me, criticality: critical, mtd: 4h, rto: 1h, needs: [x, y]}
services:
  x: {title: Line, provider: telco, outage: {worst: 1d}}
  y: {title: Desk, provider: telco, outage: {worst: 1d}}
providers: {telco: {title: Telco, outage: {worst: 3d}}}
contracts:
  old: {title: Old one, provider: telco, covers: x, ends: 2026-05-31}
  new: {title: New one, provider: telco, covers: x, starts: 2026-07-01}
"""


def test_two_contracts_are_not_in_force(said):
    text = said(CONTRACTS, "--details")
    assert "“New one” and “Old one” are not in force on 1 June 2026" in text
    assert "Telco runs it and owes nobody in the chain anything" in text


def test_a_party_under_another_contract_is_not_said_to_owe_nothing(said):
    other = "  desk: {title: Desk contract, provider: telco, covers: y}\n"
    text = said(CONTRACTS + other, "--details")
    assert "Telco runs it, and “Desk contract” with Telco does not cover it" in text
    assert "owes nobody" not in text


def test_a_party_that_somebody_contracted_owes_that_one(said):
    text = CONTRACTS.replace("x: {", "x: {contracted_by: [host], ")
    text = text.replace("providers: {", "providers: {host: {title: Host, fails_alone: false}, ")
    shown = said(text, "--details")
    assert "Line, and no contract in force covers it; “New one” and “Old one” are not" in shown
    assert "Telco runs it and owes it to Host only" in shown


def test_nobody_answers_for_itself(said):
    text = parts(1).replace("worst: 1d", "worst: 30m")
    text += "contracts: {k: {provider: maker, covers: part-0}}\n"
    shown = said(text, "--details")
    assert "Nobody stated what our contract pays if Maker fails." in shown
    shown = said(text.replace("covers: part-0", "covers: part-0, credits: 0"), "--details")
    assert "Our contract pays nothing if Maker fails." in shown
    assert "answers for Maker" not in shown


TREATED = """
functions:
  f: {title: Work, owner: me, criticality: critical, mtd: 4h, rto: 1h, needs: [x]}
services: {x: {title: Tool, outage: {worst: 1d}}}
treatments:
  contested: {finding: RM101@x, status: disputed, reason: It is doubled.}
  lost-rule: {rule: RM305, status: accepted}
  lost-family: {rule: RM4, subject: [f, x], status: accepted}
  lost-tag: {tag: nowhere, status: accepted}
"""


def test_decisions_about_nothing_are_sentences(said):
    text = said(TREATED)
    assert "lost-rule: there are no findings of RM305" in text
    assert "lost-family: there are no findings of RM4 about f or x" in text
    assert "lost-tag: there are no findings about entries tagged “nowhere”" in text


def test_a_dispute_is_shown_and_stays_open(said):
    text = said(TREATED)
    assert "RM101@x: disputed, without an end; it stays open" in text
    assert "A finding about this is disputed." in text
    assert "Disputed: It is doubled. →" in said(TREATED, "--details")


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_rules_that_did_not_run_are_no_good_sign(said, form):
    """None of the 32 rules may run, and all of them may."""
    silent = said(parts(1), "--select", "RM302", "--ignore", "RM3", "--format", form)
    assert "No open finding" in silent
    assert "32 of 32 rules did not run" in silent
    assert "23 of 32 rules did not run" in said(parts(1), "--select", "RM2", "--format", form)
    assert "did not run" not in said(parts(1), "--format", form)


def test_decisions_about_rules_that_did_not_run_are_not_called_idle(said):
    text = said(TREATED, "--ignore", "RM305")
    assert "lost-rule" not in text
    assert "lost-tag" not in text, "it may be about what RM305 would have found"
    assert "lost-family: there are no findings of RM4 about f or x" in text
