"""Facts of functions: the questions, the worst and the best answers."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from riskmap.model import (
    Criticality,
    Function,
    Need,
    iter_needs,
)
from riskmap.rules.answers.answer import LITTLE, LONG, Answers, Change, given, setting
from riskmap.rules.answers.needs import needs
from riskmap.rules.statement import Statement, say


def _objective(name: str, best: Callable[[Function], object]) -> tuple[Change, Change]:
    def changed(function: Function, value: object) -> Function:
        objectives = replace(function.objectives, **{name: value})  # type: ignore[arg-type]
        return replace(function, objectives=objectives)

    return lambda f: changed(f, None), lambda f: changed(f, best(f))


def _borne(function: Function) -> Statement:
    mtd = function.objectives.mtd
    if mtd is None and function.objectives.rto is not None:
        return say("nothing longer than {rto} can be borne", rto=function.objectives.rto)
    if mtd is None:
        return say("not even a short stop can be borne")
    if mtd >= LONG:
        return say("a stop can be borne as long as it lasts")
    return say("{value} can be borne", value=mtd)


def _target(function: Function) -> Statement:
    rto = function.objectives.rto
    return say("it must be back at once") if rto is None else say("{value} will do", value=rto)


def _least(function: Function) -> Statement:
    least = function.objectives.minimum
    if least is None:
        return say("all of it is needed")
    return say("hardly any of it is needed" if least <= LITTLE else "{value} will do", value=least)


def _parts_matter(function: Function) -> Function:
    """Let every part be needed, whatever its share."""
    parts = tuple(Need(share.target) for share in function.shares)
    return replace(function, needs=(*function.needs, *parts))


def _rest_works(function: Function) -> Function:
    """Let what the shares leave open go on working whatever fails."""
    rest = 1 - sum((share.share for share in function.shares), Fraction(0))
    least = function.objectives.minimum
    if rest <= 0 or least is None:
        return function
    objectives = replace(function.objectives, minimum=max(least - rest, LITTLE))
    return replace(function, objectives=objectives)


_MTD = _objective("mtd", lambda _: LONG)
_RTO = _objective("rto", lambda f: f.objectives.mtd)
_MINIMUM = _objective("minimum", lambda _: LITTLE)
FUNCTION: dict[str, Answers] = {
    "needs": needs("needs"),
    "criticality": Answers(
        "how critical {entry} is",
        "how critical is {entry}",
        given("criticality", "it is {value}", "it is critical"),
        lambda f: f if f.criticality is Criticality.CRITICAL else replace(f, criticality=None),
        setting(criticality=Criticality.NORMAL),
    ),
    "mtd": Answers(
        "how long {entry} may be down", "how long may {entry} be down at most", _borne, *_MTD
    ),
    "rto": Answers(
        "how soon {entry} must be back", "how soon must {entry} be back", _target, *_RTO
    ),
    "minimum": Answers(
        "how much of {entry} is enough",
        "below which capacity does {entry} count as stopped",
        _least,
        *_MINIMUM,
    ),
    "shares": Answers(
        "what carries {entry}, and how much of it",
        "which share of {entry} does each part carry",
        lambda f: say(
            "every part of it is needed"
            if {share.target for share in f.shares} <= {need.target for need in iter_needs(f.needs)}
            else "each part carries what is written"
        ),
        _parts_matter,
        _rest_works,
    ),
}
