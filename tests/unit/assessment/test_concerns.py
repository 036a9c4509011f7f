"""Findings gathered by what is behind them."""

from collections import Counter
from pathlib import Path

from hypothesis import given, settings

from riskmap.assessment import Assessment, assess
from riskmap.model import Model
from tests.support.models import TODAY, load, models

TEXT = """
functions:
  sell: {criticality: critical, mtd: 8h, rto: 4h, owner: sales, needs: [shop, own]}
services:
  shop: {provider: vendor, needs: [list], outage: {worst: 1d}}
  own: {outage: {worst: 10h}}
third_parties:
  list: {provider: keeper, outage: {worst: 6d}}
providers:
  vendor: {outage: {worst: 5d}}
  keeper: {fails_alone: false}
"""


def groups(assessment: Assessment) -> dict[str, set[str]]:
    return {c.subject: {t.finding.key for t in c.findings} for c in assessment.concerns}


def test_what_one_party_could_repair_is_one_concern(tmp_path: Path) -> None:
    found = groups(assess(load(tmp_path, TEXT), TODAY))
    assert {"RM101@shop", "RM101@vendor", "RM301@shop", "RM302@vendor"} <= found["vendor"]
    assert {"RM101@list", "RM301@list", "RM302@keeper"} <= found["keeper"]
    assert found["own"] == {"RM101@own"}
    assert "RM201@sell" in found["keeper"], "the worst of what nothing is planned for"


def test_the_longest_stop_comes_first_and_speaks_for_the_rest(tmp_path: Path) -> None:
    concerns = assess(load(tmp_path, TEXT), TODAY).concerns
    assert [c.subject for c in concerns][:3] == ["keeper", "vendor", "own"]
    assert concerns[0].lead.key == "RM101@list"
    assert concerns[1].lead.key == "RM101@vendor", "longer than the shop alone"
    assert concerns[0].functions == ("sell",)


def test_what_was_decided_is_no_concern(tmp_path: Path) -> None:
    decided = "treatments: {t: {subject: [list, keeper], status: accepted}}\n"
    assessment = assess(load(tmp_path, TEXT + decided), TODAY)
    assert groups(assessment)["keeper"] == {"RM201@sell"}


@given(models())
@settings(max_examples=60)
def test_every_open_finding_is_in_one_concern(model: Model) -> None:
    assessment = assess(model, TODAY)
    counted = Counter(t.finding.key for c in assessment.concerns for t in c.findings)
    assert counted == {t.finding.key: 1 for t in assessment.findings if t.open}
    ranks = [concern.severity.rank for concern in assessment.concerns]
    assert ranks == sorted(ranks, reverse=True)
