"""SARIF against the official schema, and what a reader of it relies on."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from riskmap.assessment import Assessment, assess
from riskmap.formats.sarif import FINGERPRINT, write
from riskmap.model import SHIPPED, Model
from riskmap.rules.registry import RULES
from tests.support.models import TODAY, models

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "support" / "schemas" / "sarif-2.1.0.schema.json").read_text()
)
VALIDATOR = jsonschema.Draft4Validator(SCHEMA)


def log(assessment: Assessment) -> dict[str, Any]:
    found = json.loads(write(assessment))
    VALIDATOR.validate(found)
    return found


def results(assessment: Assessment) -> dict[str, dict[str, Any]]:
    run = log(assessment)["runs"][0]
    found = {result["partialFingerprints"][FINGERPRINT]: result for result in run["results"]}
    assert len(found) == len(run["results"])
    return found


def test_the_schema_can_refuse(assessment: Assessment) -> None:
    found = log(assessment)
    found["runs"][0]["results"][0]["level"] = "critical"
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(found)


@settings(max_examples=40)
@given(model=models())
def test_random_models(model: Model) -> None:
    assessment = assess(model, TODAY)
    found = log(assessment)["runs"][0]
    assert len(found["results"]) == len(assessment.findings)
    for result in found["results"]:
        assert found["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_every_rule_is_described(assessment: Assessment) -> None:
    rules = log(assessment)["runs"][0]["tool"]["driver"]["rules"]
    assert [found["id"] for found in rules] == [known.id for known in RULES]
    for found in rules:
        assert "## When it is wrong" in found["help"]["markdown"]


def test_rules_that_do_not_run_are_not_listed(assessment: Assessment) -> None:
    policy = replace(SHIPPED, ignore=("RM3",))
    found = log(assess(assessment.model, TODAY, policy))["runs"][0]
    assert not [r for r in found["tool"]["driver"]["rules"] if r["id"].startswith("RM3")]


def test_a_result_points_at_the_line_of_its_subject(assessment: Assessment) -> None:
    result = results(assessment)["RM301@score"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "a%20model.yaml"}
    written = Path("a model.yaml").read_text().split("\n")[place["region"]["startLine"] - 1]
    assert written[place["region"]["startColumn"] - 1 :] == "score:"
    related = result["relatedLocations"][0]
    assert related["logicalLocations"][0]["name"] == "mail"


def test_levels_and_ranks_follow_severity(assessment: Assessment) -> None:
    found = results(assessment).values()
    assert {(r["properties"]["severity"], r["level"]) for r in found} <= {
        ("critical", "error"),
        ("high", "error"),
        ("medium", "warning"),
        ("low", "note"),
    }
    ranks = [r["rank"] for r in found]
    assert ranks == sorted(ranks, reverse=True)


def test_only_a_decision_that_holds_suppresses(assessment: Assessment) -> None:
    found = results(assessment)
    states = {
        key: result["suppressions"][0]["status"]
        for key, result in found.items()
        if "suppressions" in result
    }
    assert states == {
        "RM101@shop": "accepted",
        "RM201@sell": "underReview",
        "RM101@score": "rejected",
    }
    for treated in assessment.findings:
        suppressed = states.get(treated.finding.key) == "accepted"
        assert suppressed is not treated.open
    assert "cheap {enough} [a]" in found["RM101@shop"]["suppressions"][0]["justification"]


def test_text_of_the_model_makes_no_link_and_no_placeholder(assessment: Assessment) -> None:
    text = results(assessment)["RM101@score"]["message"]["text"]
    assert "\\[score\\](https" in text


def test_a_lost_decision_is_a_notification(assessment: Assessment) -> None:
    found = log(assessment)["runs"][0]["invocations"][0]["toolConfigurationNotifications"]
    assert len(found) == 1
    text = found[0]["message"]["text"]
    assert "there is no finding RM301@scores" in text
    assert text.endswith(f"did you mean {assessment.orphans[0].near[0]}?")


def test_the_same_bytes(assessment: Assessment) -> None:
    assert write(assessment) == write(assess(assessment.model, TODAY))
