"""What a command holds against something else: a model, an assessment as JSON, a report as PDF."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from riskmap import api
from riskmap.cli.common import day_of
from riskmap.errors import ModelError, Problem
from riskmap.model import Policy

if TYPE_CHECKING:
    from riskmap.assessment import Assessment
    from riskmap.assessment.comparing import Snapshot

    Side = Assessment | Snapshot

T = TypeVar("T")


def read_all(readers: "Iterable[Callable[[], T]]") -> "list[T]":
    """Read several things, and say at once what is wrong with any of them.

    Raises
    ------
    ModelError
        With the problems of them all, each once.
    """
    found: list[T] = []
    problems: list[Problem] = []
    for read in readers:
        try:
            found.append(read())
        except ModelError as error:
            problems.extend(error.problems)
    if problems:
        raise ModelError(dict.fromkeys(problems))
    return found


def side(path: Path, policy: Policy, today: date | None, show: Callable[[str], None]) -> "Side":
    """Read one side; a model is assessed first."""
    from riskmap.assessment.reading import Kind, kind_of

    show(f"reading {path}")
    if kind_of(path) is not Kind.MODEL:
        return api.read_snapshot(path)
    read = api.load(path)
    show(f"assessing {path}")
    return api.assess(read, day_of(read, today), policy)
