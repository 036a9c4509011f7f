"""What must move, and why; what it could move to."""

from collections.abc import Iterator
from dataclasses import dataclass

from riskmap.report.view.exit.subject import ExitContext, owner_cell
from riskmap.report.view.parts import Cell, gap
from riskmap.report.view.words import capital, counted, shorten
from riskmap.rules.leaving.plan import Along
from riskmap.rules.statement import count_word, join

MOST = 14
"""Rows of the table."""


@dataclass(frozen=True, slots=True)
class Mover:
    """One service that leaves."""

    service: Cell
    why: Cell
    to: Cell
    hold: Cell
    owner: Cell


@dataclass(frozen=True, slots=True)
class Moving:
    """Everything that leaves."""

    title: str
    text: str
    rows: tuple[Mover, ...]
    more: str
    knots: tuple[str, ...]


def build(context: ExitContext) -> Moving:
    """Return the section."""
    plan = context.plan
    dragged = {item.service: item for item in plan.along}
    asked = [name for name in plan.members if name not in dragged]
    order = [*asked, *sorted(dragged, key=lambda name: (len(dragged[name].chain), name))]
    rest = len(order) - MOST
    return Moving(
        title=_title(context),
        text="A tie by identity, licence, data or work makes a service leave together with another."
        " The hold counts from 0, free to go, to 100.",
        rows=tuple(_row(context, name, dragged.get(name)) for name in order[:MOST]),
        more=f"{capital(counted(rest, 'further service'))} in the output of riskmap exit."
        if rest > 0
        else "",
        knots=tuple(_knots(context)),
    )


def _title(context: ExitContext) -> str:
    plan, words = context.plan, context.words
    along = [item.service for item in plan.along]
    if along:
        verb = "is" if len(along) == 1 else "are"
        return f"{capital(words.names(along, 2, 'service'))} {verb} tied to it and must move too"
    if len(plan.members) > 1:
        return capital(f"{counted(len(plan.members), 'service')} must move, and nothing else")
    return f"{capital(words.name(plan.members[0]))} can leave alone"


def _row(context: ExitContext, name: str, along: Along | None) -> Mover:
    words, facts = context.words, context.ground.facts(name)
    service = context.ground.service(name)
    market = str(service.market) if service.market else "kind of market not stated"
    score = next(score for score in context.plan.scores if score.service == name)
    unknown = len(score.unstated)
    note = ""
    if unknown:
        parts = counted(unknown, "part")
        note = f"{parts} of it not stated, counted in full"
    to = gap("alternative to be named")
    if facts.alternatives:
        to = Cell(shorten(join(facts.alternatives, last="or"), 120))
    return Mover(
        service=Cell(words.short(name, 60), note=market),
        why=_why(context, along),
        to=to,
        hold=Cell(f"{score.total:.0f} of 100", note=note),
        owner=owner_cell(service.owner),
    )


def _why(context: ExitContext, along: Along | None) -> Cell:
    if along is None:
        return Cell("asked for")
    kinds = f" by {join([str(kind) for kind in along.kinds])}" if along.kinds else ""
    steps = along.chain[1:-1]
    note = f"through {context.words.names(steps, 2, 'service')}" if len(steps) > 1 else ""
    return Cell(f"tied{kinds} to {context.words.name(along.chain[-2])}", note=note)


def _knots(context: ExitContext) -> Iterator[str]:
    for group in context.plan.timing.groups:
        if len(group) > 1:
            names = context.words.names(group, 4, "service")
            yield (
                f"{capital(names)} are a knot of {count_word(len(group))}: each drags the other, so"
                " that none can go first."
            )
