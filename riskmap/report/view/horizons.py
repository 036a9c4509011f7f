"""The horizon ladder: what works after 4 hours, 24 hours, 5 days and 30 days of one outage."""

from dataclasses import dataclass
from datetime import timedelta

from riskmap.analysis.translation import effective_minimum
from riskmap.model import Contingency
from riskmap.report.view.context import Case, Context, Fate
from riskmap.report.view.parts import Cell, Mark, bad, fair, gap, good
from riskmap.report.view.words import capital
from riskmap.rules.statement import duration
from riskmap.rules.support import facts_of_plan

RUNGS = (("4 hours", 4), ("24 hours", 24), ("5 days", 120), ("30 days", 720))
"""Words and hours of each rung; where a function stops again later, that moment is added."""


@dataclass(frozen=True, slots=True)
class Rung:
    """How things stand at one moment of the outage."""

    after: str
    mark: Mark
    state: str
    action: Cell


def ladder(context: Context, case: Case) -> tuple[Rung, ...]:
    """Return the horizon ladder of a case that affects at least one function."""
    relapses = {
        start / 3600
        for fate in case.fates
        for start, _ in fate.down
        if start and start / 3600 not in {hours for _, hours in RUNGS}
    }
    rungs = [*RUNGS, *((duration(hours * 3600), hours) for hours in sorted(relapses)[:2])]
    rungs.sort(key=lambda rung: rung[1])
    return tuple(_rung(context, case, words, hours) for words, hours in rungs)


def _rung(context: Context, case: Case, words: str, hours: float) -> Rung:
    now = float(hours * 3600)
    alike: dict[tuple[Mark, str, str], list[str]] = {}
    for fate in case.fates:
        alike.setdefault(_state(context, case, fate, now), []).append(fate.function.id)
    said = []
    for (_, one, many), functions in alike.items():
        names = context.words.functions(functions, 2)
        said.append(f"{capital(names)} {one if len(functions) == 1 else many}")
    marks = [mark for mark, _, _ in alike]
    return Rung(
        after=words.replace(" ", "\u00a0"),
        mark=min(marks, key=lambda mark: ("bad", "fair", "good").index(mark.tone)),
        state="; ".join(said[:3]),
        action=_action(context, case, hours),
    )


def _state(context: Context, case: Case, fate: Fate, now: float) -> tuple[Mark, str, str]:
    """Return how one function stands at one moment: mark, and words for one and for several."""
    words, function = context.words, fate.function
    level = case.evolution.course(function.id).level_at(now)
    minimum = effective_minimum(function)
    facts = list(case.facts)
    serving = [s for s in fate.stretches if s.start <= now < s.end]
    for stretch in serving:
        facts.extend(facts_of_plan(stretch.standby))
    share = words.share(level, *facts, f"{function.id}.shares")
    by = f" over {words.name(min(serving).standby)}" if serving else ""
    if level == 1:
        again = " again" if fate.down and now >= fate.down[0][0] and not serving else ""
        return good("Works"), f"works{again}{by}", f"work{again}{by}"
    if level == 0:
        return bad("Stopped"), "is stopped", "are stopped"
    if level < minimum:
        needed = words.share(minimum, f"{function.id}.minimum")
        return (
            bad("Stopped"),
            f"reaches {share}{by}, below the {needed} it needs",
            f"reach {share}{by}, below the {needed} they need",
        )
    return fair("Reduced"), f"works at {share}{by}", f"work at {share}{by}"


def _action(context: Context, case: Case, hours: float) -> Cell:
    """Return what the plans say to do at this horizon."""
    plans = {s.standby for fate in case.fates for s in fate.stretches}
    said = [text for name in sorted(plans) for text in _said(context.model.entry(name), hours)]
    level = [case.evolution.course(f.function.id).level_at(hours * 3600.0) for f in case.fates]
    if said:
        return Cell(" ".join(said))
    ends = (end for times in case.failures.values() for _, end in times)
    if hours * 3600 >= max(ends, default=0.0):
        return Cell("the outage is over")
    if all(value == 1 for value in level):
        return Cell("nothing to do")
    return gap("nothing planned")


def _said(plan: object, hours: float) -> list[str]:
    assert isinstance(plan, Contingency)
    return [text for length, text in plan.horizons if length == timedelta(hours=hours)]
