"""One small model with everything that a format shows: open, decided, disputed, expired, lost."""

from pathlib import Path

import pytest

from riskmap.assessment import Assessment, assess
from tests.support.models import TODAY, load

TEXT = """\
riskmap: 1
organisation: "A & B <Ltd>"
as_of: 2026-03-01
currency: EUR
functions:
  sell:
    title: "=SUM(1) @everyone | *sell* <script>"
    criticality: critical
    mtd: 8h
    rto: 4h
    needs: [shop, mail]
    owner: sales lead
  idle: {criticality: normal, mtd: 2d, rto: 1d}
services:
  shop:
    title: The shop
    provider: host
    outage: {worst: 3d, typical: 2h, per_year: 0.5}
    coupled_to: [{service: store, by: [data], strength: strong}]
    market: commodity
  store: {provider: host, market: proprietary, outage: {worst: 1h}}
  mail: {needs: [score]}
third_parties:
  score:
    title: "[score](https://example.com) #12 a@b"
    kind: reputation
    automated: true
    outage: {worst: 6d}
providers:
  host: {outage: {worst: 1h}}
contracts:
  hosting:
    provider: host
    covers: shop
    starts: 2025-01-01
    ends: 2027-06-30
    notice: 90d
    annual_cost: 1200
    sla: {availability: 99.5%}
    clauses: {audit: missing}
treatments:
  agreed: {finding: RM101@shop, status: accepted, reason: "cheap {enough} [a]",
           approved_by: board, expires: 2026-12-31}
  doubted: {finding: RM201@sell, status: disputed, reason: there is a plan}
  ran-out: {finding: RM101@score, status: mitigating, expires: 2026-01-31, ticket: T-1}
  lost: {finding: RM301@scores, status: accepted}
"""


@pytest.fixture
def assessment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Assessment:
    """Read from a relative path, as a pipeline reads it."""
    monkeypatch.chdir(tmp_path)
    return assess(load(Path(), TEXT, "a model.yaml"), TODAY)
