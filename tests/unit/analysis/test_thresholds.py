"""Degrees written as logic, on models small enough to reckon by hand."""

from pathlib import Path

from riskmap.analysis.thresholds import by_level
from riskmap.analysis.translation import structure_of
from riskmap.rules.all_orders import Question, Reading, answer
from riskmap.rules.catalog.double_point_of_failure import check
from riskmap.rules.results import Results
from tests.support.models import TODAY, load

MAIL = """
functions:
  mail: {minimum: 50%, mtd: 1d, shares: {a: 30%, b: 30%, c: 40%}}
  orders: {criticality: critical, mtd: 4h, minimum: 60%, needs: [mail]}
services:
  a: {outage: {worst: 2d}}
  b: {outage: {worst: 3d}}
  c: {outage: {worst: 1h}}
"""


def test_what_is_left_for_one_is_too_little_for_another(tmp_path: Path) -> None:
    # Any two parts leave at most 70% less the smaller: a and b leave 40%, which stops both; a and c
    # leave 30%. Alone each leaves 60% or 70%, which is enough for both.
    results = Results(load(tmp_path, MAIL), TODAY)
    assert results.inherent_singles["orders"] == frozenset()
    more = load(tmp_path, MAIL.replace("minimum: 60%", "minimum: 65%"))
    assert Results(more, TODAY).inherent_singles["orders"] == {"c"}


def test_pairs_of_partial_losses_are_found(tmp_path: Path) -> None:
    # Mail goes on with 30%; orders need 50%, and have 40% once a and b are out.
    text = MAIL.replace("minimum: 50%, mtd: 1d", "minimum: 30%, mtd: 1d")
    text = text.replace("minimum: 60%", "minimum: 50%")
    results = Results(load(tmp_path, text), TODAY)
    found = {c.members for c in answer(results, "orders", Question()).listed}
    assert found == {("a", "b"), ("a", "c"), ("b", "c")}
    assert {c.members for c in answer(results, "mail", Question()).listed} == {("a", "b", "c")}
    (finding,) = check(results)
    assert (finding.subject, set(finding.involves) >= {"a", "b"}) == ("orders", True)


def test_nothing_changes_where_nobody_needs_what_works_by_shares(tmp_path: Path) -> None:
    text = MAIL.replace("needs: [mail]", "needs: [a]")
    structure = structure_of(load(tmp_path, text))
    assert by_level(structure).structure is structure


def test_a_plan_serves_whoever_asks_for_more_than_is_left(tmp_path: Path) -> None:
    text = MAIL.replace("minimum: 60%", "minimum: 65%") + (
        "contingencies:\n  post: {covers: mail, uses: [van], capacity: 100%}\n"
    )
    results = Results(load(tmp_path, text.replace("services:", "services:\n  van: ")), TODAY)
    found = {c.members for c in answer(results, "orders", Question(Reading.RESIDUAL)).listed}
    assert found == {("c", "van"), ("a", "b", "van")}


def test_rounding_is_said(tmp_path: Path) -> None:
    parts = [f"s{number}" for number in range(8)]
    shares = ", ".join(f"{name}: 0.{2**number}%" for number, name in enumerate(parts))
    text = (
        f"functions:\n  f: {{minimum: 10%, shares: {{rest: 70%, {shares}}}}}\n"
        "  g: {minimum: 50%, shares: {f: 60%, rest: 40%}}\nservices:\n  rest: \n"
    ) + "".join(f"  {name}: \n" for name in parts)
    found = answer(Results(load(tmp_path, text), TODAY), "g", Question())
    assert (found.rounded, found.exact) == (("g",), False)
    assert answer(Results(load(tmp_path, text), TODAY), "f", Question()).exact
