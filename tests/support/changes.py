"""Changes to a random model that ought to make it better, or that take a fact away."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from riskmap.model import (
    OWN_PREFIX,
    AtLeast,
    Contingency,
    Contract,
    Element,
    Function,
    Model,
    Need,
    Outage,
    PlanTest,
    Service,
    Signal,
    Step,
    TestResult,
    Trigger,
)
from tests.support.models import add, edit

HOUR = timedelta(hours=1)


def redundancy(draw: st.DrawFn, model: Model) -> Model:
    """Give one need an alternative of our own that hardly ever fails and needs nothing."""
    places = [
        (element, index)
        for element in model.elements()
        for index, need in enumerate(element.needs)
        if isinstance(need, Need) and need.hardness.stops
    ]
    if not places:
        return model
    element, index = draw(st.sampled_from(places))
    needs = list(element.needs)
    needs[index] = AtLeast(1, (needs[index], Need("zz-spare")))
    spare = Service(id="zz-spare", title="zz-spare", outage=Outage(worst=HOUR))
    return add(edit(model, element.id, needs=tuple(needs)), "services", spare)


def contract(draw: st.DrawFn, model: Model) -> Model:
    """Sign a contract, paying or not, over any one element."""
    names = [entry.id for entry in (*model.services, *model.third_parties)]
    signed = Contract(
        id="zz-contract",
        title="zz-contract",
        provider=draw(st.sampled_from([provider.id for provider in model.providers])),
        covers=(draw(st.sampled_from(names)),),
        credits=draw(st.sampled_from([None, 50.0])),
    )
    return add(model, "contracts", signed)


def tested_plan(draw: st.DrawFn, model: Model) -> Model:
    """Add a tested plan that starts at once, needs nothing, carries everything and never tires."""
    names = [e.id for e in (*model.functions, *model.services, *model.third_parties)]
    plan = Contingency(
        id="zz-plan",
        title="zz-plan",
        covers=(draw(st.sampled_from(names)),),
        trigger=Trigger("two failures", Signal.OWN),
        decides="whoever is on duty",
        steps=(Step("switch over"),),
        detect=timedelta(0),
        decide=timedelta(0),
        activate=timedelta(0),
        sustains=timedelta(days=10_000),
        capacity=Fraction(1),
        tests=(PlanTest(date(2026, 1, 1), TestResult.PASSED),),
    )
    return add(model, "contingencies", plan)


def test_of_a_plan(draw: st.DrawFn, model: Model) -> Model:
    """Write down that a plan passed a test, and who starts it on which sign."""
    if not model.contingencies:
        return model
    plan = draw(st.sampled_from(model.contingencies))
    passed = (*plan.tests, PlanTest(date(2026, 2, 1), TestResult.PASSED))
    trigger = Trigger("two failures", Signal.OWN)
    return edit(
        model, plan.id, tests=passed, trigger=trigger, decides="IT lead", steps=(Step("go"),)
    )


def shorter_outage(draw: st.DrawFn, model: Model) -> Model:
    """Find out that the worst outage of something is shorter than thought."""
    element = draw(st.sampled_from([*model.services, *model.third_parties]))
    return edit(model, element.id, outage=replace(element.outage, worst=HOUR))


def more_tolerance(draw: st.DrawFn, model: Model) -> Model:
    """Find out that a function can wait longer."""
    function = draw(st.sampled_from(model.functions))
    objectives = replace(
        function.objectives, rto=timedelta(days=2), mtd=timedelta(days=4), minimum=Fraction(1, 100)
    )
    return edit(model, function.id, objectives=objectives)


IMPROVEMENTS = {
    change.__name__: change
    for change in (
        redundancy,
        contract,
        tested_plan,
        test_of_a_plan,
        shorter_outage,
        more_tolerance,
    )
}


def _facts_of(signed: Contract) -> list[str]:
    """What can be forgotten of a contract; a clause of one's own is then not missed."""
    facts = [name for name, _ in signed.clauses if not name.startswith(OWN_PREFIX)]
    known = signed.sla is not None and signed.sla.period is not None
    return [*facts, "period"] if known else facts


def _forget(model: Model, signed: Contract, fact: str) -> Model:
    level = signed.sla
    if fact == "period" and level is not None:
        level = replace(level, period=None)
    kept = tuple(item for item in signed.clauses if item[0] != fact)
    return edit(model, signed.id, clauses=kept, sla=level)


def without_a_fact(draw: st.DrawFn, model: Model) -> tuple[str, Model]:
    """Forget one fact; returns what was forgotten."""
    facts: list[tuple[str, str]] = []
    entries: dict[str, Element | Contract | Contingency] = {}
    for element in model.elements():
        entries[element.id] = element
        if element.outage.worst is not None:
            facts.append((element.id, "worst"))
        if isinstance(element, Function):
            named = ("mtd", "rto", "minimum")
            given = [name for name in named if getattr(element.objectives, name) is not None]
            given += ["criticality"] * (element.criticality is not None)
            facts.extend((element.id, name) for name in given)
    for signed in model.contracts:
        entries[signed.id] = signed
        facts.extend((signed.id, fact) for fact in _facts_of(signed))
    for plan in model.contingencies:
        entries[plan.id] = plan
        named = ("detect", "decide", "activate", "sustains", "capacity")
        facts.extend((plan.id, name) for name in named if getattr(plan, name) is not None)
    if not facts:
        return "nothing", model
    name, fact = draw(st.sampled_from(sorted(facts)))
    entry = entries[name]
    if fact == "worst":
        assert isinstance(entry, Element)
        return f"{name}.worst", edit(model, name, outage=replace(entry.outage, worst=None))
    if isinstance(entry, Contract):
        return f"{name}.{fact}", _forget(model, entry, fact)
    if fact in ("mtd", "rto", "minimum"):
        assert isinstance(entry, Function)
        objectives = replace(entry.objectives, **{fact: None})
        return f"{name}.{fact}", edit(model, name, objectives=objectives)
    return f"{name}.{fact}", edit(model, name, **{fact: None})
