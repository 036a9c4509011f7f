"""For every kind of fact: the question behind it, and the worst and the best it could be.

The worst is what the analysis counts when nobody states the fact at all: an outage without an end,
a plan that never starts, a need that stops. The best is as harmless as is still plausible. Facts
that no result is computed from have no place here.
"""

from collections.abc import Mapping
from typing import Any

from riskmap.model import (
    Contingency,
    Contract,
    Element,
    Entry,
    Function,
    Service,
    ThirdParty,
)
from riskmap.rules.answers.answer import Answers, Change
from riskmap.rules.answers.arrangements import CONTINGENCY, CONTRACT, PROMISE
from riskmap.rules.answers.elements import BEHIND, GROUPING, SERVICE, SOLID, THIRD_PARTY
from riskmap.rules.answers.functions import FUNCTION
from riskmap.rules.answers.needs import one_need
from riskmap.rules.statement import Statement, say

__all__ = ["Answers", "answers_of"]


def answers_of(entry: Entry, fact: str) -> Answers | None:
    """Return what one fact of an entry may be, None when no result is computed from it.

    Parameters
    ----------
    fact : str
        As in :class:`riskmap.rules.assumptions.Assumption`: a key, ``needs.x``, or empty for the
        entry as a whole.
    """
    if not fact:
        return _whole(entry)
    key, _, target = fact.partition(".")
    if target and key in ("needs", "uses"):
        return one_need(entry, key, target)
    return _table(entry).get(fact)


def _table(entry: Entry) -> Mapping[str, Answers]:
    """Return the facts of an entry of this kind from which results are computed."""
    match entry:
        case Function():
            return FUNCTION
        case Service():
            return (SOLID if entry.fails_alone else GROUPING) | BEHIND | PROMISE | SERVICE
        case ThirdParty():
            return (SOLID if entry.fails_alone else GROUPING) | BEHIND | THIRD_PARTY
        case Element():
            return SOLID if entry.fails_alone else GROUPING
        case Contract():
            return CONTRACT
        case Contingency():
            return CONTINGENCY
    return {}


def _whole(entry: Entry) -> Answers | None:
    facts = [answers for name, answers in _table(entry).items() if name != "fails_alone"]
    if not facts:
        return None

    def each(changes: list[Change]) -> Change:
        def changed(given: Any) -> Any:
            for change in changes:
                given = change(given)
            return given

        return changed

    worst, best = each([a.worse for a in facts]), each([a.better for a in facts])

    def clause(given: Any) -> Statement:
        if given == worst(given):
            return say("all of it is as bad as it can be")
        if given == best(given):
            return say("all of it is as harmless as it can be")
        return say("it is as written")

    return Answers(
        "all that is written about {entry}",
        "is what is written about {entry} right",
        clause,
        worst,
        best,
    )
