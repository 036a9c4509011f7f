"""What is not known, what is old, and which facts an auditor should check by hand.

The sampling list is ordered by how much rests on a fact: first those that decide whether a function
is within its tolerance, then those that most findings rest on; evidenced facts of the worst
failures too, since a conclusion is no better than they are.
"""

from datetime import timedelta
from fractions import Fraction

from riskmap.language import tr, trn
from riskmap.model import Confidence, Element
from riskmap.report.view.blocks import Block, Part, grid
from riskmap.report.view.board.basis import FACTS
from riskmap.report.view.context import Context
from riskmap.report.view.parts import Cell, gap
from riskmap.rules.assumptions import AssumptionKind
from riskmap.rules.statement import count_word
from riskmap.rules.support import facts_of_impact
from riskmap.rules.unknowns import Unknown, unknowns

TRIED, SAMPLES, OLD = 12, 20, 12


def build(context: Context) -> Part:
    """Return the section."""
    found = unknowns(context.results, TRIED).facts
    total = len(context.results.assumptions)
    title = trn(
        "One fact is assumed or missing",
        "{count} facts are assumed or missing",
        total,
        count=count_word(total).capitalize(),
    )
    if not total:
        title = tr("No fact that matters is assumed or missing")
    return Part(
        title,
        tr("What was put at its worst and at its best, and what would change; then what to check."),
        (*_unknown(context, found), *_stale(context), _samples(context, found)),
        fresh=True,
    )


def _unknown(context: Context, found: tuple[Unknown, ...]) -> list[Block]:
    telling = [fact for fact in found if any(fact.weight.order)]
    if not telling:
        return []
    heads = ((tr("To find out"), 46), (tr("Ask"), 18), (tr("What hangs on it"), 36))
    rows = []
    for fact in telling:
        ask = fact.ask or (context.model.title(fact.ask_provider) if fact.ask_provider else "")
        rows.append(
            (
                Cell(f"{context.words.sentence(fact.question)}?"),
                Cell(ask) if ask else gap(tr("nobody named")),
                Cell(_hangs(context, fact)),
            )
        )
    return [Block(tr("Find out first"), grid=grid(heads, rows, TRIED, tight=True))]


def _hangs(context: Context, fact: Unknown) -> str:
    crossed = sorted(
        {
            change.function
            for effect in (fact.worse, fact.better)
            if effect is not None
            for change in effect.verdicts
            if change.crosses
        }
    )
    if crossed:
        names = context.words.names(crossed, 2, "function")
        return tr("decides whether {names} is within tolerance", names=names)
    return trn(
        "one finding rests on it",
        "{count} findings rest on it",
        len(fact.resting),
        count=count_word(len(fact.resting)),
    )


def _stale(context: Context) -> list[Block]:
    rows = [
        (
            Cell(context.model.title(t.finding.subject)),
            Cell(f"{context.words.sentence(t.finding.summary)}."),
        )
        for t in context.assessment.findings
        if t.finding.rule == "RM002"
    ]
    heads = ((tr("Entry"), 30), (tr("How old"), 70))
    table = grid(heads, rows, OLD, tight=True)
    return [Block(tr("Facts that are stale"), grid=table)] if table else []


def _samples(context: Context, found: tuple[Unknown, ...]) -> Block:
    heads = (
        (tr("Fact"), 36),
        (tr("As stated"), 26),
        (tr("Source"), 28),
        (tr("Checked"), 10),
    )
    rows = [_sample(context, key) for key in _ordered(context, found)]
    return Block(
        tr("Sampling list: check these by hand"),
        tr("Ordered by how much rests on them. Tick what the source confirms."),
        grid=grid(heads, rows, SAMPLES, tight=True),
    )


def _ordered(context: Context, found: tuple[Unknown, ...]) -> list[str]:
    first = [fact.assumption.key for fact in found if fact.weight.decides]
    rests: dict[str, int] = {}
    for treated in context.assessment.findings:
        for key in treated.finding.assumptions:
            rests[key] = rests.get(key, 0) + 1
    for function in context.functions:
        impact = context.worst(function.id)
        if impact is not None:
            for key in facts_of_impact(context.results, impact):
                rests.setdefault(key, 0)
                rests[key] += 2
    second = sorted(rests, key=lambda key: (-rests[key], key))
    ordered = dict.fromkeys([*first, *second])
    return [key for key in ordered if "." in key and _stated(context, key) is not None]


def _sample(context: Context, key: str) -> tuple[Cell, ...]:
    subject, _, fact = key.partition(".")
    value = _stated(context, key)
    assert value is not None
    return (
        Cell(context.words.title(subject), note=_named(fact)),
        Cell(value),
        _source(context, key),
        Cell("□"),
    )


def _stated(context: Context, key: str) -> str | None:
    """Return what the model states as a fact, None where it is no single fact."""
    subject, _, fact = key.partition(".")
    if subject not in context.model:
        return None
    entry, words = context.model.entry(subject), context.words
    if fact.startswith("needs."):
        return tr("needs {target}", target=words.name(fact.removeprefix("needs.")))
    if fact == "outage" and isinstance(entry, Element):
        worst = entry.outage.worst
        length = words.span(worst.total_seconds(), key) if worst else tr("no end known")
        return tr("at worst {length}", length=length)
    if fact not in _SINGLE:
        return None
    holder = getattr(entry, "objectives", entry) if fact in {"mtd", "rto", "minimum"} else entry
    return _shown(context, key, getattr(holder, fact, None))


_SINGLE = frozenset(
    ["mtd", "rto", "minimum", "criticality", "detect", "decide", "activate", "sustains", "capacity"]
)


_WHY = {
    AssumptionKind.ASSUMED: "assumed, nobody has shown it",
    AssumptionKind.MISSING: "missing, the worst is counted",
    AssumptionKind.UNCONFIRMED: "nobody has confirmed it",
}


def _named(fact: str) -> str:
    """Return what a fact is called in the words of a reader."""
    if fact.startswith("needs."):
        return tr("what it needs")
    return tr(FACTS.get(fact, fact.replace("_", " ")))


def _shown(context: Context, key: str, value: object) -> str:
    if isinstance(value, timedelta):
        return context.words.span(value.total_seconds(), key)
    if isinstance(value, Fraction):
        return context.words.share(value, key)
    return tr("not stated") if value is None else str(value)


def _source(context: Context, key: str) -> Cell:
    subject, _, fact = key.partition(".")
    entry = context.model.entry(subject)
    source, confidence = entry.evidence.source, entry.evidence.confidence
    if fact == "outage" and isinstance(entry, Element):
        source, confidence = entry.outage.source or source, entry.outage.confidence or confidence
    assumption = context.results.assumptions.get(key)
    if assumption is not None:
        return gap(tr(_WHY[assumption.kind]))
    if not source:
        return gap(tr("no source stated"))
    word = "" if confidence in (None, Confidence.UNKNOWN) else str(confidence)
    return Cell(source, note=word)
