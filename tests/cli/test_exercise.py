"""``riskmap exercise``: a script to play, and lines that go back into the model."""

import json
import re
from pathlib import Path

import yaml

FOUNDING = "examples/office-365-2012/model.yaml"

TEXT = """
functions:
  sell: {owner: head of sales, criticality: critical, mtd: 8h, rto: 2h, needs: [shop],
         loss: {per_hour: 100}}
services:
  shop: {title: The shop, provider: vendor, outage: {worst: 2d}}
  spare: {title: The spare, outage: {worst: 1h}}
providers:
  vendor: {title: Vendor, fails_alone: false, acknowledges_after: 3h}
contingencies:
  by-hand:
    title: Sell by hand
    covers: shop
    uses: [spare]
    detect: 1h
    decide: 1h
    activate: 4h
    sustains: 1d
    capacity: 100%
    decides: head of sales
    deputy: head of finance
    trigger: {when: no order for an hour, signal: own}
    steps: [{do: Print the forms, owner: clerk, takes: 30m}]
    horizons: {4h: Call the largest clients.}
    back_to_normal: [Enter what was sold by hand.]
"""


def injects(answer):
    return json.loads(answer.out)["injects"]


def test_the_times_are_those_of_the_plan_and_of_the_outage(riskmap, model):
    told = injects(riskmap("exercise", model(TEXT), "--element=shop", "--format=json"))
    at = {(inject["at_hours"], inject["title"]) for inject in told}
    assert {
        (0.0, "Something is wrong"),
        (1.0, "The cause is known"),
        (1.0, "The decision about “Sell by hand”"),
        (2.0, "A limit has passed"),
        (2.5, "A complication"),
        (3.0, "The provider speaks"),
        (4.0, "It has lasted 4 hours"),
        (6.0, "“Sell by hand” carries"),
        (30.0, "The fallback ends"),
        (48.0, "The end"),
    } <= at, "detected after 1 h, carrying after 6 h, for a day, of an outage of two days"
    assert (8.0, "A limit has passed") not in at, "the plan carries before 8 h have passed"
    assert (38.0, "A limit has passed") in at, "8 h after the fallback ended"
    assert [inject["at_hours"] for inject in told] == sorted(i["at_hours"] for i in told)


def test_what_is_written_is_expected_and_what_is_not_is_a_gap(riskmap, model):
    told = injects(riskmap("exercise", model(TEXT), "--element=shop", "--format=json"))
    expected = {item["text"]: item["gap"] for inject in told for item in inject["expected"]}
    assert expected["“Sell by hand” starts on: no order for an hour"] is False
    assert expected["Head of sales decides, or head of finance"] is False
    assert expected["To carry in time it must be decided within 4 hours of the start"] is False
    assert expected["Step 1: Print the forms (clerk, 30 minutes)"] is False
    assert expected["“Sell by hand”: Call the largest clients."] is False
    assert expected["Nothing is written for an outage of 24 hours"] is True


def test_the_cause_is_not_told_before_it_could_be_known(riskmap, model):
    told = injects(riskmap("exercise", model(TEXT), "--element=shop", "--format=json"))
    first = next(i for i, inject in enumerate(told) if inject["title"] == "The cause is known")
    assert not any("The shop" in text for inject in told[:first] for text in inject["says"])


def test_a_seed_makes_the_same_script_and_seeds_draw_different_ones(riskmap):
    texts = [riskmap("exercise", FOUNDING, f"--seed={seed}").out for seed in (3, 3, *range(4, 20))]
    assert texts[0] == texts[1]
    played = {re.search(r"^The outage: .*$", text, re.MULTILINE)[0] for text in texts}
    assert len(played) > 3


def test_the_lines_that_go_back_are_a_valid_model(riskmap, model, tmp_path: Path):
    path = model(TEXT)
    script = riskmap("exercise", path, "--element=shop", "--today=2026-03-01").out
    lines = re.search(r"```yaml\n(.*?)```", script, re.DOTALL)[1]
    test = yaml.safe_load(lines)["contingencies"]["by-hand"]["tests"][0]
    assert (test["date"].isoformat(), test["result"]) == ("2026-03-01", "partial")
    inside = "".join(f"    {line}\n" for line in lines.splitlines()[2:])
    path.write_text(path.read_text().rstrip() + "\n" + inside.replace("        ", "    "))
    assert riskmap("validate", path).code == 0, path.read_text()


def test_nothing_to_play_is_said(riskmap, model):
    quiet = model("functions: {sell: {mtd: 8h, needs: [shop]}}\nservices: {shop: {}, idle: {}}\n")
    ran = riskmap("exercise", quiet, "--element=idle")
    assert (ran.code, ran.out) == (3, "")
    assert "no function loses anything by “idle”" in ran.err
    assert riskmap("exercise", quiet, "--element=sop").code == 2
    assert riskmap("exercise", quiet, "--scenario=none").code == 2


def test_a_plan_that_cannot_carry_in_time_is_a_gap(riskmap, model):
    told = injects(
        riskmap("exercise", model(TEXT.replace("activate: 4h", "activate: 9h")), "--format=json")
    )
    gaps = {item["text"] for inject in told for item in inject["expected"] if item["gap"]}
    assert "It cannot carry in time: starting it takes 9 hours, 8 hours can be borne" in gaps
