"""The few scenarios that matter: what sets them off, what they stop, until when, at what cost.

The scenarios that the model states come first; where they are few, the worst single failures fill
up, except one that a scenario tells already.
"""

import math
from dataclasses import dataclass

from riskmap.analysis.translation import effective_minimum
from riskmap.language import tr, trn
from riskmap.model import Contingency, Scenario
from riskmap.report.view.context import Context
from riskmap.report.view.effects import facts_of_loss
from riskmap.report.view.parts import Cell, Mark, gap, good, mark_of
from riskmap.report.view.words import capital, shorten
from riskmap.rules.results import Simulation
from riskmap.rules.statement import count_word
from riskmap.rules.support import facts_of_plan, harmful
from riskmap.rules.verdict import Impact, Verdict, severity_of, tolerated

MOST = 5
LEAST_FUNCTIONS = 2
"""With fewer and no scenario stated, the table of single points has said all of it."""
FEWER = 3
"""Single failures shown where the model states no scenario: a table before this one has them."""


@dataclass(frozen=True, slots=True)
class Told:
    """One scenario.

    Attributes
    ----------
    trigger : Cell
        What happens; its note says what fails for how long.
    breach : Cell
        When the first function is down for longer than it can bear.
    """

    trigger: Cell
    lost: Cell
    breach: Cell
    fallback: Cell
    loss: Cell


@dataclass(frozen=True, slots=True)
class Scenarios:
    """The scenarios that matter."""

    title: str
    text: str
    rows: tuple[Told, ...]
    more: str


@dataclass(frozen=True, slots=True)
class _Event:
    """Something that may happen, and what it does.

    Attributes
    ----------
    impacts : tuple of Impact
        Functions that lose anything, the one that matters most first.
    facts : tuple of str
        What its times rest on besides the facts of each impact.
    """

    title: str
    note: str
    impacts: tuple[Impact, ...]
    facts: tuple[str, ...]


def build(context: Context) -> Scenarios | None:
    """Return the section, or None when the model has no scenario and no failure that harms."""
    stated = [s for s in context.model.scenarios if s.fails]
    events = sorted((_stated(context, s) for s in stated), key=lambda e: _order(context, e))
    most = context.rows(MOST)
    told = {s.fails[0].element for s in stated if len(s.fails) == 1}
    room = most - len(events) if events else min(FEWER, most)
    shown = [*events[:most], *_singles(context, told)[: max(room, 0)]]
    repeats = not stated and len(context.functions) < LEAST_FUNCTIONS
    if not shown or repeats:
        return None
    shown.sort(key=lambda event: _order(context, event))
    rest = len(events) - most
    return Scenarios(
        title=_title(shown),
        text=_text(len(stated), len(shown)),
        rows=tuple(_row(context, event) for event in shown),
        more=trn(
            "One further scenario does less: see the attached assessment.",
            "{count} further scenarios do less: see the attached assessment.",
            rest,
            count=count_word(rest).capitalize(),
        )
        if rest > 0
        else "",
    )


def _stated(context: Context, scenario: Scenario) -> _Event:
    course = context.results.scenario(scenario)
    return _Event(
        title=shorten(scenario.title, 70),
        note=_failing(context, course, scenario),
        impacts=context.ranked(course.impacts.values()),
        facts=(f"{scenario.id}.fails", scenario.id),
    )


def _failing(context: Context, course: Simulation, scenario: Scenario) -> str:
    """Say what fails, and for how long if that is one thing."""
    words, facts = context.words, (f"{scenario.id}.fails", scenario.id)
    elements = list(course.failures)
    length = sum(end - start for start, end in course.failures[elements[0]])
    if len(elements) == 1 and math.isfinite(length):
        return tr(
            "{element} fails for {length}",
            element=words.short(elements[0]),
            length=words.span(length, *facts),
        )
    if len(elements) == 1:
        return tr("{element} fails for good", element=words.short(elements[0]))
    return trn(
        "{element} and one more fail",
        "{element} and {count} more fail",
        len(elements) - 1,
        element=words.short(elements[0]),
        count=count_word(len(elements) - 1),
    )


def _singles(context: Context, told: set[str]) -> list[_Event]:
    """Return what a single failure does, for each that harms, the worst first."""
    by: dict[str, list[Impact]] = {}
    for (_, element), impact in context.results.impacts.items():
        by.setdefault(element, []).append(impact)
    events = [
        _single(context, element, impacts)
        for element, impacts in by.items()
        if element not in told and harmful(impacts)
    ]
    return sorted(events, key=lambda event: _order(context, event))


def _single(context: Context, element: str, impacts: list[Impact]) -> _Event:
    words, outage = context.words, impacts[0].outage
    note = tr("nothing known ends it")
    if math.isfinite(outage):
        note = tr("for {length}", length=words.span(outage, f"{element}.outage", element))
    title = tr("{element} fails", element=words.short(element, 60))
    return _Event(title, note, context.ranked(impacts), ())


def _order(context: Context, event: _Event) -> tuple[float | str, ...]:
    """Sort key: the event that does most harm comes first."""
    severities = [
        severity_of(context.results.functions[i.function], i.verdict).rank for i in event.impacts
    ]
    stopped = [impact.stopped for impact in event.impacts]
    return -max(severities, default=-1), -len(_beyond(event)), -max(stopped, default=0), event.title


def _beyond(event: _Event) -> list[Impact]:
    return [i for i in event.impacts if i.verdict.rank >= Verdict.BREACHED.rank]


# -- the words --------------------------------------------------------------------------------


def _title(events: list[_Event]) -> str:
    beyond = sum(1 for event in events if _beyond(event))
    total = len(events)
    if not beyond:
        return trn(
            "The scenario that matters keeps every function within what it can bear",
            "The {total} scenarios that matter keep every function within what it can bear",
            total,
            total=count_word(total),
        )
    if beyond == total:
        return trn(
            "The scenario that matters stops a function for longer than it can bear",
            "Each of the {total} scenarios that matter stops a function for longer than it can"
            " bear",
            total,
            total=count_word(total),
        )
    return trn(
        "One of the {total} scenarios that matter stops a function for longer than it can bear",
        "{count} of the {total} scenarios that matter stop a function for longer than it can bear",
        beyond,
        total=count_word(total),
        count=count_word(beyond).capitalize(),
    )


def _text(stated: int, shown: int) -> str:
    if not stated:
        return tr(
            "The model states no scenario of its own; these are its worst single failures, each"
            " for as long as it may plausibly last."
        )
    if stated >= shown:
        return tr("The scenarios that the model states, the most harmful first.")
    return tr(
        "The scenarios that the model states, and its worst single failures, each for as long as"
        " it may plausibly last. The most harmful comes first."
    )


def _row(context: Context, event: _Event) -> Told:
    return Told(
        trigger=Cell(event.title, note=event.note),
        lost=_lost(context, event),
        breach=_breach(context, event),
        fallback=_fallback(context, event),
        loss=_loss(context, event),
    )


def _state(context: Context, impact: Impact) -> Mark:
    function = context.results.functions[impact.function]
    return mark_of(impact, bool(tolerated(function, "mtd")))


def _names(context: Context, impacts: list[Impact]) -> str:
    words, names = context.words, [impact.function for impact in impacts]
    if len(names) == len(context.functions) > 1:
        return capital(words.functions(names))
    titles = [words.short(name, 40) for name in names]
    if len(titles) <= 2:
        return "; ".join(titles)
    return tr(
        "{function} and {count} other functions",
        function=titles[0],
        count=count_word(len(titles) - 1),
    )


def _lost(context: Context, event: _Event) -> Cell:
    stopped = [impact for impact in event.impacts if impact.down]
    if not stopped:
        word = tr("Nothing stops")
        return Cell("", mark=good(word))
    worst, words = stopped[0], context.words
    names = _names(context, stopped)
    facts = (*words.facts_of_stop(worst), *event.facts)
    if math.isinf(worst.stopped):
        return Cell(names, note=tr("no known end"))
    length = words.span(worst.stopped, *facts)
    if len({impact.stopped for impact in stopped}) == 1:
        return Cell(names, note=tr("for {length}", length=length))
    longest = max(stopped, key=lambda impact: impact.stopped)
    length = words.span(longest.stopped, *words.facts_of_stop(longest), *event.facts)
    return Cell(names, note=tr("for up to {length}", length=length))


def _breach(context: Context, event: _Event) -> Cell:
    """Say when the first function has been down for longer than it can bear."""
    moments = [(borne_until(context, impact), impact) for impact in _beyond(event)]
    if not moments:
        return Cell("", mark=good(tr("Never")))
    moment, first = min(moments, key=lambda pair: pair[0])
    state = _state(context, first)
    facts = (*context.words.facts_of_stop(first), f"{first.function}.mtd", *event.facts)
    stated = bool(tolerated(context.results.functions[first.function], "mtd"))
    if moment == 0:
        word = tr("at once")
    else:
        word = tr("after {length}", length=context.words.span(moment, *facts))
    several = len(event.impacts) > 1
    note = context.words.short(first.function, 40) if several else ""
    if not stated:
        name = context.words.short(first.function, 40)
        note = tr("{function}: no tolerance stated", function=name)
    return Cell("", mark=Mark(state.tone, state.shape, word), note=note)


def borne_until(context: Context, impact: Impact) -> float:
    """Return when a function has been down for as long as it can bear, in seconds.

    All stops count together, from the beginning of the outage; a function that nobody stated a
    tolerance for bears nothing. Only for impacts that go past the tolerance.
    """
    left = tolerated(context.results.functions[impact.function], "mtd")
    for start, end in impact.down:
        if end - start > left:
            return start + left
        left -= end - start
    return impact.down[-1][1]


def _fallback(context: Context, event: _Event) -> Cell:
    helped = [impact for impact in event.impacts if impact.fallback is not None]
    if not helped:
        return Cell(tr("none")) if harmful(event.impacts) else Cell(tr("none needed"))
    first = helped[0].fallback
    assert first is not None
    plan = context.model.entry(first.standby)
    assert isinstance(plan, Contingency)
    after = context.words.span(first.start, *facts_of_plan(plan.id), *event.facts)
    name = context.words.short(plan.id, 40)
    enough = helped[0].carried is not None and helped[0].carried >= effective_minimum(
        context.results.functions[helped[0].function]
    )
    if plan.last_passed is not None:
        template = "from {length} on" if enough else "from {length} on, and too little"
    elif enough:
        template = "from {length} on, never tested"
    else:
        template = "from {length} on, too little, never tested"
    return Cell(name, note=tr(template, length=after))


def _loss(context: Context, event: _Event) -> Cell:
    """Add up what the stops cost, as far as the model states it."""
    stopped = [impact for impact in event.impacts if impact.down]
    if not stopped:
        return Cell(tr("none"))
    functions = context.results.functions
    priced = [impact for impact in stopped if functions[impact.function].loss]
    if not priced:
        return gap(tr("not stated"))
    facts = [fact for impact in priced for fact in facts_of_loss(context, impact)]
    total = math.fsum(impact.loss for impact in priced)
    if math.isinf(total):
        return Cell(tr("without limit"), note=tr("while it lasts"))
    spoken = context.words.amount(total, *facts, *event.facts)
    missing = len(stopped) - len(priced)
    return Cell(
        tr("at least {amount}", amount=spoken) if missing else spoken,
        note=trn(
            "one function states no loss",
            "{count} functions state no loss",
            missing,
            count=count_word(missing),
        )
        if missing
        else "",
    )
