"""The schedule: a picture of it, and the table that a project manager keeps."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from riskmap.report.figures.gantt import GanttBar, GanttMark, GanttRow, gantt
from riskmap.report.view.exit.subject import ExitContext, marked_as, owner_cell
from riskmap.report.view.parts import Cell, Picture, gap
from riskmap.report.view.words import NBSP, capital, counted, tie
from riskmap.rules.leaving.ground import DAY
from riskmap.rules.leaving.limits import LimitKind, limits_of
from riskmap.rules.leaving.phases import Phase, PhaseKind
from riskmap.rules.leaving.wording import PHASES
from riskmap.rules.statement import duration, join

MOST_PHASES = 24
"""Phases drawn one by one; when there are more, each service is one row."""
MOST_SERVICES = 18
"""Rows when each service is one."""
MOST_ROWS = 40
"""Phases in the table."""
MOST_MARKS = 5
"""Moments drawn that the exit is held against, the earliest first."""
HOUR = 3600
LABEL = 46


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """One phase, or a heading over those of one service.

    Attributes
    ----------
    kind : str
        ``group`` for a heading, ``lit`` for a phase that sets the time, else empty.
    """

    kind: str
    name: Cell
    start: str
    end: str
    takes: Cell
    who: Cell
    waits: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long it takes, and what sets that."""

    title: str
    text: str
    picture: Picture | None
    rows: tuple[PhaseRow, ...]
    more: str
    remark: str


def build(context: ExitContext) -> Schedule:
    """Return the section; without any length it is a table to fill in."""
    shown = _shown(context)
    rest = len(context.plan.timing.phases) - sum(len(phases) for _, phases in shown)
    return Schedule(
        title=title(context),
        text="Day 0 is the day it begins. Notice and procurement run side by side; then each"
        " service is built, its data moved, both run in parallel, and it is cut over.",
        picture=_picture(context),
        rows=tuple(row for name, phases in shown for row in _rows(context, name, phases)),
        more=f"{capital(counted(rest, 'further phase'))} in the output of riskmap exit."
        if rest
        else "",
        remark=" ".join(_remarks(context)),
    )


def title(context: ExitContext) -> str:
    """Return what sets the time."""
    timing, words = context.plan.timing, context.words
    if timing.whole.unknown:
        return "How long leaving takes, nobody has stated"
    lit = [phase for phase in timing.phases if phase.critical]
    spoken = context.length(timing.whole)
    if not lit:
        return f"Leaving takes {spoken}"
    longest: dict[str, float] = {}
    for phase in lit:
        longest[phase.subject] = longest.get(phase.subject, 0.0) + phase.length
    subject = max(longest, key=lambda name: (longest[name], name))
    top = max(lit, key=lambda phase: (phase.length, phase.key))
    name = words.name(subject)
    if len(context.plan.members) == 1:
        name = PHASES[top.kind]
        return f"Leaving takes {spoken}; the longest part is the {name.lower()}"
    if 2 * longest[subject] < timing.whole.seconds:
        return f"Leaving takes {spoken}; several services share in setting that"
    return f"{capital(name)} sets the time: {spoken}"


# -- the picture -----------------------------------------------------------------------------


def _picture(context: ExitContext) -> Picture | None:
    if context.plan.timing.whole.unknown:
        return None
    rows, marks = gantt_rows(context), _marks(context)
    caption = "Filled: sets the time; a day lost there is a day lost at the end. Hollow: has room."
    if any(mark.at >= 0 for mark in marks):
        caption += " Dashed: what the exit is held against."
    return Picture(gantt(rows, marks), _alt(rows, marks), caption)


def gantt_rows(context: ExitContext) -> list[GanttRow]:
    """Return a row for each phase, or for each service where there are many."""
    groups = _groups(context)
    if sum(len(phases) for _, phases in groups) > MOST_PHASES:
        late = sorted(groups, key=lambda group: (-_weight(group[1]), group[0]))[:MOST_SERVICES]
        return [_whole(context, *group) for group in groups if group in late]
    rows = []
    for name, phases in groups:
        if len(phases) == 1:
            phase = phases[0]
            label = f"{PHASES[phase.kind]}, {context.words.short(name, LABEL)}"
            rows.append(_single(phase, label))
            continue
        if not any(phase.stated for phase in phases):
            rows.append(GanttRow(context.words.short(name, LABEL), (), "nothing stated"))
            continue
        rows.append(GanttRow(context.words.short(name, LABEL), head=True))
        rows.extend(_single(phase, PHASES[phase.kind]) for phase in phases)
    return rows


def _groups(context: ExitContext) -> list[tuple[str, list[Phase]]]:
    groups: dict[str, list[Phase]] = {}
    for phase in context.plan.timing.phases:
        groups.setdefault(phase.subject, []).append(phase)
    return list(groups.items())


def _weight(phases: list[Phase]) -> float:
    """Critical time counts first, then the last day."""
    lit = sum(phase.length for phase in phases if phase.critical)
    return lit * 1e6 + max(phase.end for phase in phases)


def _single(phase: Phase, label: str) -> GanttRow:
    if not phase.stated:
        return GanttRow(label, (), "not stated")
    spoken = marked_as(tie(duration(phase.length)), phase.basis)
    if not phase.length:
        return GanttRow(label, (), spoken)
    return GanttRow(label, (_bar(phase),), spoken)


def _bar(phase: Phase) -> GanttBar:
    return GanttBar(phase.start / HOUR, phase.end / HOUR, phase.critical)


def _whole(context: ExitContext, name: str, phases: list[Phase]) -> GanttRow:
    bars = tuple(_bar(phase) for phase in phases if phase.length)
    end = max(phase.end for phase in phases)
    note = f"day{NBSP}{_day(end)}" if bars else "not stated"
    if bars and not all(phase.stated for phase in phases):
        note += " or later"
    return GanttRow(context.words.short(name, LABEL), bars, note)


_MARKS = {
    LimitKind.PROVIDER_NOTICE: "{names} could be gone",
    LimitKind.REMAINING_TERM: "{names} {ends}",
    LimitKind.OUR_NOTICE: "last day for notice that ends it with its term: {names}",
}


def _marks(context: ExitContext) -> list[GanttMark]:
    """Mark when the provider could be gone, when the contract ends, and by when to give notice."""
    found: dict[tuple[float, LimitKind], list[str]] = {}
    words = context.words
    for contract in context.contracts:
        for kind, limit in limits_of(context.ground, contract):
            if limit is None or kind is LimitKind.OUR_NOTICE:
                continue
            whose = contract.provider if kind is LimitKind.PROVIDER_NOTICE else contract.id
            found.setdefault((limit, kind), []).append(whose)
    for step in context.plan.contract_steps:
        if step.by is not None:
            left = (step.by - context.ground.today).days * DAY
            found.setdefault((left, LimitKind.OUR_NOTICE), []).append(step.contract)
    marks = []
    for (moment, kind), held in sorted(found.items())[:MOST_MARKS]:
        what = "provider" if kind is LimitKind.PROVIDER_NOTICE else "contract"
        names = words.short(held[0], LABEL) if len(held) == 1 else counted(len(held), what)
        when = f"day{NBSP}{_day(moment)}" if moment >= 0 else words.day(_date(context, moment))
        text = _MARKS[kind].format(names=names, ends="ends" if len(held) == 1 else "end")
        marks.append(GanttMark(moment / HOUR, f"{capital(text)}, {when}"))
    return marks


def _date(context: ExitContext, moment: float) -> date:
    return context.ground.today + timedelta(seconds=moment)


def _alt(rows: list[GanttRow], marks: list[GanttMark]) -> str:
    """Say what the figure shows, row by row."""
    parts, head = [], ""
    for row in rows:
        if row.head:
            head = f"{row.label}, "
            continue
        when = ""
        if row.bars:
            start, end = row.bars[0].start * HOUR, row.bars[-1].end * HOUR
            when = f", from day {_day(start)} to day {_day(end)}"
        lit = ", sets the time" if any(piece.critical for piece in row.bars) else ""
        parts.append(f"{head}{row.label}: {row.note}{when}{lit}")
    held = f" Held against: {'; '.join(mark.label for mark in marks)}." if marks else ""
    return f"Schedule of the exit. {'; '.join(parts)}.{held}"


# -- the table -------------------------------------------------------------------------------


def _shown(context: ExitContext) -> list[tuple[str, list[Phase]]]:
    """Return the phases that the table has room for, those of whole services."""
    groups = _groups(context)
    first = sorted(groups, key=lambda group: (-_weight(group[1]), group[0]))
    kept, room = [], MOST_ROWS
    for group in first:
        if len(group[1]) <= room:
            kept.append(group[0])
            room -= len(group[1])
    return [group for group in groups if group[0] in kept]


def _rows(context: ExitContext, name: str, phases: list[Phase]) -> Iterator[PhaseRow]:
    blank = Cell("")
    yield PhaseRow("group", Cell(context.words.short(name, 80)), "", "", blank, blank, "")
    for phase in phases:
        spoken = marked_as(tie(duration(phase.length)), phase.basis)
        yield PhaseRow(
            kind="lit" if phase.critical else "",
            name=Cell(PHASES[phase.kind]),
            start=_day(phase.start) if phase.stated else "",
            end=_day(phase.end) if phase.stated else "",
            takes=Cell(spoken) if phase.stated else gap("not stated"),
            who=owner_cell(phase.owner),
            waits=_waits(context, phase),
        )


def _day(seconds: float) -> str:
    """Write a moment as a day of the exit, with a tenth where it matters.

    >>> _day(0), _day(38.4 * DAY), _day(1200 * DAY)
    ('0', '38.4', '1,200')
    """
    return f"{seconds / DAY:,.1f}".removesuffix(".0")


def _waits(context: ExitContext, phase: Phase) -> str:
    if not phase.waits_for:
        return "nothing"
    names = []
    for key in phase.waits_for[:3]:
        kind, _, subject = key.partition(":")
        word = PHASES[PhaseKind(kind)].lower()
        names.append(
            word if subject == phase.subject else f"{word} of {context.words.short(subject, 40)}"
        )
    rest = len(phase.waits_for) - len(names)
    return join([*names, counted(rest, "further phase")]) if rest else join(names)


def _remarks(context: ExitContext) -> Iterator[str]:
    timing = context.plan.timing
    people = (
        "One person is"
        if timing.people == 1
        else f"{counted(timing.people, 'person', 'people')} are"
    )
    said = "as stated" if timing.people_stated else "nobody stated more, so builds may wait"
    yield f"{capital(people)} counted on to build at the same time ({said})."
    saves = timing.whole.seconds - timing.shortest
    if saves > 0:
        yield f"Another order of the same people could save at most {tie(duration(saves))}."
    if timing.whole.open and not timing.whole.unknown:
        yield "What nobody stated takes no time here: the true end is later."
