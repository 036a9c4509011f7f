"""The first page of a review: go, conditional or no-go, by which rule, on which conditions."""

from collections.abc import Iterator
from dataclasses import replace

from riskmap.assessment.comparing.function_words import function_sentence
from riskmap.assessment.reviewing import Proposal, Recommendation, Review
from riskmap.errors import OutputError
from riskmap.language import tr, trn
from riskmap.model.clauses import clause_title
from riskmap.report.view.blocks import Block, Part, grid
from riskmap.report.view.context import Context
from riskmap.report.view.parts import Callout, Cell, Mark, bad, fair, gap, good
from riskmap.report.view.words import capital, listed, shorten
from riskmap.rules.statement import count_word

Row = tuple[Cell, ...]

MOST = 9
"""Conditions shown of one proposal; only findings are left out, since they are attached."""
ALWAYS = 3
"""The weightiest findings, which are never left out."""


def review_of(context: Context) -> Review:
    """Return the review a report is about.

    Raises
    ------
    OutputError
        When there is none: a review needs a proposal.
    """
    review = context.beside.review
    if review is None:
        raise OutputError(
            "a review holds a proposal against today, and no proposal was named",
            "riskmap review MODEL --with PROPOSAL -o review.pdf",
        )
    return review


def mark_of_recommendation(recommendation: Recommendation) -> Mark:
    """Return the mark of a recommendation."""
    if recommendation is Recommendation.GO:
        return good(tr("Go"))
    if recommendation is Recommendation.CONDITIONAL:
        return fair(tr("Conditional"))
    return bad(tr("No-go"))


def headline(context: Context) -> str:
    """Return the recommendation in one sentence."""
    best = review_of(context).best
    name, conditions = best.name, len(_conditions(best))
    if best.recommendation is Recommendation.GO:
        return tr("{name}: go", name=name)
    if best.recommendation is Recommendation.CONDITIONAL:
        return trn(
            "{name}: go on one condition",
            "{name}: go on {count} conditions",
            conditions,
            name=name,
            count=count_word(conditions),
        )
    if len(review_of(context).proposals) > 1:
        return tr("No-go for every proposal: each would make a function worse")
    return tr("{name}: no-go as proposed", name=name)


def build(context: Context) -> Part:
    """Return the first section."""
    review = review_of(context)
    blocks = [Block(callout=_rule(context))]
    for proposal in review.proposals:
        blocks.extend(_proposal(proposal, named=len(review.proposals) > 1))
    return Part(
        headline(context),
        opening=True,
        kicker=tr("Vendor review · {organisation}", organisation=review.today.model.organisation),
        lead=_lead(review),
        blocks=tuple(blocks),
    )


def _lead(review: Review) -> str:
    best = review.best
    brought = [b for b in best.brought if b.party is not None]
    results = best.assessment.results
    new = {b.element.id for b in best.brought}
    served = [name for name in results.structure.tops if not new.isdisjoint(results.reach[name])]
    title = best.assessment.model.title
    names = listed([title(name) for name in served], 3, tr("function"), tr("functions"))
    first = tr("It would serve {functions}.", functions=names)
    if not served:
        first = tr("Nothing that it brings is used by a function.")
    return (
        first
        + " "
        + trn(
            "It brings one new element run by others.",
            "It brings {count} new elements run by others.",
            len(brought),
            count=count_word(len(brought)),
        )
    )


def _rule(context: Context) -> Callout:
    """Say by which rule it is recommended."""
    best = review_of(context).best
    line = best.assessment.policy.review
    severity = tr("no severity") if line.severity is None else str(line.severity)
    return Callout(
        mark_of_recommendation(best.recommendation),
        tr(
            "Recommendation for {name}: {word}",
            name=best.name,
            word=mark_of_recommendation(best.recommendation).word,
        ),
        (
            tr("No-go: a function would lose its tolerance, or be stopped for longer and past it."),
            tr(
                "Conditional: a function is dropped, a finding is new or worse at {severity} or"
                " above, a clause of its contracts is missing or unchecked, or more than"
                " {questions} questions are open.",
                severity=severity,
                questions=line.questions,
            ),
            tr(
                "Go: none of these. The rule is in the policy ({name}).",
                name=best.assessment.policy.name,
            ),
        ),
    )


def _proposal(proposal: Proposal, *, named: bool) -> Iterator[Block]:
    mark = mark_of_recommendation(proposal.recommendation)
    title = tr("{name}: {word}", name=proposal.name, word=mark.word) if named else ""
    rows = _conditions(proposal)
    if not rows:
        text = tr("Nothing has to be settled first.")
        yield Block(title or tr("Conditions"), text)
        return
    heads = (
        (tr("What stands in the way"), 52),
        (tr("What would turn it"), 34),
        (tr("Settled by, on"), 14),
    )
    shown, more = _fitted(proposal, rows)
    table = grid(heads, shown, len(shown), tight=True)
    assert table is not None
    yield Block(title or tr("Conditions, and what would turn them"), grid=replace(table, more=more))


def _fitted(proposal: Proposal, rows: list[Row]) -> tuple[list[Row], str]:
    """Leave out the least of the findings where there are too many rows; they are attached."""
    over = min(len(rows) - MOST, len(proposal.pressing) - ALWAYS)
    if over <= 0:
        return rows, ""
    end = len(proposal.worse) + len(proposal.dropped) + len(proposal.pressing)
    more = trn(
        "One further finding is in the attached assessment.",
        "{count} further findings are in the attached assessment.",
        over,
        count=capital(count_word(over)),
    )
    return [*rows[: end - over], *rows[end:]], more


def _conditions(proposal: Proposal) -> list[Row]:
    """Return what makes a proposal conditional or a no-go: functions, findings, the rest."""
    return [*_functions(proposal), *_findings(proposal), *_settling(proposal)]


def _functions(proposal: Proposal) -> Iterator[Row]:
    for change in proposal.worse:
        sentence = function_sentence(proposal.comparison, change)
        text = tr("{function}: {what}.", function=change.new.title, what=sentence)
        turn = tr("a way to keep it within what it can bear, planned and tested before signing")
        yield Cell(capital(text), mark=bad(tr("No-go"))), Cell(turn), gap("")
    for title in proposal.dropped:
        text = tr("{function}: the proposal no longer has it.", function=title)
        yield Cell(capital(text)), Cell(tr("its owner agrees that it may be given up")), gap("")


def _findings(proposal: Proposal) -> Iterator[Row]:
    words = {change.key: change.state for change in proposal.comparison.findings}
    for treated in proposal.pressing:
        state = words[treated.finding.key]
        yield (
            Cell(shorten(f"{capital(state.summary)}.", 260), note=state.key),
            Cell(shorten(f"{capital(state.recommendation)}.", 160)),
            gap(""),
        )


def _settling(proposal: Proposal) -> Iterator[Row]:
    for found in proposal.gaps:
        names = [*found.refused, *found.missing, *found.unchecked]
        listed_names = listed([clause_title(n) for n in names], 3, tr("clause"), tr("clauses"))
        text = tr(
            "“{contract}”: {refused} refused, {missing} missing, {unchecked} not checked.",
            contract=found.contract.title,
            refused=len(found.refused),
            missing=len(found.missing),
            unchecked=len(found.unchecked),
        )
        yield Cell(text), Cell(tr("agreed in writing: {clauses}", clauses=listed_names)), gap("")
    if proposal.too_many_questions:
        text = trn(
            "One question to its providers is open.",
            "{count} questions to its providers are open.",
            proposal.questions,
            count=proposal.questions,
        )
        yield Cell(text), Cell(tr("answers, by riskmap questions and riskmap answers")), gap("")
