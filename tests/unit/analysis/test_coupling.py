"""Closures over ties."""

from riskmap.analysis.coupling import closure


def test_everything_tied_is_reached_with_a_shortest_chain() -> None:
    ties = {"a": ["c", "b"], "b": ["d"], "c": ["d", "a"], "d": ["e"]}
    assert closure(ties, "a") == {
        "a": ("a",),
        "b": ("a", "b"),
        "c": ("a", "c"),
        "d": ("a", "b", "d"),
        "e": ("a", "b", "d", "e"),
    }


def test_what_is_tied_to_nothing_is_alone() -> None:
    assert closure({}, "a") == {"a": ("a",)}
