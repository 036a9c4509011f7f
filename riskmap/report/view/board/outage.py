"""The case that matters most, told from its beginning to its end."""

import math
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from riskmap.analysis.outage import Ended
from riskmap.analysis.timeline import Course
from riskmap.analysis.translation import effective_minimum
from riskmap.model import Contingency
from riskmap.report.figures.outage import Span, TimelineRow, outage_timeline
from riskmap.report.view.context import Case, Context, Fate
from riskmap.report.view.horizons import Rung, ladder
from riskmap.report.view.parts import Picture
from riskmap.report.view.words import LONGEST, capital, shorten, tie
from riskmap.rules.statement import count_word, duration, join, percent
from riskmap.rules.support import facts_of_plan
from riskmap.rules.verdict import tolerated

MOST = 5
"""Functions drawn."""


@dataclass(frozen=True, slots=True)
class Outage:
    """One outage with its horizon ladder."""

    title: str
    text: str
    picture: Picture
    ladder_title: str
    rungs: tuple[Rung, ...]


def build(context: Context) -> Outage | None:
    """Return the section, or None when nothing in the model can fail."""
    case = context.case
    if case is None or not case.fates:
        return None
    rows = rows_of(context, case)
    figure = outage_timeline(rows, horizon_hours=horizon_of(rows))
    caption = (
        "Solid: stopped. Hatched: working at a reduced level. Light green: carried by a fallback;"
        " with a broken outline, no test shows it. The black mark is where tolerance ends."
    )
    return Outage(
        title=title(context, case),
        text=" ".join(_text(context, case)),
        picture=Picture(figure, _alt(rows), caption),
        ladder_title=f"What works while {name_of(context, case)} lasts",
        rungs=ladder(context, case),
    )


def name_of(context: Context, case: Case) -> str:
    """Return what the case is called within a sentence."""
    if case.scenario is not None:
        return f"“{case.scenario.title}”"
    return f"the failure of {context.words.names(case.elements, 2)}"


def title(context: Context, case: Case) -> str:
    """Return the finding that the timeline shows."""
    words, fate = context.words, case.fates[0]
    name = words.name(fate.function.id)
    facts = [*case.facts, *(f for s in fate.stretches for f in facts_of_plan(s.standby))]
    if not fate.down:
        return f"{name} is slowed down, and never stops"
    if math.isinf(fate.stopped):
        stop = f"{name} stops with no known end"
    else:
        stop = f"{name} stops for {words.span(fate.stopped, *facts)}"
    if fate.unaided > fate.stopped:
        before = (
            "with no end" if math.isinf(fate.unaided) else words.span(fate.unaided, *case.facts)
        )
        return f"{stop}; without a fallback it would be {before}"
    others = len(case.fates) - 1
    if case.untouched and not others:
        carry = (
            "the rest carries on" if len(case.untouched) > 1 else "the other function carries on"
        )
        return f"{stop}; {carry}"
    if others:
        more = "another function" if others == 1 else f"{count_word(others)} other functions"
        return f"{stop}, and {more} with it"
    return stop


def _text(context: Context, case: Case) -> list[str]:
    words, fate = context.words, case.fates[0]
    lengths = []
    for element, times in case.failures.items():
        total = sum(end - start for start, end in times)
        spoken = "for good" if math.isinf(total) else f"for {words.span(total, *case.facts)}"
        lengths.append(f"{words.name(element)} fails {spoken}")
    opening = f"{capital(join(lengths[:3]))}."
    if case.scenario is not None:
        opening = f"The case is “{case.scenario.title}”: {join(lengths[:3])}."
    sentences = [opening]
    course = case.evolution.course(fate.function.id)
    facts = [*case.facts, f"{fate.function.id}.shares"]
    lost = words.share(1 - course.lowest, *facts)
    name = words.name(fate.function.id)
    if course.lowest == 0:
        sentences.append(f"{name} is lost altogether at first.")
    else:
        sentences.append(
            f"{lost} of {name} is lost at first; it needs"
            f" {words.share(effective_minimum(fate.function), f'{fate.function.id}.minimum')} to"
            " count as working."
        )
    limit = words.tolerance(fate.function)
    if limit is None:
        sentences.append("Nobody has stated how long it can be down.")
    elif fate.stopped > tolerated(fate.function, "mtd"):
        sentences.append(f"What it can bear ends after {limit}.")
    else:
        sentences.append(f"It can bear {limit}, and is back in time.")
    sentences.extend(_fallbacks(context, case, fate, course))
    if case.untouched:
        carry = "carries on" if len(case.untouched) == 1 else "carry on"
        names = words.names([f.id for f in case.untouched], 3, "function")
        sentences.append(f"{capital(names)} {carry} as usual.")
    return sentences


def _fallbacks(context: Context, case: Case, fate: Fate, course: Course) -> list[str]:
    words, found = context.words, []
    seen = set()
    for stretch in fate.stretches:
        if stretch.standby in seen:
            continue
        seen.add(stretch.standby)
        if not _raises(course, stretch.start):
            continue
        facts = [*case.facts, *facts_of_plan(stretch.standby)]
        level = words.share(course.level_at(stretch.start), *facts, f"{fate.function.id}.shares")
        sentence = (
            f"{words.name(stretch.standby)} carries from {words.span(stretch.start, *facts)} on and"
            f" brings it to {level}"
        )
        if stretch.ended is Ended.EXHAUSTED:
            sentence += (
                f", until it runs out after {words.span(stretch.end - stretch.start, *facts)}"
            )
        elif stretch.ended is Ended.FAILED:
            sentence += f", until it fails itself after {words.span(stretch.end, *facts)}"
        found.append(f"{sentence}.")
    if not found:
        found.append("No fallback takes over.")
    return found[:3]


def _raises(course: Course, moment: float) -> bool:
    """Tell whether things get better at a moment."""
    before = [level for start, level in course.steps if start < moment]
    return not before or course.level_at(moment) > before[-1]


# -- the rows of the figure ------------------------------------------------------------------


def rows_of(context: Context, case: Case) -> list[TimelineRow]:
    """Return what the figure shows: what fails, what stops, what carries, what is untouched."""
    rows = []
    for element in case.elements[:3]:
        spans = tuple(
            Span(start / 3600, end / 3600, "failed", _length(end - start))
            for start, end in case.failures[element]
        )
        rows.append(TimelineRow(context.words.short(element, LONGEST), "cause", spans, None))
    rows.extend(_function_row(case, fate) for fate in case.fates[:MOST])
    rows.extend(_fallback_rows(context, case))
    for function in case.untouched[: max(0, MOST - len(case.fates))]:
        limit = tolerated(function, "mtd") / 3600 or None
        rows.append(TimelineRow(shorten(function.title, LONGEST), "function", (), limit))
    return rows


def _length(seconds: float) -> str:
    return "" if math.isinf(seconds) else tie(duration(seconds))


def _function_row(case: Case, fate: Fate) -> TimelineRow:
    course = case.evolution.course(fate.function.id)
    minimum = effective_minimum(fate.function)
    stretches = []
    for index, (start, level) in enumerate(course.steps):
        last = index + 1 == len(course.steps)
        end = math.inf if last else course.steps[index + 1][0]
        if level < 1:
            down = level == 0 or level < minimum
            stretches.append((start / 3600, end / 3600, down, level))
    limit = tolerated(fate.function, "mtd") / 3600 or None
    return TimelineRow(shorten(fate.function.title, LONGEST), "function", _spans(stretches), limit)


def _spans(stretches: list[tuple[float, float, bool, Fraction]]) -> tuple[Span, ...]:
    """Draw neighbours that are both stopped as one stop, told with its levels."""
    spans: list[Span] = []
    for _, together in groupby(stretches, key=lambda stretch: stretch[2]):
        run: list[tuple[float, float, bool, Fraction]] = []
        for stretch in together:
            if run and run[-1][1] != stretch[0]:
                spans.append(_span(run))
                run = []
            if run and not stretch[2]:
                spans.append(_span(run))
                run = []
            run.append(stretch)
        spans.append(_span(run))
    return tuple(spans)


def _span(run: list[tuple[float, float, bool, Fraction]]) -> Span:
    """Return one stretch; a stop names what is left, first and last."""
    down, levels = run[0][2], [level for _, _, _, level in run]
    if not down:
        return Span(run[0][0], run[-1][1], "degraded", f"{percent(levels[0])} left")
    label = "stopped"
    if levels[0] or levels[-1]:
        label = f"stopped: {percent(levels[0])} left"
    if levels[-1] != levels[0]:
        label += f", later {percent(levels[-1])}"
    return Span(run[0][0], run[-1][1], "down", label)


def _fallback_rows(context: Context, case: Case) -> list[TimelineRow]:
    found: dict[str, list[tuple[float, float]]] = {}
    for fate in case.fates:
        for stretch in fate.stretches:
            found.setdefault(stretch.standby, []).append((stretch.start, stretch.end))
    rows = []
    for name, times in sorted(found.items(), key=lambda item: (min(item[1]), item[0]))[:3]:
        plan = context.model.entry(name)
        assert isinstance(plan, Contingency)
        start, end = min(times)[0], max(end for _, end in times)
        tested = plan.last_passed is not None
        label = "carries" if tested else "carries, never tested"
        span = Span(start / 3600, end / 3600, "carried", label)
        rows.append(TimelineRow(shorten(plan.title, LONGEST), "fallback", (span,), None, tested))
    return rows


def horizon_of(rows: list[TimelineRow]) -> float:
    """Return where the picture ends: a little past the last change."""
    ends = [
        time
        for row in rows
        for span in row.spans
        for time in (span.start_hours, span.end_hours)
        if not math.isinf(time)
    ]
    endless = any(math.isinf(span.end_hours) for row in rows for span in row.spans)
    limits = [row.tolerance_hours for row in rows if row.tolerance_hours is not None]
    last = max(
        [*ends, *(limit for limit in limits if limit <= max(ends, default=0.0) * 2)], default=0.0
    )
    if endless:
        return max(last * 2, max(limits, default=0.0) * 2, 24.0)
    return last * 1.08


def _alt(rows: list[TimelineRow]) -> str:
    """Say what the figure shows, row by row."""
    parts = []
    for row in rows:
        if not row.spans:
            parts.append(f"{row.label}: not affected")
            continue
        spans = []
        for span in row.spans:
            start = "the start" if span.start_hours == 0 else duration(span.start_hours * 3600)
            end = "no known end" if math.isinf(span.end_hours) else duration(span.end_hours * 3600)
            what = span.label or span.state
            spans.append(f"{what} from {start} to {end}")
        parts.append(f"{row.label}: {', '.join(spans)}")
    return f"Course of the outage. {'; '.join(parts)}."
