"""What an entry needs, together and one by one: the questions, worst and best answers."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from riskmap.model import (
    AtLeast,
    Entry,
    Hardness,
    Need,
    NeedExpression,
    iter_needs,
)
from riskmap.rules.answers.answer import Answers, Change
from riskmap.rules.statement import Ref, Statement, say


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


def needs(key: str) -> Answers:
    """Return what can be asked about everything under ``needs`` or ``uses``."""

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


def one_need(holder: Entry, key: str, target: str) -> Answers:
    """Return what can be asked about one thing that an entry needs."""

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
