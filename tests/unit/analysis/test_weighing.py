"""Weighted sums and rankings, by hand."""

from riskmap.analysis.weighing import ranks, tornado, weighted


def test_weights_need_not_add_up_to_a_hundred():
    assert weighted({"a": 1.0, "b": 0.0}, {"a": 2, "b": 6}) == 25


def test_equal_scores_share_a_rank():
    assert ranks({"x": 1.0, "y": 3.0, "z": 3.0}) == {"x": 3, "y": 1, "z": 1}


def test_a_doubled_weight_turns_the_ranking():
    """At weights 1 and 1, x has 0.9 and y 1.0; with a doubled, x has 1.7 and y 1.4."""
    shares = {"x": {"a": 0.8, "b": 0.1}, "y": {"a": 0.4, "b": 0.6}}
    found = {(s.term, s.factor): s for s in tornado(shares, {"a": 1, "b": 1}, (0.5, 2.0))}
    assert found["a", 2.0].moved == ("x", "y")
    assert found["a", 2.0].ranks == {"x": 1, "y": 2}
    assert found["a", 0.5].moved == ()
    assert found["b", 0.5].moved == ("x", "y")
    assert found["b", 2.0].moved == ()
