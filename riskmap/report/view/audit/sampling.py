"""What is not known, what is old, and which facts an auditor should check by hand.

The sampling list is ordered by how much rests on a fact (:mod:`riskmap.rules.sampling`), facts that
somebody has shown as well: a conclusion is no better than they are.
"""

from collections.abc import Iterator

from riskmap.language import tr, trn
from riskmap.report.view.audit.facts import fact_name, source_of, stated
from riskmap.report.view.audit.subject import AuditContext
from riskmap.report.view.blocks import Block, Part, grid
from riskmap.report.view.parts import Cell, gap
from riskmap.report.view.words import capital, counted
from riskmap.rules.assumptions import AssumptionKind
from riskmap.rules.sampling import Sample, samples
from riskmap.rules.statement import count_word, join
from riskmap.rules.unknowns import Unknown, unknowns

SAMPLES, OLD, TRIED = 30, 40, 12
EFFORT = 2400
"""Facts tried, times elements of the model: 12 facts in a model of 200 elements.

Each fact costs two analyses of the model, so that this bounds the time for all of them.
"""


def build(context: AuditContext) -> Part:
    """Return the section."""
    tried = max(3, min(TRIED, EFFORT // len(context.results.structure.nodes)))
    found = unknowns(context.results, tried).facts
    return Part(
        _title(context),
        tr(
            "First what to find out, then what is old, then the facts to check by hand. What nobody"
            " knows counts as the worst until somebody finds out."
        ),
        (*_unknown(context, found), *_stale(context), _samples(context, found)),
    )


def _title(context: AuditContext) -> str:
    known = list(context.results.assumptions.values())
    if not known:
        return tr("No fact that matters is assumed or missing")
    missing = sum(1 for a in known if a.kind is AssumptionKind.MISSING)
    forms = (
        (len(known) - missing, tr("assumed")),
        (missing, tr("missing")),
    )
    parts = [f"{counted(number, 'fact')} {word}" for number, word in forms if number]
    return capital(tr("{facts}: what that leaves open", facts=join(parts)))


def _unknown(context: AuditContext, found: tuple[Unknown, ...]) -> Iterator[Block]:
    telling = [fact for fact in found if any(fact.weight.order)]
    rows = []
    for fact in telling:
        whom = fact.ask or (context.model.title(fact.ask_provider) if fact.ask_provider else "")
        rows.append(
            (
                Cell(f"{context.words.sentence(fact.question)}?"),
                Cell(context.words.sentence(fact.counted)),
                Cell(whom) if whom else gap(tr("nobody named")),
                Cell(_hangs(context, fact)),
            )
        )
    heads = (
        (tr("To find out"), 36),
        (tr("Counted so far"), 22),
        (tr("Ask"), 16),
        (tr("What hangs on it"), 26),
    )
    if rows:
        yield Block(
            tr("Find out first"),
            tr(
                "Each fact was put at its worst and at its best in turn, and everything computed"
                " anew; the one most hangs on comes first. riskmap unknowns tells more."
            ),
            grid(heads, rows, TRIED, tight=True),
        )


def _hangs(context: AuditContext, fact: Unknown) -> str:
    effects = [effect for effect in (fact.worse, fact.better) if effect is not None]
    crossed = sorted({c.function for effect in effects for c in effect.verdicts if c.crosses})
    if crossed:
        names = context.words.names(crossed, 2, "function")
        return tr("decides whether {names} can be kept within tolerance", names=names)
    changes = len({change.key for effect in effects for change in effect.findings})
    if changes:
        return trn(
            "changes one finding", "changes {count} findings", changes, count=count_word(changes)
        )
    return trn(
        "one finding rests on it",
        "{count} findings rest on it",
        len(fact.resting),
        count=count_word(len(fact.resting)),
    )


def _stale(context: AuditContext) -> Iterator[Block]:
    age = context.words.span(context.assessment.policy.thresholds.fact_age.total_seconds())
    if "RM002" in context.assessment.left_out:
        yield Block(tr("Stale facts"), tr("The rule that looks for them (RM002) did not run."))
        return
    rows = [
        (
            Cell(f"{context.numbers[t.finding.key]}"),
            Cell(context.model.title(t.finding.subject)),
            Cell(f"{context.words.sentence(t.finding.summary)}."),
        )
        for t in context.ordered
        if t.finding.rule == "RM002"
    ]
    heads = ((tr("Finding"), 12), (tr("Entry"), 30), (tr("How old"), 58))
    undated = sum(
        1
        for name in context.model.ids()
        if (entry := context.model.entry(name)).reviewed is None and entry.evidence.date is None
    )
    text = tr("No entry that says when it was looked at is older than {age}.", age=age)
    if rows:
        text = tr("Looked at longer than {age} ago.", age=age)
    if undated:
        text += " " + trn(
            "One entry of {total} does not say when it was last looked at.",
            "{count} entries of {total} do not say when they were last looked at.",
            undated,
            count=capital(count_word(undated)),
            total=len(context.model.ids()),
        )
    yield Block(tr("Stale facts"), text, grid(heads, rows, OLD, tight=True))


def _samples(context: AuditContext, found: tuple[Unknown, ...]) -> Block:
    heads = (
        (tr("Fact, and its name in the model"), 32),
        (tr("As stated"), 21),
        (tr("Source"), 18),
        (tr("What rests on it"), 20),
        (tr("Checked"), 9),
    )
    findings = [treated.finding for treated in context.ordered]
    chosen = samples(context.results, findings, found)
    rows = [row for sample in chosen[: 2 * SAMPLES] if (row := _sample(context, sample))]
    return Block(
        tr("Sampling list: check these by hand"),
        tr(
            "The fact on which most rests comes first; what a function is fine by counts twice."
            " Tick what the source confirms."
        ),
        grid(heads, rows[:SAMPLES], SAMPLES, tight=True, ticked=True),
    )


def _sample(context: AuditContext, sample: Sample) -> tuple[Cell, ...] | None:
    value = stated(context, sample)
    if value is None:
        return None
    return (
        Cell(
            tr(
                "{entry}: {fact}",
                entry=context.words.short(sample.subject, 60),
                fact=fact_name(sample.fact),
            ),
            note=sample.key,
        ),
        Cell(value),
        source_of(context, sample),
        Cell(_rests(sample)),
    )


def _rests(sample: Sample) -> str:
    parts = []
    if sample.decides:
        parts.append(tr("decides a verdict"))
    if sample.fine:
        count = count_word(len(sample.fine))
        parts.append(
            trn(
                "one function is fine by it",
                "{n} functions are fine by it",
                len(sample.fine),
                n=count,
            )
        )
    if sample.amiss:
        count = count_word(len(sample.amiss))
        parts.append(
            trn(
                "the verdict on one function",
                "the verdicts on {n} functions",
                len(sample.amiss),
                n=count,
            )
        )
    if sample.findings:
        count = count_word(sample.findings)
        parts.append(trn("one finding", "{n} findings", sample.findings, n=count))
    return "; ".join(parts)
