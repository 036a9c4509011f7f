"""What an exercise tells about plans: who decides, what goes wrong besides, when they carry."""

import math
from collections.abc import Iterator
from fractions import Fraction

from riskmap.analysis.outage import Ended
from riskmap.analysis.translation import seconds
from riskmap.model import Contingency, Signal, Step, iter_needs
from riskmap.rules.exercise.inject import Expected, Inject, Told, gap
from riskmap.rules.statement import HOUR, Money, Ref, Refs, Seconds, Value, say


def decisions(told: Told) -> Iterator[Inject]:
    """For each plan: who decides, by when, and the steps that follow."""
    for plan in told.plans:
        detected = 0.0 if plan.detect is None else plan.detect.total_seconds()
        limit, takes = told.limit("mtd"), seconds(plan.activate)
        says = [say("{plan} could be started now", plan=Ref(plan.id))]
        expected = [_decider(plan)]
        if limit and not math.isinf(takes):
            left = limit - takes
            text = "to carry in time it must be decided within {left} of the start"
            if left <= 0:
                text = "it cannot carry in time: starting it takes {takes}, {limit} can be borne"
            said = say(text, left=Seconds(left), takes=Seconds(takes), limit=Seconds(limit))
            expected.append(Expected(said, gap=left <= 0))
        if plan.spend_limit is not None:
            text = "up to {amount} may be spent without asking"
            expected.append(Expected(say(text, amount=Money(plan.spend_limit))))
        expected.extend(_steps(plan))
        yield Inject(
            detected,
            3,
            say("the decision about {plan}", plan=Ref(plan.id)),
            tuple(says),
            (
                say("who decides, and who if that person cannot be reached"),
                say("what is done first, by whom, and how long does it take"),
                say("whom do we tell, over a way that still works"),
            ),
            tuple(expected),
        )


def complication(told: Told) -> Iterator[Inject]:
    """One thing that goes wrong besides, drawn from what each plan hangs on."""
    found: list[Inject] = []
    for plan in told.plans:
        at = sum(seconds(t) for t in (plan.detect, plan.decide) if t is not None) + HOUR / 2
        question = (say("how do you go on"),)
        title = say("a complication")
        if plan.decides is not None:
            who = say("{who} cannot be reached", who=plan.decides)
            found.append(Inject(at, 5, title, (who,), question, (_decider(plan),)))
        used = sorted({need.target for need in iter_needs(plan.uses)})
        for element in used:
            down = say("{element} does not work either", element=Ref(element))
            text = "{plan} needs it, and nothing is written that stands in for it"
            lacks = gap(text, plan=Ref(plan.id))
            covering = [p for p in told.results.model.contingencies if element in p.covers]
            if covering:
                text = "{other} is written for that"
                lacks = Expected(say(text, other=Ref(covering[0].id)))
            found.append(Inject(at, 5, title, (down,), question, (lacks,)))
    if found:
        yield told.chance.choice(found)


def carrying(told: Told) -> Iterator[Inject]:
    """When a plan begins to carry, and when it can no longer."""
    known = {plan.id: plan for plan in told.plans}
    starts: dict[tuple[float, str], list[str]] = {}
    for service in told.course.evolution.services:
        if service.standby not in known:
            continue
        starts.setdefault((service.start, service.standby), []).append(service.node)
        if service.ended is not Ended.REPAIRED and not math.isinf(service.end):
            text = "{plan} cannot be kept up any longer"
            if service.ended is Ended.FAILED:
                text = "{plan} stops, since something it needs is down"
            says = (say(text, plan=Ref(service.standby)),)
            asks = (say("what comes after it"),)
            yield Inject(service.end, 3, say("the fallback ends"), says, asks)
    for (at, name), nodes in starts.items():
        yield _carries(known[name], at, tuple(nodes))


def by_trigger(plan: Contingency) -> Expected:
    """Return which sign starts a plan, or that there is none of our own."""
    if plan.trigger is None:
        return gap("{plan} does not say which sign starts it", plan=Ref(plan.id))
    if plan.trigger.signal is Signal.PROVIDER:
        return gap(
            "{plan} waits for the provider's word: {sign}",
            plan=Ref(plan.id),
            sign=plan.trigger.when,
        )
    return Expected(say("{plan} starts on: {sign}", plan=Ref(plan.id), sign=plan.trigger.when))


def _decider(plan: Contingency) -> Expected:
    if plan.decides is None:
        return gap("{plan} names nobody who decides", plan=Ref(plan.id))
    if plan.deputy is None:
        return gap("{who} decides; no deputy is named", who=plan.decides)
    return Expected(say("{who} decides, or {deputy}", who=plan.decides, deputy=plan.deputy))


def _steps(plan: Contingency) -> Iterator[Expected]:
    if not plan.steps:
        yield gap("{plan} has no steps", plan=Ref(plan.id))
    for number, step in enumerate(plan.steps, 1):
        template = f"step {number}: {{action}}"
        template += f" ({', '.join(_of_step(step))})" if any(_of_step(step)) else ""
        takes = 0.0 if step.takes is None else step.takes.total_seconds()
        values: dict[str, Value] = {
            "action": step.action,
            "owner": step.owner or "",
            "takes": Seconds(takes),
        }
        yield Expected(say(template, **values))


def _of_step(step: Step) -> list[str]:
    found = ["{owner}"] if step.owner else ["nobody named"]
    return [*found, "{takes}"] if step.takes is not None else found


def _carries(plan: Contingency, at: float, nodes: tuple[str, ...]) -> Inject:
    text = "by its stated times, {plan} now carries {share} of {nodes}"
    share = plan.capacity or Fraction(0)
    return Inject(
        at,
        3,
        say("{plan} carries", plan=Ref(plan.id)),
        (say(text, plan=Ref(plan.id), share=share, nodes=Refs(nodes)),),
        (
            say("does it, at your table; if not, when would it"),
            say("who cannot work this way, and what do we tell them"),
        ),
        tuple(Expected(say("{text}", text=text)) for text in plan.side_effects),
    )
