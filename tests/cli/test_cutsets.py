"""``riskmap cutsets``: counts, listings, probabilities and limits as a user sees them."""

import json
import math

import pytest

EXAMPLE = "examples/office-365-2012/model.yaml"

PAIR = """
functions:
  sell: {mtd: 8h, rto: 4h, criticality: critical, needs: [till, {any_of: [line-a, line-b]}]}
services:
  till: {unavailability: 0.001}
  line-a: {availability: 99%}
  line-b: {outage: {typical: 36h30m, per_year: 2}}
"""


def test_one_function_is_one_object(riskmap, model):
    document = json.loads(riskmap("cutsets", model(PAIR), "sell", "--format=json").out)
    assert document["function"] == "sell"
    assert document["reading"] == "inherent"
    assert document["exact"] is True
    assert document["count"] == 2
    assert document["by_order"] == [1, 1]
    assert document["limit"] is None
    assert [c["members"] for c in document["cut_sets"]] == [["till"], ["line-a", "line-b"]]
    assert document["cut_sets"][1]["witness"] == [["sell", "line-a"], ["sell", "line-b"]]


def test_probability_by_hand(riskmap, model):
    # 36.5 hours twice a year are 73 of 8760 hours.
    line_b = 73 / 8760
    expected = 1 - (1 - 0.001) * (1 - 0.01 * line_b)
    document = json.loads(riskmap("cutsets", model(PAIR), "sell", "--format=json").out)
    assert math.isclose(document["probability"], expected, rel_tol=1e-12)
    assert math.isclose(document["cut_sets"][1]["probability"], 0.01 * line_b, rel_tol=1e-12)


def test_without_a_function_all_are_answered(riskmap):
    documents = json.loads(riskmap("cutsets", EXAMPLE, "--format=json", "--count").out)
    assert [d["function"] for d in documents] == ["back-office", "client-email", "client-replies"]
    assert all(d["cut_sets"] == [] for d in documents)


def test_residual_reading_counts_the_workaround(riskmap):
    arguments = ["cutsets", EXAMPLE, "client-email", "--format=json", "--reading"]
    inherent = json.loads(riskmap(*arguments, "inherent").out)
    residual = json.loads(riskmap(*arguments, "residual").out)
    assert ["office-365-standing"] in [c["members"] for c in inherent["cut_sets"]]
    singles = [c["members"] for c in residual["cut_sets"] if len(c["members"]) == 1]
    assert ["senderbase"] in singles
    assert ["office-365-standing"] not in singles


def test_order_and_limit_shorten_the_list_not_the_count(riskmap):
    ran = riskmap(
        "cutsets", EXAMPLE, "client-email", "--reading=residual", "--order=1", "--limit=2"
    )
    assert "25 minimal cut sets: 4 of order 1 and 21 of order 2" in ran.out
    assert "and 23 more" in ran.out


def test_a_missing_figure_is_named(riskmap, model):
    text = PAIR.replace("  till: {unavailability: 0.001}", "  till: {title: The till}")
    ran = riskmap("cutsets", model(text), "sell", "--probability")
    assert "not computed, no figure for “The till”" in ran.out
    document = json.loads(riskmap("cutsets", model(text), "sell", "--format=json").out)
    assert document["probability"] is None
    assert document["probability_unknown_for"] == ["till"]


def test_past_the_budget_it_says_what_is_missing(riskmap, model):
    zones = ", ".join(f"z{i}" for i in range(30))
    text = f"functions:\n  f: {{needs: [{{at_least: 15, of: [{zones}]}}]}}\nservices:\n" + "".join(
        f"  z{i}: {{unavailability: 0.5}}\n" for i in range(30)
    )
    path = model(text)
    document = json.loads(riskmap("cutsets", path, "f", "--nodes=100", "--format=json").out)
    assert document["exact"] is False
    assert document["count"] is None
    limit = document["limit"]
    assert limit["kind"] == "nodes"
    assert limit["what"] == "the diagram grew past 100 nodes"
    exact = json.loads(riskmap("cutsets", path, "f", "--format=json", "--limit=0").out)
    assert exact["count"] == math.comb(30, 16)
    low, high = limit["probability_lower"], limit["probability_upper"]
    assert low <= exact["probability"] <= high
    error = limit["probability_error_95"]
    assert abs(limit["probability_estimate"] - exact["probability"]) < 3 * error
    assert "Cut short" in riskmap("cutsets", path, "f", "--nodes=100", "--probability").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["client-emial"], "did you mean 'client-email'?"),
        (["client-email", "--order=0"], "0 is not in the range"),
    ],
)
def test_refuses_in_words(riskmap, arguments, said):
    ran = riskmap("cutsets", EXAMPLE, *arguments)
    assert ran.code == 2
    assert said in ran.err


def test_past_the_time_it_says_what_is_missing(riskmap, model):
    arguments = ["cutsets", model(PAIR), "sell", "--seconds=0"]
    document = json.loads(riskmap(*arguments, "--format=json").out)
    assert document["exact"] is False
    assert document["count"] is None
    assert document["by_order"] == [1, 1]
    limit = document["limit"]
    assert limit["kind"] == "time"
    assert limit["what"] == "the time limit of 0 seconds was reached"
    exact = 1 - (1 - 0.001) * (1 - 0.01 * 73 / 8760)
    assert limit["probability_lower"] <= exact <= limit["probability_upper"]
    assert abs(limit["probability_estimate"] - exact) < 3 * limit["probability_error_95"]
    said = riskmap(*arguments, "--probability").out
    assert "Cut short: the time limit of 0 seconds was reached. Missing: cut sets above" in said
    assert "down between" in said


def test_time_that_suffices_changes_nothing(riskmap, model):
    arguments = ["cutsets", model(PAIR), "sell", "--importance", "--format=json"]
    assert riskmap(*arguments, "--seconds=600").out == riskmap(*arguments).out
