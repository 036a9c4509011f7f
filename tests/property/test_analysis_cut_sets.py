"""Cut sets and witnesses against enumeration from the definitions, on random models."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskmap.analysis.cutsets import (
    MinimalCutSet,
    common_points,
    minimal_cut_sets,
    single_points,
)
from riskmap.analysis.propagation import propagate
from riskmap.analysis.structure import Structure
from riskmap.analysis.translation import structure_of
from riskmap.model import AtLeast, Hardness, Model, Need, NeedExpression, Outage, Service
from tests.support import logic_oracle as oracle
from tests.support.models import add, edit, hours, models

READINGS = pytest.mark.parametrize("residual", [False, True], ids=["inherent", "residual"])


def reading(model: Model, *, residual: bool) -> Structure:
    structure = structure_of(model)
    return structure if residual else structure.bare


def of(cut_sets: tuple[MinimalCutSet, ...], top: str) -> list[tuple[str, ...]]:
    return [cut_set.members for cut_set in cut_sets if cut_set.top == top]


@READINGS
@given(model=models(contracts=False))
@settings(max_examples=90)
def test_cut_sets_are_those_found_by_trying_everything(model: Model, residual: bool) -> None:
    found = minimal_cut_sets(reading(model, residual=residual))
    for function in model.functions:
        members = of(found, function.id)
        assert len(members) == len(set(members))
        assert set(members) == oracle.cut_sets(model, function.id, residual=residual)


@READINGS
@given(model=models(contracts=False), data=st.data())
@settings(max_examples=40)
def test_whole_failure_sets_propagate_as_defined(
    model: Model, data: st.DataObject, residual: bool
) -> None:
    names = [element.id for element in model.elements()]
    scenarios = data.draw(st.lists(st.sets(st.sampled_from(names)), min_size=1, max_size=5))
    failed = {
        name: sum(1 << bit for bit, scenario in enumerate(scenarios) if name in scenario)
        for name in names
    }
    down = propagate(reading(model, residual=residual), failed, len(scenarios))
    for bit, scenario in enumerate(scenarios):
        running = oracle.running(model, scenario) if residual else set()
        expected = oracle.down_set(model, scenario, running)
        assert {name for name in names if down[name] >> bit & 1} == expected
    assert all(0 <= mask < 1 << len(scenarios) for mask in down.values())


@READINGS
@given(model=models(contracts=False))
@settings(max_examples=30)
def test_cut_sets_form_an_antichain(model: Model, residual: bool) -> None:
    found = minimal_cut_sets(reading(model, residual=residual))
    for function in model.functions:
        sets = [set(members) for members in of(found, function.id)]
        assert not any(a < b for a in sets for b in sets)


@READINGS
@given(model=models(contracts=False))
@settings(max_examples=60)
def test_witnesses_are_shortest_paths_of_needs(model: Model, residual: bool) -> None:
    for cut_set in minimal_cut_sets(reading(model, residual=residual)):
        near = oracle.distances(model, cut_set.top, residual=residual)
        assert len(cut_set.witness) == cut_set.order
        for member, path in zip(cut_set.members, cut_set.witness, strict=True):
            assert path[0] == cut_set.top
            assert path[-1] == member
            for source, target in itertools.pairwise(path):
                assert target in oracle.steps_from(model, source, residual=residual)
            assert len(path) - 1 == near[member]


@given(model=models(contracts=False))
@settings(max_examples=40)
def test_contingencies_never_make_anything_easier_to_stop(model: Model) -> None:
    structure = structure_of(model)
    inherent, residual = minimal_cut_sets(structure.bare), minimal_cut_sets(structure)
    for function in model.functions:
        stopping = [set(members) for members in of(inherent, function.id)]
        for members in of(residual, function.id):
            assert any(cut <= set(members) for cut in stopping)


@given(model=models(contracts=False), data=st.data())
@settings(max_examples=30)
def test_fewer_contingencies_never_help(model: Model, data: st.DataObject) -> None:
    structure = structure_of(model)
    if not structure.standbys:
        return
    gone = data.draw(st.sampled_from(sorted(structure.standbys)))
    with_it = single_points(structure, structure.tops)
    without = single_points(
        structure.with_standbys(s for s in structure.standbys.values() if s.id != gone),
        structure.tops,
    )
    assert all(with_it[top] <= without[top] for top in structure.tops)


def shuffled(draw: st.DrawFn, needs: tuple[NeedExpression, ...]) -> tuple[NeedExpression, ...]:
    return tuple(
        replace(need, members=shuffled(draw, need.members)) if isinstance(need, AtLeast) else need
        for need in draw(st.permutations(needs))
    )


@given(model=models(contracts=False), data=st.data())
@settings(max_examples=30)
def test_the_order_of_entries_needs_and_covers_changes_nothing(
    model: Model, data: st.DataObject
) -> None:
    changes = {}
    for section in ("functions", "services", "third_parties", "providers"):
        entries = [
            replace(entry, needs=shuffled(data.draw, entry.needs))
            for entry in getattr(model, section)
        ]
        changes[section] = tuple(data.draw(st.permutations(entries)))
    plans = [
        replace(
            plan,
            uses=shuffled(data.draw, plan.uses),
            covers=tuple(data.draw(st.permutations(plan.covers))),
        )
        for plan in model.contingencies
    ]
    other = replace(model, **changes, contingencies=tuple(data.draw(st.permutations(plans))))
    mine, theirs = structure_of(model), structure_of(other)
    assert sorted(minimal_cut_sets(mine), key=repr) == sorted(minimal_cut_sets(theirs), key=repr)


@READINGS
@given(model=models(contracts=False), data=st.data())
@settings(max_examples=40)
def test_an_alternative_adds_no_cut_set_that_did_not_stop_it_before(
    model: Model, residual: bool, data: st.DataObject
) -> None:
    """Every cut set that remains stopped the function before, its new members left out.

    It need not be an old minimal one word for word: where ``{a}`` stopped the function,
    ``{a, new}`` now does; and no set of order two that lacks the new element can be new.
    """
    places = [
        (element, index)
        for element in model.elements()
        for index, need in enumerate(element.needs)
        if isinstance(need, Need) and need.hardness.stops
    ]
    if not places:
        return
    element, index = data.draw(st.sampled_from(places))
    relaxed = list(element.needs)
    relaxed[index] = AtLeast(1, (relaxed[index], Need("zz-new")))
    new = Service(id="zz-new", title="zz-new", outage=Outage(worst=hours(1)))
    better = add(edit(model, element.id, needs=tuple(relaxed)), "services", new)
    before = minimal_cut_sets(reading(model, residual=residual))
    after = minimal_cut_sets(reading(better, residual=residual))
    for function in model.functions:
        old = [set(members) for members in of(before, function.id)]
        for members in of(after, function.id):
            assert any(cut <= set(members) - {"zz-new"} for cut in old)


@given(model=models(contracts=False), data=st.data())
@settings(max_examples=30)
def test_soft_needs_stop_nothing(model: Model, data: st.DataObject) -> None:
    names = [element.id for element in model.elements()]
    source, target = data.draw(st.sampled_from(names)), data.draw(st.sampled_from(names))
    softened = (*model.element(source).needs, Need(target, Hardness.SOFT))
    other = edit(model, source, needs=softened)
    assert minimal_cut_sets(structure_of(model)) == minimal_cut_sets(structure_of(other))


@given(model=models(contracts=False), data=st.data())
@settings(max_examples=30)
def test_an_unknown_need_counts_as_a_hard_one(model: Model, data: st.DataObject) -> None:
    names = [element.id for element in model.elements()]
    source = data.draw(st.sampled_from(names))
    target = data.draw(st.sampled_from([name for name in names if name != source]))
    given_needs = model.element(source).needs
    results = [
        minimal_cut_sets(
            structure_of(edit(model, source, needs=(*given_needs, Need(target, hardness))))
        )
        for hardness in (Hardness.UNKNOWN, Hardness.HARD)
    ]
    assert results[0] == results[1]


@given(model=models(contracts=False), count=st.integers(1, 2))
@settings(max_examples=20)
def test_common_points_stop_at_least_so_many(model: Model, count: int) -> None:
    structure = structure_of(model)
    singles = single_points(structure, structure.tops)
    everything = set().union(*singles.values())
    expected = {n for n in everything if sum(n in s for s in singles.values()) >= count}
    assert common_points(structure, structure.tops, count) == expected
