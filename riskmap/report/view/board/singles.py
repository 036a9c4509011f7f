"""The single points of failure, and what no plan helps against."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from riskmap.analysis.translation import effective_minimum
from riskmap.model import Contingency
from riskmap.report.view.context import Context
from riskmap.report.view.parts import Callout, Cell, bad, mark_of
from riskmap.report.view.words import capital, counted, shorten
from riskmap.rules.statement import count_word
from riskmap.rules.support import facts_of_plan, harmful
from riskmap.rules.verdict import Impact, tolerated

MOST = 12
"""Rows that a board reads."""


@dataclass(frozen=True, slots=True)
class SinglePoint:
    """One row: what fails, what stops for how long, who answers for it, what helps."""

    element: Cell
    stops: str
    length: Cell
    contract: Cell
    fallback: Cell


@dataclass(frozen=True, slots=True)
class Singles:
    """The table of single points of failure."""

    title: str
    text: str
    rows: tuple[SinglePoint, ...]
    more: str
    callout: Callout | None


def build(context: Context) -> Singles | None:
    """Return the section, or None when there is no single point that does harm."""
    found = _harmful_singles(context)
    if not found:
        return None
    shown = found[: context.rows(MOST)]
    rest = len(found) - len(shown)
    more = ""
    if rest > 0:
        are = "is" if rest == 1 else "are"
        more = (
            f"{capital(counted(rest, 'further single point'))} of failure {are} listed in the"
            " attached assessment."
        )
    return Singles(
        title=_title(context, [impacts[0].element for impacts in found]),
        text="Each of these, failing alone, stops a function for longer than its recovery target."
        " The length is that of the worst plausible outage.",
        rows=tuple(_row(context, impacts) for impacts in shown),
        more=more,
        callout=_callout(context),
    )


def _harmful_singles(context: Context) -> list[tuple[Impact, ...]]:
    """Return the harmful impacts of each single point, the worst point and impact first."""
    results = context.results
    found: dict[str, list[Impact]] = {}
    for function, singles in results.inherent_singles.items():
        for element in singles:
            impact = results.impacts.get((function, element))
            if impact is not None:
                found.setdefault(element, []).extend(harmful([impact]))
    points = [context.ranked(impacts) for impacts in found.values() if impacts]

    place = {impact: at for at, impact in enumerate(context.ranked(i[0] for i in points))}
    return sorted(points, key=lambda impacts: place[impacts[0]])


def _title(context: Context, elements: list[str]) -> str:
    total = len(elements)
    known = [context.results.accountability.get(name) for name in elements]
    without = sum(1 for s in known if s is not None and not s.own and s.rank is None)
    points = counted(total, "single point of failure", "single points of failure")
    if not without:
        return capital(f"{points} {'does' if total == 1 else 'do'} harm")
    if without == total:
        none = "no contract covers it" if total == 1 else "no contract covers any of them"
        return capital(f"{points}, and {none}")
    return capital(f"{points}, {count_word(without)} of them under no contract")


def _row(context: Context, impacts: tuple[Impact, ...]) -> SinglePoint:
    words, worst = context.words, impacts[0]
    function = context.results.functions[worst.function]
    limit = words.tolerance(function)
    stated = tolerated(function, "mtd") > 0
    length = "no known end" if math.isinf(worst.stopped) else words.stop(worst)
    element = context.model.element(worst.element)
    party = context.model.provider_of(worst.element)
    return SinglePoint(
        element=Cell(
            shorten(element.title, 60),
            note=words.short(party) if party is not None and party != worst.element else "",
        ),
        stops=_stops(context, impacts),
        length=Cell(
            "",
            mark=replace(mark_of(worst, stated), word=length),
            note=f"tolerated: {limit}" if limit else "no tolerance stated",
        ),
        contract=_contract(context, worst),
        fallback=_fallback(context, worst),
    )


def _stops(context: Context, impacts: tuple[Impact, ...]) -> str:
    total = len(context.functions)
    if len(impacts) == total and total > 1:
        return capital(context.words.functions([impact.function for impact in impacts]))
    titles = [context.words.short(impact.function, 36) for impact in impacts]
    if len(titles) <= 2:
        return "; ".join(titles)
    return f"{titles[0]} and {count_word(len(titles) - 1)} other functions"


def _contract(context: Context, impact: Impact) -> Cell:
    stands = context.results.accountability.get(impact.element)
    if stands is None or stands.own:
        return Cell("ours to repair")
    if stands.rank is None:
        return Cell("", mark=bad("None"), note="nobody owes us a repair")
    where = "our contract" if stands.rank == 1 else f"subcontractor, rank {stands.rank}"
    if stands.payable:
        facts = [f"{stands.chain[0]}.{name}" for name in ("credits", "liability_cap")]
        pays = context.words.amount(stands.payable, *facts, stands.chain[0])
        return Cell(where, note=f"pays at most {pays}")
    return Cell(where, note="pays nothing")


def _fallback(context: Context, impact: Impact) -> Cell:
    words = context.words
    if impact.fallback is None:
        return Cell("none", note=_why_none(context, impact))
    first = impact.fallback
    plan = context.model.entry(first.standby)
    assert isinstance(plan, Contingency)
    facts = facts_of_plan(plan.id)
    after = f"after {words.span(first.start, *facts)}"
    function = context.results.functions[impact.function]
    note = "" if plan.last_passed else "never tested"
    if impact.carried is not None and impact.carried < effective_minimum(function):
        share = words.share(impact.carried, *facts, f"{function.id}.shares")
        note = f"{share} only" + (f", {note}" if note else "")
    return Cell(after, note=note)


def _why_none(context: Context, impact: Impact) -> str:
    for plan in context.model.contingencies:
        if impact.element in context.results.shared_fate(plan.id, impact.function):
            return "the plan falls with it"
    return ""


def _callout(context: Context) -> Callout | None:
    """Name what no plan helps against, and plans that fall with what they replace."""
    lines = list(_shared_fate(context)) + list(_unplanned(context))
    if not lines:
        return None
    return Callout(bad("No way out"), "What no plan helps against", tuple(lines[:5]))


def _shared_fate(context: Context) -> Iterator[str]:
    words, results = context.words, context.results
    shared: dict[str, list[str]] = {}
    for plan in context.model.contingencies:
        for function in results.served_functions(plan.id):
            for element in sorted(results.shared_fate(plan.id, function)):
                impact = results.impacts.get((function, element))
                plans = shared.setdefault(element, [])
                if impact is not None and harmful([impact]) and plan.id not in plans:
                    plans.append(plan.id)
    for element, plans in sorted(shared.items()):
        if plans:
            need = "needs it too" if len(plans) == 1 else "need it too"
            yield (
                f"{words.name(element)}: {words.names(sorted(plans), 2, 'plan')} {need}, and"
                f" {'falls' if len(plans) == 1 else 'fall'} together with what"
                f" {'it' if len(plans) == 1 else 'they'} should replace."
            )


def _unplanned(context: Context) -> Iterator[str]:
    """Name the points against which nothing is planned, by function."""
    words, results = context.words, context.results
    for function in context.functions:
        impacts = context.ranked(
            harmful(
                results.impacts[function.id, element]
                for element in results.unplanned(function.id)
                if (function.id, element) in results.impacts
            )
        )
        if impacts:
            names = words.names([impact.element for impact in impacts], 3, "element")
            yield f"{words.name(function.id)}: no plan keeps it going without {names}."
