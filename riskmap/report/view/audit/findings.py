"""Every finding in audit form: criterion, condition, cause, effect, rating, evidence, response."""

from riskmap.assessment import Concern, Treated
from riskmap.assessment.decisions import decision
from riskmap.language import tr, trn
from riskmap.model import Severity
from riskmap.report.view.blocks import Block, Part, grid
from riskmap.report.view.context import Context
from riskmap.report.view.parts import Cell, Mark, bad, fair, good
from riskmap.report.view.words import shorten
from riskmap.rules.finding import Finding, Measure, Witness
from riskmap.rules.registry import rule
from riskmap.rules.statement import count_word

FULL = 40
"""Findings set out in full; further ones are listed in a line each."""
SHORT = 80


def build(context: Context) -> Part:
    """Return the section."""
    findings = context.assessment.findings
    open_ones = [t for c in context.assessment.concerns for t in c.findings]
    title = trn(
        "One finding, {open} of them open",
        "{count} findings, {open} of them open",
        len(findings),
        count=count_word(len(findings)).capitalize(),
        open=count_word(len(open_ones)) if open_ones else tr("none"),
    )
    if not findings:
        return Part(tr("There are no findings"), tr("No rule that ran found anything."))
    blocks: list[Block] = []
    number = 0
    for concern in context.assessment.concerns:
        grave = [t for t in concern.findings if t.finding.severity.rank >= 2]
        grave = grave[: max(0, FULL - number)]
        if grave:
            blocks.append(_concern(context, concern, grave, number))
        number += len(grave)
    blocks.extend(_short(context, open_ones))
    return Part(
        title,
        tr(
            "Gathered by what stands behind them, the most pressing first; critical and high ones"
            " in full. Rating: critical, high, medium or low, by what would happen."
        ),
        tuple(blocks),
        fresh=True,
    )


def _concern(context: Context, concern: Concern, found: list[Treated], before: int) -> Block:
    heads = (
        (tr("No., rule, rating"), 17),
        (tr("Condition and effect"), 37),
        (tr("Evidence"), 23),
        (tr("What to do; owner, due"), 23),
    )
    rows = [_row(context, treated, before + at) for at, treated in enumerate(found, 1)]
    return Block(
        context.model.title(concern.subject),
        grid=grid(heads, rows, len(rows), tight=True),
    )


def _row(context: Context, treated: Treated, number: int) -> tuple[Cell, ...]:
    words, finding = context.words, treated.finding
    condition = f"{words.sentence(finding.summary)}. {words.sentence(finding.because)}."
    return (
        Cell(
            f"{number}. {finding.rule}",
            mark=rating(finding.severity),
            note=rule(finding.rule).title,
        ),
        Cell(shorten(condition, 460)),
        Cell(shorten(_evidence(context, finding), 260)),
        Cell(
            shorten(f"{words.sentence(finding.recommendation)}.", 240),
            note=_response(context, treated),
        ),
    )


def rating(severity: Severity) -> Mark:
    """Return the mark of a severity."""
    word = tr(str(severity)).capitalize()
    if severity.rank >= Severity.HIGH.rank:
        return bad(word)
    return fair(word) if severity is Severity.MEDIUM else good(word)


def _evidence(context: Context, finding: Finding) -> str:
    words = context.words
    paths = [item.path for item in finding.evidence if isinstance(item, Witness)]
    shown = [" → ".join(words.short(name, 34) for name in path) for path in paths[:1]]
    for item in finding.evidence:
        if isinstance(item, Measure) and item.name == "longest_interruption":
            length = words.span(item.value * 3600, *finding.assumptions)
            shown.append(tr("longest interruption {length}", length=length))
    rests = len(finding.assumptions)
    if rests:
        shown.append(
            trn(
                "rests on one fact that is assumed or missing",
                "rests on {count} facts that are assumed or missing",
                rests,
                count=count_word(rests),
            )
        )
    return "; ".join(shown) or tr("the model itself")


def _response(context: Context, treated: Treated) -> str:
    if treated.treatment is not None:
        return decision(treated)
    function = context.function_of(treated.finding)
    owner = context.model.entry(treated.finding.subject).owner
    owner = owner or (function.owner if function else None)
    if owner:
        return tr("Owner: {owner}. Due: ________. Response: ________", owner=owner)
    return tr("Owner: ________. Due: ________. Response: ________")


def _short(context: Context, open_ones: list[Treated]) -> list[Block]:
    """List everything that is not set out in full: lesser findings, and those decided on."""
    words = context.words
    grave = [t for t in open_ones if t.finding.severity.rank >= 2]
    rest = [*grave[FULL:], *(t for t in open_ones if t.finding.severity.rank < 2)]
    found = []
    if rest:
        rows = [
            (
                Cell(t.finding.key, mark=rating(t.finding.severity)),
                Cell(shorten(f"{words.sentence(t.finding.summary)}.", 220)),
                Cell(shorten(f"{words.sentence(t.finding.recommendation)}.", 160)),
            )
            for t in rest
        ]
        heads = ((tr("Finding"), 24), (tr("Condition"), 44), (tr("What to do"), 32))
        found.append(Block(tr("Further findings"), grid=grid(heads, rows, SHORT, tight=True)))
    decided = [t for t in context.assessment.findings if t.treatment is not None]
    heads = ((tr("Finding"), 24), (tr("Condition"), 40), (tr("Decision"), 36))
    rows = [
        (
            Cell(t.finding.key, mark=rating(t.finding.severity)),
            Cell(shorten(f"{words.sentence(t.finding.summary)}.", 200)),
            Cell(decision(t), mark=bad(tr("Expired")) if t.expired else None),
        )
        for t in sorted(decided, key=lambda t: (not t.expired, t.finding.key))
    ]
    table = grid(heads, rows, SHORT, tight=True)
    text = "" if rows else tr("Nothing has been accepted, transferred or disputed.")
    found.append(Block(tr("Decisions about findings"), text, table))
    return found
