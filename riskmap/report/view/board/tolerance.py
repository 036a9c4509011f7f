"""Every function against what it can bear."""

from dataclasses import dataclass

from riskmap.language import trn
from riskmap.model import Contingency
from riskmap.report.figures.dumbbell import DumbbellRow, tolerance_dumbbell
from riskmap.report.view.context import Context
from riskmap.report.view.parts import Picture, mark_of
from riskmap.report.view.words import LONGEST, capital, shorten
from riskmap.rules.statement import count_word
from riskmap.rules.verdict import Impact, Verdict, tolerated

MOST = 12
"""Functions shown; the others are counted."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """The functions against their tolerances."""

    title: str
    text: str
    picture: Picture


def build(context: Context) -> Tolerance:
    """Return the section; every model has a function."""
    shown = context.functions[: context.rows(MOST)]
    figure = tolerance_dumbbell([_row(context, function.id) for function in shown])
    rest = len(context.functions) - len(shown)
    text = (
        "Each bar is the longest stop that one single failure can plausibly cause; the black mark"
        " is what the business said it can bear."
    )
    if rest > 0:
        text += " " + trn(
            "One further function that fares better is in the file.",
            "{count} further functions that fare better are in the file.",
            rest,
            count=capital(count_word(rest)),
        )
    return Tolerance(
        title=_title(context),
        text=text,
        picture=Picture(figure, _alt(context), _caption(context)),
    )


def _breached(context: Context) -> list[Impact]:
    impacts = [context.worst(function.id) for function in context.functions]
    return [i for i in impacts if i is not None and i.verdict.rank >= Verdict.BREACHED.rank]


def _title(context: Context) -> str:
    words, total = context.words, len(context.functions)
    beyond = _breached(context)
    if context.focus is None:
        return f"Nothing in the model stops {'our function' if total == 1 else 'a function'} alone"
    if not beyond:
        every = "Our function stays" if total == 1 else f"All {count_word(total)} functions stay"
        return f"{every} within tolerance, whichever single thing fails"
    unstated = [i for i in beyond if not tolerated(context.results.functions[i.function], "mtd")]
    if len(unstated) == len(beyond):
        stopped = words.functions([impact.function for impact in beyond], 2)
        return (
            f"{capital(stopped)} can be stopped, and nobody has said for how long that is bearable"
        )
    if len(beyond) == 1 or total == 1:
        worst = beyond[0]
        return f"{words.name(worst.function)} can be stopped for longer than it can bear"
    if len(beyond) == total:
        both = "Both" if total == 2 else f"All {count_word(total)}"
        return f"{both} functions can be stopped for longer than they can bear"
    return (
        f"{capital(count_word(len(beyond)))} of {count_word(total)} functions can be stopped for"
        " longer than they can bear"
    )


def _row(context: Context, function_id: str) -> DumbbellRow:
    function = context.results.functions[function_id]
    impact = context.worst(function_id)
    limit = tolerated(function, "mtd")
    if impact is None or not impact.down:
        return DumbbellRow(
            label=shorten(function.title, LONGEST),
            tolerance_hours=limit / 3600 or None,
            recovery_hours=0.0,
            tested=True,
            assumed=False,
            verdict="tolerable",
            note="",
        )
    plans = [context.model.entry(service.standby) for service in impact.services]
    tested = all(isinstance(p, Contingency) and p.last_passed is not None for p in plans)
    note = context.words.short(impact.element, LONGEST)
    return DumbbellRow(
        label=shorten(function.title, LONGEST),
        tolerance_hours=limit / 3600 or None,
        recovery_hours=impact.stopped / 3600,
        tested=bool(plans) and tested,
        assumed=context.words.assumed(*context.words.facts_of_stop(impact)),
        verdict=str(impact.verdict),
        note=f"if {note} fails",
    )


def _caption(context: Context) -> str:
    parts = []
    if context.focus is not None:
        parts.append("Hollow: no test shows the recovery time.")
    if any(not tolerated(function, "mtd") for function in context.functions):
        parts.append("No black mark: nobody stated a tolerance.")
    return " ".join(parts)


def _alt(context: Context) -> str:
    """Say what the figure shows, function by function."""
    words, parts = context.words, []
    for function in context.functions[: context.rows(MOST)]:
        impact = context.worst(function.id)
        limit = words.tolerance(function) or "nothing stated"
        if impact is None or not impact.down:
            parts.append(f"{function.title}: never stopped, tolerates {limit}")
            continue
        word = mark_of(impact, bool(tolerated(function, "mtd"))).word.lower()
        parts.append(
            f"{function.title}: stopped for {words.stop(impact)} if"
            f" {words.title(impact.element)} fails, tolerates {limit} ({word})"
        )
    return f"Longest stop against tolerance. {'; '.join(parts)}."
