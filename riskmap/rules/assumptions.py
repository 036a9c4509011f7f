"""What a result rests on that nobody has shown: assumed, unknown, or filled in by a default.

Nothing is guessed silently: wherever a default stands in for a missing fact it is the one that
makes results worse, and it is listed here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from riskmap.model import (
    Confidence,
    Contingency,
    Contract,
    Element,
    Entry,
    Function,
    Hardness,
    Model,
    NeedExpression,
    Service,
    iter_needs,
)
from riskmap.rules.statement import Ref, Statement, say

_WEAK = (Confidence.ASSUMED, Confidence.UNKNOWN)


SLA_PERIOD = "sla.period"
"""Fact of a contract or service: over what time a promised availability is measured."""


class AssumptionKind(StrEnum):
    """Why a fact is not known."""

    ASSUMED = "assumed"
    MISSING = "missing"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Assumption:
    """One fact that a result may rest on.

    Attributes
    ----------
    subject : str
        Id of the entry.
    fact : str
        Key of the entry, empty when the whole entry is meant; ``needs.x`` for the need of ``x``,
        ``uses.x`` for that of a contingency.
    """

    subject: str
    fact: str
    kind: AssumptionKind
    statement: Statement

    @property
    def key(self) -> str:
        """Stable name, such as ``senderbase.outage``."""
        return f"{self.subject}.{self.fact}" if self.fact else self.subject


def assumptions_of(model: Model) -> tuple[Assumption, ...]:
    """Return every assumption of a model, sorted by key, each once."""
    found: dict[str, Assumption] = {}
    for entry_id in model.ids():
        for assumption in _of_entry(model.entry(entry_id)):
            found.setdefault(assumption.key, assumption)
    return tuple(found[key] for key in sorted(found))


def _of_entry(entry: Entry) -> Iterator[Assumption]:
    yield from _missing(entry)
    for fact in entry.assumed:
        yield _assumed(entry, fact)
    if entry.evidence.confidence in _WEAK:
        text = "the facts about {entry} are " + str(entry.evidence.confidence)
        yield Assumption(entry.id, "", AssumptionKind.ASSUMED, say(text, entry=Ref(entry.id)))
    if isinstance(entry, Element):
        if entry.outage.confidence in _WEAK:
            yield _assumed(entry, "outage")
        yield from _needs(entry, "needs", entry.needs)
    if isinstance(entry, Contingency):
        yield from _needs(entry, "uses", entry.uses)


def _assumed(entry: Entry, fact: str) -> Assumption:
    text = "“{fact}” of {entry} is an assumption"
    statement = say(text, fact=fact, entry=Ref(entry.id))
    return Assumption(entry.id, fact, AssumptionKind.ASSUMED, statement)


def _needs(entry: Entry, key: str, expressions: tuple[NeedExpression, ...]) -> Iterator[Assumption]:
    for need in iter_needs(expressions):
        fact = f"{key}.{need.target}"
        values = {"entry": Ref(entry.id), "target": Ref(need.target)}
        if need.hardness is Hardness.UNKNOWN or need.evidence.confidence is Confidence.UNKNOWN:
            text = "nobody has confirmed that {entry} needs {target}; it counts as needed"
            statement = say(text, **values)
            yield Assumption(entry.id, fact, AssumptionKind.UNCONFIRMED, statement)
        elif need.evidence.confidence is Confidence.ASSUMED:
            statement = say("it is assumed that {entry} needs {target}", **values)
            yield Assumption(entry.id, fact, AssumptionKind.ASSUMED, statement)


def _missing(entry: Entry) -> Iterator[Assumption]:
    gaps: list[tuple[str, str]] = []
    if isinstance(entry, Function):
        gaps.extend(_function_gaps(entry))
    elif isinstance(entry, Element) and entry.fails_alone and entry.outage.worst is None:
        gaps.append(
            ("outage", "nobody stated how long {entry} may be out; it counts as having no end")
        )
    elif isinstance(entry, Contingency):
        gaps.extend(
            (name, f"{{entry}} does not state “{name}”; it counts as never starting")
            for name in entry.missing_times
        )
        if entry.sustains is None:
            gaps.append(("sustains", "{entry} does not state how long it holds; it counts as not"))
        if entry.capacity is None:
            gaps.append(
                ("capacity", "{entry} does not state how much it carries; it counts as nothing")
            )
    level = entry.sla if isinstance(entry, Contract | Service) else None
    if level is not None and level.availability is not None and level.period is None:
        text = "nobody stated over what time the promise in {entry} is measured; a year counts"
        gaps.append((SLA_PERIOD, text))
    for fact, text in gaps:
        statement = say(text, entry=Ref(entry.id))
        yield Assumption(entry.id, fact, AssumptionKind.MISSING, statement)


def _function_gaps(function: Function) -> Iterator[tuple[str, str]]:
    if function.criticality is None:
        yield "criticality", "nobody stated how critical {entry} is; it counts as critical"
    if function.objectives.mtd is None:
        yield "mtd", "nobody stated how long {entry} may be down; any stop counts as a breach"
    if function.shares and function.objectives.minimum is None:
        yield "minimum", "nobody stated the least capacity {entry} needs; any loss counts as a stop"
    total = sum((share.share for share in function.shares), Fraction(0))
    if function.shares and total < 1:
        yield (
            "shares",
            "the shares of {entry} do not add up to 100%; the rest counts as lost with any part",
        )
