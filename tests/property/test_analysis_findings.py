"""Findings on random models: well worded; better facts never worse, fewer facts never better."""

import re

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from riskmap.model import Model
from riskmap.rules.finding import Finding, Measure, Witness
from riskmap.rules.registry import find
from riskmap.rules.results import Results
from riskmap.rules.statement import render
from tests.support import logic_oracle
from tests.support.changes import IMPROVEMENTS, without_a_fact
from tests.support.models import TODAY, models

UNKNOWN_IS_WORSE = ("RM101", "RM201", "RM202", "RM209", "RM301", "RM306", "RM307", "RM308")


def findings_of(model: Model) -> dict[str, Finding]:
    found = find(Results(model, TODAY))
    assert len({finding.key for finding in found}) == len(found), "keys are unique"
    return {finding.key: finding for finding in found}


@given(models())
@settings(max_examples=50)
def test_every_finding_is_worded_and_points_at_what_exists(model: Model) -> None:
    results = Results(model, TODAY)
    for finding in find(results):
        for statement in (finding.summary, finding.because, finding.recommendation):
            text = render(statement, model)
            assert len(text) > 10
            assert not re.search(r"[{}]|None|  |\binf\b|\bnan\b|,,|\.\.", text), text
            assert not text.endswith((".", " ", ",", ";")), text
        # A service can be held without any function needing it; an unused one is needed by none.
        assert (finding.rule == "RM004") <= (not finding.functions)
        if finding.rule not in ("RM004", "RM401"):
            assert finding.functions
        assert set(finding.functions) <= {function.id for function in model.functions}
        assert {finding.subject, *finding.involves} <= set(model.ids())
        assert set(finding.assumptions) <= set(results.assumptions)
        for item in finding.evidence:
            if isinstance(item, Measure):
                assert item.value >= 0
            else:
                check_witness(model, item)
    for assumption in results.assumptions.values():
        assert render(assumption.statement, model)


def check_witness(model: Model, witness: Witness) -> None:
    """Each step of a path is a need, or a coupling, or what a plan uses."""
    assert len(set(witness.path)) == len(witness.path), "a path goes nowhere twice"
    for source, target in zip(witness.path, witness.path[1:], strict=False):
        coupled = {c.service for s in model.services if s.id == source for c in s.coupled_to}
        assert target in logic_oracle.steps_from(model, source, residual=True) | coupled


def severest(findings: dict[str, Finding], key: str) -> int:
    """Return the rank of what is said under a key, -1 when nothing is.

    A single point of failure that gets an alternative is one of a pair from then on: RM102 says in
    its text that it may come back so, below what RM101 said. RM201 leaves to RM203 what stops a
    function and its fallback alike, so a function that RM203 speaks of counts as spoken of. RM104
    is kept under the first of a circle, and so is a part of that circle.
    """
    said = [findings[key].severity.rank] if key in findings else [-1]
    rule, _, subject = key.partition("@")
    if rule == "RM102":
        said += [f.severity.rank for f in findings.values() if _says(f, "RM101", subject)]
    if rule == "RM201":
        said += [f.severity.rank for f in findings.values() if _says(f, "RM203", subject)]
    if rule == "RM104":
        said += [f.severity.rank for f in findings.values() if _is_part(f, rule, subject)]
    return max(said)


def _says(finding: Finding, rule: str, function: str) -> bool:
    return finding.rule == rule and function in finding.functions


def _is_part(finding: Finding, rule: str, member: str) -> bool:
    return finding.rule == rule and member in finding.involves


OF_PLANS = ("RM202", "RM204", "RM205", "RM206", "RM208", "RM209")
"""Rules that speak of a plan only where it helps: a plan that begins to help is a new subject."""


@pytest.mark.parametrize("improvement", sorted(IMPROVEMENTS))
@given(data=st.data())
@settings(max_examples=25)
def test_no_severity_rises_when_things_get_better(data: st.DataObject, improvement: str) -> None:
    model = data.draw(models())
    better = IMPROVEMENTS[improvement](data.draw, model)
    before, after = findings_of(model), findings_of(better)
    for key, finding in after.items():
        if finding.subject in ("zz-spare", "zz-plan", "zz-contract"):
            continue
        if improvement == "contract" and finding.rule == "RM305":
            continue  # its text: a contract with a further provider can bring it about
        if improvement == "more_tolerance" and finding.rule == "RM207":
            continue  # its text: more time for one function is too much for another that needs it
        if improvement in ("redundancy", "more_tolerance") and finding.rule in OF_PLANS:
            continue
        if improvement == "tested_plan" and finding.rule in OF_PLANS and key not in before:
            continue  # enough only together with the new plan, so looked at from now on
        if finding.rule == "RM003":
            continue  # a function that begins to look fine is a new conclusion, as its text says
        assert finding.severity.rank <= severest(before, key), key


@given(data=st.data())
@settings(max_examples=80)
def test_knowing_less_never_looks_better(data: st.DataObject) -> None:
    model = data.draw(models())
    forgotten, vaguer = without_a_fact(data.draw, model)
    note(f"forgot {forgotten}")
    before, after = findings_of(model), findings_of(vaguer)
    for key, finding in before.items():
        if finding.rule in UNKNOWN_IS_WORSE:
            assert severest(after, key) >= finding.severity.rank, key
