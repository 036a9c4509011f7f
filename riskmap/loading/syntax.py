"""Saying in plain words what the YAML parser tripped over.

libyaml speaks of block mappings, flow sequences and simple keys; whoever writes a continuity plan
need not know what these are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import yaml

from riskmap.loading.document import TO_END
from riskmap.loading.reader import Reader

QUOTE_IT = "put the whole text in quotes"


@dataclass(frozen=True, slots=True)
class _Trip:
    """What the parser met, and where.

    Attributes
    ----------
    said, context : str
        What libyaml complained of, and what it was reading.
    line, column : int
        Where it complained, counted from zero.
    began : tuple of int
        Where what it was reading began.
    source, above : str
        The line of the complaint, and the one before it.
    """

    said: str
    context: str
    line: int
    column: int
    began: tuple[int, int]
    source: str
    above: str

    @property
    def before(self) -> str:
        """The part of the line before the complaint."""
        return self.source[: self.column]

    @property
    def character(self) -> str:
        """The character complained of."""
        return self.source[self.column : self.column + 1]


_Words = tuple[int, int, int, str, str]
"""Line, column, span, message, hint."""


def report_syntax(reader: Reader, error: yaml.MarkedYAMLError) -> None:
    """Record what the YAML parser tripped over."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    context_mark = error.context_mark
    trip = _Trip(
        (error.problem or "cannot be read").strip(),
        (error.context or "").strip(),
        line,
        column,
        (context_mark.line, context_mark.column) if context_mark else (line, column),
        reader.document.line(line),
        reader.document.line(line - 1),
    )
    line, column, span, message, hint = _explain(trip)
    reader.complain.add((line, column, span), "syntax", message, hint)


def _explain(trip: _Trip) -> _Words:
    if trip.character == "\t" or "\t" in trip.before[: _indent(trip.before)]:
        return _tab(trip)
    for said, explain in _EXPLANATIONS:
        if said in trip.said or said in trip.context:
            return explain(trip)
    context = f"{trip.context}: " if trip.context else ""
    message = f"this is not valid YAML ({context}{trip.said})"
    hint = "check the indentation and the colons of this line and the one above"
    return trip.line, trip.column, 1, message, hint


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _tab(trip: _Trip) -> _Words:
    at = trip.source.find("\t")
    message = "a tab stands here, where YAML takes only spaces"
    return trip.line, max(at, 0), 1, message, "replace it by spaces, two for each level"


def _colon(trip: _Trip) -> _Words:
    if ": " in trip.before:
        message = "this colon begins a second value on the line"
        return trip.line, trip.column, 1, message, f"{QUOTE_IT} after the first colon"
    if _indent(trip.above) == _indent(trip.source) and ": " not in trip.above:
        message = "there is no colon with a space after this key"
        key = trip.above.strip().replace(":", " ").split(" ")[0]
        hint = f"write '{key}: ...', with a space after the colon"
        return trip.line - 1, _indent(trip.above), TO_END, message, hint
    message = "this line is indented deeper than the line it follows"
    hint = "begin it in the same column, or leave nothing after the colon of the line above"
    return trip.line, _indent(trip.source), TO_END, message, hint


def _no_colon(trip: _Trip) -> _Words:
    line, column = trip.began
    message = "there is no colon after this key"
    return line, column, TO_END, message, "write 'key: value', with a space after the colon"


def _misaligned(trip: _Trip) -> _Words:
    if trip.before.rstrip().endswith(('"', "'", "]", "}")):
        message = "text goes on after the closing quote or bracket"
        return trip.line, trip.column, TO_END, message, QUOTE_IT
    message = "this line does not line up with the lines above it"
    hint = f"begin it in the same column as the line above, or as line {trip.began[0] + 1}"
    return trip.line, trip.column, TO_END, message, hint


def _open_quote(trip: _Trip) -> _Words:
    line, column = trip.began
    return line, column, TO_END, "this quote is never closed", "close it with the same quote"


def _open_bracket(trip: _Trip) -> _Words:
    line, column = trip.began
    message = f"this bracket is not closed; reading stopped on line {trip.line + 1}"
    return line, column, 1, message, "close it, and put a comma between any two items"


def _no_value(trip: _Trip) -> _Words:
    return trip.line, trip.column, 1, "a value is missing here", "is there a comma too many?"


def _list_after_key(trip: _Trip) -> _Words:
    message = "a list cannot begin on the line of its key"
    hint = "put '- item' on a line of its own, or write [item, item]"
    return trip.line, trip.column, TO_END, message, hint


def _first_character(trip: _Trip) -> _Words:
    message = f"plain text cannot begin with {trip.character!r}"
    return trip.line, trip.column, TO_END, message, QUOTE_IT


def _special_mark(trip: _Trip) -> _Words:
    line, column = trip.began
    message = "text that begins with '*', '&' or '!' means something special in YAML"
    return line, column, TO_END, message, QUOTE_IT


def _escape(trip: _Trip) -> _Words:
    message = "a backslash means something special between double quotes"
    return trip.line, max(trip.column - 1, 0), 2, message, "use single quotes instead"


def _outside(trip: _Trip) -> _Words:
    message = "this line stands outside the model"
    hint = "begin 'riskmap', 'functions' and the other sections in the first column"
    return trip.line, trip.column, TO_END, message, hint


def _directive(trip: _Trip) -> _Words:
    message = "a line cannot begin with '%'"
    return trip.began[0], trip.began[1], TO_END, message, "put the text in quotes"


_EXPLANATIONS: tuple[tuple[str, Callable[[_Trip], _Words]], ...] = (
    ("while scanning a directive", _directive),
    ("while scanning a %", _directive),
    ("mapping values are not allowed", _colon),
    ("block sequence entries are not allowed", _list_after_key),
    ("could not find expected ':'", _no_colon),
    ("found unknown escape character", _escape),
    ("while scanning a quoted scalar", _open_quote),
    ("did not find expected node content", _no_value),
    ("while parsing a flow", _open_bracket),
    ("did not find expected key", _misaligned),
    ("did not find expected '-' indicator", _misaligned),
    ("cannot start any token", _first_character),
    ("while scanning an anchor", _special_mark),
    ("while scanning an alias", _special_mark),
    ("while scanning a tag", _special_mark),
    ("while parsing a tag", _special_mark),
    ("tag handle", _special_mark),
    ("did not find expected <document start>", _outside),
)
"""Part of what libyaml says, and who explains it; the first that fits speaks."""


def report_unreadable(reader: Reader, error: Any) -> None:
    """Record that the parser gave up without saying where."""
    message = f"this is not valid YAML ({type(error).__name__})"
    reader.complain.add((0, 0, 1), "syntax", message)
