"""From success logic to failure logic, by example; the property tests hold the rest."""

import math
from fractions import Fraction
from pathlib import Path

from riskmap.analysis.structure import Down, Votes, Weighted
from riskmap.analysis.translation import structure_of
from tests.support.models import load

TEXT = """
functions:
  plain: {needs: [a, {need: b, hardness: soft}, {need: c, hardness: unknown}]}
  parted: {shares: {a: 45%, b: 35%, c: 20%}, minimum: 90%}
  partly: {shares: {a: 45%, b: 35%}}
  short: {shares: {a: 50%, b: 45%}, minimum: 90%}
services:
  a: {provider: p, needs: [{any_of: [b, c]}, {at_least: 2, of: [b, c, d]}]}
  b: {fails_alone: false}
  c:
  d:
providers:
  p:
contingencies:
  whole:
    {covers: [a], uses: [c], detect: 1h, decide: 30m, activate: 30m, sustains: 2d, capacity: 80%}
  empty: {covers: a, detect: 1h, decide: 1h}
"""


def test_needs_become_terms(tmp_path: Path) -> None:
    structure = structure_of(load(tmp_path, TEXT))
    b, c, d = Down("b"), Down("c"), Down("d")
    assert structure.nodes["plain"].terms == (Down("a"), c)
    assert structure.nodes["plain"].soft == ("b",)
    assert set(structure.nodes["a"].terms) == {Votes(2, (b, c)), Votes(2, (b, c, d)), Down("p")}
    assert structure.tops == ("parted", "partly", "plain", "short")
    assert not structure.nodes["plain"].basic
    assert not structure.nodes["b"].basic
    assert structure.nodes["c"].basic


def test_shares_become_weights_that_may_be_lost(tmp_path: Path) -> None:
    structure = structure_of(load(tmp_path, TEXT))
    (term,) = structure.nodes["parted"].terms
    assert isinstance(term, Weighted)
    assert term.limit == Fraction(10, 100)
    assert dict(term.parts) == {n: Fraction(s, 100) for n, s in (("a", 45), ("b", 35), ("c", 20))}
    assert structure.nodes["parted"].minimum == Fraction(9, 10)
    (term,) = structure.nodes["partly"].terms
    assert isinstance(term, Weighted)
    assert term.limit == 0, "nobody stated a minimum, so nothing may be lost"
    (term,) = structure.nodes["short"].terms
    assert isinstance(term, Weighted)
    assert term.limit == Fraction(5, 100), "what is missing from the whole is lost already"


def test_a_plan_counts_only_for_what_it_states(tmp_path: Path) -> None:
    standbys = structure_of(load(tmp_path, TEXT)).standbys
    whole, empty = standbys["whole"], standbys["empty"]
    assert (whole.lead, whole.sustains, whole.level) == (7200, 2 * 86400, Fraction(8, 10))
    assert (empty.lead, empty.sustains, empty.level) == (math.inf, 0, 0)
