"""Every fact that can be asked about can be put at its worst and at its best."""

import pytest
from hypothesis import given, settings

from riskmap.model import Contract, Model, ServiceLevel
from riskmap.rules.answers import answers_of
from riskmap.rules.assumptions import assumptions_of
from riskmap.rules.statement import render
from tests.support.models import models


@given(models())
@settings(max_examples=60)
def test_every_assumption_can_be_varied_and_asked_about(model: Model) -> None:
    for assumption in assumptions_of(model):
        entry = model.entry(assumption.subject)
        answers = answers_of(entry, assumption.fact)
        if answers is not None:
            for answered in (entry, answers.worse(entry), answers.better(entry)):
                assert type(answered) is type(entry)
                assert render(answers.clause(answered), model)


@pytest.mark.parametrize("sla", [None, ServiceLevel(measures="access")])
def test_a_contract_as_a_whole(sla: ServiceLevel | None) -> None:
    contract = Contract(id="k", title="k", provider="p", covers=("x",), sla=sla)
    answers = answers_of(contract, "")
    assert answers is not None
    assert answers.worse(contract).covers == ()
    assert answers.better(contract).covers == ("x",)
