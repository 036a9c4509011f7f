"""The end of an audit: contracts and clauses, where facts come from, terms used, and who signs."""

from collections.abc import Iterator

from riskmap.language import tr, trn
from riskmap.model import CLAUSES, ClauseStatus, Contract, Element, Evidence, iter_needs
from riskmap.model.clauses import clause_title
from riskmap.report.view.audit.subject import AuditContext
from riskmap.report.view.blocks import Block, Part, grid
from riskmap.report.view.parts import Cell, bad, gap
from riskmap.report.view.words import capital
from riskmap.rules.accountability import in_force
from riskmap.rules.statement import count_word

MOST = 60

GLOSSARY = (
    ("Function", "What the organisation must keep doing.", "ISO 22301: activity; DORA: function"),
    ("MTD", "Maximum tolerable downtime: how long a function may be down.", "NIST SP 800-34"),
    ("RTO", "Recovery time objective: how soon it should be back.", "ISO 22301; NIST SP 800-34"),
    ("RPO", "Recovery point objective: how much data may be lost, as time.", "NIST SP 800-34"),
    (
        "Minimum",
        "The least share of normal work at which a function still counts as working.",
        "ISO 22301: minimum acceptable capacity",
    ),
    (
        "Single point of failure",
        "Something that stops a function though everything else works.",
        "minimal cut set of order one",
    ),
    (
        "Third party",
        "What services depend on though nobody here bought it.",
        "nth party",
    ),
    (
        "Rank",
        "Steps along contracts: 1 is a party to ours, 2 its subcontractor, and so on.",
        "Regulation (EU) 2024/2956, B_05.02",
    ),
    ("Shared fate", "A plan needs what it should replace: both fall together.", "common cause"),
    (
        "Worst outage",
        "The longest outage that is plausible, as the model states it.",
        "riskmap",
    ),
    (
        "Tested, evidenced, attested, assumed",
        "How far a fact may be relied on: by a test, a document, somebody's word, or not at all.",
        "riskmap",
    ),
)


def register(context: AuditContext) -> Part:
    """Return the register of contracts with their clauses."""
    heads = (
        (tr("Contract"), 22),
        (tr("Covers"), 20),
        (tr("Runs; our notice"), 18),
        (tr("Yearly cost; pays"), 14),
        (tr("Clauses of DORA Art. 30"), 26),
    )
    contracts = context.model.contracts
    rows = [_contract(context, contract) for contract in contracts]
    if not rows:
        return Part(tr("Appendix: contracts and their clauses"), tr("The model holds no contract."))
    return Part(
        tr("Appendix: contracts and their clauses"),
        tr(
            "A clause counts as there when the model says that the contract has it; what nobody"
            " wrote down counts as not checked. DORA's list binds financial entities of the EU and"
            " is good practice elsewhere."
        ),
        (Block(grid=grid(heads, rows, MOST, tight=True)),),
    )


def _contract(context: AuditContext, contract: Contract) -> tuple[Cell, ...]:
    words = context.words
    live = in_force(contract, context.assessment.today)
    notice = tr("no notice stated")
    if contract.notice is not None:
        facts = (f"{contract.id}.notice", contract.id)
        notice = tr("notice {length}", length=words.span(contract.notice.total_seconds(), *facts))
    start = words.day(contract.starts) if contract.starts else tr("start not stated")
    ends = words.day(contract.ends) if contract.ends else tr("end not stated")
    return (
        Cell(contract.title, note=words.short(contract.provider)),
        Cell("; ".join(words.short(name, 36) for name in contract.covers)),
        Cell(
            tr("{start} to {end}", start=start, end=ends),
            mark=None if live else bad(tr("Not in force")),
            note=notice,
        ),
        _money(context, contract),
        _clauses(contract),
    )


def _money(context: AuditContext, contract: Contract) -> Cell:
    words = context.words
    stated = [amount for amount in (contract.credits, contract.liability_cap) if amount is not None]
    pays = tr("nothing stated that it pays")
    if stated:
        facts = [f"{contract.id}.{name}" for name in ("credits", "liability_cap")]
        pays = tr("pays at most {amount}", amount=words.amount(sum(stated), *facts))
    if contract.annual_cost is None:
        return gap(tr("cost not stated"), note=pays)
    return Cell(words.amount(contract.annual_cost, f"{contract.id}.annual_cost"), note=pays)


def _clauses(contract: Contract) -> Cell:
    stated = dict(contract.clauses)
    have = sum(1 for clause in CLAUSES if stated.get(clause.id) is ClauseStatus.HAVE)
    unchecked = sum(1 for clause in CLAUSES if clause.id not in stated)
    if unchecked == len(CLAUSES):
        return gap(tr("nobody checked any of them"))
    forms = ((ClauseStatus.MISSING, tr("missing")), (ClauseStatus.REFUSED, tr("refused")))
    notes = []
    for status, word in forms:
        named = [clause_title(name) for name, found in contract.clauses if found is status]
        if named:
            notes.append(f"{word}: {', '.join(named)}")
    if unchecked:
        notes.append(tr("{count} not checked", count=count_word(unchecked)))
    text = tr("{have} of {total}", have=count_word(have), total=len(CLAUSES))
    return Cell(capital(text), note="; ".join(notes))


def index(context: AuditContext) -> Part | None:
    """Return the index of evidence: every source named in the model, and what it is about."""
    found: dict[tuple[str, str], list[str]] = {}
    for subject, evidence in _evidence(context):
        day = context.words.day(evidence.date) if evidence.date else ""
        how = tr(str(evidence.confidence)) if evidence.confidence else tr("not stated how sure")
        note = ", ".join(part for part in (how, day) if part)
        found.setdefault((evidence.source or "", note), []).append(subject)
    rows = [
        (
            Cell(source, note=note),
            Cell(context.words.names(dict.fromkeys(subjects), 6, "entry", "entries")),
        )
        for (source, note), subjects in sorted(found.items())
    ]
    title = tr("Appendix: where the facts come from")
    if not rows:
        return None  # that facts have no source is told where they are used
    return Part(
        title,
        trn(
            "One source is named; facts without a source rest on whoever wrote the model.",
            "{count} sources are named; facts without a source rest on whoever wrote the model.",
            len(rows),
            count=capital(count_word(len(rows))),
        ),
        (
            Block(
                grid=grid(
                    ((tr("Source"), 50), (tr("What it is about"), 50)), rows, MOST, tight=True
                )
            ),
        ),
    )


def _evidence(context: AuditContext) -> Iterator[tuple[str, Evidence]]:
    """Yield every piece of evidence with a source, and the entry it is about."""
    for name in context.model.ids():
        entry = context.model.entry(name)
        if entry.evidence.source:
            yield name, entry.evidence
        needs = entry.needs if isinstance(entry, Element) else getattr(entry, "uses", ())
        for need in iter_needs(needs):
            if need.evidence.source:
                yield name, need.evidence
        if isinstance(entry, Element) and entry.outage.source:
            outage = entry.outage
            yield name, Evidence(outage.source, entry.evidence.date, outage.confidence)


def terms(context: AuditContext) -> Part:
    """Return the terms used."""
    del context
    rows = [(Cell(tr(term)), Cell(tr(text)), Cell(tr(where))) for term, text, where in GLOSSARY]
    heads = ((tr("Term"), 22), (tr("Meaning"), 50), (tr("Elsewhere"), 28))
    return Part(
        tr("Appendix: terms used"), blocks=(Block(grid=grid(heads, rows, len(rows), tight=True)),)
    )


def signing(context: AuditContext) -> Part:
    """Return the block to sign."""
    roles = (
        tr("Continuity manager, who prepared it"),
        tr("Auditor, who checked it"),
        tr("Management, who takes note of it"),
    )
    rows = [(Cell(role), Cell(""), Cell(""), Cell("")) for role in roles]
    heads = ((tr("Role"), 30), (tr("Name"), 26), (tr("Signature"), 28), (tr("Day"), 16))
    digest = context.model.digest
    about = (
        tr("the model with the digest {digest}", digest=digest[:16]) if digest else tr("the model")
    )
    return Part(
        tr("Sign-off"),
        tr(
            "Whoever signs says that the facts of the sampling list were checked as ticked, and"
            " that the findings were read and answered. It is about {model}, as of {day}.",
            model=about,
            day=context.words.day(context.assessment.today),
        ),
        (Block(grid=grid(heads, rows, len(rows), signed=True)),),
    )
