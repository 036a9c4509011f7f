"""From a model to all minimal cut sets, probability and importance, against its whole truth table.

The table is filled scenario by scenario from the definitions of the model language alone: cycles,
k-of-n, shares and contingencies included, on up to twelve elements.
"""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskmap.analysis.exact.formulation import formulate
from riskmap.analysis.exact.listing import cut_sets
from riskmap.analysis.exact.quantify import importance, probability
from riskmap.analysis.exact.solution import Solution, solve
from riskmap.analysis.structure import Structure
from riskmap.analysis.translation import structure_of
from riskmap.model import AtLeast, Model, Need
from tests.support import logic_oracle as oracle
from tests.support import truth_tables as brute
from tests.support.models import edit, models


@st.composite
def knotted(draw: st.DrawFn, most_elements: int, most_plans: int) -> Model:
    """A random model in which services share needs, so that many cut sets are not minimal."""
    options = {"most_elements": most_elements, "most_plans": most_plans}
    model = draw(models(contracts=False, **options))
    elements = sorted(e.id for e in (*model.services, *model.third_parties))
    for name in (model.functions[0].id, *elements):
        others = [other for other in elements if other != name]
        if len(others) > 1 and draw(st.booleans()):
            members = draw(st.lists(st.sampled_from(others), min_size=2, max_size=4, unique=True))
            group = AtLeast(draw(st.integers(1, len(members) - 1)), tuple(map(Need, members)))
            model = edit(model, name, needs=(*model.element(name).needs, group))
    return model


TWELVE = knotted(most_elements=8, most_plans=0)
"""Two functions, eight services or third parties, two providers at most."""
PLANNED = knotted(most_elements=5, most_plans=2)


def basics(model: Model) -> list[str]:
    return sorted(element.id for element in model.elements() if element.fails_alone)


def table(model: Model, top: str, *, residual: bool) -> int:
    """Return the truth table of a function over the elements that fail by themselves."""
    found = 0
    for scenario, failed in enumerate(brute.subsets(basics(model))):
        found |= oracle.is_down(model, top, set(failed), residual=residual) << scenario
    return found


def solution_of(structure: Structure, top: str) -> Solution:
    formulas, roots = formulate(structure, [top])
    return solve(formulas, roots[top])


def members_of(solution: Solution) -> list[tuple[str, ...]]:
    return [members for members, _ in cut_sets(solution)]


def check(model: Model, structure: Structure, top: str, *, residual: bool) -> None:
    """Everything minimal and nothing else, an antichain, each set meeting each path set."""
    names = basics(model)
    truth = table(model, top, residual=residual)
    found = members_of(solution_of(structure, top))
    assert len(found) == len(set(found))
    assert set(found) == brute.minimal_sets(truth, names)
    assert not any(set(one) <= set(other) for one in found for other in found if one != other)
    paths = brute.path_sets(truth, names)
    assert all(set(one) & set(path) for one in found for path in paths)
    # No set is a cut set but for those of which the paths leave nothing: the two are duals.
    for size in (1, 2, 3):
        for chosen in combinations(names, size):
            stops = all(set(chosen) & set(path) for path in paths)
            assert stops == any(set(one) <= set(chosen) for one in found)


@given(model=TWELVE)
@settings(max_examples=40)
def test_cut_sets_of_twelve_elements(model: Model) -> None:
    structure = structure_of(model)
    for function in model.functions:
        check(model, structure, function.id, residual=False)


@given(model=PLANNED)
@settings(max_examples=40)
def test_cut_sets_with_contingencies_running(model: Model) -> None:
    """And each holds a cut set of the function without them: residual is never easier."""
    structure = structure_of(model)
    for function in model.functions:
        check(model, structure, function.id, residual=True)
        inherent = brute.minimal_sets(table(model, function.id, residual=False), basics(model))
        for members in members_of(solution_of(structure, function.id)):
            assert any(set(one) <= set(members) for one in inherent)


@given(model=TWELVE, data=st.data())
@settings(max_examples=30)
def test_probability_and_importance(model: Model, data: st.DataObject) -> None:
    """By adding up scenarios, and by the slope of that sum, which is linear in each chance."""
    names = basics(model)
    p = {name: data.draw(st.floats(0.01, 0.99)) for name in names}
    top = model.functions[0].id
    truth = table(model, top, residual=False)
    solution = solution_of(structure_of(model), top)
    exact = brute.chance(truth, names, p)
    assert probability(solution, p) == pytest.approx(exact, rel=1e-9, abs=1e-15)
    if not solution.count:
        return
    step = 0.005
    for name, factors in importance(solution, p).items():
        higher = brute.chance(truth, names, {**p, name: p[name] + step})
        lower = brute.chance(truth, names, {**p, name: p[name] - step})
        slope = (higher - lower) / (2 * step)
        assert factors.birnbaum == pytest.approx(slope, rel=1e-7, abs=1e-10)
        assert factors.criticality == pytest.approx(slope * p[name] / exact, rel=1e-7, abs=1e-10)
