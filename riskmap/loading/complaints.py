"""What the reader of a YAML file refuses, and what it says about it."""

from typing import Any

from riskmap.loading.document import Document, report_at
from riskmap.loading.problems import Problems

Place = tuple[int, int, int]
"""Line, column and span, counted from zero."""


class Complaints:
    """Records what is wrong with the YAML of one document.

    Parameters
    ----------
    document : Document
        Where the offending lines are taken from.
    problems : Problems
        Receives what is wrong.
    """

    def __init__(self, document: Document, problems: Problems) -> None:
        self._document = document
        self._problems = problems

    def add(self, place: Place, code: str, message: str, hint: str = "") -> None:
        """Record any problem."""
        report_at(self._problems, self._document, place, code, message, hint=hint)

    def several_documents(self, place: Place) -> None:
        """Complain of a second document in the file."""
        message = "a model is one YAML document; a second one starts here"
        hint = "remove the '---', or move the rest to a file of its own and include it"
        self.add(place, "several-documents", message, hint)

    def duplicate_key(self, place: Place, key: str, first: int) -> None:
        """Complain of a key that stands in the same group already, on line ``first``."""
        message = f"{key!r} is written twice in the same place; first on line {first + 1}"
        self.add(place, "duplicate-key", message, "keep one of them, or give one another name")

    def non_finite(self, place: Place, text: str) -> None:
        """Complain of infinity or of what is no number."""
        message = f"{text} is not a number that can be reckoned with"
        hint = "write a finite number, or leave the fact out when nobody knows it"
        self.add(place, "non-finite", message, hint)

    def control_character(self, place: Place, character: str) -> None:
        """Complain of an escape that stands for an invisible character."""
        code = f"U+{ord(character):04X}"
        message = f"this text holds an invisible control character ({code})"
        hint = "take the backslash sequence out, or use single quotes"
        self.add(place, "control-character", message, hint)

    def tag(self, mark: Any, tag: str, span: int) -> None:
        """Complain of a YAML tag."""
        written = self._document.line(mark.line)[mark.column :].split(" ")[0] or tag
        span = len(written) if written.startswith("!") else span
        message = f"{written!r} has no meaning in a model"
        hint = f"write the value without {written!r}, or put the whole text in quotes"
        self.add((mark.line, mark.column, span), "unsupported-tag", message, hint)

    def recursive_alias(self, place: Place, name: str) -> None:
        """Complain of an alias inside what it stands for."""
        message = f"*{name} stands inside what it refers to"
        self.add(place, "recursive-alias", message, "refer to elements by id instead")

    def unknown_alias(self, place: Place, name: str) -> None:
        """Complain of an alias without an anchor."""
        message = f"no anchor &{name} comes before this line"
        hint = "if it is meant as text, put it in quotes: a '*' at the front is special"
        self.add(place, "unknown-alias", message, hint)

    def bad_merge(self, place: Place) -> None:
        """Complain of merging what is no mapping."""
        message = "'<<' merges a group of facts, or a list of such groups"
        self.add(place, "bad-merge", message, "write '<<: *name' where '&name' marks a group")

    def complex_key(self, place: Place) -> None:
        """Complain of a list or mapping as a key."""
        message = "a key must be a plain word"
        hint = "did a '?' or a bracket slip in? put text that begins with one in quotes"
        self.add(place, "complex-key", message, hint)

    def too_deep(self, place: Place, limit: int) -> None:
        """Complain of nesting."""
        message = f"values are nested more than {limit} levels deep"
        hint = "a model needs fewer than ten levels; is a bracket left open?"
        self.add(place, "too-deep", message, hint)

    def too_many_values(self, place: Place, limit: int) -> None:
        """Complain of the size of the file."""
        message = f"this file has more than {limit:,} values"
        hint = "a thousand services with all their facts take about 20,000"
        self.add(place, "too-large", message, hint)

    def too_many_repeated(self, place: Place, limit: int) -> None:
        """Complain of what aliases and merges write out."""
        message = f"up to here, aliases write out more than {limit:,} values"
        hint = "write the repeated parts once and refer to them by id"
        self.add(place, "too-large", message, hint)
