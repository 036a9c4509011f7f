"""What to find out: every fact about the exit that nobody stated, as a line to fill in."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from riskmap.report.view.exit.subject import ExitContext, owner_cell
from riskmap.report.view.parts import Cell
from riskmap.report.view.words import capital, counted
from riskmap.rules.leaving.gaps import Gap, Opens
from riskmap.rules.statement import join

MOST = 16
"""Rows of the table."""

QUESTIONS: Mapping[str, str] = MappingProxyType(
    {
        "substitutability": "how hard it is to replace",
        "procurement": "how long procurement takes",
        "retraining": "what retraining costs",
        "cost": "what the move costs besides labour",
        "format, openness": "in which form data comes back, and who can read it",
        "identity": "who holds the accounts",
        "skills": "where the people for the move are found",
        "parallel_run": "how long old and new run in parallel",
        "cut_over": "how long the cut-over takes",
        "data": "how much data there is",
        "bandwidth": "how fast the data can be fetched",
        "retrieval": "how long after the end data can be fetched",
        "effort, or build": "how much work the build is",
        "team (one person counts)": "how many people build it",
        "labour_per_day": "what a working day costs",
        "effort": "how many working days it takes",
        "facets": "what would have to be made anew (the facets of portability)",
        "all facets": "the facets of portability not yet scored",
        "notice": "how long before leaving we must say so",
        "provider_notice": "how long before leaving the provider must say so",
        "termination_fee": "what ending it early costs",
        "annual_cost": "what it costs a year",
        "switching_charges": "what the provider charges for the move",
        "exit_people": "how many people can work on the exit at the same time",
    }
)
"""What each key of a model asks, in the words of whoever has to answer."""

OPENS: Mapping[Opens, str] = MappingProxyType(
    {
        Opens.TIME: "the time",
        Opens.COST: "the cost",
        Opens.SCORE: "the hold",
        Opens.LIMITS: "whether it fits the contract",
        Opens.LOOSENING: "whether loosening pays",
    }
)


@dataclass(frozen=True, slots=True)
class GapRow:
    """What one entry lacks."""

    subject: str
    asked: tuple[str, ...]
    opens: str
    who: Cell


@dataclass(frozen=True, slots=True)
class Gaps:
    """What to find out."""

    title: str
    text: str
    rows: tuple[GapRow, ...]
    more: str


def build(context: ExitContext) -> Gaps | None:
    """Return the section, or None when everything asked for is stated."""
    found = context.plan.gaps
    if not found:
        return None
    subjects: dict[str, list[Gap]] = {}
    for gap in found:
        subjects.setdefault(gap.subject, []).append(gap)
    rows = [_row(context, name, gaps) for name, gaps in subjects.items()]
    rest = len(rows) - MOST
    number = counted(len(found), "fact is", "facts are")
    return Gaps(
        title=capital(f"{number} still to be found out"),
        text="Each of them makes the time, the cost or the hold worse here until somebody states"
        " it. The names of the keys to write are in the output of riskmap exit.",
        rows=tuple(rows[:MOST]),
        more=f"{capital(counted(rest, 'further entry', 'further entries'))} in the output of"
        " riskmap exit."
        if rest > 0
        else "",
    )


def _question(context: ExitContext, gap: Gap) -> str:
    """Return what to ask; the price of a tie names its other end by its title."""
    words, _, other = gap.fact.rpartition(" ")
    if other in context.model:
        return f"{words} {context.words.name(other)}"
    return QUESTIONS.get(gap.fact, gap.fact)


def _row(context: ExitContext, name: str, gaps: list[Gap]) -> GapRow:
    opens = sorted({kind for gap in gaps for kind in gap.opens}, key=list(Opens).index)
    owner = context.model.entry(name).owner if name else context.leader
    return GapRow(
        subject=context.words.short(name, 60) if name else "The exit as a whole",
        asked=tuple(_question(context, gap) for gap in gaps),
        opens=join([OPENS[kind] for kind in opens]),
        who=owner_cell(owner),
    )
