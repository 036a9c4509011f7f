"""A stop that can be borne misses the recovery time objective: advice must be about that one."""

from pathlib import Path

import pytest

from riskmap.rules.registry import find
from riskmap.rules.results import Results
from riskmap.rules.statement import render
from tests.support.models import TODAY, load

MODEL = """
functions:
  baking: {{title: Baking, owner: baker, criticality: critical, mtd: 12h{rto}, needs: [grid]}}
services:
  grid: {{title: Grid, outage: {{worst: 8h}}}}
"""


def said(folder: Path, key: str, rto: str) -> str:
    model = load(folder, MODEL.format(rto=rto))
    (finding,) = (f for f in find(Results(model, TODAY)) if f.key == key)
    return f"{render(finding.summary, model)}. {render(finding.recommendation, model)}."


def test_a_way_that_starts_when_the_outage_is_over_is_not_advised(tmp_path: Path) -> None:
    """8 hours are within 12 and past 6: only what starts within 6 hours changes anything."""
    assert said(tmp_path, "RM101@grid", ", rto: 6h") == (
        "Grid alone stops Baking for 8 hours (the aim is 6 hours; 12 hours can be borne). "
        "Find a way to go on without Grid that starts within 6 hours."
    )
    assert said(tmp_path, "RM201@baking", ", rto: 6h").endswith(
        "Write and test a plan for losing Grid that starts within 6 hours."
    )


@pytest.mark.parametrize("key", ["RM101@grid", "RM201@baking"])
def test_without_an_aim_the_question_comes_first(tmp_path: Path, key: str) -> None:
    words = said(tmp_path, key, "")
    assert "State how soon Baking must be back" in words
    assert "within" not in words


def test_past_tolerance_the_tolerance_counts(tmp_path: Path) -> None:
    longer = MODEL.replace("worst: 8h", "worst: 20h").format(rto=", rto: 6h")
    model = load(tmp_path, longer)
    (finding,) = (f for f in find(Results(model, TODAY)) if f.key == "RM101@grid")
    assert render(finding.summary, model).endswith("for 20 hours (12 hours can be borne)")
    assert render(finding.recommendation, model).endswith("starts within 12 hours")
