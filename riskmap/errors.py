"""What can go wrong for a user, as data.

Findings are data, not errors; the exceptions here are for work that could not be done. Each one
carries everything a caller needs to explain it, and only the command line renders them.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file a user wrote.

    Attributes
    ----------
    file : str
        Path as the user would type it.
    line, column : int
        Counted from one; column counts characters, not bytes.
    """

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        """Write the place as editors and terminals understand it."""
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input file, where it is and what to do about it.

    Attributes
    ----------
    location : Location
        First character of what is wrong.
    code : str
        Stable kebab-case name of the kind of problem, such as ``unknown-key``.
    message : str
        What is wrong, in one sentence without a full stop.
    source : str
        The offending line as written, empty when there is none to show.
    span : int
        How many characters of the line the problem covers, at least one.
    hint : str
        What to do about it, empty when the message already says so.
    path : tuple of str
        Keys from the top of the file down to the problem.
    """

    location: Location
    code: str
    message: str
    source: str = ""
    span: int = 1
    hint: str = ""
    path: tuple[str, ...] = ()


class RiskmapError(Exception):
    """Base of every error that riskmap raises on purpose."""


class ModelError(RiskmapError):
    """A model could not be read; carries every problem found, in file order.

    Parameters
    ----------
    problems : iterable of Problem
        At least one.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        ordered = sorted(problems, key=lambda p: (p.location, p.code, p.message))
        self.problems: tuple[Problem, ...] = tuple(ordered)
        super().__init__(f"{len(self.problems)} problem(s) in the model")


class OutputError(RiskmapError):
    """An output could not be made; the message says why and what to do.

    Parameters
    ----------
    message : str
        One sentence for the person at the keyboard.
    hint : str, optional
        The command or change that would mend it.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        self.hint = hint
        super().__init__(message)


class UnknownNameError(RiskmapError):
    """A name given by the caller (an element, a rule, a function) does not exist.

    Parameters
    ----------
    name : str
        What was asked for.
    kind : str
        What it should have been, such as "element".
    near : tuple of str
        Existing names close to it, best first.
    """

    def __init__(self, name: str, kind: str, near: tuple[str, ...] = ()) -> None:
        self.name, self.kind, self.near = name, kind, near
        suffix = f"; did you mean {near[0]!r}?" if near else ""
        super().__init__(f"there is no {kind} named {name!r}{suffix}")
