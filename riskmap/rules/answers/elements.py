"""Facts of services, third parties and providers: the questions, worst and best answers."""

from dataclasses import replace
from datetime import timedelta

from riskmap.model import (
    Element,
    Outage,
    Service,
    Strength,
)
from riskmap.rules.answers.answer import Answers, given, setting, unchanged
from riskmap.rules.answers.needs import needs
from riskmap.rules.statement import Statement, say


def _outage(element: Element) -> Statement:
    worst = element.outage.worst
    if worst is None:
        return say("nothing known ends its outage")
    return say("it is out for {value} at worst" if worst else "it never fails", value=worst)


def _shortest_outage(element: Element) -> Element:
    """Take the usual outage for the worst; where none is stated, none at all."""
    usual = element.outage.typical or timedelta(0)
    worst = element.outage.worst
    shorter = usual if worst is None else min(usual, worst)
    return replace(element, outage=replace(element.outage, typical=shorter, worst=shorter))


GROUPING: dict[str, Answers] = {
    "needs": needs("needs"),
    "fails_alone": Answers(
        "whether {entry} can fail by itself",
        "can {entry} fail by itself, though all it needs is working",
        lambda e: say("it can fail by itself" if e.fails_alone else "it cannot fail by itself"),
        lambda e: e if e.fails_alone else replace(e, fails_alone=True, outage=Outage()),
        setting(fails_alone=False, outage=Outage()),
    ),
}
SOLID: dict[str, Answers] = GROUPING | {
    "outage": Answers(
        "how long {entry} may be out",
        "how long may {entry} be out at worst",
        _outage,
        lambda e: replace(e, outage=replace(e.outage, worst=None)),
        _shortest_outage,
    ),
}
BEHIND: dict[str, Answers] = {
    "contracted_by": Answers(
        "who has a contract behind {entry}",
        "which of our providers has a contract with whoever runs {entry}",
        lambda e: say("somebody has a contract" if e.contracted_by else "nobody has a contract"),
        setting(contracted_by=()),
        unchanged,
    ),
}
SERVICE: dict[str, Answers] = {
    "coupled_to": Answers(
        "what {entry} is tied to",
        "which other services would have to move together with {entry}",
        lambda e: say("it can leave alone" if not _strong(e) else "others must move with it"),
        lambda e: replace(
            e, coupled_to=tuple(replace(c, strength=Strength.STRONG) for c in e.coupled_to)
        ),
        setting(coupled_to=()),
    ),
}
THIRD_PARTY: dict[str, Answers] = {
    "automated": Answers(
        "whether a machine decides {entry}",
        "does a person look before {entry} is decided",
        lambda e: say("a person decides" if e.automated is False else "a machine decides"),
        setting(automated=True),
        setting(automated=False),
    ),
    "appeal": Answers(
        "how {entry} can be contested",
        "how can {entry} be contested, and how long does it take",
        given("appeal", "there is a way to appeal", "there is no way to appeal"),
        setting(appeal=None),
        setting(appeal="a way that works"),
    ),
}


def _strong(service: Service) -> bool:
    return any(c.strength is Strength.STRONG for c in service.coupled_to)
