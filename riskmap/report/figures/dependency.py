"""What rests on what, left to right, with the failing path lit.

Functions stand on the left, what they need further and further right. A large graph is summarised
until it can be read: functions, the failing path and the best connected boxes stay, the rest of
each column becomes "and 14 more".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from riskmap.report.figures.canvas import Canvas, Figure
from riskmap.report.figures.graph import KINDS, Graph, Line, Node
from riskmap.report.figures.layering import Edge, acyclic, columns
from riskmap.report.figures.ordering import connected_parts
from riskmap.report.figures.sheet import CHANNEL, NARROWEST, draw
from riskmap.report.figures.summary import Rank, fold, selections

_PLACES_WITHOUT_EDGES = 4


@dataclass(frozen=True, slots=True)
class Box:
    """One element.

    Attributes
    ----------
    kind : str
        ``function``, ``service``, ``third-party``, ``provider`` or ``contingency``.
    lit : bool
        Whether it is on the failing path.
    contracted : bool
        Whether anybody has a contract about it; otherwise its outline is dashed.
    own : bool
        Whether it is the organisation's own.
    """

    id: str
    label: str
    kind: str
    lit: bool
    contracted: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Arrow:
    """Who relies on whom.

    Attributes
    ----------
    source, target : str
        Ids of boxes: what needs and what is needed; a contingency and what it covers.
    lit : bool
        Whether the failure takes this way.
    kind : str
        ``need``, ``alternative``, ``soft``, ``covers`` or ``coupling``.
    """

    source: str
    target: str
    lit: bool
    kind: str
    label: str = ""

    @property
    def rightwards(self) -> Edge:
        """Its ends from left to right: a contingency stands right of what it covers."""
        ends = (self.source, self.target)
        return ends[::-1] if self.kind == "covers" else ends


def dependency_picture(
    boxes: Sequence[Box],
    arrows: Sequence[Arrow],
    *,
    width_mm: float = 170,
    max_height_mm: float = 220,
    title: str | None = None,
) -> Figure:
    """Draw what rests on what.

    Parameters
    ----------
    boxes : sequence of Box
        Ids are unique; the order does not matter.
    arrows : sequence of Arrow
        Between those boxes; several between the same two become one, cycles are allowed.
    max_height_mm : float
        Kept by summarising, never by type smaller than 7 pt.
    title : str, optional
        Given for a stand-alone file, which then carries a legend as well.

    Raises
    ------
    KeyError
        When an arrow names a box that is not there.
    """
    return compose(boxes, arrows, width_mm, max_height_mm, title).finish(title)


def compose(
    boxes: Sequence[Box],
    arrows: Sequence[Arrow],
    width: float,
    max_height: float,
    title: str | None,
) -> Canvas:
    """Draw the figure on a canvas: the fullest version that fits."""
    canvas = Canvas(width)
    for graph in _versions(boxes, arrows, width):
        canvas = draw(graph, width, title)
        if canvas.height <= max_height:
            break
    return canvas


def _versions(boxes: Sequence[Box], arrows: Sequence[Arrow], width: float) -> Iterator[Graph]:
    """Yield the graph, then ever shorter summaries of it."""
    known = {box.id: box for box in sorted(boxes, key=lambda box: box.id)}
    degree = dict.fromkeys(known, 0)
    for arrow in arrows:
        degree[arrow.source] += 1
        degree[arrow.target] += 1
    edges = acyclic(known, (arrow.rightwards for arrow in arrows))
    functions = frozenset(box.id for box in known.values() if box.kind == "function")
    lit = frozenset(box.id for box in known.values() if box.lit)
    most = max(1, int((width + CHANNEL) / (NARROWEST + CHANNEL)))
    column = fold(columns(known, edges, functions), lit, most)
    loose = [name for name in known if not degree[name]]
    column.update(_dealt(loose, functions, column, most))
    rank: dict[str, Rank] = {
        name: (0 if name in lit | functions else 1, -2 * box.lit - degree[name], name)
        for name, box in known.items()
    }
    leader = _leaders(column, arrows, rank)
    leaders = sorted(set(leader.values()))
    for selection in selections({n: column[n] for n in leaders}, {n: rank[n] for n in leaders}):
        drawn_as = {name: selection.drawn_as[leader[name]] for name in known}
        yield _graph(known, arrows, drawn_as, selection.column)


def _leaders(
    column: Mapping[str, int], arrows: Sequence[Arrow], rank: Mapping[str, Rank]
) -> dict[str, str]:
    """Return for each box the one it is drawn with, when folding put an arrow inside a column."""
    inside = [a.rightwards for a in arrows if column[a.source] == column[a.target]]
    part = connected_parts(column, inside)
    leaders: dict[int, str] = {}
    for name in sorted(column, key=lambda name: rank[name]):
        leaders.setdefault(part[name], name)
    return {name: leaders[part[name]] for name in column}


def _dealt(
    loose: Sequence[str], functions: frozenset[str], column: Mapping[str, int], most: int
) -> dict[str, int]:
    """Deal boxes without any arrow to the columns, so that they do not pile up in the first."""
    connected = len(loose) < len(column)
    free = [name for name in loose if not (connected and name in functions)]
    free.sort(key=lambda name: (name not in functions, name))
    places = max(max(column.values(), default=0) + 1, min(_PLACES_WITHOUT_EDGES, most))
    return {name: index % places for index, name in enumerate(free)}


def _graph(
    known: Mapping[str, Box],
    arrows: Sequence[Arrow],
    drawn_as: Mapping[str, str],
    column: Mapping[str, int],
) -> Graph:
    """Return what is drawn: boxes and groups, and one line for all arrows between two of them."""
    members: dict[str, list[Box]] = {name: [] for name in column}
    for name, box in known.items():
        members[drawn_as[name]].append(box)
    nodes = {name: _node(name, found) for name, found in members.items()}
    shared: dict[Edge, list[Arrow]] = {}
    for arrow in sorted(arrows, key=lambda a: (a.source, a.target, a.kind, a.label, a.lit)):
        left, right = sorted(
            (drawn_as[arrow.source], drawn_as[arrow.target]), key=lambda name: column[name]
        )
        if left != right:
            shared.setdefault((left, right), []).append(arrow)
    lines = {edge: _line(edge, found, drawn_as) for edge, found in sorted(shared.items())}
    return Graph(nodes, column, lines)


def _node(name: str, boxes: Sequence[Box]) -> Node:
    """One box, or one for several: a lit one stays dark on the failing path."""
    leading = next((box for box in boxes if box.id == name), None)
    rest = len(boxes) - (leading is not None)
    return Node(
        label=leading.label if leading else "",
        kind=leading.kind if leading and not rest else "group",
        lit=any(box.lit for box in boxes),
        contracted=any(box.contracted for box in boxes),
        own=any(box.own for box in boxes),
        more=f"and {rest} more" if rest else "",
    )


def _line(edge: Edge, arrows: Sequence[Arrow], drawn_as: Mapping[str, str]) -> Line:
    """One line for several arrows: lit if one is, of the strongest kind, with what they say."""
    leading = [arrow for arrow in arrows if arrow.lit] or list(arrows)
    labels = sorted({arrow.label for arrow in arrows if arrow.label.strip()})
    grouped = any(drawn_as[end] != end for arrow in arrows for end in (arrow.source, arrow.target))
    return Line(
        kind=min((arrow.kind for arrow in leading), key=KINDS.index),
        lit=any(arrow.lit for arrow in arrows),
        forward=any(drawn_as[arrow.target] == edge[1] for arrow in arrows),
        backward=any(drawn_as[arrow.target] == edge[0] for arrow in arrows),
        label="" if grouped and len(labels) > 1 else "; ".join(labels),
    )
