"""Formulas: stored once, simplified as they are built, rewritten without changing them."""

from fractions import Fraction

from riskmap.analysis.exact.formula import FALSE, TRUE, Formulas
from riskmap.analysis.exact.modules import modules, rewritten
from riskmap.analysis.exact.simplification import simplified


def test_equal_gates_are_stored_once() -> None:
    found = Formulas()
    a, b = found.variable("a"), found.variable("b")
    assert found.any_of([a, b]) == found.any_of([b, a, b, FALSE])
    assert found.all_of([a, b]) == found.all_of([b, TRUE, a])
    assert found.variable("a") == a


def test_constants_and_absorption() -> None:
    found = Formulas()
    a, b = found.variable("a"), found.variable("b")
    assert found.any_of([a, TRUE]) == TRUE
    assert found.all_of([a, FALSE]) == FALSE
    assert (found.any_of([]), found.all_of([])) == (FALSE, TRUE)
    assert found.any_of([a, found.all_of([a, b])]) == a
    assert found.all_of([a, found.any_of([a, b])]) == a


def test_thresholds_become_the_simplest_gate() -> None:
    found = Formulas()
    a, b, c = (found.variable(name) for name in "abc")
    assert found.at_least(1, [a, b]) == found.any_of([a, b])
    assert found.at_least(2, [a, b]) == found.all_of([a, b])
    assert found.at_least(0, [a]) == TRUE
    assert found.at_least(3, [a, b]) == FALSE
    assert found.at_least(2, [a, a, b]) == a
    assert found.at_least(2, [TRUE, a, b]) == found.any_of([a, b])
    assert found.threshold(0, [(a, 0), (b, 1)]) == b
    heavy = found.threshold(Fraction(1, 2), [(a, Fraction(3, 5)), (b, Fraction(3, 10)), (c, 0)])
    assert heavy == a
    needed = found.threshold(5, [(a, 4), (b, 2), (c, 2)])
    assert needed == found.all_of([a, found.any_of([b, c])])


def test_equal_thresholds_in_other_units_are_one() -> None:
    found = Formulas()
    names = [found.variable(name) for name in "abcd"]
    shares = found.threshold(Fraction(49, 100), [(name, Fraction(1, 4)) for name in names])
    assert shares == found.at_least(2, names)
    assert found.gates[shares].weights == (1, 1, 1, 1)
    assert found.gates[shares].limit == 1


def test_what_surrounds_a_gate_is_not_asked_again() -> None:
    found = Formulas()
    x, y, z = (found.variable(name) for name in "xyz")
    inner = found.any_of([found.all_of([x, y]), z])
    assert simplified(found, found.all_of([x, inner])) == found.all_of([x, found.any_of([y, z])])
    inner = found.all_of([found.any_of([x, y]), z])
    assert simplified(found, found.any_of([x, inner])) == found.any_of([x, found.all_of([y, z])])


def test_what_is_certain_on_one_way_only_stays() -> None:
    found = Formulas()
    x, y, z, w = (found.variable(name) for name in "xyzw")
    shared = found.any_of([found.all_of([x, y]), z])
    root = found.any_of([found.all_of([x, shared]), found.all_of([w, shared])])
    assert simplified(found, root) == root


def test_two_gates_never_vouch_for_each_other() -> None:
    found = Formulas()
    x, y, z = (found.variable(name) for name in "xyz")
    lower = found.any_of([x, y])
    upper = found.any_of([found.all_of([lower, z]), y])
    root = found.all_of([lower, upper])
    assert simplified(found, root) == found.all_of([lower, found.any_of([z, y])])


def test_modules_appear_among_the_children_of_one_gate() -> None:
    found = Formulas()
    a, b, c, d, e = (found.variable(name) for name in "abcde")
    both = found.all_of([a, b])
    other = found.all_of([a, c])
    root = rewritten(found, found.any_of([both, other, found.all_of([d, e])]))
    assert len(modules(found, root)) == 3
    assert modules(found, root)[-1] == root
