"""Courses of outages worked out by hand; times in hours."""

import math
from fractions import Fraction

import pytest

from riskmap.analysis.outage import Ended, Evolution, Service, evolve
from riskmap.analysis.structure import Down, Node, Standby, Structure, Term, Weighted

H = 3600.0
TENTH = Fraction(1, 10)


def node(name: str, *needs: str | Term, minimum: Fraction = Fraction(0)) -> Node:
    terms = tuple(Down(n) if isinstance(n, str) else n for n in needs)
    return Node(name, True, terms, minimum)


def plan(
    name: str,
    covers: str,
    *uses: str,
    lead: float = 0.0,
    sustains: float = math.inf,
    level: Fraction = Fraction(1),
) -> Standby:
    needs = tuple(Down(use) for use in uses)
    return Standby(name, (covers,), needs, lead * H, sustains * H, level)


def run(
    nodes: list[Node],
    plans: list[Standby],
    **failures: tuple[float, float] | list[tuple[float, float]],
) -> Evolution:
    structure = Structure({n.id: n for n in nodes}, {p.id: p for p in plans})
    times = {
        name: [(a * H, b * H) for a, b in (spans if isinstance(spans, list) else [spans])]
        for name, spans in failures.items()
    }
    return evolve(structure, times)


def down(evolution: Evolution, name: str) -> list[tuple[float, float]]:
    return [(a / H, b / H) for a, b in evolution.down(name)]


def served(evolution: Evolution) -> list[tuple[str, float, float, Ended]]:
    return [(s.standby, s.start / H, s.end / H, s.ended) for s in evolution.services]


F_X = [node("f", "x"), node("x")]


def test_a_fallback_ready_after_8_hours_leaves_8_hours() -> None:
    evolution = run(F_X, [plan("p", "x", lead=8)], x=(0, 240))
    assert down(evolution, "f") == [(0, 8)]
    assert evolution.longest_down("f") == 8 * H
    assert evolution.services == (Service(8 * H, 240 * H, "p", "x", Ended.REPAIRED),)


def test_a_fallback_after_112_hours_that_carries_too_little_leaves_it_down() -> None:
    """The founding case in small: 45% + 35% at 80%, and the other 20%, make 84%; 90% is needed."""
    parts = (("va", 45 * TENTH / 10), ("prime", 35 * TENTH / 10), ("others", 2 * TENTH))
    top = node("f", Weighted(parts, TENTH), minimum=9 * TENTH)
    nodes = [top, node("va", "score"), node("prime", "score"), node("others"), node("score")]
    plans = [
        plan("p", "va", lead=112, level=8 * TENTH),
        plan("q", "prime", lead=112, level=8 * TENTH),
    ]
    evolution = run(nodes, plans, score=(0, 240))
    assert down(evolution, "f") == [(0, 240)]
    course = evolution.course("f")
    assert course.level_at(0) == Fraction(20, 100)
    assert course.level_at(112 * H - 1) == Fraction(20, 100)
    assert course.level_at(112 * H) == Fraction(84, 100)
    assert course.level_at(240 * H) == 1
    nodes[0] = node("f", Weighted(parts, TENTH * 16 / 10), minimum=Fraction(84, 100))
    assert down(run(nodes, plans, score=(0, 240)), "f") == [(0, 112)]


def test_a_fallback_that_is_exhausted_leaves_a_second_interruption() -> None:
    evolution = run(F_X, [plan("p", "x", lead=2, sustains=10)], x=(0, 30))
    assert down(evolution, "f") == [(0, 2), (12, 30)]
    assert evolution.longest_down("f") == 18 * H
    assert served(evolution) == [("p", 2, 12, Ended.EXHAUSTED)]


def test_a_fallback_whose_own_needs_fail_starts_again_with_what_is_left_of_it() -> None:
    nodes = [*F_X, node("u")]
    evolution = run(nodes, [plan("p", "x", "u", lead=2, sustains=10)], x=(0, 40), u=(5, 8))
    assert served(evolution) == [("p", 2, 5, Ended.FAILED), ("p", 10, 17, Ended.EXHAUSTED)]
    assert down(evolution, "f") == [(0, 2), (5, 10), (17, 40)]


@pytest.mark.parametrize(
    ("sustains", "needs_fail", "ended"),
    [
        (99, 12, Ended.REPAIRED),
        (99, 10, Ended.REPAIRED),
        (99, 9, Ended.FAILED),
        (8, 12, Ended.REPAIRED),
        (7, 12, Ended.EXHAUSTED),
        (7, 9, Ended.FAILED),
        (6, 9, Ended.EXHAUSTED),
    ],
)
def test_why_a_fallback_ends(sustains: float, needs_fail: float, ended: Ended) -> None:
    """It serves from hour 2 of an outage of 10 hours; of two reasons at once the first counts."""
    the_plan = plan("p", "x", "u", lead=2, sustains=sustains)
    evolution = run([*F_X, node("u")], [the_plan], x=(0, 10), u=(needs_fail, 20))
    assert [service.ended for service in evolution.services] == [ended]


def test_who_needs_a_function_gets_nothing_of_it_below_its_minimum() -> None:
    half = Fraction(1, 2)
    parts = Weighted((("a", half), ("b", half)), Fraction(0))
    for minimum, left in [(half, half), (6 * TENTH, 0)]:
        top = node("f", parts, minimum=minimum)
        evolution = run([node("g", "f"), top, node("a"), node("b")], [], a=(0, 9))
        assert evolution.course("f").level_at(0) == half
        assert evolution.course("g").level_at(0) == left


def test_the_lead_counts_from_when_its_needs_are_up() -> None:
    nodes = [*F_X, node("u")]
    evolution = run(nodes, [plan("p", "x", "u", lead=4)], x=(10, 40), u=(0, 13))
    assert down(evolution, "f") == [(10, 17)]


def test_each_outage_starts_the_lead_and_the_budget_anew() -> None:
    evolution = run(F_X, [plan("p", "x", lead=1, sustains=3)], x=[(0, 10), (11, 20)])
    assert down(evolution, "f") == [(0, 1), (4, 10), (11, 12), (15, 20)]


def test_an_outage_shorter_than_the_lead_is_never_covered() -> None:
    for lasts in (3, 4):
        evolution = run(F_X, [plan("p", "x", lead=4)], x=(0, lasts))
        assert down(evolution, "f") == [(0, lasts)]
        assert evolution.services == ()


def test_an_outage_without_end_is_covered_without_end() -> None:
    evolution = run(F_X, [plan("p", "x", lead=4)], x=(0, math.inf))
    assert down(evolution, "f") == [(0, 4)]
    (service,) = evolution.services
    assert service.end == math.inf
    evolution = run(F_X, [plan("p", "x", lead=4, sustains=6)], x=(0, math.inf))
    assert down(evolution, "f") == [(0, 4), (10, math.inf)]
    assert evolution.longest_down("f") == math.inf


@pytest.mark.parametrize(
    "useless", [plan("p", "x", lead=math.inf), plan("p", "x", sustains=0), plan("p", "y")]
)
def test_plans_that_never_start_hold_or_fit_change_nothing(useless: Standby) -> None:
    assert down(run([*F_X, node("y")], [useless], x=(0, 9)), "f") == [(0, 9)]


def test_a_plan_that_carries_nothing_leaves_it_down() -> None:
    evolution = run(F_X, [plan("p", "x", level=Fraction(0))], x=(0, 9))
    assert down(evolution, "f") == [(0, 9)]


def test_of_several_plans_for_one_element_the_best_counts_at_any_time() -> None:
    plans = [plan("p", "x", lead=1, level=3 * TENTH), plan("q", "x", lead=4, level=8 * TENTH)]
    course = run(F_X, plans, x=(0, 9)).course("f")
    assert course.steps == ((0, 0), (H, 3 * TENTH), (4 * H, 8 * TENTH), (9 * H, 1))


def test_chained_plans_start_one_after_the_other() -> None:
    nodes = [node("f", "x"), node("x"), node("u")]
    plans = [plan("p", "x", "u", lead=2), plan("q", "u", lead=3)]
    assert down(run(nodes, plans, x=(0, 20), u=(0, 20)), "f") == [(0, 5)]


def test_chained_partial_plans_multiply() -> None:
    nodes = [node("f", "x"), node("x"), node("u")]
    plans = [plan("p", "x", "u", level=5 * TENTH), plan("q", "u", level=8 * TENTH)]
    assert run(nodes, plans, x=(0, 9), u=(0, 9)).course("f").level_at(0) == 4 * TENTH


def test_plans_that_hold_each_other_up_never_start() -> None:
    nodes = [node("f", "x", "u"), node("x"), node("u")]
    ring = [plan("p", "x", "u"), plan("q", "u", "x")]
    assert down(run(nodes, ring, x=(0, 9), u=(0, 9)), "f") == [(0, 9)]
    assert run(nodes, ring, x=(0, 9), u=(0, 9)).services == ()


def test_a_poorer_fallback_keeps_no_better_one_from_starting() -> None:
    nodes = [node("f", "x"), node("x", "y"), node("y")]
    better = plan("better", "x", lead=2, level=8 * TENTH)
    poorer = plan("poorer", "y", lead=1, level=3 * TENTH)
    alone = run(nodes, [better], y=(0, 9)).course("f")
    both = run(nodes, [better, poorer], y=(0, 9)).course("f")
    for hour in range(10):
        assert both.level_at(hour * H) >= alone.level_at(hour * H)
    assert both.level_at(5 * H) == 8 * TENTH


def test_what_a_function_loses_does_not_come_back_to_it_round_a_cycle() -> None:
    """A quarter is gone, and another quarter needs the function itself: 75% are left, not 2/3."""
    quarter = Fraction(1, 4)
    parts = Weighted((("a", 2 * quarter), ("b", quarter), ("c", quarter)), 2 * quarter)
    nodes = [node("f", parts, minimum=2 * quarter), node("a"), node("b", "f"), node("c")]
    evolution = run(nodes, [], c=(0, 9))
    assert evolution.course("f").steps == ((0, 3 * quarter), (9 * H, 1))
    assert down(evolution, "b") == []
    evolution = run(nodes, [], c=(0, 9), a=(0, 3))
    assert down(evolution, "f") == [(0, 3)]
    assert down(evolution, "b") == [(0, 3)]


def test_a_cycle_recovers_as_soon_as_what_failed_is_back() -> None:
    nodes = [node("a", "b"), node("b", "a")]
    evolution = run(nodes, [], a=(1, 3))
    assert down(evolution, "a") == down(evolution, "b") == [(1, 3)]


def test_what_is_not_reached_stays_at_full_level() -> None:
    evolution = run([*F_X, node("other")], [], x=(0, 1))
    assert evolution.course("other").lowest == 1
    assert evolution.down("other") == ()
    assert evolution.longest_down("other") == 0
