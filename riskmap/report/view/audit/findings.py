"""Every finding in audit form: criterion, condition, cause, effect, evidence, owner, response."""

from riskmap.assessment import Treated
from riskmap.assessment.decisions import decision
from riskmap.language import tr, trn
from riskmap.model import Severity
from riskmap.report.view.audit.causes import cause
from riskmap.report.view.audit.evidence import evidence
from riskmap.report.view.audit.references import clauses_of
from riskmap.report.view.audit.subject import AuditContext, rating
from riskmap.report.view.blocks import Block, Form, Part, grid
from riskmap.report.view.parts import Cell, gap
from riskmap.report.view.words import capital, shorten
from riskmap.rules.registry import Rule, rule
from riskmap.rules.statement import count_word

FULL = 40
"""Findings set out in full; those beyond are listed in a row each."""
ROWS = 240
"""Rows of that list."""
HEADING = 80
"""Characters of a heading beside which the rating has room."""


def build(context: AuditContext) -> Part:
    """Return the section."""
    findings = context.ordered
    if not findings:
        return Part(tr("There are no findings"), tr("No rule that ran found anything."))
    full = _in_full(context)
    blocks: list[Block] = []
    for concern in context.assessment.concerns:
        grave = [t for t in concern.findings if t.finding.key in full]
        if grave:
            title = context.model.title(concern.subject)
            blocks.append(Block(title, forms=tuple(_form(context, t) for t in grave)))
    rest = [t for t in findings if t.finding.key not in full]
    if rest:
        blocks.append(_listed(context, rest, bool(full)))
    return Part(_title(findings), _text(findings, len(full)), tuple(blocks))


def _title(findings: tuple[Treated, ...]) -> str:
    total = len(findings)
    waiting = sum(1 for treated in findings if treated.open)
    if total == 1:
        return tr("One finding, which is open") if waiting else tr("One finding, decided on")
    number = capital(count_word(total))
    if waiting == total:
        return tr("{count} findings, all of them open", count=number)
    if not waiting:
        return tr("{count} findings, all of them decided on", count=number)
    return tr("{count} findings, {open} of them open", count=number, open=count_word(waiting))


def _text(findings: tuple[Treated, ...], full: int) -> str:
    told = tr(
        "Gathered by what stands behind them, the most pressing first. The rating follows from the"
        " consequence: how much the function matters, and how a stop compares with what it can"
        " bear."
    )
    grave = sum(1 for t in findings if t.open and t.finding.severity.rank >= Severity.HIGH.rank)
    if grave > full:
        return tr(
            "{told} Of {grave} open findings that are critical or high, {full} are set out in full,"
            " those that speak for the others first; every other finding has a row further down.",
            told=told,
            grave=count_word(grave),
            full=count_word(full),
        )
    if full and full < len(findings):
        return tr("{told} Open findings that are critical or high are set out in full.", told=told)
    return told


def _in_full(context: AuditContext) -> frozenset[str]:
    """Return the keys of the findings set out in full.

    Where there are too many, those that speak for what stands behind them go first.
    """
    places = {}
    for concern in context.assessment.concerns:
        for at, treated in enumerate(concern.findings):
            if treated.finding.severity.rank >= Severity.HIGH.rank:
                number = context.numbers[treated.finding.key]
                places[treated.finding.key] = (at, -treated.finding.severity.rank, number)
    return frozenset(sorted(places, key=lambda key: places[key])[:FULL])


def _form(context: AuditContext, treated: Treated) -> Form:
    words, finding = context.words, treated.finding
    known = rule(finding.rule)
    name = context.words.short(finding.subject, max(30, HEADING - len(known.title)))
    return Form(
        tr(
            "{number}. {pattern}: {subject}",
            number=context.numbers[finding.key],
            pattern=known.title,
            subject=name,
        ),
        rating(finding.severity),
        (
            ((tr("Criterion"), Cell(_criterion(known))),),
            (
                (tr("Condition"), Cell(f"{words.sentence(finding.summary)}.")),
                (tr("Effect"), Cell(f"{words.sentence(finding.because)}.")),
            ),
            (
                (tr("Cause"), Cell(cause(context, finding))),
                (tr("What to do"), Cell(f"{words.sentence(finding.recommendation)}.")),
            ),
            ((tr("Evidence"), Cell(evidence(context, finding))),),
            (
                (tr("Owner, due"), _owner(context, treated)),
                (tr("Response"), _response(treated)),
            ),
        ),
    )


def _criterion(known: Rule) -> str:
    clauses = clauses_of(known)
    if not clauses:
        return tr("{rule}, {pattern}", rule=known.id, pattern=known.title)
    return tr("{rule}, {pattern}; {clauses}", rule=known.id, pattern=known.title, clauses=clauses)


def owner_of(context: AuditContext, treated: Treated) -> str | None:
    """Return who answers: whoever the decision names, else who owns what it is about."""
    if treated.treatment is not None and treated.treatment.owner:
        return treated.treatment.owner
    finding = treated.finding
    function = context.function_of(finding)
    owner = context.model.entry(finding.subject).owner
    return owner or (function.owner if function is not None else None)


def _owner(context: AuditContext, treated: Treated) -> Cell:
    owner = owner_of(context, treated)
    day = treated.treatment.expires if treated.treatment is not None else None
    due = tr("due: to be agreed")
    if day is not None:
        form = tr("decision ended {day}") if treated.expired else tr("decision ends {day}")
        due = form.format(day=context.words.day(day))
    return Cell(owner, note=due) if owner else gap(tr("owner to be named"), note=due)


def _response(treated: Treated) -> Cell:
    return Cell(decision(treated)) if treated.treatment is not None else gap(tr("to be given"))


def _listed(context: AuditContext, rest: list[Treated], some_in_full: bool) -> Block:
    words = context.words
    heads = (
        (tr("No., rule"), 14),
        (tr("Condition"), 32),
        (tr("Effect"), 26),
        (tr("What to do; who"), 28),
    )
    rows = [
        (
            Cell(
                f"{context.numbers[t.finding.key]} · {t.finding.rule}",
                mark=rating(t.finding.severity),
                note="" if t.open else tr("decided on"),
            ),
            Cell(
                f"{shorten(words.sentence(t.finding.summary), 220)}.",
                note=rule(t.finding.rule).title,
            ),
            Cell(f"{shorten(words.sentence(t.finding.because), 180)}."),
            Cell(
                f"{shorten(words.sentence(t.finding.recommendation), 200)}.",
                note=owner_of(context, t) or tr("owner to be named"),
            ),
        )
        for t in rest
    ]
    title = tr("Further findings") if some_in_full else ""
    text = trn(
        "One more finding, in a row.",
        "{count} more findings, in a row each.",
        len(rest),
        count=capital(count_word(len(rest))),
    )
    table = grid(heads, rows, ROWS, tight=True)
    return Block(title, text if some_in_full else "", table)
