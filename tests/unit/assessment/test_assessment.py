"""Putting an assessment together, and its JSON form."""

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings

from riskmap.assessment import Assessment, assess
from riskmap.assessment.document import to_document
from riskmap.formats.json_format import to_json
from riskmap.model import Gate, Model, Severity
from tests.support.models import TODAY, load, models

TEXT = """
functions:
  b-first: {criticality: critical, mtd: 8h, rto: 4h, needs: [x]}
  a-second: {criticality: normal, mtd: 2d, rto: 1d, needs: [x]}
  c-safe: {criticality: critical, mtd: 8h, rto: 4h}
services: {x: {outage: {worst: 12h}}}
"""


CRITICAL = Gate(severity=Severity.CRITICAL)


def with_treatments(folder: Path, *facts: str) -> Assessment:
    lines = "".join(f"  t{n}: {{finding: RM101@x, {fact}}}\n" for n, fact in enumerate(facts))
    return assess(load(folder, TEXT + "treatments:\n" + lines), TODAY)


def test_functions_stand_in_the_order_of_how_they_fare(tmp_path: Path) -> None:
    assessment = assess(load(tmp_path, TEXT), TODAY)
    assert [f.id for f in assessment.functions] == ["b-first", "a-second", "c-safe"]
    assert assessment.worst_impacts["c-safe"] is None
    worst = assessment.worst_impacts["b-first"]
    assert worst is not None
    assert worst.element == "x"


def test_the_most_severe_findings_come_first(tmp_path: Path) -> None:
    found = assess(load(tmp_path, TEXT), TODAY).findings
    ranks = [treated.finding.severity.rank for treated in found]
    assert ranks == sorted(ranks, reverse=True)


@pytest.mark.parametrize(
    ("facts", "holds"),
    [
        (("status: accepted, expires: 2026-01-01", "status: mitigating"), "t1"),
        (("status: mitigating", "status: accepted, expires: 2026-01-01"), "t0"),
        (("status: accepted", "status: disputed"), "t0"),
    ],
)
def test_of_several_decisions_one_that_holds_counts(
    tmp_path: Path, facts: tuple[str, ...], holds: str
) -> None:
    assessment = with_treatments(tmp_path, *facts)
    treated = {t.finding.key: t for t in assessment.findings}["RM101@x"]
    assert treated.treatment is not None
    assert treated.treatment.id == holds
    assert not treated.open
    assert not treated.expired


def test_the_gate_counts_open_findings_only(tmp_path: Path) -> None:
    open_keys = {
        status: {
            t.finding.key for t in with_treatments(tmp_path, f"status: {status}").gated(CRITICAL)
        }
        for status in ("accepted", "disputed")
    }
    assert open_keys["disputed"] - open_keys["accepted"] == {"RM101@x"}
    everything = with_treatments(tmp_path, "status: disputed")
    assert len(everything.gated(Gate(severity=Severity.LOW))) == len(everything.findings)


def test_infinite_numbers_become_null(tmp_path: Path) -> None:
    document = to_document(assess(load(tmp_path, TEXT.replace("{worst: 12h}", "{}")), TODAY))
    impact = document["functions"][0]["worst"]
    assert impact["unbounded"]
    assert impact["longest_interruption_hours"] is None
    assert impact["outage_hours"] is None


@given(models())
@settings(max_examples=40)
def test_the_document_is_strict_json_and_repeatable(model: Model) -> None:
    text = to_json(assess(model, TODAY))
    document = json.loads(text, parse_constant=pytest.fail)
    assert to_json(assess(model, TODAY)) == text
    assert document["today"] == TODAY.isoformat()
    for function in document["functions"]:
        assert set(function["single_points"]["residual"]) <= set(
            function["single_points"]["inherent"]
        )
    jsonschema.validate(
        document,
        {
            "type": "object",
            "required": ["functions", "cut_sets", "findings", "lock_in", "assumptions", "digest"],
            "properties": {
                "findings": {
                    "items": {
                        "required": [
                            "rule",
                            "key",
                            "severity",
                            "subject",
                            "functions",
                            "summary",
                            "evidence",
                            "assumptions",
                            "recommendation",
                            "treatment",
                        ]
                    }
                },
                "cut_sets": {
                    "items": {
                        "required": ["function", "members", "order", "reading", "witness"],
                        "properties": {"reading": {"enum": ["inherent", "residual"]}},
                    }
                },
            },
        },
    )


def test_the_day_is_an_argument(tmp_path: Path) -> None:
    model = load(tmp_path, TEXT)
    assert assess(model, date(1999, 1, 1)).today == date(1999, 1, 1)
