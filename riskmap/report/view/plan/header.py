"""The head of a plan: what is lost, for whom, how long that is bearable, how the plan stands."""

from dataclasses import dataclass

from riskmap.report.view.parts import Callout, Cell, bad, fair, gap, good
from riskmap.report.view.plan.subject import PlanContext
from riskmap.report.view.words import mark
from riskmap.rules.statement import join
from riskmap.rules.support import facts_of_plan

LONG_TITLE = 60


@dataclass(frozen=True, slots=True)
class Header:
    """The head of the plan.

    Attributes
    ----------
    facts : tuple of rows of (str, Cell)
        Labels and values, two to a row.
    state : Callout
        Whether the plan would work tonight.
    """

    headline: str
    long: bool
    lead: str
    facts: tuple[tuple[tuple[str, Cell], ...], ...]
    state: Callout


def headline(context: PlanContext) -> str:
    """Return what to do, or that nobody knows yet."""
    if context.plan is not None:
        return context.plan.title
    return f"No way round yet: losing {context.words.names(context.lost, 2)}"


def build(context: PlanContext) -> Header:
    """Return the head of the plan."""
    title = headline(context)
    facts = _facts(context)
    if len(facts) % 2:
        facts.append(("", Cell("")))
    return Header(
        headline=title,
        long=len(title) > LONG_TITLE,
        lead=_lead(context),
        facts=tuple(zip(facts[::2], facts[1::2], strict=True)),
        state=_state(context),
    )


def _lead(context: PlanContext) -> str:
    words, served = context.words, context.served
    if not served:
        return "No function in the model needs this."
    one = len(context.lost) == 1
    limit = words.tolerance(context.tightest) if context.tightest is not None else None
    bears = "it" if len(served) == 1 else "the tightest"
    borne = f"{bears} can bear {limit}" if limit else "nobody has stated how long that is bearable"
    if one and context.lost[0] in context.results.functions:
        start = f"For when {words.name(context.lost[0])} stops; {borne}."
    else:
        functions = words.functions([f.id for f in served])
        lost = f"{words.names(context.lost, 3)} {'is' if one else 'are'} lost"
        stop = f"{'stops' if len(served) == 1 else 'stop'} without {'it' if one else 'them'}"
        start = f"For when {lost}: {functions} {stop}; {borne}."
    if context.plan is None:
        start += " There is no way round yet: this form asks what one would need."
    return start


def _facts(context: PlanContext) -> list[tuple[str, Cell]]:
    words, plan, model = context.words, context.plan, context.model
    tolerance = gap("tolerance to be stated")
    if context.tightest is not None and (limit := words.tolerance(context.tightest)):
        note = f"of {words.name(context.tightest.id)}" if len(context.served) > 1 else ""
        tolerance = Cell(limit, note=note)
    owner = gap("owner to be named")
    if plan is not None and plan.owner:
        owner = Cell(mark(plan.owner, words.assumed(f"{plan.id}.owner", plan.id)))
    version = Cell(
        (words.day(model.as_of) if model.as_of else "day not stated")
        + (f", model {model.digest[:8]}" if model.digest else "")
    )
    found = [
        ("What is lost", Cell("; ".join(words.title(name) for name in context.lost[:4]))),
        ("Functions served", Cell("; ".join(f.title for f in context.served[:4]) or "none")),
        ("What can be borne", tolerance),
        ("Owner of this plan", owner),
        ("Version", version),
        ("Last test", _last_test(context)),
    ]
    if context.others:
        other = "; ".join(plan.title for plan in context.others[:2])
        found.append(("Other ways round", Cell(other)))
    return found


def _last_test(context: PlanContext) -> Cell:
    words, plan = context.words, context.plan
    if plan is None or not plan.tests:
        return gap("never tested")
    newest = max(plan.tests, key=lambda test: test.date)
    took = ""
    if newest.took is not None:
        took = f", took {words.span(newest.took.total_seconds())}"
    return Cell(f"{words.day(newest.date)}, {newest.result}{took}", note=newest.notes or "")


def _state(context: PlanContext) -> Callout:
    """Say at once whether the plan would work tonight."""
    plan = context.plan
    fill = f"To be filled in: {join(_missing(context))}." if _missing(context) else ""
    if plan is None:
        return Callout(bad("No plan"), "This is a form, not yet a plan", (fill,))
    troubles, limits = list(_troubles(context)), _limits(context)
    lines = tuple(line for line in (*troubles, *limits, fill) if line)
    if troubles:
        return Callout(bad("Not ready"), "This plan would not work as it stands", lines)
    if lines:
        return Callout(fair("Nearly"), "Tested and in time, with something to know", lines)
    assert plan.last_passed is not None
    passed = f"It passed its test of {context.words.day(plan.last_passed.date)}."
    return Callout(good("Ready"), "Tested, and starts in time", (passed,))


def _missing(context: PlanContext) -> list[str]:
    plan = context.plan
    if plan is None:
        return ["what starts it", "who decides", "the steps", "what it needs", "how long it holds"]
    asked = (
        (plan.trigger, "what starts it"),
        (plan.decides, "who decides"),
        (plan.deputy, "their deputy"),
        (plan.owner, "who owns the plan"),
        (plan.steps, "the steps"),
        (all(step.owner for step in plan.steps), "who does each step"),
        (plan.communications, "who is told"),
        (plan.back_to_normal, "the way back to normal"),
    )
    return [what for given, what in asked if not given]


def _troubles(context: PlanContext) -> list[str]:
    words, plan, limit = context.words, context.plan, context.tolerance
    if plan is None:
        return []
    found = []
    facts = facts_of_plan(plan.id)
    if plan.missing_times:
        found.append(f"It does not state how long it takes: {join(plan.missing_times)} missing.")
    elif plan.lead is not None and limit is not None and plan.lead.total_seconds() > limit:
        lead = words.span(plan.lead.total_seconds(), *facts)
        borne = words.span(limit, *context.tolerance_facts)
        found.append(f"It carries only after {lead}; {borne} can be borne.")
    if context.unserved:
        names = words.names([f.id for f in context.unserved], 3, "function")
        found.append(f"It does nothing for {names}.")
    if plan.last_passed is None:
        found.append("It has never passed a test." if plan.tests else "It has never been tested.")
    return found


def _limits(context: PlanContext) -> list[str]:
    """Name what the plan cannot help against though it seems to."""
    plan = context.plan
    assert plan is not None
    shared = sorted({e for f in context.served for e in context.results.shared_fate(plan.id, f.id)})
    if not shared:
        return []
    fail = "fails" if len(shared) == 1 else "fail"
    names = context.words.names(shared, 2)
    return [f"It falls together with what it replaces when {names} {fail}."]
