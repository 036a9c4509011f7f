"""Decisions that are a finding's own recommendation, and open questions about the model.

Where several findings call for one decision, :mod:`riskmap.report.view.board.asks` words it; the
rest speak for themselves, and this says what would be gained.
"""

from collections.abc import Mapping
from types import MappingProxyType

from riskmap.report.view.board.asks import Decision, shorter, who
from riskmap.report.view.context import Context
from riskmap.report.view.parts import Cell, gap
from riskmap.report.view.words import shorten
from riskmap.rules.finding import Finding

GAINS: Mapping[str, str] = MappingProxyType(
    {
        "RM102": "two failures at once no longer stop it",
        "RM103": "",
        "RM104": "a way back after a full stop",
        "RM207": "an objective that can be met",
        "RM304": "one organisation stops less of what we do",
        "RM305": "one outside party stops less of what we do",
        "RM306": "what is promised fits what we can bear",
        "RM307": "the promise covers what stops us",
        "RM308": "the contract says what we need it to say",
        "RM402": "we can leave before we have to",
        "RM403": "leaving is prepared",
        "RM404": "there is somewhere to go",
    }
)
"""What following the advice of a rule gains; empty where it is the stop that gets shorter."""
QUESTIONS = frozenset({"RM001", "RM002", "RM003", "RM005", "RM006", "RM007"})
"""Rules that ask about the model rather than about what it describes."""
ABOUT_NEEDS = frozenset({"RM001", "RM006"})
"""Those of them that ask what something needs."""


def follow(context: Context, findings: list[Finding]) -> Decision:
    """What a rule recommends, for the worst of several findings about one thing."""
    first = findings[0]
    gain = GAINS[first.rule]
    return Decision(
        what=shorten(context.words.sentence(first.recommendation), 150),
        detail=f"{shorten(context.words.sentence(first.summary), 200)}.",
        effect=Cell(gain) if gain else shorter(context, findings),
        cost=gap("to be found"),
        who=who(context, None, None, context.function_of(first)),
        by=gap("date to be set"),
    )


def confirm(context: Context, findings: list[Finding]) -> Decision:
    """Facts that are missing, old, unconfirmed or at odds with each other."""
    words = context.words
    subjects = list(dict.fromkeys(finding.subject for finding in findings))
    what = f"Answer the open questions about {words.names(subjects, 2)}"
    if {finding.rule for finding in findings} <= ABOUT_NEEDS:
        what = f"Find out what {words.names(subjects, 2)} cannot do without"
    return Decision(
        what=what,
        detail=f"{shorten(words.sentence(findings[0].summary), 200)}.",
        effect=Cell("the conclusions rest on facts"),
        cost=gap("to be found"),
        who=who(context, None, None, context.function_of(findings[0])),
        by=gap("date to be set"),
    )
