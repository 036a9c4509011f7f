"""What each proposal brings: fourth parties, gatekeepers, lock-in, clauses, open questions."""

from collections.abc import Iterator

from riskmap.assessment.reviewing import Brought, Proposal
from riskmap.language import tr, trn
from riskmap.model import CLAUSES, ThirdParty
from riskmap.model.clauses import clause_title
from riskmap.report.view.blocks import Block, Part, grid
from riskmap.report.view.context import Context
from riskmap.report.view.parts import Cell, bad, fair, good
from riskmap.report.view.review.recommendation import review_of
from riskmap.report.view.words import Words, listed
from riskmap.rules.leaving.plan import plan_of
from riskmap.rules.statement import count_word, render

PARTIES, SERVICES, CONTRACTS, QUESTIONS = 12, 6, 6, 5


def build(context: Context) -> Part:
    """Return the section."""
    review = review_of(context)
    blocks: list[Block] = []
    for proposal in review.proposals:
        prefix = f"{proposal.name}: " if len(review.proposals) > 1 else ""
        blocks.extend(_blocks(proposal, prefix))
    return Part(tr("What would come with it"), blocks=tuple(blocks))


def _blocks(proposal: Proposal, prefix: str) -> Iterator[Block]:
    yield _parties(proposal, prefix)
    for made in (_leaving(proposal, prefix), _clauses(proposal, prefix)):
        if made is not None:
            yield made
    yield _questions(proposal, prefix)


def _parties(proposal: Proposal, prefix: str) -> Block:
    brought = sorted(proposal.brought, key=lambda b: (not b.gatekeeper, b.shared, b.element.id))
    loose = sum(1 for found in brought if not found.own and found.rank is None)
    title = trn(
        "{prefix}of one new dependency, {loose} under no contract",
        "{prefix}of {total} new dependencies, {loose} under no contract",
        len(brought),
        prefix=prefix,
        total=count_word(len(brought)),
        loose=count_word(loose) if loose else tr("none"),
    )
    if not brought:
        return Block(tr("{prefix}no new dependency", prefix=prefix), _gone(proposal))
    heads = (
        (tr("New dependency"), 34),
        (tr("Run by"), 22),
        (tr("Contract"), 20),
        (tr("Known here"), 24),
    )
    rows = [_party(proposal, found) for found in brought]
    return Block(
        title[:1].upper() + title[1:], _gone(proposal), grid(heads, rows, PARTIES, tight=True)
    )


def _gone(proposal: Proposal) -> str:
    if not proposal.gone:
        return ""
    names = [proposal.comparison.old.title(name) for name in proposal.gone]
    return tr("It takes away {names}.", names=listed(names, 5, tr("element"), tr("elements")))


def _party(proposal: Proposal, found: Brought) -> tuple[Cell, ...]:
    title = proposal.assessment.model.title
    kind = found.element.kind if isinstance(found.element, ThirdParty) else ""
    contract = good(tr("Ours")) if found.rank == 1 else None
    if found.rank is None and not found.own:
        contract = bad(tr("None"))
    elif found.rank is not None and found.rank > 1:
        contract = fair(tr("Rank {rank}", rank=found.rank))
    known = tr("new to us")
    if found.own:
        known = tr("run by ourselves")
    elif found.shared:
        known = tr("shared with what we use already")
    elif found.party is None:
        known = tr("nobody says who runs it")
    return (
        Cell(found.element.title, note=(kind or "").replace("-", " ")),
        Cell(
            tr("ourselves")
            if found.own
            else title(found.party)
            if found.party
            else tr("not stated")
        ),
        Cell("", mark=contract) if contract else Cell(tr("none needed")),
        Cell(known),
    )


def _leaving(proposal: Proposal, prefix: str) -> Block | None:
    assessment = proposal.assessment
    words, ground = Words(assessment), assessment.results.leaving
    new = {found.element.id for found in proposal.brought}
    rows = []
    for name in sorted(new & set(ground.exit_sets)):
        plan = plan_of(ground, name)
        score = next(score for score in plan.scores if score.service == name)
        others = [other for other in plan.members if other != name]
        move, cost = plan.timing.move, plan.cost
        rows.append(
            (
                Cell(assessment.model.title(name)),
                Cell(f"{score.total:.0f}"),
                Cell(words.names(others, 2, "service") if others else tr("nothing")),
                Cell(_least(words.span(move.seconds), move.open, move.unknown)),
                Cell(_least(words.amount(cost.likely), cost.open, cost.unknown)),
            )
        )
    heads = (
        (tr("Service"), 28),
        (tr("Held (0 to 100)"), 14),
        (tr("Leaves only with"), 24),
        (tr("Time to move"), 17),
        (tr("Cost"), 17),
    )
    table = grid(heads, rows, SERVICES, tight=True)
    return Block(tr("{prefix}Leaving it again", prefix=prefix), grid=table) if table else None


def _least(text: str, is_open: bool, unknown: bool) -> str:
    """Return a figure, or that it is a least, or that nobody estimated it."""
    if unknown:
        return tr("not estimated")
    return tr("at least {what}", what=text) if is_open else text


def _clauses(proposal: Proposal, prefix: str) -> Block | None:
    words = Words(proposal.assessment)
    rows = []
    for found in proposal.contracts:
        contract = found.contract
        names = [clause_title(n) for n in (*found.refused, *found.missing, *found.unchecked)]
        wanted = listed(names, 4, tr("clause"), tr("clauses"))
        pays = (contract.credits or 0.0) + (contract.liability_cap or 0.0)
        rows.append(
            (
                Cell(contract.title, note=words.short(contract.provider)),
                Cell(tr("{have} of {total}", have=found.have, total=len(CLAUSES))),
                Cell(wanted or tr("nothing")),
                Cell(words.amount(pays) if pays else tr("nothing stated")),
            )
        )
    heads = (
        (tr("Contract"), 28),
        (tr("Clauses it has"), 14),
        (tr("To obtain"), 38),
        (tr("Pays at most for an outage"), 20),
    )
    table = grid(heads, rows, CONTRACTS, tight=True)
    return (
        Block(tr("{prefix}Clauses, and what it would pay", prefix=prefix), grid=table)
        if table
        else None
    )


def _questions(proposal: Proposal, prefix: str) -> Block:
    model = proposal.assessment.model
    questions = [q for asking in proposal.asked for q in asking.questions]
    if not questions:
        return Block(tr("{prefix}Open questions", prefix=prefix), tr("None is open."))
    lines = tuple(f"{render(question.text, model)}?" for question in questions[:QUESTIONS])
    text = trn(
        "One question is open; until it is answered the worst is counted.",
        "{count} questions are open; until they are answered the worst is counted. First of all:",
        len(questions),
        count=len(questions),
    )
    return Block(tr("{prefix}Open questions", prefix=prefix), text, lines=lines)
