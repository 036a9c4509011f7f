"""Which boxes of a large graph to show, and which to count as "and 14 more".

Pure: ids, columns and ranks in; groups out. Nobody reads a picture of a hundred boxes; what
matters most stays, the rest of each column becomes one box.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

MANY = 30
"""Above this many boxes a picture is summarised in any case."""
_PER_COLUMN = (12, 9, 7, 5, 4, 3, 2)

Rank = tuple[int, int, str]
"""Class (smaller is kept longer), importance within it, id."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What to draw.

    Attributes
    ----------
    column : mapping of str to int
        Column of everything drawn, groups included.
    drawn_as : mapping of str to str
        For each box the id it is drawn as: its own, or that of a group.
    groups : mapping of str to tuple of str
        Members of each group.
    """

    column: Mapping[str, int]
    drawn_as: Mapping[str, str]
    groups: Mapping[str, tuple[str, ...]]


def selections(column: Mapping[str, int], rank: Mapping[str, Rank]) -> Iterator[Selection]:
    """Yield ever shorter selections, the fullest first."""
    if len(column) <= MANY:
        yield _select(column, column, rank)
    else:
        yield _select(column, _most_important(column, rank), rank)
    tallest = max(_sizes(column).values(), default=0)
    for most in _PER_COLUMN:
        if most < tallest:
            shown = _most_important(column, rank)
            yield _select(column, _at_most(shown, column, rank, most), rank)


def fold(column: Mapping[str, int], lit: frozenset[str], most: int) -> dict[str, int]:
    """Merge neighbouring columns until at most so many are left.

    The columns merged lie together, never on the left edge, and hold as little of the lit path as
    possible.
    """
    count = max(column.values(), default=-1) + 1
    surplus = count - most
    if surplus <= 0:
        return dict(column)
    bright = _sizes({name: at for name, at in column.items() if name in lit})
    starts = range(1, count - surplus)
    start = min(
        starts, key=lambda s: (sum(bright.get(at, 0) for at in range(s, s + surplus + 1)), -s)
    )
    return {name: at if at <= start else max(start, at - surplus) for name, at in column.items()}


def _sizes(column: Mapping[str, int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for at in column.values():
        found[at] = found.get(at, 0) + 1
    return found


def _most_important(column: Mapping[str, int], rank: Mapping[str, Rank]) -> frozenset[str]:
    """Everything of the first class, and others up to the limit with a box for each column."""
    ranked = sorted(column, key=lambda name: rank[name])
    first = [name for name in ranked if rank[name][0] == 0]
    room = MANY - len(first) - len(_sizes(column))
    rest = [name for name in ranked if rank[name][0] > 0]
    return frozenset(column) if len(column) <= MANY else frozenset(first + rest[: max(0, room)])


def _at_most(
    shown: frozenset[str], column: Mapping[str, int], rank: Mapping[str, Rank], most: int
) -> frozenset[str]:
    """Keep so many boxes in each column, a group that is needed counted."""
    kept: list[str] = []
    for at, size in sorted(_sizes(column).items()):
        own = sorted((n for n in shown if column[n] == at), key=lambda name: rank[name])
        whole = len(own) == size <= most
        kept += own if whole else own[: most - 1]
    return frozenset(kept)


def _select(column: Mapping[str, int], shown: Iterable[str], rank: Mapping[str, Rank]) -> Selection:
    """Group what is not shown by column; a group of one is shown after all."""
    kept = frozenset(shown)
    hidden: dict[int, list[str]] = {}
    for name in sorted(column, key=lambda name: rank[name]):
        if name not in kept:
            hidden.setdefault(column[name], []).append(name)
    groups = {
        f"\N{HORIZONTAL ELLIPSIS}{at}": tuple(names)
        for at, names in hidden.items()
        if len(names) > 1
    }
    drawn_as = {name: name for name in column}
    places = {name: column[name] for name in column}
    for group, names in groups.items():
        for name in names:
            drawn_as[name] = group
            places[group] = places.pop(name)
    return Selection(places, drawn_as, groups)
