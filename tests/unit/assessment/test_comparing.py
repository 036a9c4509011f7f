"""What a comparison says, and what it does not: a number restated is no improvement."""

import copy
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from riskmap import api
from riskmap.assessment import assess
from riskmap.assessment.comparing import (
    Change,
    Comparison,
    Decided,
    DocumentError,
    FindingChange,
    Tolerance,
    compare,
    snapshot_of,
)
from riskmap.assessment.comparing.fact_words import fact_clause
from riskmap.assessment.comparing.function_words import function_sentence
from riskmap.assessment.comparing.words import (
    cautions,
    cover_sentence,
    decision_sentence,
    difference,
    headline,
    plan_sentence,
    remark,
)
from riskmap.assessment.document import to_document
from riskmap.model import SHIPPED, Gate, Policy, Severity
from tests.support.models import TODAY, load

LATER = date(2027, 3, 1)
BASE = """
functions:
  sell: {owner: sales, criticality: critical, mtd: 8h, rto: 4h, needs: [shop]}
services:
  shop: {title: The shop, provider: host, outage: {worst: 2d}}
providers:
  host: {title: Host Ltd, outage: {worst: 1h}}
  rival: {title: Rival Ltd, outage: {worst: 1h}}
contracts:
  hosting: {provider: host, covers: shop, ends: 2026-12-31}
contingencies:
  by-phone: {covers: shop, detect: 0h, decide: 0h, activate: 1h, sustains: 1h, capacity: 100%,
             tests: [{date: 2025-06-01, result: passed, took: 1h}]}
treatments:
  agreed: {finding: RM101@shop, status: accepted, expires: 2026-12-31, approved_by: board,
           reason: Too dear.}
"""
Document = Callable[..., dict[str, Any]]


@pytest.fixture
def document(tmp_path: Path) -> Document:
    """The JSON of the model above, with some of its text replaced."""

    def run(
        *changes: tuple[str, str], today: date = TODAY, policy: Policy = SHIPPED
    ) -> dict[str, Any]:
        text = BASE
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        return to_document(assess(load(tmp_path, text), today, policy))

    return run


def between(old: dict[str, Any], new: dict[str, Any]) -> Comparison:
    return compare(snapshot_of(old), snapshot_of(new))


def finding(comparison: Comparison, key: str) -> FindingChange:
    return next(found for found in comparison.findings if found.key == key)


# -- functions ---------------------------------------------------------------------------------


def test_a_tolerance_restated_is_no_improvement(document: Document) -> None:
    found = between(document(), document(("mtd: 8h", "mtd: 3d")))
    (change,) = found.functions
    assert change.tolerance is Tolerance.GAINED
    assert change.on_paper
    assert function_sentence(found, change) == (
        "now within what it can bear, because its stated tolerance went from 8 hours to 3 days;"
        " one failure stops it for up to 47 hours, as before; by what was stated before it would"
        " still be beyond that"
    )
    (fact,) = found.entries.facts
    assert fact_clause(found, fact) == "what it can bear (mtd): was 8 hours, is 3 days"


def test_findings_say_that_the_tolerance_was_restated(document: Document) -> None:
    found = between(document(), document(("mtd: 8h", "mtd: 3d")))
    changed = [f for f in found.findings if f.change is not Change.PERSISTING]
    assert changed
    for change in changed:
        assert remark(found, change) == "what sell can bear was stated anew"


def test_a_shorter_outage_is_an_improvement(document: Document) -> None:
    found = between(document(), document(("{worst: 2d}", "{worst: 3h}")))
    (change,) = found.functions
    assert not change.on_paper
    assert function_sentence(found, change) == (
        "now within what it can bear (8 hours); one failure stops it for up to 2 hours"
        " (before: 47 hours)"
    )


def test_both_at_once(document: Document) -> None:
    """By hand: 3 days less the hour carried; 8 hours could be borne, now 80 hours."""
    found = between(document(), document(("{worst: 2d}", "{worst: 3d}"), ("mtd: 8h", "mtd: 80h")))
    (change,) = found.functions
    assert function_sentence(found, change) == (
        "now within what it can bear, because its stated tolerance went from 8 hours to 3 days 8"
        " hours; one failure stops it for up to 2 days 23 hours (before: 47 hours); by what was"
        " stated before it would still be beyond that"
    )


def test_a_function_without_needs_is_not_safe(document: Document) -> None:
    there = between(document(), document((", needs: [shop]", "")))
    (change,) = there.functions
    assert change.tolerance is Tolerance.NO_LONGER_KNOWN
    assert function_sentence(there, change) == (
        "no longer known: the model does not say any more what it needs; before, one failure"
        " stopped it for up to 47 hours"
    )
    gone = finding(there, "RM206@by-phone")
    assert gone.change is Change.RESOLVED
    assert remark(there, gone) == "the model does not say any more what sell needs"
    back = between(document((", needs: [shop]", "")), document())
    assert back.functions[0].tolerance is Tolerance.NOW_KNOWN


# -- time --------------------------------------------------------------------------------------


def test_time_alone(document: Document) -> None:
    found = between(document(), document(today=LATER))
    assert found.only_time
    assert next(cautions(found)) == (
        "The model states the same: whatever changed, changed because the day is another one."
    )
    expired = finding(found, "RM101@shop")
    assert expired.decided is Decided.EXPIRED
    assert expired.change is Change.PERSISTING
    said = "the decision about it expired on 31 December 2026: it is open again"
    assert decision_sentence(expired) == said
    (plan,) = found.plans
    assert plan.became_overdue
    assert plan_sentence(plan) == "its last test, on 1 June 2025, is too old by now"
    (cover,) = (c for c in found.covers if c.entry == "shop")
    assert cover_sentence(found, cover) == (
        "no longer covered by hosting; no contract covers it now"
    )
    assert not between(document(), document(("mtd: 8h", "mtd: 9h"), today=LATER)).only_time
    assert not between(document(), document()).only_time


def test_time_alone_among_other_changes(tmp_path: Path) -> None:
    """The contract ends and the test grows old by themselves; the tolerance is another matter."""
    old = assess(load(tmp_path, BASE), TODAY)
    new = assess(load(tmp_path, BASE.replace("2d}", "3d}")), LATER)
    found = api.compare(old, new)
    assert not found.only_time
    aged = {f.key for f in found.findings if f.due_to_time}
    assert aged == {"RM002@by-phone", "RM205@by-phone", "RM301@shop", "RM308@hosting"}
    assert finding(found, "RM101@shop").decided is Decided.EXPIRED  # and it got worse besides
    assert remark(found, finding(found, "RM205@by-phone")) == "time alone brought this about"
    assert not any(f.due_to_time for f in api.compare(api.snapshot(old), new).findings)


def test_worse_in_one_way_and_better_in_another(document: Document) -> None:
    more = "  rest: {criticality: critical, mtd: 8h, rto: 4h, needs: [shop]}\n"
    rest = ("  sell: {owner: sales", f"{more}  sell: {{owner: sales")
    found = between(document(rest), document(("{worst: 2d}", "{worst: 3d}")))
    change = finding(found, "RM101@shop")
    assert change.change is Change.ALTERED
    assert difference(found, change) == (
        "longest stop 2 days 22 hours, before 46 hours; no longer concerns rest"
    )
    assert change.fresh


def test_a_test_held_since(document: Document) -> None:
    failed = "{date: 2027-02-01, result: failed, took: 5h}"
    planned = "{date: 2027-04-01, result: passed}"
    held = ("tests: [", f"tests: [{failed}, {planned}, ")
    (plan,) = between(document(), document(held, today=LATER)).plans
    assert plan_sentence(plan) == (
        "tested on 1 February 2027: failed, took 5 hours; it did not pass its last test"
    )


# -- the yardstick -------------------------------------------------------------------------------


def test_silence_of_a_rule_that_did_not_run_is_no_good_news(document: Document) -> None:
    without = replace(SHIPPED, ignore=("RM101",))
    gone = between(document(), document(policy=without))
    assert finding(gone, "RM101@shop").change is Change.NO_LONGER_LOOKED_FOR
    assert not gone.empty
    assert list(cautions(gone)) == [
        "RM101 ran for the older side only: what it found may still be there."
    ]
    new = between(document(policy=without), document())
    assert finding(new, "RM101@shop").change is Change.NEWLY_LOOKED_FOR


def test_another_threshold_is_told(document: Document) -> None:
    limits = replace(SHIPPED.thresholds, test_age=SHIPPED.thresholds.test_age / 5)
    found = between(document(), document(policy=replace(SHIPPED, thresholds=limits)))
    assert list(cautions(found)) == [
        "Not judged alike: “test_age” of the policy was 365 days and is 73 days."
    ]
    assert not found.empty


def test_the_wrong_way_round_is_noticed(document: Document) -> None:
    found = between(document(today=LATER), document())
    said = "The older side is of 1 March 2027 and the newer of 1 March 2026:"
    assert any(caution.startswith(said) for caution in cautions(found))


# -- the model ---------------------------------------------------------------------------------


def test_a_rename_is_one_thing(document: Document) -> None:
    old, new = document(), document(("shop", "store"), ("The store", "The shop"))
    unaware = between(old, new)
    assert [e.id for e in unaware.entries.added] == ["store"]
    next(e for e in new["entries"] if e["id"] == "store")["was"] = ["shop"]
    found = between(old, new)
    assert [(p.before.id, p.after.id) for p in found.entries.renamed] == [("shop", "store")]
    assert not found.entries.added
    assert not found.entries.removed
    assert not found.entries.facts  # needs, covers and the treatment's key follow
    assert {f.change for f in found.findings} == {Change.PERSISTING}
    assert not found.functions
    assert not found.covers


def test_a_former_id_that_is_still_there_renames_nothing(document: Document) -> None:
    old, new = document(), document()
    next(e for e in new["entries"] if e["id"] == "rival")["was"] = ["host", "never-heard-of"]
    assert between(old, new).empty


def test_provider_and_contract(document: Document) -> None:
    found = between(
        document(),
        document(
            ("shop: {title: The shop, provider: host", "shop: {title: The shop, provider: rival"),
            ("hosting: {provider: host", "selling: {title: A new deal, provider: rival"),
        ),
    )
    assert [fact_clause(found, change) for change in found.entries.facts] == [
        "provider: was Host Ltd, is Rival Ltd"
    ]
    (cover,) = found.covers
    assert cover_sentence(found, cover) == (
        "now covered by “A new deal”; no longer covered by hosting"
    )
    assert [e.id for e in found.entries.added] == ["selling"]
    assert [e.id for e in found.entries.removed] == ["hosting"]


def test_lists_say_what_came_and_went(document: Document) -> None:
    needs = ("needs: [shop]", "needs: [host, {need: rival, hardness: soft}]")
    found = between(document(), document(needs))
    (said,) = (fact_clause(found, c) for c in found.entries.facts)
    assert said == "needs: now with Host Ltd and Rival Ltd (soft); no longer with “The shop”"


def test_what_left_the_model_was_not_mended(document: Document) -> None:
    shop = (
        "needs: [shop]",
        "needs: [host]",
    )
    found = between(
        document(),
        document(
            shop,
            ("  shop: {title: The shop, provider: host, outage: {worst: 2d}}\n", "  x: {}\n"),
            ("covers: shop", "covers: x"),
        ),
    )
    gone = finding(found, "RM101@shop")
    assert gone.change is Change.RESOLVED
    assert remark(found, gone).startswith("it is no longer in the model")


def test_a_function_that_left_takes_its_findings_along(document: Document) -> None:
    more = "  rest: {criticality: normal, needs: [host]}\n"
    rest = ("  sell: {owner: sales", f"{more}  sell: {{owner: sales")
    gone = ("  sell: {owner: sales, criticality: critical, mtd: 8h, rto: 4h, needs: [shop]}\n", "")
    found = between(document(rest), document(rest, gone))
    assert [state.id for state in found.functions_removed] == ["sell"]
    change = finding(found, "RM101@shop")
    assert change.change is Change.RESOLVED
    assert remark(found, change) == "sell is no longer in the model"


def test_in_what_it_is_worse(document: Document) -> None:
    found = between(document(("2d", "3d")), document(("mtd: 8h", "mtd: 7h")))
    change = finding(found, "RM101@shop")
    assert change.change is Change.IMPROVED
    assert difference(found, change) == "longest stop 46 hours, before 2 days 22 hours"
    less = between(document(), document(("criticality: critical", "criticality: normal")))
    change = finding(less, "RM101@shop")
    assert difference(less, change) == "was critical, is medium"
    assert change.restated == ("sell",)


# -- gate --------------------------------------------------------------------------------------


def test_the_gate_looks_at_what_is_new_or_worse(document: Document) -> None:
    mild = document(("{worst: 2d}", "{worst: 2h}"))
    found = between(mild, document())
    high = Gate(new=Severity.HIGH)
    stopped = {change.key for change in found.gated(high)}
    assert stopped
    assert "RM101@shop" not in stopped  # accepted
    assert {c.key for c in found.gated(Gate(new=Severity.HIGH, exempt=("RM",)))} == set()
    assert not found.gated(Gate(severity=Severity.LOW))
    assert not between(document(), document()).gated(Gate(new=Severity.LOW))
    assert not between(document(), mild).gated(high)
    later = between(document(), document(today=LATER))
    expired = {change.key for change in later.gated(Gate(expired=True))}
    assert expired == {"RM101@shop"}


# -- documents -----------------------------------------------------------------------------------


def test_nothing_changed(document: Document) -> None:
    found = between(document(), document())
    assert found.empty
    assert headline(found) == (
        "Nothing changed: the model, what is found and every figure are the same."
    )


def test_the_way_by_the_library(tmp_path: Path) -> None:
    assessment = assess(load(tmp_path, BASE), TODAY)
    path = tmp_path / "assessment.json"
    api.write_assessment(assessment, path)
    assert api.compare(api.read_snapshot(path), assessment).empty


@pytest.mark.parametrize(
    ("spoil", "code", "said"),
    [
        (lambda d: d.pop("riskmap_assessment"), "not-an-assessment", "not an assessment"),
        (lambda d: d.update(riskmap_assessment=2), "unsupported-version", "and this is 2"),
        (lambda d: d.update(riskmap_assessment=True), "unsupported-version", "reads version 1"),
        (lambda d: d.pop("entries"), "damaged-assessment", "entries: field required"),
        (
            lambda d: d["findings"][0].update(severity="awful"),
            "damaged-assessment",
            "findings.0.severity: input should be",
        ),
        (lambda d: d.update(today="2026-02-30"), "damaged-assessment", "today: input should be"),
    ],
)
def test_what_is_no_assessment_is_refused(
    document: Document, spoil: Callable[[Any], Any], code: str, said: str
) -> None:
    spoiled = copy.deepcopy(document())
    spoil(spoiled)
    with pytest.raises(DocumentError, match=said) as caught:
        snapshot_of(spoiled)
    assert caught.value.code == code
    assert caught.value.hint


def test_what_a_newer_riskmap_adds_is_let_be(document: Document) -> None:
    newer = document()
    newer["weather"] = "fine"
    newer["findings"][0]["mood"] = 1
    assert between(document(), newer).empty


def test_what_stands_at_the_top_of_the_file(document: Document) -> None:
    """Whatever decides findings is a fact: else a change of it would pass for the work of time."""
    top = "not_applicable: {sanctions: We sell within one country.}\nfunctions:"
    found = between(document(), document(("functions:", top), today=LATER))
    assert not found.only_time
    assert [(c.entry, c.fact) for c in found.entries.facts] == [("", "not_applicable")]


def test_clauses_say_what_became_of_each(document: Document) -> None:
    before = (
        "covers: shop, ends",
        "covers: shop, clauses: {audit: missing, data-return: have}, ends",
    )
    after = ("covers: shop, ends", "covers: shop, clauses: {audit: have, data-return: have}, ends")
    found = between(document(before), document(after))
    assert [fact_clause(found, change) for change in found.entries.facts] == [
        "clauses: audit was missing, is have"
    ]
    new = between(document(), document(after))
    assert [fact_clause(new, change) for change in new.entries.facts] == [
        "clauses: audit was not stated, is have and data-return was not stated, is have"
    ]
