"""The end of an audit: the contracts and their clauses, terms used, and who signs."""

from riskmap.language import tr
from riskmap.model import CLAUSES, ClauseStatus, Contract
from riskmap.model.clauses import clause_title
from riskmap.report.view.blocks import Block, Part, grid
from riskmap.report.view.context import Context
from riskmap.report.view.parts import Cell, bad, gap
from riskmap.rules.accountability import in_force

MOST = 40

GLOSSARY = (
    ("Function", "What the organisation must keep doing; an activity in ISO 22301."),
    ("MTD", "Maximum tolerable downtime: how long a function may be down (MTPD in ISO 22301)."),
    ("RTO", "Recovery time objective: how soon it should be back; never longer than the MTD."),
    ("Single point of failure", "Something that stops a function though everything else works."),
    ("Third party", "What services depend on though nobody here bought it."),
    ("Rank", "Steps along contracts: 1 is a party to ours, 2 its subcontractor, and so on."),
    ("Shared fate", "A plan needs what it should replace, so that both fall together."),
    ("Worst outage", "The longest outage that is plausible, as the model states it."),
)


def register(context: Context) -> Part:
    """Return the register of contracts with their clauses."""
    heads = (
        (tr("Contract"), 24),
        (tr("Covers"), 22),
        (tr("Ends; notice"), 18),
        (tr("Clauses of DORA Art. 30 it has"), 16),
        (tr("Missing or refused"), 20),
    )
    contracts = sorted(context.model.contracts, key=lambda c: c.id)
    rows = [_contract(context, contract) for contract in contracts]
    text = "" if rows else tr("The model holds no contract.")
    return Part(
        tr("Contracts and their clauses"),
        text,
        (Block(grid=grid(heads, rows, MOST, tight=True)),),
    )


def _contract(context: Context, contract: Contract) -> tuple[Cell, ...]:
    words = context.words
    stated = dict(contract.clauses)
    have = sum(1 for clause in CLAUSES if stated.get(clause.id) is ClauseStatus.HAVE)
    amiss = [
        clause_title(name) for name, status in contract.clauses if status is not ClauseStatus.HAVE
    ]
    unchecked = sum(1 for clause in CLAUSES if clause.id not in stated)
    note = tr("{count} not checked", count=unchecked) if unchecked else ""
    ends = words.day(contract.ends) if contract.ends else tr("no end stated")
    notice = tr("no notice stated")
    if contract.notice is not None:
        notice = words.span(contract.notice.total_seconds(), f"{contract.id}.notice")
    live = in_force(contract, context.assessment.today)
    return (
        Cell(contract.title, note=words.short(contract.provider)),
        Cell("; ".join(words.short(name, 36) for name in contract.covers)),
        Cell(f"{ends}; {notice}", mark=None if live else bad(tr("Not in force"))),
        Cell(tr("{have} of {total}", have=have, total=len(CLAUSES)), note=note),
        Cell("; ".join(amiss)) if amiss else Cell(tr("none stated")),
    )


def signing(context: Context) -> Part:
    """Return the terms used and the block to sign."""
    terms = [(Cell(tr(term)), Cell(tr(text))) for term, text in GLOSSARY]
    roles = (
        tr("Prepared by (continuity manager)"),
        tr("Reviewed by (auditor)"),
        tr("Accepted by (management)"),
    )
    rows = [(Cell(role), gap(tr("name")), gap(tr("signature")), gap(tr("day"))) for role in roles]
    del context
    return Part(
        tr("Terms, and who signs"),
        blocks=(
            Block(
                tr("Terms used"),
                grid=grid(((tr("Term"), 24), (tr("Meaning"), 76)), terms, 20, tight=True),
            ),
            Block(
                tr("Sign-off"),
                tr(
                    "Signing confirms that the sampling list was checked and the findings answered."
                ),
                grid=grid(
                    ((tr("Role"), 32), (tr("Name"), 26), (tr("Signature"), 26), (tr("Day"), 16)),
                    rows,
                    5,
                ),
            ),
        ),
    )
