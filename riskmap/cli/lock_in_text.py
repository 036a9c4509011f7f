"""Lock-in over everything that is bought, on a terminal."""

from rich.console import Console
from rich.text import Text

from riskmap.assessment import Assessment
from riskmap.cli.common import console
from riskmap.cli.exit_text import amount, length
from riskmap.cli.sheet import heading, line, sheet
from riskmap.model import Model
from riskmap.rules.leaving.portfolio import Hold, Portfolio
from riskmap.rules.leaving.scoring import Score
from riskmap.rules.statement import Count, join, mention, show_value

WIDE = 120
"""Columns that the widest table here takes."""
HOLDS = {Hold.RUNS: "runs it", Hold.DRAGS: "must move along", Hold.NEEDED: "is needed by it"}


def print_portfolio(assessment: Assessment, found: Portfolio) -> None:
    """Print lock-in for a person, as wide as the terminal."""
    out, model = console(), assessment.model
    out.print(Text(f"What holds {model.organisation}", "bold"))
    if not found.rows:
        line(out, "No service is bought, so nothing can hold us.")
        return
    line(out, _which(found, model))
    heading(out, "Services, the firmest hold first")
    rows = [
        [
            model.title(row.service),
            _score(row.score),
            model.title(row.provider),
            join([model.title(n) for n in row.members if n != row.service]) or "nothing",
            length(row.move),
            amount(row.cost, model),
        ]
        for row in found.rows
    ]
    headers = ["Service", "score", "run by", "moves along", "move takes", "leaving costs"]
    sheet(out, headers, rows, numbers=frozenset({1}), room=WIDE)
    heading(out, "Who holds what")
    _matrix(out, found, model)
    heading(out, "Ultimate parents")
    parents = [
        [
            model.title(parent.parent),
            show_value(Count(len(parent.services), "service", "services"), model),
            length(parent.move),
            amount(parent.cost, model),
        ]
        for parent in found.parents
    ]
    sheet(out, ["Parent", "runs", "leaving takes", "leaving costs"], parents)
    heading(out, "How far the ranking hangs on the weights")
    _tornado(out, found, model)
    out.print()
    out.print(Text("`riskmap exit MODEL ID` shows the sums for one service or provider.", "dim"))


def _which(found: Portfolio, model: Model) -> str:
    if not found.decisions:
        return "Every service can leave alone: no choice locks in another."
    first = found.decisions[0]
    names = join([mention(name, model) for name in first.locks_in])
    return (
        f"The choice that locks in most is {mention(first.service, model)}: {names} cannot leave"
        " without it."
    )


def _score(score: Score) -> str:
    """Write a score, and how much of it is there only because nobody stated more."""
    unknown = sum(term.points for term in score.terms if not term.stated)
    return f"{score.total:.0f}" + (f" ({unknown:.0f} not stated)" if round(unknown) else "")


def _matrix(out: Console, found: Portfolio, model: Model) -> None:
    rows = []
    for cell in found.cells:
        through = ""
        if cell.hold is not Hold.RUNS:
            through = join([model.title(name) for name in cell.through])
        rows.append(
            [model.title(cell.service), model.title(cell.provider), HOLDS[cell.hold], through]
        )
    sheet(out, ["Service", "provider", "hold", "through"], sorted(rows))


def _tornado(out: Console, found: Portfolio, model: Model) -> None:
    before = {row.service: row.rank for row in found.rows}
    moving = [shift for shift in found.tornado if shift.moved]
    if not moving:
        line(out, "Halving or doubling any one weight changes no rank.")
        return
    rows = []
    for shift in moving:
        word = "halved" if shift.factor < 1 else "doubled"
        moves = join(
            [f"{model.title(n)} from {before[n]} to {shift.ranks[n]}" for n in shift.moved]
        )
        rows.append([f"{shift.term} {word}", moves])
    sheet(out, ["Weight", "ranks that move"], rows)
    still = len(found.tornado) - len(moving)
    if still:
        line(out, show_value(Count(still, "other change", "other changes"), model) + " moved none.")
