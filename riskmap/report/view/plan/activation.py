"""Activation and notification: what starts the plan, who decides by when, who is told."""

from dataclasses import dataclass

from riskmap.model import Contingency, Message, Provider, Signal
from riskmap.report.view.parts import Callout, Cell, bad, fair, gap
from riskmap.report.view.plan.subject import PlanContext
from riskmap.report.view.words import capital, mark
from riskmap.rules.support import facts_of_plan

EMPTY_AUDIENCES = ("Staff concerned", "Clients concerned", "Management")
"""Rows to fill in where nobody is named."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Who is told what, by which way, by whom."""

    audience: Cell
    channel: Cell
    says: Cell
    owner: Cell


@dataclass(frozen=True, slots=True)
class Activation:
    """How the plan is started.

    Attributes
    ----------
    decide_by : Cell
        Latest moment to decide, counted from the start of the outage.
    """

    trigger: Cell
    warning: Callout | None
    decides: Cell
    deputy: Cell
    spend: Cell
    decide_by: Cell
    notices: tuple[Notice, ...]


def build(context: PlanContext) -> Activation:
    """Return the section; a plan always has it, if only to be filled in."""
    plan, words = context.plan, context.words
    spend = gap("spend limit to be stated")
    if plan is not None and plan.spend_limit is not None:
        spend = Cell(words.amount(plan.spend_limit, f"{plan.id}.spend_limit", plan.id))
    return Activation(
        trigger=_trigger(plan),
        warning=_warning(context),
        decides=_person(context, plan.decides if plan else None, "decides", "name and telephone"),
        deputy=_person(context, plan.deputy if plan else None, "deputy", "name and telephone"),
        spend=spend,
        decide_by=_decide_by(context),
        notices=_notices(context),
    )


def _trigger(plan: Contingency | None) -> Cell:
    if plan is None or plan.trigger is None:
        return gap("a sign that you see yourselves, to be written down")
    whose = {
        Signal.OWN: "our own sign",
        Signal.PROVIDER: "the provider\u2019s word",
        None: "whose sign it is, is not stated",
    }[plan.trigger.signal]
    return Cell(plan.trigger.when, note=whose)


def _warning(context: PlanContext) -> Callout | None:
    """Warn of a plan that waits to be told, or has nothing to wait for."""
    plan, words = context.plan, context.words
    waits = (
        plan is not None and plan.trigger is not None and (plan.trigger.signal is not Signal.OWN)
    )
    slowest = _slowest_word(context)
    lines = []
    if plan is not None and plan.trigger is not None and not waits:
        return None
    if slowest is not None and slowest.acknowledges_after is not None:
        delay = words.span(
            slowest.acknowledges_after.total_seconds(), f"{slowest.id}.acknowledges_after"
        )
        lines.append(f"{slowest.title} admitted an outage only {delay} after we had noticed it.")
    if context.tolerance is not None:
        borne = words.span(context.tolerance, *context.tolerance_facts)
        lines.append(f"What can be borne ends {borne} after the start.")
    if waits:
        return Callout(bad("Waits"), "Do not wait for the provider to say so", tuple(lines))
    if not lines:
        return None
    return Callout(fair("No sign"), "Choose a sign of your own", tuple(lines))


def _slowest_word(context: PlanContext) -> Provider | None:
    """Return the provider on the way that took longest to admit an outage."""
    reach = frozenset[str]().union(*(context.results.closures[f.id] for f in context.served))
    known = [
        provider
        for provider in context.model.providers
        if provider.acknowledges_after is not None and provider.id in reach
    ]
    return max(known, key=lambda p: (p.acknowledges_after, p.id), default=None)


def _person(context: PlanContext, name: str | None, fact: str, what: str) -> Cell:
    if name is None:
        return gap(what)
    plan = context.plan
    assumed = plan is not None and context.words.assumed(f"{plan.id}.{fact}", plan.id)
    return Cell(mark(name, assumed))


def _decide_by(context: PlanContext) -> Cell:
    """Return the latest moment to decide: what is tolerated less what starting takes."""
    plan, words, limit = context.plan, context.words, context.tolerance
    if limit is None:
        return gap("unknown until a tolerance is stated")
    borne = words.span(limit, *context.tolerance_facts)
    if plan is None or plan.activate is None:
        return gap(f"{borne}, less the time that starting takes")
    facts = facts_of_plan(plan.id)
    takes = plan.activate.total_seconds()
    starting = words.span(takes, *facts)
    left = limit - takes
    if left < 0:
        return Cell(
            "too late already when it starts",
            mark=bad("Cannot be met"),
            note=f"starting takes {starting}, longer than the {borne} that can be borne",
        )
    spoken = words.span(left, *facts, *context.tolerance_facts) if left else "at once"
    return Cell(
        f"{spoken} after the start" if left else spoken,
        note=f"{borne} that can be borne, less {starting} for starting",
    )


def _notices(context: PlanContext) -> tuple[Notice, ...]:
    plan = context.plan
    if plan is not None and plan.communications:
        return tuple(_notice(message) for message in plan.communications)
    return tuple(
        Notice(gap(audience), gap("telephone?"), gap(""), gap("")) for audience in EMPTY_AUDIENCES
    )


def _notice(message: Message) -> Notice:
    return Notice(
        audience=Cell(capital(message.audience)),
        channel=Cell(message.channel) if message.channel else gap("by which way?"),
        says=Cell(message.says) if message.says else gap("what to say?"),
        owner=Cell(message.owner) if message.owner else gap("who?"),
    )
