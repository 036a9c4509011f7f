"""An exit plan on a terminal, so that each number can be checked with a pencil."""

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from riskmap.assessment import Assessment
from riskmap.cli.common import console
from riskmap.cli.sheet import heading, line, sheet
from riskmap.model import Confidence, Model, Range
from riskmap.rules.leaving.costs import CostItem
from riskmap.rules.leaving.gaps import Opens
from riskmap.rules.leaving.ground import DAY, Estimate, Length
from riskmap.rules.leaving.limits import Comparison, LimitKind
from riskmap.rules.leaving.phases import Phase
from riskmap.rules.leaving.plan import ExitPlan, Loosening
from riskmap.rules.leaving.scoring import Score
from riskmap.rules.leaving.wording import COSTS, LIMITS, PHASES, at_least, percent_of
from riskmap.rules.statement import (
    Count,
    count_word,
    day,
    duration,
    join,
    mention,
    money,
    render,
    show_value,
)

MARK = "*"
FITS = {True: ("● fits", "green"), False: ("▲ too short", "red"), None: ("◆ not decided", "yellow")}


def print_plan(assessment: Assessment, plan: ExitPlan) -> None:
    """Print an exit plan for a person, as wide as the terminal."""
    out, model = console(), assessment.model
    out.print(Text.assemble(("Leaving ", "bold"), (model.title(plan.subject), "bold")))
    line(out, _summary(plan, model))
    heading(out, "What leaves together, and why")
    for text in _members(plan, model):
        line(out, text)
    heading(out, "How long it takes")
    _schedule(out, plan, model)
    heading(out, f"What it costs, in {model.currency or 'a currency nobody stated'}")
    _costs(out, plan, model)
    heading(out, "What that is held against")
    _limits(out, plan, model)
    if len(plan.members) > 1 or plan.loosenings:
        heading(out, "What would loosen it")
        _loosenings(out, plan, model)
    heading(out, "How firmly it holds us, from 0 to 100")
    _scores(out, plan, model)
    _to_do(out, plan, model)
    heading(out, "Gaps: what nobody stated")
    _gaps(out, plan, model)
    out.print()
    out.print(Text(f"{MARK} rests on an assumption. docs/lock-in.md has the formulas.", "dim"))


def length(value: Length) -> str:
    """Write a length of time that may be incomplete."""
    return at_least(duration(value.seconds), is_open=value.open, unknown=value.unknown)


def amount(value: Estimate, model: Model) -> str:
    """Write an amount that may be incomplete, with its bounds where they differ."""
    text = money(value.likely, model.currency)
    if value.low != value.high:
        text += f" ({value.low:,.0f} to {value.high:,.0f})"
    return at_least(text, is_open=value.open, unknown=value.unknown)


def _summary(plan: ExitPlan, model: Model) -> str:
    others = [item.service for item in plan.along]
    if others:
        names = join([mention(name, model) for name in others])
        text = f"It cannot leave alone: {names} must move with it."
    elif plan.members == (plan.subject,):
        text = "It can leave alone."
    else:
        services = show_value(Count(len(plan.members), "service", "services"), model)
        text = f"Leaving means moving {services}."
    return (
        f"{text} From notice to the last day: {length(plan.timing.whole)}."
        f" Cost: {amount(plan.cost, model)}."
    )


def _members(plan: ExitPlan, model: Model) -> Iterator[str]:
    dragged = {item.service: item for item in plan.along}
    for name in plan.members:
        item = dragged.get(name)
        title = mention(name, model)
        if item is None:
            yield f"{title} leaves because that is what is asked"
            continue
        by = f" by {join([str(kind) for kind in item.kinds])}" if item.kinds else ""
        way = " > ".join(mention(step, model) for step in item.chain)
        holds = "; it is proprietary, and holds the others" if name in plan.holders else ""
        yield f"{title} must move too, tied{by}: {way}{holds}"
    for group in plan.timing.groups:
        if len(group) > 1:
            names = join([mention(name, model) for name in group])
            yield f"{names} are a knot: each drags the other, so that none can go first"


def _phase_name(phase: Phase, model: Model) -> str:
    return f"{PHASES[phase.kind]}, {model.title(phase.subject)}"


def _schedule(out: Console, plan: ExitPlan, model: Model) -> None:
    rows: list[list[str | Text]] = []
    for phase in plan.timing.phases:
        mark = MARK if phase.basis is Confidence.ASSUMED else ""
        name = Text(_phase_name(phase, model), "bold" if phase.critical else "")
        if not phase.stated:
            rows.append([name, "", "", Text("not stated", "yellow"), phase.owner or ""])
            continue
        takes = duration(phase.length) + mark
        sets = "▶ " if phase.critical else ""
        rows.append([name, _at(phase.start), _at(phase.end), sets + takes, phase.owner or ""])
    headers = ["Phase", "from day", "to day", "takes", "who"]
    if not any(row[4] for row in rows):
        headers, rows = headers[:4], [row[:4] for row in rows]
    sheet(out, headers, rows, numbers=frozenset({1, 2}))
    timed = plan.timing
    line(
        out,
        f"▶ sets the time. Together {length(timed.whole)}; without notice {length(timed.move)}.",
    )
    people = show_value(Count(timed.people, "person", "people"), model)
    said = "as stated" if timed.people_stated else "nobody stated more, so builds may wait"
    line(out, f"Set up by {people} at a time ({said}).")
    if timed.shortest < timed.whole.seconds:
        saves = duration(timed.whole.seconds - timed.shortest)
        line(out, f"Another arrangement of the same people could save at most {saves}.")


def _at(seconds: float) -> str:
    return f"{seconds / DAY:,.1f}".removesuffix(".0")


def _costs(out: Console, plan: ExitPlan, model: Model) -> None:
    rows: list[list[str | Text]] = []
    for item in plan.costs:
        name = f"{COSTS[item.kind]}, {model.title(item.subject)}"
        rows.append([name, *_three(item), render(item.how, model)])
    total = plan.cost
    sums = [f"{value:,.0f}" for value in (total.low, total.likely, total.high)]
    least = "at least: something is not stated" if total.open else ""
    rows.append([Text("Together", "bold"), *(Text(value, "bold") for value in sums), least])
    sheet(out, ["Item", "low", "likely", "high", "how"], rows, numbers=frozenset({1, 2, 3}))


def _three(item: CostItem) -> list[str | Text]:
    known: Range | None = item.amount
    if known is None:
        return ["", Text("not stated", "yellow"), ""]
    mark = MARK if item.basis is Confidence.ASSUMED else ""
    plus = "+" if item.open else ""
    return [f"{known.low:,.0f}", f"{known.likely:,.0f}{plus}{mark}", f"{known.high:,.0f}{plus}"]


def _limits(out: Console, plan: ExitPlan, model: Model) -> None:
    rows: list[list[str | Text]] = []
    for item in plan.comparisons:
        limit = Text("not stated", "yellow") if item.limit is None else Text(duration(item.limit))
        rows.append(
            [
                f"{model.title(item.subject)}: {LIMITS[item.kind]}",
                limit,
                _needed(item),
                Text(*FITS[item.fits]),
            ]
        )
    sheet(out, ["Limit", "allows", "needed", ""], rows)
    if not rows:
        line(out, "No contract in force, no data and no function to hold it against.")


def _needed(item: Comparison) -> str:
    what = "to fetch the data" if item.kind is LimitKind.RETRIEVAL else "to move"
    return "not known" if item.needed.unknown else f"{length(item.needed)} {what}"


def _loosenings(out: Console, plan: ExitPlan, model: Model) -> None:
    if not plan.loosenings:
        line(out, "Ask for one service alone to see what would loosen it.")
    for found in plan.loosenings:
        for text in _loosening(found, plan, model):
            line(out, text)


def _loosening(found: Loosening, plan: ExitPlan, model: Model) -> Iterator[str]:
    left = join([mention(name, model) for name in found.left_behind])
    yield f"To leave without {left}, cut"
    for cut in found.cuts:
        kinds = f" by {join([str(kind) for kind in cut.kinds])}" if cut.kinds else ""
        price = "at a price nobody stated" if cut.cost is None else money(cut.cost, model.currency)
        yield (
            f"  - the tie{kinds} of {mention(cut.source, model)} to {mention(cut.target, model)}:"
            f" {price}"
        )
    price = at_least(
        money(found.cost, model.currency),
        is_open=found.open,
        unknown=found.open and not found.cost,
    )
    yield (
        f"  Cutting costs {price}. Leaving then takes {length(found.move)} without notice and"
        f" costs {amount(found.leaving, model)}, instead of {length(plan.timing.move)} and"
        f" {amount(plan.cost, model)}."
    )
    yield f"  {_verdict(found, plan, model)}"


def _verdict(found: Loosening, plan: ExitPlan, model: Model) -> str:
    if found.pays is None:
        return "Whether that pays cannot be said: something above is not stated."
    saving = money(max(0.0, found.saving or 0.0), model.currency)
    if not found.pays:
        return f"It does not pay by cost: leaving would be only {saving} cheaper."
    least = "at least " if plan.cost.open else ""
    both = money(found.cost + found.leaving.likely, model.currency)
    whole = money(plan.cost.likely, model.currency)
    text = (
        f"Cutting and then leaving costs {both}, leaving as things are {least}{whole}:"
        " cutting is cheaper"
    )
    if found.break_even is None:
        return text + "."
    chance = percent_of(found.break_even)
    return (
        f"{text} the day we leave. Staying tied is cheaper only while the chance of ever leaving is"
        f" below {chance} ({money(found.cost, model.currency)} over {least}{saving})."
    )


def _scores(out: Console, plan: ExitPlan, model: Model) -> None:
    for score in plan.scores:
        if len(plan.scores) > 1 and score.service != plan.subject and plan.loosenings:
            continue
        for text in score_lines(score, model):
            line(out, text)
        rows: list[list[str]] = [
            [
                str(term.term),
                f"{term.share:.2f}",
                f"x {term.weight}",
                f"{term.points:.1f}",
                render(term.how, model),
            ]
            for term in score.terms
        ]
        sheet(
            out, ["term", "share", "weight", "points", "from"], rows, numbers=frozenset({1, 2, 3})
        )


def score_lines(score: Score, model: Model) -> Iterator[str]:
    """Say the score of one service, and how much of it is only unknown."""
    text = f"{mention(score.service, model)}: {score.total:.0f} of 100"
    unknown = len(score.unstated)
    if unknown:
        terms = "term is" if unknown == 1 else "terms are"
        text += f"; {count_word(unknown)} {terms} counted at the worst where nobody stated more"
    yield text


def _to_do(out: Console, plan: ExitPlan, model: Model) -> None:
    if plan.contract_steps:
        heading(out, "What to do under the contracts")
    for step in plan.contract_steps:
        when = ""
        if step.by is not None:
            when = f"; by {day(step.by)} at the latest to end it with its term"
            if step.overdue:
                when = f"; {day(step.by)}, the last day to end it with its term, has passed"
        line(out, f"{model.title(step.contract)}: {render(step.action, model)}{when}")
    if plan.clauses:
        heading(out, "Clauses to ask for")
    for clause in plan.clauses:
        line(out, f"{model.title(clause.subject)}: {render(clause.text, model)} ({clause.source})")
    if plan.written:
        heading(out, "Exit plans that were written")
    for name, written in plan.written:
        tests = len(written.tests)
        tested = show_value(Count(tests, "test", "tests"), model) if tests else "never tested"
        steps = show_value(Count(len(written.steps), "step", "steps"), model)
        line(out, f"{model.title(name)}: {steps}, {tested}")


def _gaps(out: Console, plan: ExitPlan, model: Model) -> None:
    if not plan.gaps:
        line(out, "None: everything asked for is stated.")
        return
    subjects: dict[str, dict[tuple[Opens, ...], list[str]]] = {}
    for gap in plan.gaps:
        subjects.setdefault(gap.subject, {}).setdefault(gap.opens, []).append(gap.fact)
    for subject, opened in subjects.items():
        title = model.title(subject) if subject else "The top of the file"
        for opens, facts in opened.items():
            line(out, f"{title}: {'; '.join(facts)} (leaves open: {join(map(str, opens))})")
