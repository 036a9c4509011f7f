"""For every kind of fact: the question behind it, and the worst and the best it could be.

The worst is what the analysis counts when nobody states the fact at all: an outage without an end,
a plan that never starts, a need that stops. The best is as harmless as is still plausible. Facts
that no result is computed from have no place here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

from riskmap.model import (
    AtLeast,
    Contingency,
    Contract,
    Criticality,
    Element,
    Entry,
    Function,
    Hardness,
    Need,
    NeedExpression,
    Outage,
    Period,
    Service,
    Strength,
    ThirdParty,
    iter_needs,
)
from riskmap.rules.statement import Ref, Statement, say

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
        return _one_need(entry, key, target)
    return _table(entry).get(fact)


def _table(entry: Entry) -> Mapping[str, Answers]:
    """Return the facts of an entry of this kind from which results are computed."""
    match entry:
        case Function():
            return _FUNCTION
        case Service():
            return (_SOLID if entry.fails_alone else _GROUPING) | _BEHIND | _PROMISE | _SERVICE
        case ThirdParty():
            return (_SOLID if entry.fails_alone else _GROUPING) | _BEHIND | _THIRD_PARTY
        case Element():
            return _SOLID if entry.fails_alone else _GROUPING
        case Contract():
            return _CONTRACT
        case Contingency():
            return _CONTINGENCY
    return {}


def _unchanged(entry: Any) -> Any:
    return entry


def _set(**values: Any) -> Change:
    return lambda entry: replace(entry, **values)


def _given(name: str, stated: str, missing: str) -> Callable[[Any], Statement]:
    """Say what an entry states under a key, or that it does not."""

    def clause(entry: Any) -> Statement:
        value = getattr(entry, name)
        if value is None or value == ():
            return say(missing)
        return say(stated, value=value)

    return clause


# -- elements ----------------------------------------------------------------------------------


def _outage(element: Element) -> Statement:
    worst = element.outage.worst
    if worst is None:
        return say("nothing known ends its outage")
    return say("it is out for {value} at worst" if worst else "it never fails", value=worst)


def _shortest_outage(element: Element) -> Element:
    """Take the usual outage for the worst; where none is stated, none at all."""
    usual = element.outage.typical or timedelta(0)
    worst = element.outage.worst
    shorter = usual if worst is None else min(usual, worst)
    return replace(element, outage=replace(element.outage, typical=shorter, worst=shorter))


def _all_hard(expressions: tuple[NeedExpression, ...]) -> tuple[NeedExpression, ...]:
    return tuple(
        _hard(item)
        if isinstance(item, Need)
        else AtLeast(len(item.members), _all_hard(item.members))
        for item in expressions
    )


def _hard(need: Need) -> Need:
    """Let a need stop what has it; one of unknown hardness counts so already."""
    return need if need.hardness.stops else replace(need, hardness=Hardness.HARD)


def _all_soft(expressions: tuple[NeedExpression, ...]) -> tuple[NeedExpression, ...]:
    """Keep what is named, so that nothing else changes; alternatives cannot be soft."""
    soft = (Need(need.target, Hardness.SOFT) for need in iter_needs(expressions))
    return tuple({need.target: need for need in soft}.values())


def _needs(key: str) -> Answers:
    def changed(how: Change) -> Change:
        return lambda entry: replace(entry, **{key: how(getattr(entry, key))})

    def clause(entry: Any) -> Statement:
        needs = getattr(entry, key)
        if not needs:
            return say("it needs nothing")
        if needs == _all_hard(needs):
            return say("it stops as soon as anything named there fails")
        if needs == _all_soft(needs):
            return say("it only gets worse when anything named there fails")
        return say("it stops without what is written there")

    return Answers(
        "what {entry} needs",
        "what must work for {entry}, and what could stand in for it",
        clause,
        changed(_all_hard),
        changed(_all_soft),
    )


_GROUPING: dict[str, Answers] = {
    "needs": _needs("needs"),
    "fails_alone": Answers(
        "whether {entry} can fail by itself",
        "can {entry} fail by itself, though all it needs is working",
        lambda e: say("it can fail by itself" if e.fails_alone else "it cannot fail by itself"),
        lambda e: e if e.fails_alone else replace(e, fails_alone=True, outage=Outage()),
        _set(fails_alone=False, outage=Outage()),
    ),
}
_SOLID: dict[str, Answers] = _GROUPING | {
    "outage": Answers(
        "how long {entry} may be out",
        "how long may {entry} be out at worst",
        _outage,
        lambda e: replace(e, outage=replace(e.outage, worst=None)),
        _shortest_outage,
    ),
}
_BEHIND: dict[str, Answers] = {
    "contracted_by": Answers(
        "who has a contract behind {entry}",
        "which of our providers has a contract with whoever runs {entry}",
        lambda e: say("somebody has a contract" if e.contracted_by else "nobody has a contract"),
        _set(contracted_by=()),
        _unchanged,
    ),
}
_SERVICE: dict[str, Answers] = {
    "coupled_to": Answers(
        "what {entry} is tied to",
        "which other services would have to move together with {entry}",
        lambda e: say("it can leave alone" if not _strong(e) else "others must move with it"),
        lambda e: replace(
            e, coupled_to=tuple(replace(c, strength=Strength.STRONG) for c in e.coupled_to)
        ),
        _set(coupled_to=()),
    ),
}
_THIRD_PARTY: dict[str, Answers] = {
    "automated": Answers(
        "whether a machine decides {entry}",
        "does a person look before {entry} is decided",
        lambda e: say("a person decides" if e.automated is False else "a machine decides"),
        _set(automated=True),
        _set(automated=False),
    ),
    "appeal": Answers(
        "how {entry} can be contested",
        "how can {entry} be contested, and how long does it take",
        _given("appeal", "there is a way to appeal", "there is no way to appeal"),
        _set(appeal=None),
        _set(appeal="a way that works"),
    ),
}


def _strong(service: Service) -> bool:
    return any(c.strength is Strength.STRONG for c in service.coupled_to)


# -- functions ---------------------------------------------------------------------------------


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
_FUNCTION: dict[str, Answers] = {
    "needs": _needs("needs"),
    "criticality": Answers(
        "how critical {entry} is",
        "how critical is {entry}",
        _given("criticality", "it is {value}", "it is critical"),
        lambda f: f if f.criticality is Criticality.CRITICAL else replace(f, criticality=None),
        _set(criticality=Criticality.NORMAL),
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


# -- arrangements ------------------------------------------------------------------------------


def _time(name: str, question: str) -> Answers:
    def clause(plan: Contingency) -> Statement:
        value = getattr(plan, name)
        return say("nobody knows how long" if value is None else "it takes {value}", value=value)

    described = {"detect": "notice", "decide": "decide on", "activate": "start"}[name]
    return Answers(
        f"how long it takes to {described} {{entry}}"
        if name != "detect"
        else "how long it takes to notice that {entry} is called for",
        question,
        clause,
        _set(**{name: None}),
        _set(**{name: timedelta(0)}),
    )


def _holds(plan: Contingency) -> Statement:
    held = plan.sustains
    if held is None:
        return say("it does not hold")
    return say("it holds as long as needed" if held >= LONG else "it holds {value}", value=held)


_CONTINGENCY: dict[str, Answers] = {
    "detect": _time("detect", "how long does it take to notice that {entry} is called for"),
    "decide": _time("decide", "how long does it take to decide on {entry}"),
    "activate": _time("activate", "how long does it take to get {entry} running"),
    "sustains": Answers(
        "how long {entry} holds",
        "how long can {entry} be kept up",
        _holds,
        _set(sustains=None),
        _set(sustains=LONG),
    ),
    "capacity": Answers(
        "how much {entry} carries",
        "how much of the normal work does {entry} carry",
        _given("capacity", "it carries {value}", "it carries nothing"),
        _set(capacity=None),
        _set(capacity=Fraction(1)),
    ),
    "uses": _needs("uses"),
    "tests": Answers(
        "how the tests of {entry} went",
        "has {entry} been tested, and how long did it take",
        lambda p: say("it was tested" if p.tests else "it was never tested"),
        _set(tests=()),
        _unchanged,
    ),
}


def _by_the_month(entry: Any) -> Any:
    """Measure what is promised over the shortest period; nobody promises longer than a year."""
    return replace(entry, sla=replace(entry.sla, period=Period.MONTH))


_PROMISE: dict[str, Answers] = {
    "sla": Answers(
        "what {entry} promises",
        "what availability does {entry} promise, and of what",
        _given("sla", "it promises what is written", "it promises nothing"),
        _set(sla=None),
        _unchanged,
    ),
    "sla.period": Answers(
        "over what time the availability of {entry} is measured",
        "is the availability promised for {entry} measured by the month, the quarter or the year",
        lambda e: say(
            "it is measured by the {period}"
            if e.sla.period
            else "nobody stated over what time it is measured; it counts as a year",
            period=str(e.sla.period),
        ),
        _unchanged,
        _by_the_month,
    ),
}
_CONTRACT: dict[str, Answers] = _PROMISE | {
    "covers": Answers(
        "what {entry} covers",
        "what exactly does {entry} cover",
        lambda c: say("it covers what is written" if c.covers else "it covers nothing of it"),
        _set(covers=()),
        _unchanged,
    ),
    "credits": Answers(
        "what {entry} pays for an outage",
        "what does {entry} pay for an outage",
        _given("credits", "it pays credits", "it pays nothing"),
        _set(credits=None),
        _unchanged,
    ),
    "liability_cap": Answers(
        "up to what {entry} makes liable",
        "up to what amount is the provider liable under {entry}",
        _given("liability_cap", "the provider is liable", "the provider is not liable"),
        _set(liability_cap=None),
        _unchanged,
    ),
}


# -- one need, and whole entries ---------------------------------------------------------------


def _one_need(holder: Entry, key: str, target: str) -> Answers:
    def changed(how: Callable[[tuple[NeedExpression, ...]], tuple[NeedExpression, ...]]) -> Change:
        return lambda entry: replace(entry, **{key: how(getattr(entry, key))})

    def clause(entry: Any) -> Statement:
        found = [need for need in iter_needs(getattr(entry, key)) if need.target == target]
        plain = [need for need in getattr(entry, key) if need in found]
        if any(need.hardness.stops for need in plain):
            return say("it stops without {target}", target=Ref(target))
        if plain:
            return say("it only gets worse without {target}", target=Ref(target))
        if found:
            return say("{target} counts as written, among the alternatives", target=Ref(target))
        return say("{target} does not count there", target=Ref(target))

    by_itself = any(
        need.target == target for need in getattr(holder, key) if isinstance(need, Need)
    )
    return Answers(
        "whether {entry} needs {target}"
        if by_itself
        else "how {target} serves {entry} beside its alternatives",
        "does {entry} stop without {target}, only get worse, or not need it"
        if by_itself
        else "can {entry} really go on with {target} alone, and with its alternatives alone",
        clause,
        changed(lambda needs: _sure(needs, target)),
        changed(lambda needs: _spared(needs, target)),
    )


def _sure(expressions: tuple[NeedExpression, ...], target: str) -> tuple[NeedExpression, ...]:
    """Let a need be as bad as it can be: hard by itself, and no help among alternatives."""
    found: list[NeedExpression] = []
    for item in expressions:
        if isinstance(item, Need):
            found.append(_hard(item) if item.target == target else item)
            continue
        members = _sure(item.members, target)
        others = tuple(m for m in members if not isinstance(m, Need) or m.target != target)
        spare = len(others) >= item.count
        found.append(replace(item, members=others if spare else members))
    return tuple(found)


def _spared(expressions: tuple[NeedExpression, ...], target: str) -> tuple[NeedExpression, ...]:
    """Let a need not stop anything; where all members of a group are needed, let it go."""
    found: list[NeedExpression] = []
    for item in expressions:
        if isinstance(item, Need):
            found.append(replace(item, hardness=Hardness.SOFT) if item.target == target else item)
            continue
        inner = tuple(
            member if isinstance(member, Need) else _spared((member,), target)[0]
            for member in item.members
        )
        others = tuple(m for m in inner if not isinstance(m, Need) or m.target != target)
        if len(others) < len(inner) and item.count == len(inner):
            found.append(AtLeast(len(others), others))
        else:
            found.append(replace(item, members=inner))
    return tuple(found)


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
