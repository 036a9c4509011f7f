"""What changed between two assessments, as a report shows it.

Takes plain facts of both days, whoever compared them: how long each function would be stopped then
and now, and how many findings waited then and now. A function that was in one of the two models
only is shown as such and counts neither as better nor as worse.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from riskmap.language import tr, trn
from riskmap.model import Severity
from riskmap.report.figures.slope import SlopeLine, slopes
from riskmap.report.view.parts import Picture
from riskmap.report.view.words import LONGEST, capital, mark, shorten, tie
from riskmap.rules.statement import count_word, day, duration

MOST = 8
"""Functions drawn, those that changed first."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """How long a function would be stopped by its worst single failure, on one day.

    Attributes
    ----------
    seconds : float
        Zero when nothing stops it, infinite without a known end.
    assumed : bool
        Whether the length rests on something assumed.
    """

    seconds: float
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class FunctionThenNow:
    """One function on two days; None where it was not in the model."""

    title: str
    then: Stopped | None
    now: Stopped | None

    @property
    def change(self) -> int:
        """Minus one when it is better now, one when it is worse, else zero."""
        if self.then is None or self.now is None or self.then.seconds == self.now.seconds:
            return 0
        return 1 if self.now.seconds > self.then.seconds else -1


@dataclass(frozen=True, slots=True)
class ThenNow:
    """Two assessments side by side.

    Attributes
    ----------
    then, now : date
        The days they look from.
    functions : tuple of FunctionThenNow
        In any order.
    waiting_then, waiting_now : mapping of Severity to int
        Open findings; a severity that is absent has none.
    """

    then: date
    now: date
    functions: tuple[FunctionThenNow, ...]
    waiting_then: Mapping[Severity, int] = field(default_factory=dict)
    waiting_now: Mapping[Severity, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """What changed since last time.

    Attributes
    ----------
    findings : str
        A sentence on the findings that wait, empty when there were none on either day.
    more : str
        What is left out, empty when nothing is.
    """

    title: str
    text: str
    picture: Picture
    findings: str
    more: str


def change_of(compared: ThenNow) -> Change | None:
    """Return the section, or None when there is no function to compare."""
    if not compared.functions:
        return None
    ordered = sorted(compared.functions, key=_order)
    shown = ordered[:MOST]
    then, now = tie(day(compared.then)), tie(day(compared.now))
    figure = slopes([_line(function) for function in shown], then, now)
    rest = len(ordered) - len(shown)
    return Change(
        title=_title(ordered),
        text=tr(
            "How long the worst single failure would stop each function, on {then} and on {now}."
            " A line that falls is better.",
            then=then,
            now=now,
        ),
        picture=Picture(figure, _alt(shown, then, now), ""),
        findings=_findings(compared),
        more=trn(
            "One further function is in the attached assessments.",
            "{count} further functions are in the attached assessments.",
            rest,
            count=capital(count_word(rest)),
        )
        if rest > 0
        else "",
    )


def _order(function: FunctionThenNow) -> tuple[int, float, str]:
    """Sort key: worse first, then better, then what is new or gone, then what is the same."""
    group = {1: 0, -1: 1, 0: 3}[function.change]
    if function.then is None or function.now is None:
        group = 2
    longest = max(s.seconds for s in (function.then, function.now, Stopped(0.0)) if s is not None)
    return group, -longest, function.title


def _line(function: FunctionThenNow) -> SlopeLine:
    return SlopeLine(
        label=shorten(function.title, LONGEST),
        before=None if function.then is None else function.then.seconds,
        after=None if function.now is None else function.now.seconds,
        before_words=_words(function.then),
        after_words=_words(function.now),
    )


def _words(stopped: Stopped | None) -> str:
    if stopped is None:
        return tr("not in the model")
    if stopped.seconds == 0:
        return mark(tr("never stopped"), stopped.assumed)
    if math.isinf(stopped.seconds):
        return mark(tr("no known end"), stopped.assumed)
    return mark(tie(duration(stopped.seconds)), stopped.assumed)


def _title(functions: Sequence[FunctionThenNow]) -> str:
    worse = sum(1 for f in functions if f.change > 0)
    better = sum(1 for f in functions if f.change < 0)
    total = len(functions)
    if worse and better:
        return tr(
            "Of {total} functions, {better} would be back sooner than last time and {worse} later",
            total=count_word(total),
            better=count_word(better),
            worse=count_word(worse),
        )
    if worse:
        return trn(
            "One function would be stopped for longer than last time",
            "{count} functions would be stopped for longer than last time",
            worse,
            count=capital(count_word(worse)),
        )
    if better:
        return trn(
            "One function would be back sooner than last time, and none later",
            "{count} functions would be back sooner than last time, and none later",
            better,
            count=capital(count_word(better)),
        )
    return tr("No function fares better or worse than last time")


def _findings(compared: ThenNow) -> str:
    """Say how the findings that wait changed, the gravest kind first."""
    parts = []
    for severity in sorted(Severity, key=lambda severity: -severity.rank):
        then, now = compared.waiting_then.get(severity, 0), compared.waiting_now.get(severity, 0)
        if then or now:
            parts.append(
                tr("{severity} {then} → {now}", severity=str(severity), then=then, now=now)
            )
    if not parts:
        return ""
    return tr("Findings that wait for a decision, then and now: {list}.", list=", ".join(parts))


def _alt(functions: Sequence[FunctionThenNow], then: str, now: str) -> str:
    """Say what the figure shows, function by function."""
    parts = [
        tr(
            "{function}: {before}, now {after}",
            function=function.title,
            before=_words(function.then),
            after=_words(function.now),
        )
        for function in functions
    ]
    return tr(
        "Longest stop by one failure on {then} and on {now}. {list}.",
        then=then,
        now=now,
        list="; ".join(parts),
    )
