"""Whatever the input, no text of a figure is clipped, overlapped or on what is not its own."""

import math
from itertools import pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from riskmap.report.figures import dependency, dumbbell, gantt, outage
from riskmap.report.figures.canvas import Area
from riskmap.report.figures.clashes import clashes
from riskmap.report.figures.dependency import Arrow, Box
from riskmap.report.figures.dumbbell import DumbbellRow
from riskmap.report.figures.gantt import GanttBar, GanttMark, GanttRow
from riskmap.report.figures.layering import acyclic, columns
from riskmap.report.figures.layout import arrange
from riskmap.report.figures.outage import Span, TimelineRow
from riskmap.report.figures.routes import routes

bounded = settings(max_examples=60, deadline=None, derandomize=True)

WORDS = (
    "mail", "Office 365", "reaches", "the", "prime contractor's", "gateway", "payroll", "x",
    "поставщик", "услуг", "сервис", "αποστολή", "μηνυμάτων", "ÅÉÎ", "$x_1$", "&<>",
    "Donaudampfschifffahrtsgesellschaftskapitänsmütze", "identity-provider/eu-west-1.example.org",
)  # fmt: skip
titles = st.lists(st.sampled_from(WORDS), max_size=12).map(lambda words: " ".join(words)[:80])
hours = st.one_of(
    st.sampled_from([0.0, 1e-3, 0.25, 1.0, 8.0, 24.0, 112.0, 240.0, 8760.0, 1e6, math.inf]),
    st.floats(0.0, 1e5),
)
finite = hours.filter(math.isfinite)
headings = st.one_of(st.none(), titles)
widths = st.sampled_from([120.0, 170.0, 250.0])

dumbbell_rows = st.builds(
    DumbbellRow,
    label=titles,
    tolerance_hours=st.one_of(st.none(), finite),
    recovery_hours=hours,
    tested=st.booleans(),
    assumed=st.booleans(),
    verdict=st.sampled_from(["tolerable", "strained", "breached", "unbounded"]),
    note=titles,
)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(finite)
    state = draw(st.sampled_from(["failed", "down", "degraded", "carried"]))
    return Span(start, start + draw(hours), state, draw(titles))


timeline_rows = st.builds(
    TimelineRow,
    label=titles,
    kind=st.sampled_from(["cause", "function", "fallback"]),
    spans=st.lists(spans(), max_size=5).map(tuple),
    tolerance_hours=st.one_of(st.none(), finite),
    tested=st.booleans(),
)


@st.composite
def gantt_rows(draw: st.DrawFn) -> GanttRow:
    times = sorted(draw(st.lists(finite, max_size=6)))
    pairs = zip(times[::2], times[1::2], strict=False)
    bars = tuple(GanttBar(start, end, draw(st.booleans())) for start, end in pairs)
    return GanttRow(draw(titles), bars, draw(titles), head=draw(st.booleans()))


gantt_marks = st.builds(GanttMark, at=st.one_of(finite, st.floats(-1e5, 0.0)), label=titles)


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[Box], list[Arrow]]:
    ids = [f"e{n}" for n in range(draw(st.integers(0, 60)))]
    kinds = ["function", "service", "third-party", "provider", "contingency"]
    boxes = [
        Box(
            name, draw(titles), draw(st.sampled_from(kinds)), *draw(st.tuples(*[st.booleans()] * 3))
        )
        for name in ids
    ]
    if not ids:
        return boxes, []
    kinds = ["need", "need", "alternative", "soft", "covers", "coupling"]
    arrow = st.builds(
        Arrow,
        st.sampled_from(ids),
        st.sampled_from(ids),
        st.booleans(),
        st.sampled_from(kinds),
        st.one_of(st.just(""), st.just(""), titles),
    )
    return boxes, draw(st.lists(arrow, max_size=min(90, 2 * len(ids))))


@bounded
@given(st.lists(dumbbell_rows, max_size=8), widths, headings)
def test_dumbbell(rows: list[DumbbellRow], width: float, title: str | None) -> None:
    assert clashes(dumbbell.compose(rows, width, title)) == []


@bounded
@given(
    st.lists(timeline_rows, max_size=8), hours.filter(bool).filter(math.isfinite), widths, headings
)
def test_timeline(rows: list[TimelineRow], horizon: float, width: float, title: str | None) -> None:
    assert clashes(outage.compose(rows, horizon, width, title)) == []


@bounded
@given(st.lists(gantt_rows(), max_size=12), st.lists(gantt_marks, max_size=4), widths, headings)
def test_gantt(
    rows: list[GanttRow], marks: list[GanttMark], width: float, title: str | None
) -> None:
    assert clashes(gantt.compose(rows, marks, width, title)) == []


@bounded
@given(graphs(), widths, headings)
def test_dependency_picture(
    graph: tuple[list[Box], list[Arrow]], width: float, title: str | None
) -> None:
    canvas = dependency.compose(*graph, width, 220, title)
    assert clashes(canvas) == []
    assert canvas.height <= 220


@bounded
@given(graphs())
def test_no_line_runs_through_a_box(graph: tuple[list[Box], list[Arrow]]) -> None:
    boxes, arrows = graph
    edges = acyclic((b.id for b in boxes), (a.rightwards for a in arrows))
    column = columns((b.id for b in boxes), edges, frozenset())
    assert all(column[source] < column[target] for source, target in edges)
    heights = {box.id: 6.0 + len(box.label) % 9 for box in boxes}
    placed = arrange(column, heights, dict.fromkeys(edges, 1.0))
    sides = [(30.0 * at, 30.0 * at + 20.0) for at in range(max(column.values(), default=0) + 1)]
    areas = {
        name: Area(*(sides[at][0], y - heights[name] / 2), sides[at][1], y + heights[name] / 2)
        for name, at in column.items()
        for y in [placed.middle[name]]
    }
    stacks = sorted(areas.values(), key=lambda area: (area.left, area.top))
    for upper, lower in pairwise(stacks):
        assert not upper.meets(lower)
    for edge, route in routes(areas, sides, column, placed).items():
        points = route.path(0.0, 0.0).interpolated(8).vertices
        for name, area in areas.items():
            if name not in edge:
                inside = [
                    (x, y)
                    for x, y in points
                    if area.left < x < area.right and area.top < y < area.bottom
                ]
                assert not inside


@bounded
@given(graphs(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(
    graph: tuple[list[Box], list[Arrow]], random: Random
) -> None:
    boxes, arrows = graph
    first = dependency.dependency_picture(boxes, arrows)
    random.shuffle(boxes)
    random.shuffle(arrows)
    assert dependency.dependency_picture(boxes, arrows) == first
