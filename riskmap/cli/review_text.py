"""A review on a terminal: the recommendation of each proposal, and why."""

from rich.text import Text

from riskmap.assessment.comparing.function_words import function_sentence
from riskmap.assessment.comparing.words import headline
from riskmap.assessment.reviewing import Proposal, Recommendation, Review
from riskmap.cli.common import console
from riskmap.rules.statement import count_word

_SIGNS = {
    Recommendation.GO: ("● go", "green"),
    Recommendation.CONDITIONAL: ("◆ conditional", "yellow"),
    Recommendation.NO_GO: ("▲ no-go", "red"),
}


def print_review(review: Review) -> None:
    """Print a review for a person."""
    out = console()
    out.print(Text(f"{review.today.model.organisation}: before signing", "bold"))
    for proposal in review.proposals:
        out.print()
        sign, colour = _SIGNS[proposal.recommendation]
        out.print(Text.assemble((sign, f"bold {colour}"), ("  ", ""), (proposal.name, "bold")))
        for line in _lines(proposal):
            out.print(Text(f"  {line}"))


def _lines(proposal: Proposal) -> list[str]:
    compared = proposal.comparison
    found = [headline(compared)]
    found.extend(f"{c.new.title}: {function_sentence(compared, c)}." for c in proposal.worse)
    found.extend(f"{title}: the proposal no longer has it." for title in proposal.dropped)
    words = {change.key: change.state for change in proposal.comparison.findings}
    for treated in proposal.pressing:
        state = words[treated.finding.key]
        found.append(f"{state.severity} {state.key}: {state.summary}. → {state.recommendation}.")
    for gaps in proposal.gaps:
        wanting = len(gaps.missing) + len(gaps.refused) + len(gaps.unchecked)
        said = f"{count_word(wanting)} of its clauses are missing, refused or were never checked"
        if wanting == 1:
            said = "one of its clauses is missing, refused or was never checked"
        found.append(f"{gaps.contract.title}: {said}.")
    if proposal.questions:
        number, one = proposal.questions, proposal.questions == 1
        asked = "One question is" if one else f"{number} questions are"
        found.append(f"{asked} open to its providers (riskmap questions).")
    return found
