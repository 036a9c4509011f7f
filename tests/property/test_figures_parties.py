"""Heat map, bars of shares and slopes: no text is clipped, overlapped or on what is not its own."""

import math
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from riskmap.report.figures import heat, shares, slope
from riskmap.report.figures.clashes import clashes
from riskmap.report.figures.heat import HeatCell, HeatColumn, HeatRow
from riskmap.report.figures.shares import ShareRow
from riskmap.report.figures.slope import SlopeLine, spread
from tests.property.test_figures_layout import bounded, headings, hours, titles, widths

verdicts = st.sampled_from(["tolerable", "strained", "breached", "unbounded"])
lengths = st.sampled_from(["10 d ○", "4 d 16 h ○", "no known end ○", "2 min", "1.5 y", ""])
cells = st.one_of(st.none(), st.builds(HeatCell, verdicts, lengths, st.booleans()))


@st.composite
def heat_maps(draw: st.DrawFn) -> tuple[list[HeatColumn], list[HeatRow]]:
    columns = draw(st.lists(st.builds(HeatColumn, titles, titles), max_size=8))
    number = len(columns)
    rows = st.builds(
        HeatRow, titles, titles, st.lists(cells, min_size=number, max_size=number).map(tuple)
    )
    return columns, draw(st.lists(rows, max_size=12))


counts = st.integers(0, 12)
share_rows = st.builds(ShareRow, titles, counts, counts, counts, titles, titles, titles)
values = st.one_of(st.none(), hours)
slope_lines = st.builds(SlopeLine, titles, values, values, titles, titles)


@bounded
@given(heat_maps(), widths, headings)
def test_heat_map(
    drawn: tuple[list[HeatColumn], list[HeatRow]], width: float, title: str | None
) -> None:
    assert clashes(heat.compose(*drawn, width, title)) == []


@bounded
@given(st.lists(share_rows, max_size=10), st.integers(1, 4000), widths, headings)
def test_share_bars(rows: list[ShareRow], whole: int, width: float, title: str | None) -> None:
    assert clashes(shares.compose(rows, whole, width, title)) == []


@bounded
@given(st.lists(slope_lines, max_size=9), titles, titles, widths, headings)
def test_slopes(
    lines: list[SlopeLine], then: str, now: str, width: float, title: str | None
) -> None:
    assert clashes(slope.compose(lines, then, now, width, title)) == []


@bounded
@given(st.lists(st.tuples(st.floats(0, 100), st.floats(1, 9)), max_size=9))
def test_words_are_moved_apart_and_stay_within(blocks: list[tuple[float, float]]) -> None:
    wanted = sorted(at for at, _ in blocks)
    tall = [high for _, high in blocks]
    found = spread(wanted, tall, 0.0, 120.0)
    edges = [(m - h / 2, m + h / 2) for m, h in zip(found, tall, strict=True)]
    assert all(low >= -1e-9 and high <= 120.0 + 1e-9 for low, high in edges)
    assert all(above[1] < below[0] + 1e-9 for above, below in pairwise(edges))


def test_words_stay_at_their_values_where_there_is_room() -> None:
    assert spread([10.0, 50.0, 90.0], [4.0, 4.0, 4.0], 0.0, 100.0) == [10.0, 50.0, 90.0]


def test_what_has_no_end_lies_above_everything() -> None:
    lines = [
        SlopeLine("a", 8.0, math.inf, "8 hours", "no known end"),
        SlopeLine("b", 240.0, 24.0, "10 days", "24 hours"),
    ]
    words = {
        text.get_text(): text.get_position()[1]
        for text, _ in slope.compose(lines, "then", "now", 170, None).sheet()[1]
    }
    assert words["no known end"] < words["10 days"] < words["24 hours"]
    assert [line.change for line in lines] == [1, -1]
