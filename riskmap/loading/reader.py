"""From a stream of YAML events to plain values with their places.

The file is read as a stream of libyaml events and never composed by PyYAML: that gives a position
for every key and value, lets duplicate keys be seen, and makes the guards below effective before
any memory is spent (composing 50,000 nested brackets overflows the C stack).
"""

import re
from typing import Any, Protocol

import yaml

from riskmap.loading.complaints import Complaints, Place
from riskmap.loading.document import TO_END, Document, Mark, PathKey
from riskmap.loading.problems import Problems
from riskmap.loading.scalars import resolve_plain

MAX_DEPTH = 64
MAX_NODES = 500_000
"""Values in one file; a thousand services with all their facts are about twenty thousand."""
MAX_REPEATED = 200_000
"""Values that aliases and merges may write out again; an alias bomb passes this at once."""

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufeff\ufffe\uffff]")
"""Characters that no text holds; tab, line feed, carriage return and U+0085 are allowed."""

_TEXT_TAGS = frozenset({"!", "tag:yaml.org,2002:str"})
_GROUP_TAGS = frozenset({None, "!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"})


class Parser(Protocol):
    """The part of PyYAML's loaders used here."""

    def check_event(self, *choices: type) -> bool:
        """Tell whether another event comes."""

    def get_event(self) -> Any:
        """Return the next event."""

    def dispose(self) -> None:
        """Let go of the text."""


class Stop(Exception):  # noqa: N818 - no error: the problem is recorded, reading just ends
    """Reading cannot go on; the problem is recorded."""


class _Container:
    """A mapping or sequence being filled."""

    __slots__ = ("anchor", "column", "items", "key", "line", "marks", "merges", "size")

    def __init__(self, items: Any, anchor: str | None, line: int, column: int) -> None:
        self.items = items
        self.anchor = anchor
        self.line, self.column = line, column
        self.marks: dict[PathKey, Mark] = {}
        self.merges: list[tuple[Any, Mark]] = []
        self.key: tuple[str, int, int, int, bool] | None = None
        self.size = 1


class Reader:
    """Turns one event stream into a :class:`Document`.

    Parameters
    ----------
    document : Document
        Receives the values and their places.
    problems : Problems
        Receives whatever is wrong.
    """

    def __init__(self, document: Document, problems: Problems) -> None:
        self.document = document
        self.complain = Complaints(document, problems)
        self._stack: list[_Container] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._open_anchors: set[str] = set()
        self._nodes = self._repeated = self._documents = 0

    def read(self, parser: Parser) -> None:
        """Read to the end of the stream.

        Raises
        ------
        Stop
            When something makes it pointless, or dangerous, to read on.
        yaml.YAMLError
            When the text is not YAML.
        """
        handlers = {
            yaml.ScalarEvent: self._scalar,
            yaml.AliasEvent: self._alias,
            yaml.MappingStartEvent: self._open,
            yaml.SequenceStartEvent: self._open,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.DocumentStartEvent: self._document,
        }
        while parser.check_event():
            event = parser.get_event()
            handler = handlers.get(type(event))
            if handler is not None:
                handler(event)

    def _document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            mark = event.start_mark
            self.complain.several_documents((mark.line, mark.column, 3))
            raise Stop

    # --- values -----------------------------------------------------------------------------

    def _key_is_next(self) -> bool:
        top = self._stack[-1] if self._stack else None
        return top is not None and top.key is None and isinstance(top.items, dict)

    def _scalar(self, event: Any) -> None:
        start, end = event.start_mark, event.end_mark
        line, column = start.line, start.column
        span = end.column - column if end.line == line else TO_END
        self._spend(1, line, column)
        value: Any = event.value
        if event.style == '"':
            control = CONTROL.search(value)
            if control is not None:
                self.complain.control_character((line, column, span), control.group())
        if self._key_is_next():
            merge = value == "<<" and event.implicit[0]
            if event.tag is not None:
                self.complain.tag(start, event.tag, span)
            if event.anchor:
                self._anchors[event.anchor] = (value, 1)
            self._take_key(value, line, column, span, merge=merge)
            return
        if event.tag is not None and event.tag not in _TEXT_TAGS:
            self.complain.tag(start, event.tag, span)
        if event.tag not in _TEXT_TAGS and event.implicit[0]:
            value = self._plain(value, line, column, span)
        if event.anchor:
            self._anchors[event.anchor] = (value, 1)
        self._place(value, line, column, span, empty=event.start_mark.index == end.index)

    def _take_key(self, key: str, line: int, column: int, span: int, *, merge: bool) -> None:
        top = self._stack[-1]
        if key in top.marks and not merge:
            self.complain.duplicate_key((line, column, span), key, top.marks[key].key_line)
        top.key = (key, line, column, span, merge)

    def _plain(self, text: str, line: int, column: int, span: int) -> Any:
        """Return the value of unquoted text; not-a-number stands for what was complained about."""
        value = resolve_plain(text)
        if isinstance(value, float) and not abs(value) < float("inf"):
            self.complain.non_finite((line, column, span), text)
            return float("nan")
        return value

    # --- aliases and merges -----------------------------------------------------------------

    def _alias(self, event: Any) -> None:
        mark = event.start_mark
        span = event.end_mark.column - mark.column
        place = (mark.line, mark.column, span)
        if event.anchor in self._open_anchors:
            self.complain.recursive_alias(place, event.anchor)
            raise Stop
        if event.anchor not in self._anchors:
            self.complain.unknown_alias(place, event.anchor)
            raise Stop
        value, size = self._anchors[event.anchor]
        self._repeat(size, place)
        if not self._key_is_next():
            self._place(value, mark.line, mark.column, span, size)
        elif isinstance(value, str):
            self._take_key(value, mark.line, mark.column, span, merge=False)
        else:
            self.complain.complex_key(place)
            raise Stop

    def _merge(self, container: _Container, source: Any, mark: Mark) -> None:
        sources = source if isinstance(source, list) else [source]
        for mapping in sources:
            if not isinstance(mapping, dict):
                self.complain.bad_merge((mark.key_line, mark.key_column, mark.key_span))
                continue
            self._repeat(len(mapping), (mark.line, mark.column, mark.span))
            marks = self.document.marks[id(mapping)]
            for key, value in mapping.items():
                if key not in container.items:
                    container.items[key] = value
                    container.marks[key] = marks[key]
                    container.size += 1

    # --- groups -----------------------------------------------------------------------------

    def _open(self, event: Any) -> None:
        mark = event.start_mark
        self._spend(1, mark.line, mark.column)
        if self._key_is_next():
            self.complain.complex_key((mark.line, mark.column, 1))
            raise Stop
        if len(self._stack) >= MAX_DEPTH:
            self.complain.too_deep((mark.line, mark.column, 1), MAX_DEPTH)
            raise Stop
        if event.tag not in _GROUP_TAGS:
            self.complain.tag(mark, event.tag, 1)
        items: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        if event.anchor:
            self._open_anchors.add(event.anchor)
        self._stack.append(_Container(items, event.anchor, mark.line, mark.column))

    def _close(self, event: Any) -> None:
        container = self._stack.pop()
        for source, mark in container.merges:
            self._merge(container, source, mark)
        self.document.marks[id(container.items)] = container.marks
        if container.anchor:
            self._open_anchors.discard(container.anchor)
            self._anchors[container.anchor] = (container.items, container.size)
        start, end = container, event.end_mark
        written = self.document.line(start.line)[start.column : start.column + 1]
        flow = written in ("[", "{", "&", "!") and end.line == start.line
        span = end.column - start.column if flow and end.column > start.column else TO_END
        self._place(container.items, start.line, start.column, span, container.size)

    def _place(
        self, value: Any, line: int, column: int, span: int, size: int = 1, *, empty: bool = False
    ) -> None:
        """Put a finished value into the group that is being filled."""
        if not self._stack:
            self.document.root = value
            return
        top = self._stack[-1]
        top.size += size
        if isinstance(top.items, list):
            top.marks[len(top.items)] = Mark(line, column, span, line, column, span)
            top.items.append(value)
            return
        assert top.key is not None
        key, key_line, key_column, key_span, merge = top.key
        top.key = None
        if empty or (isinstance(value, dict | list) and line != key_line):
            # A value over several lines, or none at all, is shown at its key.
            mark = Mark(key_line, key_column, key_span, key_line, key_column, key_span)
        else:
            mark = Mark(key_line, key_column, key_span, line, column, span)
        if merge:
            top.merges.append((value, mark))
        elif key not in top.marks:
            top.items[key] = value
            top.marks[key] = mark
        elif isinstance(value, dict):
            self.document.discarded.update(value)

    # --- guards -----------------------------------------------------------------------------

    def _spend(self, count: int, line: int, column: int) -> None:
        self._nodes += count
        if self._nodes > MAX_NODES:
            self.complain.too_many_values((line, column, 1), MAX_NODES)
            raise Stop

    def _repeat(self, count: int, place: Place) -> None:
        self._repeated += count
        if self._repeated > MAX_REPEATED:
            self.complain.too_many_repeated(place, MAX_REPEATED)
            raise Stop
