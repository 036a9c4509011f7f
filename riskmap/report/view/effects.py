"""Sentences about what one failure does, shared by several sections."""

import math

from riskmap.analysis.translation import effective_minimum
from riskmap.model import Contingency
from riskmap.report.view.context import Context
from riskmap.report.view.words import capital
from riskmap.rules.statement import join
from riskmap.rules.support import facts_of_plan
from riskmap.rules.verdict import Impact, Verdict, tolerated


def stop_sentence(context: Context, impact: Impact) -> str:
    """Say how long a failure stops a function, and what it can bear."""
    words = context.words
    function = context.results.functions[impact.function]
    name = words.name(function.id)
    lost = words.share(1 - impact.lowest, *words.facts_of_stop(impact))
    if math.isinf(impact.outage):
        start = "Nothing known ends such a failure."
    else:
        outage = words.span(impact.outage, f"{impact.element}.outage", impact.element)
        start = f"It may plausibly fail for {outage}."
    if not impact.down:
        return f"{start} {name} then loses {lost} of its capacity but keeps what it needs."
    part = f"then loses {lost} of its capacity and counts as" if impact.lowest else "is then"
    if impact.stopped == impact.outage:
        length = "throughout"
    elif math.isinf(impact.stopped):
        length = "with no known end"
    else:
        length = f"for {words.stop(impact)}"
    return f"{start} {name} {part} stopped {length}; {bearing(context, impact)}."


def bearing(context: Context, impact: Impact) -> str:
    """Say what a function can bear."""
    function = context.results.functions[impact.function]
    limit = context.words.tolerance(function)
    if limit is None:
        return "nobody has stated how long it can be down"
    if impact.verdict in {Verdict.TOLERABLE, Verdict.STRAINED}:
        return f"it can bear {limit}, so this stays within what is tolerated"
    return f"it can bear {limit}"


def fallback_sentence(context: Context, impact: Impact) -> str:
    """Say what helps against a failure: from when, how far, and how well it is known."""
    words = context.words
    if impact.fallback is None:
        near = _fallen(context, impact)
        if near:
            fall = "falls" if len(near) == 1 else "fall"
            return f"{capital(words.names(near, 2, 'plan'))} {fall} together with it."
        return "No plan says how to go on without it."
    first = impact.fallback
    plan = context.model.entry(first.standby)
    assert isinstance(plan, Contingency)
    function = context.results.functions[impact.function]
    facts = facts_of_plan(plan.id)
    late = first.start > tolerated(function, "mtd")
    parts = [f"takes over {'only ' if late else ''}after {words.span(first.start, *facts)}"]
    minimum = effective_minimum(function)
    if impact.carried is not None:
        carried = words.share(impact.carried, *facts, f"{function.id}.shares")
        needed = words.share(minimum, f"{function.id}.minimum")
        enough = impact.carried >= minimum
        parts.append(
            f"carries {carried}" if enough else f"carries {carried} where {needed} is needed"
        )
    parts.append(
        "has never passed a test"
        if plan.tests and not plan.last_passed
        else "has never been tested"
        if plan.last_passed is None
        else f"passed its test of {words.day(plan.last_passed.date)}"
    )
    return f"The fallback, {words.name(plan.id)}, {join(parts)}."


def _fallen(context: Context, impact: Impact) -> list[str]:
    """Return the plans that fall together with what they should replace."""
    return [
        plan.id
        for plan in context.model.contingencies
        if impact.element in context.results.shared_fate(plan.id, impact.function)
    ]


def facts_of_loss(context: Context, impact: Impact) -> tuple[str, ...]:
    """Name the facts that the cost of an outage rests on."""
    return (*context.words.facts_of_stop(impact), f"{impact.function}.loss")
