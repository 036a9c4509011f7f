"""Cut sets where functions need functions that work by shares, against levels reckoned by hand.

The levels below follow the model language alone and know nothing of the translation: what works by
shares gives the sum of what its parts give, everything else the least of what it needs, and nothing
is had of what is below its own minimum.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from riskmap.analysis.exact.formulation import formulate
from riskmap.analysis.exact.listing import cut_sets
from riskmap.analysis.exact.solution import solve
from riskmap.analysis.outage import evolve
from riskmap.analysis.structure import Structure
from riskmap.analysis.thresholds import by_level
from riskmap.analysis.translation import structure_of
from riskmap.model import (
    AtLeast,
    Contingency,
    Function,
    Model,
    Need,
    NeedExpression,
    RecoveryObjectives,
    Service,
    Share,
)
from riskmap.rules.all_orders import Question, Reading, answer
from riskmap.rules.results import Results
from tests.support.models import TODAY, models, needs

ALL = 10**6
FULL = Fraction(1)


@dataclass
class Given:
    """What works how far when some elements have failed, in a model without cycles."""

    model: Model
    failed: frozenset[str]
    plans: bool
    known: dict[str, Fraction] = field(default_factory=dict)

    def had_of(self, name: str) -> Fraction:
        """What those who need an element have of it."""
        if name not in self.known:
            element = self.model.element(name)
            level = self._alone(name)
            for plan in self.model.contingencies if self.plans else ():
                if name in plan.covers and all(self.met(use) for use in plan.uses):
                    level = FULL
            least = Fraction(0)
            if isinstance(element, Function):
                least = FULL if element.objectives.minimum is None else element.objectives.minimum
            self.known[name] = level if level >= least else Fraction(0)
        return self.known[name]

    def met(self, need: NeedExpression) -> Fraction:
        """How far a need is met."""
        if isinstance(need, Need):
            return self.had_of(need.target) if need.hardness.stops else FULL
        return sorted(map(self.met, need.members), reverse=True)[need.count - 1]

    def _alone(self, name: str) -> Fraction:
        element = self.model.element(name)
        parts = [Fraction(0) if name in self.failed else FULL, *map(self.met, element.needs)]
        provider = self.model.provider_of(name)
        if provider is not None:
            parts.append(self.had_of(provider))
        if isinstance(element, Function) and element.shares:
            had = [(share.share, self.had_of(share.target)) for share in element.shares]
            if any(level < 1 for _, level in had):
                parts.append(sum((share * level for share, level in had), Fraction(0)))
        return min(parts)


def smallest(model: Model, top: str, *, plans: bool) -> set[tuple[str, ...]]:
    """Return the minimal cut sets of a function by trying every set of failures."""
    basic = sorted(element.id for element in model.elements() if element.fails_alone)
    found: set[tuple[str, ...]] = set()
    for size in range(len(basic) + 1):
        for chosen in combinations(basic, size):
            minimal = not any(set(known) <= set(chosen) for known in found)
            if minimal and not Given(model, frozenset(chosen), plans).had_of(top):
                found.add(chosen)
    return found


@st.composite
def layered(draw: st.DrawFn) -> Model:
    """Four functions over five services; each function may need, or share, those after it."""
    services = [f"s{number}" for number in range(5)]
    order = [*(f"f{number}" for number in range(4)), "m", *services]
    functions = []
    for number in range(4):
        below = order[number + 1 :]
        carriers = draw(st.lists(st.sampled_from(below), min_size=2, max_size=4, unique=True))
        weights = [draw(st.integers(1, 5)) for _ in carriers]
        whole = sum(weights) + draw(st.sampled_from([0, 0, 1]))
        shares = tuple(Share(c, Fraction(w, whole)) for c, w in zip(carriers, weights, strict=True))
        if draw(st.integers(0, 3)) == 0:
            shares = ()
        least = draw(st.sampled_from([None, *(Fraction(n, 10) for n in (2, 4, 5, 7, 9))]))
        total = sum((share.share for share in shares), Fraction(0)) or FULL
        functions.append(
            Function(
                id=f"f{number}",
                title="",
                fails_alone=False,
                needs=draw(needs(below, most=1 if shares else 2)),
                shares=shares,
                objectives=RecoveryObjectives(minimum=least and min(least, total)),
            )
        )
    middle = Service(id="m", title="", needs=draw(needs(services, most=2)))
    if draw(st.booleans()):  # what passes on, in part, what it has of a function
        functions[3], middle = _swapped(functions[3], middle)
    plans = ()
    if draw(st.booleans()):
        covers = draw(st.sampled_from(["f1", "f2", "f3", "s0"]))
        uses = draw(needs(services[1:], most=2))
        plans = (Contingency(id="c", title="", covers=(covers,), uses=uses),)
    return Model(
        organisation="X",
        functions=tuple(functions),
        services=(middle, *(Service(id=name, title="") for name in services)),
        contingencies=plans,
    )


def _swapped(function: Function, middle: Service) -> tuple[Function, Service]:
    """Let the service need the function, and not the other way round."""
    shares = tuple(share for share in function.shares if share.target != "m")
    group = AtLeast(1, (Need("s4"), Need(function.id)))
    total = sum((share.share for share in shares), Fraction(0)) or FULL
    least = function.objectives.minimum
    kept = RecoveryObjectives(minimum=least and min(least, total))
    plain = tuple(need for need in function.needs if "m" not in repr(need))
    return (
        replace(function, shares=shares, needs=plain, objectives=kept),
        replace(middle, needs=(Need(function.id), group)),
    )


def listed(results: Results, top: str, reading: Reading) -> set[tuple[str, ...]]:
    found = answer(results, top, Question(reading, most_listed=ALL))
    assert found.exact
    return {cut_set.members for cut_set in found.listed}


@settings(max_examples=150, deadline=None)
@given(model=layered())
def test_cut_sets_are_those_of_the_levels(model: Model) -> None:
    results = Results(model, TODAY)
    assume(not results.by_level.rounded)
    for function in model.functions:
        for reading in Reading:
            residual = reading is Reading.RESIDUAL
            truth = smallest(model, function.id, plans=residual)
            assert listed(results, function.id, reading) == truth
            small = results.residual if residual else results.inherent
            few = {c.members for c in small if c.top == function.id}
            assert few == {members for members in truth if 1 <= len(members) <= 2}
            singles = results.residual_singles if residual else results.inherent_singles
            assert {(name,) for name in singles[function.id]} == {m for m in few if len(m) == 1}


def stopped(model: Model, top: str, failed: Iterable[str]) -> bool:
    bare = structure_of(model).bare
    return bool(evolve(bare, {name: [(0.0, math.inf)] for name in failed}).down(top))


@settings(max_examples=150, deadline=None)
@given(model=models(contracts=False, most_plans=0, most_elements=5))
def test_cut_sets_are_those_of_an_outage_without_end_round_cycles_too(model: Model) -> None:
    results = Results(model, TODAY)
    basic = sorted(element.id for element in model.elements() if element.fails_alone)
    for function in model.functions:
        found = listed(results, function.id, Reading.INHERENT)
        for size in range(1, 4):
            for chosen in combinations(basic, size):
                held = any(set(known) <= set(chosen) for known in found)
                assert held == stopped(model, function.id, chosen), chosen


@settings(max_examples=100, deadline=None)
@given(model=layered(), most=st.integers(1, 3))
def test_too_many_degrees_make_it_worse_and_never_better(model: Model, most: int) -> None:
    bare = structure_of(model).bare
    few = by_level(bare, most)
    for function in model.functions:
        truth = smallest(model, function.id, plans=False)
        found = sets_of(few.structure, function.id)
        assert all(any(set(one) <= set(known) for one in found) for known in truth)
        assert found == truth or few.rounded


def sets_of(structure: Structure, top: str) -> set[tuple[str, ...]]:
    formulas, roots = formulate(structure, [top])
    return {members for members, _ in cut_sets(solve(formulas, roots[top]))}
