"""Impacts of pairs and single points with one contingency, against the slow way, on random models.

A pair is simulated hour by hour from the definitions; cut sets are found by trying everything.
"""

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from riskmap.model import AtLeast, Model, Need
from riskmap.rules.results import Results
from tests.support import clock_oracle as clock
from tests.support import logic_oracle as oracle
from tests.support.models import TODAY, edit, load, models

HOUR = 3600
HORIZON = 130
"""Past every outage, lead and exhaustion that a random model can have."""


@st.composite
def paired(draw: st.DrawFn, **options: bool) -> Model:
    """A random model whose first function needs one of two of its services as well."""
    model = draw(models(contracts=False, most_elements=5, most_plans=2, **options))
    two = Need("s0"), Need("s1")
    needs = (*model.functions[0].needs, AtLeast(1, two))
    return edit(model, model.functions[0].id, needs=needs)


def pairs(model: Model) -> dict[tuple[str, ...], set[str]]:
    """Return the functions that each pair stops in either reading, though neither alone does."""
    found: dict[tuple[str, ...], set[str]] = {}
    for function in model.functions:
        for residual in (False, True):
            for members in oracle.cut_sets(model, function.id, residual=residual):
                if len(members) == 2:
                    found.setdefault(members, set()).add(function.id)
    return found


def worst(model: Model, name: str) -> int:
    """Return the worst outage in hours; where unknown, longer than anybody looks."""
    return int(min(clock.in_hours(model.element(name).outage.worst), 10 * HORIZON))


def check(results: Results, story: clock.Story, tops: set[str], members: tuple[str, ...]) -> None:
    """Compare the impact on each function with its levels hour by hour."""
    for name in tops:
        levels = story.levels[name]
        function = results.functions[name]
        impact = results.pair_impacts.get((name, members))
        if impact is None:
            assert min(levels) == 1
            continue
        assert impact.elements == members
        assert impact.outage / HOUR == max(
            clock.in_hours(results.model.element(one).outage.worst) for one in members
        )
        assert impact.lowest == min(levels) < 1
        down = [now for now in range(HORIZON) if clock.stopped(function, levels[now])]
        seen = [n for n in range(HORIZON) if any(a <= n * HOUR < b for a, b in impact.down)]
        assert seen == down
        assert impact.stopped == sum(end - start for start, end in impact.down)


@given(model=paired(cyclic=False, nested=False))
@settings(max_examples=80)
def test_pairs_with_partial_fallbacks(model: Model) -> None:
    """Functions that need functions are in ``test_shares_by_level``: the oracle knows no levels."""
    found = pairs(model)
    results = Results(model, TODAY)
    listed = {(name, members) for members, tops in found.items() for name in tops}
    assert results.pair_impacts.keys() <= listed
    for members, tops in found.items():
        failures = {name: [(0, worst(model, name))] for name in members}
        story = clock.course_without_cycles(model, failures, HORIZON)
        check(results, story, tops, members)


@given(model=paired(full=True, shares=False))
@settings(max_examples=80)
def test_pairs_on_cycles(model: Model) -> None:
    found = pairs(model)
    results = Results(model, TODAY)
    for members, tops in found.items():
        failures = {name: [(0, worst(model, name))] for name in members}
        story, other = (
            clock.course_all_or_nothing(model, failures, HORIZON, holding=holding)
            for holding in (False, True)
        )
        if story.services() == other.services():  # no plan lives on what it keeps alive itself
            check(results, story, tops, members)


@given(model=models(shares=False, contracts=False))
@settings(max_examples=50)
def test_what_one_contingency_makes_up_for(model: Model) -> None:
    results = Results(model, TODAY)
    basic = [element.id for element in model.elements() if element.fails_alone]
    plans = frozenset(plan.id for plan in model.contingencies)

    def stops(top: str, name: str, without: frozenset[str]) -> bool:
        return top in oracle.down_set(model, {name}, oracle.running(model, {name}, without))

    for plan in plans:
        for function in model.functions:
            helped = set()
            for name in basic:
                if not stops(function.id, name, plans):
                    continue
                alone = {p for p in plans if not stops(function.id, name, plans - {p})}
                together = not alone and not stops(function.id, name, frozenset())
                if plan in alone or (together and stops(function.id, name, frozenset({plan}))):
                    helped.add(name)
            assert results.helped_by(plan, function.id) == helped


@given(data=st.data())
@settings(max_examples=50)
def test_a_failure_were_one_contingency_not_there(data: st.DataObject) -> None:
    """The same as a model without it."""
    model = data.draw(models(contracts=False))
    if not model.contingencies:
        return
    gone = data.draw(st.sampled_from(model.contingencies))
    others = tuple(plan for plan in model.contingencies if plan.id != gone.id)
    results = Results(model, TODAY)
    expected = Results(replace(model, contingencies=others), TODAY)
    for function in model.functions:
        for name in sorted(results._felt):
            found = results.impact_without(frozenset({gone.id}), function.id, name)
            assert found == expected.impacts.get((function.id, name))


def test_what_a_contingency_uses_counts_at_any_depth(tmp_path: Path) -> None:
    """By hand: ``plan`` covers ``a`` after 1 of 9 hours, unless ``y`` lacks ``x``, for 5 hours."""
    text = """
functions: {f: {criticality: critical, mtd: 8h, rto: 4h, needs: [a]}}
services: {a: {outage: {worst: 9h}}, y: {needs: [x], outage: {worst: 1h}}, x: {outage: {worst: 5h}}}
contingencies:
  plan: {covers: a, uses: [y], detect: 1h, decide: 0h, activate: 0h, sustains: 5d, capacity: 100%}
"""
    impacts = Results(load(tmp_path, text), TODAY).pair_impacts
    assert impacts["f", ("a", "x")].down == ((0.0, 6.0 * HOUR),)
    assert impacts["f", ("a", "y")].down == ((0.0, 2.0 * HOUR),)
    assert len(impacts) == 2
