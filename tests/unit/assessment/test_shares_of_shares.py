"""Functions that share in functions: what each can bear alone, both together may not."""

from datetime import date
from pathlib import Path

from riskmap import api

MODEL = """
riskmap: 1
organisation: Test
functions:
  outer:
    {criticality: critical, mtd: 4h, rto: 1h, minimum: 95%, shares: {left: 50%, right: 50%}}
  left: {criticality: normal, mtd: 4h, rto: 1h, minimum: 80%, shares: {a: 90%, hub: 10%}}
  right: {criticality: normal, mtd: 4h, rto: 1h, minimum: 80%, shares: {b: 90%, hub: 10%}}
services:
  a: {outage: {worst: 1d}}
  b: {outage: {worst: 1d}}
  hub: {outage: {worst: 1d}}
"""


def test_a_loss_each_part_can_bear_is_found_where_the_whole_cannot(tmp_path: Path) -> None:
    path = tmp_path / "model.yaml"
    path.write_text(MODEL.lstrip(), encoding="utf-8")
    assessment = api.assess(api.load(path), date(2026, 1, 1))
    assert "hub" in assessment.results.inherent_singles["outer"]
    assert "hub" not in assessment.results.inherent_singles["left"]
    assert "RM101@hub" in {treated.finding.key for treated in assessment.findings}
