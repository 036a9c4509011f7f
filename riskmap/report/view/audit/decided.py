"""Decisions about findings: accepted, transferred, being mitigated, disputed, and run out."""

from riskmap.assessment import Treated
from riskmap.language import tr, trn
from riskmap.report.view.audit.subject import AuditContext, rating
from riskmap.report.view.blocks import Block, Part, grid
from riskmap.report.view.parts import Cell, Mark, bad, fair, gap, good
from riskmap.report.view.words import capital, counted, shorten
from riskmap.rules.statement import count_word

MOST, ORPHANS = 60, 12


def build(context: AuditContext) -> Part:
    """Return the section; a line where nothing was decided."""
    treated = [t for t in context.ordered if t.treatment is not None]
    treated.sort(key=lambda t: (not t.expired, context.numbers[t.finding.key]))
    orphans = _orphans(context)
    if not treated:
        text = tr("Nobody has accepted, transferred, mitigated or disputed any of the findings.")
        return Part(tr("No decision about a finding is on record"), text, orphans)
    heads = (
        (tr("Finding"), 14),
        (tr("Condition"), 30),
        (tr("Decision"), 16),
        (tr("Why"), 22),
        (tr("Who"), 18),
    )
    table = grid(heads, [_row(context, t) for t in treated], MOST, tight=True)
    return Part(
        _title(treated),
        tr("A decision that has run out leaves its finding open."),
        (Block(grid=table), *orphans),
    )


def _title(treated: list[Treated]) -> str:
    over = sum(1 for t in treated if t.expired)
    total = len(treated)
    if not over:
        return trn(
            "One decision about a finding, which holds",
            "{count} decisions about findings, all of which hold",
            total,
            count=capital(count_word(total)),
        )
    if over == total:
        return trn(
            "The one decision about a finding has run out",
            "All {count} decisions about findings have run out",
            total,
            count=count_word(total),
        )
    return trn(
        "{decisions}, of which one has run out",
        "{decisions}, of which {over} have run out",
        over,
        decisions=capital(counted(total, "decision about findings", "decisions about findings")),
        over=count_word(over),
    )


def _row(context: AuditContext, treated: Treated) -> tuple[Cell, ...]:
    words, finding, treatment = context.words, treated.finding, treated.treatment
    assert treatment is not None
    until = tr("no end stated")
    if treatment.expires is not None:
        form = tr("ended {day}") if treated.expired else tr("until {day}")
        until = form.format(day=words.day(treatment.expires))
    approved = tr("approval not recorded")
    if treatment.approved_by:
        approved = tr("approved by {role}", role=treatment.approved_by)
    who = gap(tr("owner to be named"), note=approved)
    if treatment.owner:
        who = Cell(treatment.owner, note=approved)
    return (
        Cell(f"{context.numbers[finding.key]} · {finding.rule}", mark=rating(finding.severity)),
        Cell(f"{shorten(words.sentence(finding.summary), 200)}."),
        Cell("", mark=_mark(treated), note=until),
        Cell(treatment.reason) if treatment.reason else gap(tr("no reason given")),
        who,
    )


def _mark(treated: Treated) -> Mark:
    assert treated.treatment is not None
    if treated.expired:
        return bad(tr("Run out"))
    word = capital(tr(str(treated.treatment.status)))
    return fair(word) if treated.open else good(word)


def _orphans(context: AuditContext) -> tuple[Block, ...]:
    """Name decisions that speak of no finding there is."""
    found = context.assessment.orphans
    if not found:
        return ()
    lines = [
        tr(
            "“{decision}” is about {about}, and there is no such finding.",
            decision=shorten(orphan.treatment.title, 60),
            about=orphan.treatment.about,
        )
        for orphan in found[:ORPHANS]
    ]
    rest = len(found) - ORPHANS
    if rest > 0:
        lines.append(
            capital(
                trn("one more such decision.", "{count} more such decisions.", rest, count=rest)
            )
        )
    return (Block(tr("Decisions about findings that do not exist"), lines=tuple(lines)),)
