"""Summaries, folding and order of the dependency picture."""

import re
import time
from itertools import pairwise

import pytest

from riskmap.report.figures import dependency
from riskmap.report.figures.dependency import Arrow, Box, dependency_picture
from riskmap.report.figures.layering import acyclic, columns
from riskmap.report.figures.layout import arrange
from riskmap.report.figures.summary import fold


def box(name: str, kind: str = "service", *, lit: bool = False) -> Box:
    return Box(name, f"Title of {name}", kind, lit, True, True)


def shown(boxes: list[Box], arrows: list[Arrow], height: float = 220) -> str:
    canvas = dependency.compose(boxes, arrows, 170, height, None)
    assert canvas.height <= height
    return " ".join(text.get_text() for text, _ in canvas.sheet()[1])


def counted(words: str) -> int:
    """How many boxes a picture accounts for, groups included."""
    return words.count("Title") + sum(int(n) for n in re.findall(r"and (\d+) more", words))


def star(leaves: int) -> tuple[list[Box], list[Arrow]]:
    boxes = [box("f", "function", lit=True), box("hub", lit=True)]
    boxes += [box(f"leaf-{n}") for n in range(leaves)]
    arrows = [Arrow("f", "hub", True, "need")]
    arrows += [Arrow("hub", f"leaf-{n}", False, "need") for n in range(leaves)]
    return boxes, arrows


def test_up_to_thirty_boxes_are_all_shown() -> None:
    words = shown(*star(12))
    assert "more" not in words
    assert words.count("Title") == 14


@pytest.mark.parametrize("leaves", [29, 60, 150])
def test_a_large_graph_is_summarised_and_accounts_for_every_box(leaves: int) -> None:
    words = shown(*star(leaves))
    assert "Title of f" in words
    assert "Title of hub" in words
    assert counted(words) == leaves + 2


def test_it_is_summarised_until_it_fits() -> None:
    words = shown(*star(12), height=60)
    assert counted(words) == 14
    assert "more" in words


def test_too_deep_a_chain_is_folded_and_no_box_is_lost() -> None:
    names = [f"n{at:02}" for at in range(20)]
    boxes = [box(n, "function" if n == "n00" else "service", lit=n < "n03") for n in names]
    arrows = [Arrow(a, b, False, "need") for a, b in pairwise(names)]
    words = shown(boxes, arrows)
    assert counted(words) == 20
    assert all(f"Title of n0{at}" in words for at in range(3))


def test_a_long_title_never_hides_how_many_more_there_are() -> None:
    names = [f"n{at:02}" for at in range(12)]
    boxes = [Box(n, "a very long title indeed " * 5, "service", False, True, True) for n in names]
    words = shown(boxes, [Arrow(a, b, False, "need") for a, b in pairwise(names)])
    assert re.search(r"and \d+ more", words)


def test_folding_spares_the_lit_path_and_the_left_edge() -> None:
    column = {f"n{at}": at for at in range(9)}
    folded = fold(column, frozenset({"n7", "n8"}), 6)
    assert folded["n0"] == 0
    assert sorted(set(folded.values())) == list(range(6))
    assert folded["n7"] != folded["n8"]


def test_a_cycle_is_drawn_with_one_edge_turned_round() -> None:
    edges = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "c")]
    assert acyclic("abc", edges) == {("a", "b"), ("b", "c"), ("a", "c")}
    assert columns("abc", acyclic("abc", edges), frozenset("a")) == {"a": 0, "b": 1, "c": 2}


def test_a_chain_is_straight_and_an_edge_that_skips_columns_level() -> None:
    column = {"a": 0, "b": 1, "c": 2, "d": 3}
    heights = {"a": 8.0, "b": 12.0, "c": 5.0, "d": 8.0}
    chain = {("a", "b"): 1.0, ("b", "c"): 1.0, ("c", "d"): 1.0}
    alone = arrange(column, heights, chain).middle
    assert max(alone.values()) - min(alone.values()) < 0.01
    lanes = arrange(column, heights, {**chain, ("a", "d"): 1.0}).lanes["a", "d"]
    assert len(lanes) == 2
    assert len(set(lanes)) == 1


def test_an_arrow_to_nowhere_is_an_error() -> None:
    with pytest.raises(KeyError, match="nobody"):
        dependency_picture([box("a")], [Arrow("a", "nobody", False, "need")])


def test_a_hundred_boxes_take_a_moment() -> None:
    boxes, arrows = star(100)
    dependency_picture(boxes, arrows)
    started = time.perf_counter()
    dependency_picture(boxes, arrows)
    assert time.perf_counter() - started < 1.0  # a quarter of a second on an idle machine
