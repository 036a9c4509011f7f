"""One YAML file as plain values, each with the place it was written."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from riskmap.errors import Location
from riskmap.loading.problems import Problems

PathKey = str | int
Path = tuple[PathKey, ...]

TO_END = 0
"""A span that reaches to the end of its line."""


class Mark(NamedTuple):
    """Where a key and its value stand, counted from zero; lists repeat the item as the key."""

    key_line: int
    key_column: int
    key_span: int
    line: int
    column: int
    span: int


_TOP = Mark(0, 0, 1, 0, 0, 1)
_NO_MARKS: dict[PathKey, Mark] = {}


@dataclass(slots=True)
class Document:
    """A parsed file.

    Attributes
    ----------
    name : str
        Path as the user would type it.
    text : str
        The whole file.
    root : Any
        Dicts, lists, text, numbers, booleans and None.
    marks : dict
        By the identity of each dict and list in ``root``: the marks of its items.
    discarded : set of str
        Keys inside values that were left out because their own key was written twice.
    merged : dict
        By the identity of each mapping that was put together out of two files: the mapping, which
        must live as long as its identity is used, and where each of its keys is written. Keys that
        a file took away are here too, so that their absence can be shown where it was asked for.
    shipped : bool
        Whether it comes with riskmap, and not from the user.
    """

    name: str
    text: str = ""
    root: Any = None
    marks: dict[int, dict[PathKey, Mark]] = field(default_factory=dict)
    discarded: set[str] = field(default_factory=set)
    merged: dict[int, tuple[Any, dict[PathKey, "Place"]]] = field(default_factory=dict)
    shipped: bool = False
    _lines: list[str] | None = None

    def line(self, number: int) -> str:
        """Return one line, counted from zero; empty when there is none."""
        if self._lines is None:
            self._lines = self.text.splitlines()
        return self._lines[number] if 0 <= number < len(self._lines) else ""

    def find(self, path: Path) -> tuple["Place", bool]:
        """Return the place of the deepest part of ``path`` that exists.

        The flag is true when the whole path exists; where it does not, the place is that of the
        parent, so that a missing key is shown at the entry that lacks it.
        """
        node, home, mark = self.root, self, _TOP
        merged = self.merged
        for key in path:
            known = merged.get(id(node)) if merged else None
            if known is not None:
                if key not in known[1]:
                    return Place(home, mark), False
                home, mark = known[1][key]
                if not is_in(node, key):
                    return Place(home, mark), True  # taken away by another file
            else:
                if key == 0 and isinstance(node, str):
                    continue  # one text where a list may stand
                found = home.marks.get(id(node), _NO_MARKS).get(key)
                if found is None:
                    return Place(home, mark), False
                mark = found
            node = node[key]
        return Place(home, mark), True

    def places(self, node: Any, home: "Document") -> dict[PathKey, "Place"]:
        """Return where each key of a mapping is written.

        Parameters
        ----------
        home : Document
            The file that the mapping stands in, when it is not put together out of several.
        """
        if id(node) in self.merged:
            return dict(self.merged[id(node)][1])
        return {key: Place(home, mark) for key, mark in home.marks.get(id(node), {}).items()}

    def at(self, path: Path, default: Any = None) -> Any:
        """Return the value that ``path`` leads to."""
        node = self.root
        for key in path:
            if not is_in(node, key):
                return default
            node = node[key]
        return node

    def where(self, path: Path) -> Location:
        """Return where a key, or an item of a list, is written."""
        (document, mark), _ = self.find(path)
        return Location(document.name, mark.key_line + 1, mark.key_column + 1)


class Place(NamedTuple):
    """A mark, and the file it is in."""

    document: Document
    mark: Mark


def is_in(node: Any, key: PathKey) -> bool:
    """Tell whether a dict or list has an item of this key."""
    if isinstance(node, dict):
        return key in node
    return isinstance(node, list) and isinstance(key, int) and key < len(node)


def position(text: str, offset: int) -> tuple[int, int]:
    """Return line and column of a character, both counted from zero."""
    lines = (text[:offset] + "x").splitlines()
    return len(lines) - 1, len(lines[-1]) - 1


def report_at(
    problems: Problems,
    document: Document,
    place: tuple[int, int, int],
    code: str,
    message: str,
    *,
    hint: str = "",
    path: Path = (),
) -> None:
    """Record a problem at a line, column and span of ``document``, counted from zero."""
    line, column, span = place
    source = document.line(line)
    if span == TO_END:
        span = len(source[column:].split(" #")[0].rstrip())
    problems.add(
        Location(document.name, line + 1, column + 1),
        code,
        message,
        source=source,
        span=span,
        hint=hint,
        path=tuple(str(key) for key in path),
    )


def report(
    problems: Problems,
    document: Document,
    path: Path,
    code: str,
    message: str,
    *,
    hint: str = "",
    at_key: bool = False,
) -> None:
    """Record a problem at the value ``path`` leads to, or at its key."""
    (home, mark), exact = document.find(path)
    place = (mark.line, mark.column, mark.span)
    if at_key or not exact:
        place = (mark.key_line, mark.key_column, mark.key_span)
    report_at(problems, home, place, code, message, hint=hint, path=path)
