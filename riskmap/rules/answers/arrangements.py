"""Facts of contracts and contingencies: the questions, the worst and the best answers."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

from riskmap.model import (
    Contingency,
    Period,
)
from riskmap.rules.answers.answer import LONG, Answers, given, setting, unchanged
from riskmap.rules.answers.needs import needs
from riskmap.rules.statement import Statement, say


def _time(name: str, question: str) -> Answers:
    def clause(plan: Contingency) -> Statement:
        value = getattr(plan, name)
        return say("nobody knows how long" if value is None else "it takes {value}", value=value)

    described = {"detect": "notice", "decide": "decide on", "activate": "start"}[name]
    return Answers(
        f"how long it takes to {described} {{entry}}"
        if name != "detect"
        else "how long it takes to notice that {entry} is called for",
        question,
        clause,
        setting(**{name: None}),
        setting(**{name: timedelta(0)}),
    )


def _holds(plan: Contingency) -> Statement:
    held = plan.sustains
    if held is None:
        return say("it does not hold")
    return say("it holds as long as needed" if held >= LONG else "it holds {value}", value=held)


CONTINGENCY: dict[str, Answers] = {
    "detect": _time("detect", "how long does it take to notice that {entry} is called for"),
    "decide": _time("decide", "how long does it take to decide on {entry}"),
    "activate": _time("activate", "how long does it take to get {entry} running"),
    "sustains": Answers(
        "how long {entry} holds",
        "how long can {entry} be kept up",
        _holds,
        setting(sustains=None),
        setting(sustains=LONG),
    ),
    "capacity": Answers(
        "how much {entry} carries",
        "how much of the normal work does {entry} carry",
        given("capacity", "it carries {value}", "it carries nothing"),
        setting(capacity=None),
        setting(capacity=Fraction(1)),
    ),
    "uses": needs("uses"),
    "tests": Answers(
        "how the tests of {entry} went",
        "has {entry} been tested, and how long did it take",
        lambda p: say("it was tested" if p.tests else "it was never tested"),
        setting(tests=()),
        unchanged,
    ),
}


def _by_the_month(entry: Any) -> Any:
    """Measure what is promised over the shortest period; nobody promises longer than a year."""
    if entry.sla is None:
        return entry
    return replace(entry, sla=replace(entry.sla, period=Period.MONTH))


PROMISE: dict[str, Answers] = {
    "sla": Answers(
        "what {entry} promises",
        "what availability does {entry} promise, and of what",
        given("sla", "it promises what is written", "it promises nothing"),
        setting(sla=None),
        unchanged,
    ),
    "sla.period": Answers(
        "over what time the availability of {entry} is measured",
        "is the availability promised for {entry} measured by the month, the quarter or the year",
        lambda e: say(
            "it is measured by the {period}"
            if e.sla.period
            else "nobody stated over what time it is measured; it counts as a year",
            period=str(e.sla.period),
        ),
        unchanged,
        _by_the_month,
    ),
}
CONTRACT: dict[str, Answers] = PROMISE | {
    "covers": Answers(
        "what {entry} covers",
        "what exactly does {entry} cover",
        lambda c: say("it covers what is written" if c.covers else "it covers nothing of it"),
        setting(covers=()),
        unchanged,
    ),
    "credits": Answers(
        "what {entry} pays for an outage",
        "what does {entry} pay for an outage",
        given("credits", "it pays credits", "it pays nothing"),
        setting(credits=None),
        unchanged,
    ),
    "liability_cap": Answers(
        "up to what {entry} makes liable",
        "up to what amount is the provider liable under {entry}",
        given("liability_cap", "the provider is liable", "the provider is not liable"),
        setting(liability_cap=None),
        unchanged,
    ),
}
