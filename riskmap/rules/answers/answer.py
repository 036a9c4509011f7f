"""What can be asked about one fact, and how an answer changes its entry."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

from riskmap.rules.statement import Statement, say

Change = Callable[[Any], Any]
"""From an entry to the same entry with one fact changed."""

LONG = timedelta(days=3650)
"""Longer than anything a plan must bridge; stands for "as long as it takes"."""

LITTLE = Fraction(1, 100)
"""A capacity below which nobody would call it working."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What can be asked about one fact, and what the answer may be.

    Attributes
    ----------
    name : str
        The fact in words, a template about ``{entry}`` (and ``{target}``).
    question : str
        The question to ask, without its question mark.
    clause : callable
        From an entry to what it says about the fact, as a clause about "it".
    worse, better : callable
        From an entry to the same with the worst or the best answer; the same entry where there is
        none.
    """

    name: str
    question: str
    clause: Callable[[Any], Statement]
    worse: Change
    better: Change


def unchanged(entry: Any) -> Any:
    """Return the entry as it is: there is no worse, or no better, answer."""
    return entry


def setting(**values: Any) -> Change:
    """Return the change that gives an entry these values."""
    return lambda entry: replace(entry, **values)


def given(name: str, stated: str, missing: str) -> Callable[[Any], Statement]:
    """Say what an entry states under a key, or that it does not."""

    def clause(entry: Any) -> Statement:
        value = getattr(entry, name)
        if value is None or value == ():
            return say(missing)
        return say(stated, value=value)

    return clause
