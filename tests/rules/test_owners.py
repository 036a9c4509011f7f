"""An organisation falls with its owner, so two of one owner are no alternatives."""

from pathlib import Path

from riskmap.assessment import Assessment, assess
from riskmap.rules.verdict import Verdict
from tests.support.models import TODAY, load

TEXT = """
functions:
  sell: {criticality: critical, owner: sales, mtd: 1d, rto: 4h, needs: [{any_of: [left, right]}]}
services:
  left: {provider: left-pay, outage: {worst: 3h}}
  right: {provider: right-pay, outage: {worst: 3h}}
providers:
  left-pay: {parent: holding, outage: {worst: 2h}}
  right-pay: {parent: PARENT, outage: {worst: 2h}}
  holding: {parent: top, outage: {worst: 1h}}
  top: {outage: {worst: 20d}}
  stranger: {outage: {worst: 20d}}
contracts:
  one: {provider: left-pay, covers: [left]}
  two: {provider: right-pay, covers: [right]}
"""


def assessed(folder: Path, parent: str) -> Assessment:
    return assess(load(folder, TEXT.replace("PARENT", parent)), TODAY)


def keys(assessment: Assessment) -> set[str]:
    return {treated.finding.key for treated in assessment.findings}


def test_alternatives_of_one_owner_have_a_single_point_of_failure(tmp_path: Path) -> None:
    found = assessed(tmp_path, "holding")
    worst = found.worst_impacts["sell"]
    assert worst is not None
    assert (worst.element, worst.stopped) == ("top", 20 * 86400)
    assert worst.verdict is Verdict.BREACHED
    assert {"RM101@top", "RM103@sell"} <= keys(found)
    assert {"RM101@left-pay", "RM101@right-pay"} & keys(found) == set()


def test_alternatives_of_two_owners_have_none(tmp_path: Path) -> None:
    found = assessed(tmp_path, "stranger")
    assert found.worst_impacts["sell"] is None
    assert {"RM101@top", "RM103@sell"} & keys(found) == set()


def test_a_contract_reaches_the_owner_as_it_reaches_a_subcontractor(tmp_path: Path) -> None:
    found = assessed(tmp_path, "holding")
    ranks = {name: found.results.accountability[name].rank for name in ("left-pay", "holding")}
    assert ranks == {"left-pay": 1, "holding": 2}
    assert found.results.accountability["top"].rank == 3
    assert "RM301@top" not in keys(found), "nobody has a contract with the owner of a provider"


def test_one_owner_is_one_concern(tmp_path: Path) -> None:
    found = assessed(tmp_path, "holding")
    behind = {t.finding.subject: c.subject for c in found.concerns for t in c.findings}
    assert {behind[name] for name in ("top", "one", "two")} == {"top"}
