"""One YAML file as plain values, each with the place it was written.

The file is read as a stream of libyaml events and never composed by PyYAML: that gives a position
for every key and value, lets duplicate keys be seen, and makes the guards below effective before
any memory is spent (composing 50,000 nested brackets overflows the C stack).
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import yaml

from riskmap.errors import Location
from riskmap.loading.problems import Problems
from riskmap.loading.scalars import resolve_plain

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 64
MAX_NODES = 5_000_000
"""Values after expanding aliases and merges; an alias bomb passes this at once."""
MAX_LINE = 500
"""Characters of an offending line that are shown."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")
_TEXT_TAGS = frozenset({"!", "tag:yaml.org,2002:str"})

PathKey = str | int


@dataclass(slots=True)
class Mark:
    """Where a key and its value stand, counted from zero; lists repeat the item as the key."""

    key_line: int
    key_column: int
    line: int
    column: int
    span: int


class _Parser(Protocol):
    """The part of PyYAML's loaders used here."""

    def check_event(self, *choices: type) -> bool: ...
    def get_event(self) -> Any: ...
    def dispose(self) -> None: ...


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
    """

    name: str
    text: str = ""
    root: Any = None
    marks: dict[int, dict[PathKey, Mark]] = field(default_factory=dict)
    _lines: list[str] | None = None

    def line(self, number: int) -> str:
        """Return one line, counted from zero, shortened when it is very long."""
        if self._lines is None:
            self._lines = self.text.splitlines()
        if not 0 <= number < len(self._lines):
            return ""
        return self._lines[number][:MAX_LINE]

    def find(self, path: tuple[PathKey, ...]) -> tuple[Mark, bool]:
        """Return the mark of the deepest part of ``path`` that exists.

        The flag is true when the whole path exists; where it does not, the mark is that of the
        parent, so that a missing key is shown at the entry that lacks it.
        """
        node, mark = self.root, Mark(0, 0, 0, 0, 1)
        for key in path:
            found = self.marks.get(id(node), {}).get(key)
            if found is None:
                return mark, False
            mark, node = found, node[key]
        return mark, True


class _Container:
    """A mapping or sequence being filled."""

    __slots__ = ("anchor", "column", "items", "key", "line", "marks", "merges", "size")

    def __init__(self, items: Any, anchor: str | None, line: int, column: int) -> None:
        self.items = items
        self.anchor = anchor
        self.line, self.column = line, column
        self.marks: dict[PathKey, Mark] = {}
        self.merges: list[tuple[Any, Mark]] = []
        self.key: tuple[str, int, int, int] | None = None
        self.size = 1


class _Stop(Exception):
    """Reading cannot go on; the problem is recorded."""


class _Reader:
    """Turns one event stream into a :class:`Document`."""

    def __init__(self, document: Document, problems: Problems) -> None:
        self.document = document
        self.problems = problems
        self.stack: list[_Container] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.open_anchors: set[str] = set()
        self.nodes = 0
        self.documents = 0

    def problem(
        self, line: int, column: int, code: str, message: str, *, hint: str = "", span: int = 1
    ) -> None:
        self.problems.add(
            Location(self.document.name, line + 1, column + 1),
            code,
            message,
            source=self.document.line(line),
            span=span,
            hint=hint,
        )

    def read(self, parser: _Parser) -> None:
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
        self.documents += 1
        if self.documents > 1:
            mark = event.start_mark
            self.problem(
                mark.line,
                mark.column,
                "several-documents",
                "a model is one YAML document; a second one starts here",
                hint="remove the '---' or move the rest to a file of its own and include it",
                span=3,
            )
            raise _Stop

    def _spend(self, count: int, line: int, column: int) -> None:
        self.nodes += count
        if self.nodes > MAX_NODES:
            self.problem(
                line,
                column,
                "too-large",
                f"with its aliases written out this file has more than {MAX_NODES:,} values",
                hint="write the repeated parts once and refer to them by id",
            )
            raise _Stop

    def _scalar(self, event: Any) -> None:
        start, end = event.start_mark, event.end_mark
        span = end.column - start.column if end.line == start.line else 1
        self._spend(1, start.line, start.column)
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.items, dict) and top.key is None:
            self._key(top, event, span)
            return
        value = self._value(event, span)
        if event.anchor:
            self.anchors[event.anchor] = (value, 1)
        self._place(value, start.line, start.column, span)

    def _key(self, top: _Container, event: Any, span: int) -> None:
        start = event.start_mark
        if event.anchor:
            self.anchors[event.anchor] = (event.value, 1)
        key = event.value
        merge = key == "<<" and event.implicit[0]
        if key in top.marks and not merge:
            first = top.marks[key].key_line + 1
            self.problem(
                start.line,
                start.column,
                "duplicate-key",
                f"{key!r} is written twice in the same place; first on line {first}",
                hint="keep one of them, or give one another name",
                span=span,
            )
        top.key = (key, start.line, start.column, 1 if merge else 0)

    def _value(self, event: Any, span: int) -> Any:
        line, column = event.start_mark.line, event.start_mark.column
        if event.tag is not None and event.tag not in _TEXT_TAGS:
            self.problem(
                line,
                column,
                "unsupported-tag",
                f"the tag {event.tag!r} has no meaning in a model",
                hint="write the plain value without a tag",
                span=span,
            )
            return event.value
        if event.tag is not None or not event.implicit[0]:
            return event.value
        value = resolve_plain(event.value)
        if isinstance(value, float) and not abs(value) < float("inf"):
            self.problem(
                line,
                column,
                "non-finite",
                f"{event.value} is not a number that can be reckoned with",
                hint="write a finite number, or leave the fact out when nobody knows it",
                span=span,
            )
            return None
        return value

    def _alias(self, event: Any) -> None:
        mark = event.start_mark
        span = event.end_mark.column - mark.column
        if event.anchor in self.open_anchors:
            self.problem(
                mark.line,
                mark.column,
                "recursive-alias",
                f"*{event.anchor} stands inside what it refers to",
                hint="refer to elements by id instead",
                span=span,
            )
            raise _Stop
        if event.anchor not in self.anchors:
            self.problem(
                mark.line,
                mark.column,
                "unknown-alias",
                f"no anchor &{event.anchor} comes before this line",
                span=span,
            )
            raise _Stop
        value, size = self.anchors[event.anchor]
        self._spend(size, mark.line, mark.column)
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.items, dict) and top.key is None:
            if not isinstance(value, str):
                self._complex_key(mark)
            top.key = (value, mark.line, mark.column, 0)
            return
        self._place(value, mark.line, mark.column, span, size)

    def _complex_key(self, mark: Any) -> None:
        self.problem(
            mark.line,
            mark.column,
            "complex-key",
            "a key must be a plain word",
            hint="did a '?' or a bracket slip in?",
        )
        raise _Stop

    def _open(self, event: Any) -> None:
        mark = event.start_mark
        self._spend(1, mark.line, mark.column)
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.items, dict) and top.key is None:
            self._complex_key(mark)
        if len(self.stack) >= MAX_DEPTH:
            self.problem(
                mark.line,
                mark.column,
                "too-deep",
                f"values are nested more than {MAX_DEPTH} levels deep",
                hint="a model needs fewer than ten levels; is a bracket left open?",
            )
            raise _Stop
        if event.tag not in (None, "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq", "!"):
            self.problem(
                mark.line,
                mark.column,
                "unsupported-tag",
                f"the tag {event.tag!r} has no meaning in a model",
                hint="write the plain value without a tag",
            )
        items: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        if event.anchor:
            self.open_anchors.add(event.anchor)
        self.stack.append(_Container(items, event.anchor, mark.line, mark.column))

    def _close(self, event: Any) -> None:
        container = self.stack.pop()
        for source, mark in container.merges:
            self._merge(container, source, mark)
        self.document.marks[id(container.items)] = container.marks
        if container.anchor:
            self.open_anchors.discard(container.anchor)
            self.anchors[container.anchor] = (container.items, container.size)
        self._place(container.items, container.line, container.column, 1, container.size)

    def _merge(self, container: _Container, source: Any, mark: Mark) -> None:
        sources = source if isinstance(source, list) else [source]
        for mapping in sources:
            if not isinstance(mapping, dict):
                self.problem(
                    mark.key_line,
                    mark.key_column,
                    "bad-merge",
                    "'<<' merges a mapping, or a list of mappings",
                    hint="write '<<: *name' where &name marks a mapping",
                    span=2,
                )
                continue
            self._spend(len(mapping), mark.line, mark.column)
            marks = self.document.marks[id(mapping)]
            for key, value in mapping.items():
                if key not in container.items:
                    container.items[key] = value
                    container.marks[key] = marks[key]
                    container.size += 1

    def _place(self, value: Any, line: int, column: int, span: int, size: int = 1) -> None:
        if not self.stack:
            self.document.root = value
            return
        top = self.stack[-1]
        top.size += size
        if isinstance(top.items, list):
            top.marks[len(top.items)] = Mark(line, column, line, column, span)
            top.items.append(value)
            return
        assert top.key is not None
        key, key_line, key_column, merge = top.key
        top.key = None
        mark = Mark(key_line, key_column, line, column, span)
        if merge:
            top.merges.append((value, mark))
        elif key not in top.marks:
            top.items[key] = value
            top.marks[key] = mark


def read_document(path: Path, name: str, problems: Problems) -> Document | None:
    """Read one YAML file; None when it could not be read to its end.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        How the file is called in messages.
    problems : Problems
        Receives whatever is wrong.
    """
    document = Document(name)

    def whole_file(code: str, message: str, hint: str = "") -> None:
        problems.add(Location(name, 1, 1), code, message, hint=hint)

    try:
        size = path.stat().st_size
        if not path.is_file():
            whole_file("not-a-file", "this is not a file", "name the YAML file itself")
            return None
        if size > MAX_BYTES:
            whole_file("too-large", f"the file is larger than {MAX_BYTES // 2**20} MiB")
            return None
        raw = path.read_bytes()
    except FileNotFoundError:
        whole_file("no-such-file", "there is no such file", "check the path")
        return None
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        whole_file("unreadable", f"the file cannot be read: {reason}")
        return None
    return parse_document(raw, document, problems)


def parse_document(raw: bytes, document: Document, problems: Problems) -> Document | None:
    """Parse the bytes of a file into ``document``; None when they could not be read to the end."""
    try:
        document.text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start)
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1)
        problems.add(
            Location(document.name, line + 1, column + 1),
            "not-utf-8",
            f"byte 0x{raw[error.start]:02x} is not UTF-8 text",
            hint="save the file as UTF-8 in your editor",
        )
        return None
    reader = _Reader(document, problems)
    control = _CONTROL.search(document.text)
    if control is not None:
        before = document.text[: control.start()]
        line = before.count("\n")
        column = len(before) - (before.rfind("\n") + 1)
        problems.add(
            Location(document.name, line + 1, column + 1),
            "control-character",
            f"the file holds an invisible control character (U+{ord(control.group()):04X})",
            hint="delete it; was the file saved by a word processor, or is it not text?",
        )
        return None
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(document.text)
    try:
        reader.read(loader)
    except yaml.MarkedYAMLError as error:
        _syntax_problem(reader, error)
        return None
    except _Stop:
        return None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reader.problem(0, 0, "syntax", f"this is not valid YAML ({type(error).__name__})")
        return None
    finally:
        loader.dispose()
    return document


def _syntax_problem(reader: _Reader, error: yaml.MarkedYAMLError) -> None:
    """Say what the YAML parser tripped over, in words."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    shown = reader.document.line(line)
    said = (error.problem or "cannot be read").strip()
    context = f" {error.context}" if error.context else ""
    hint = "check the indentation and the colons of this line and the one above"
    if "\t" in shown[: len(shown) - len(shown.lstrip())] or "'\\t'" in said:
        hint = "indent with spaces; YAML does not allow tabs"
    elif "mapping values are not allowed" in said:
        hint = "put the text in quotes when it holds a colon followed by a space"
    elif error.context_mark is not None and error.context_mark.line != line:
        hint = f"it began on line {error.context_mark.line + 1}; is a bracket or quote left open?"
    reader.problem(line, column, "syntax", f"not valid YAML:{context} {said}".replace("  ", " "),
                   hint=hint)
