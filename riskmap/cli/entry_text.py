"""Everything about one entry on a terminal."""

import math
from collections.abc import Iterable, Iterator

from rich.padding import Padding
from rich.text import Text

from riskmap.assessment import Assessment
from riskmap.cli.assessment_text import SIGNS
from riskmap.cli.common import console
from riskmap.cli.findings_text import COLOURS
from riskmap.errors import UnknownNameError
from riskmap.loading.problems import nearest
from riskmap.model import (
    Contingency,
    Contract,
    Element,
    Entry,
    Function,
    Provider,
    Scenario,
    Service,
    ThirdParty,
    Treatment,
)
from riskmap.rules.accountability import states_payment
from riskmap.rules.statement import (
    Money,
    duration,
    join,
    mention,
    percent,
    render,
    show_value,
)

Line = str | Text
KINDS: tuple[tuple[type[Entry], str], ...] = (
    (Function, "function"),
    (Service, "service"),
    (ThirdParty, "third party"),
    (Provider, "provider"),
    (Contract, "contract"),
    (Contingency, "contingency"),
    (Scenario, "scenario"),
    (Treatment, "decision"),
)
MOST = 6
"""Paths shown at most for each function."""


def print_entry(assessment: Assessment, entry_id: str) -> None:
    """Print everything that an assessment knows about one entry.

    Raises
    ------
    UnknownNameError
        When the model has no such entry.
    """
    model = assessment.model
    if entry_id not in model:
        raise UnknownNameError(entry_id, "entry", nearest(entry_id, model.ids()))
    entry = model.entry(entry_id)
    kind = next(name for cls, name in KINDS if isinstance(entry, cls))
    out = console()
    out.print(Text.assemble((entry.title, "bold"), f"  {kind} {entry.id}"))
    if entry.notes:
        out.print(Padding(Text(entry.notes, "italic"), (0, 0, 0, 2)))
    for heading, lines in _sections(assessment, entry):
        shown = list(lines)
        if shown:
            out.print()
            out.print(Text(heading, "bold"))
            for line in shown:
                out.print(Padding(Text(line) if isinstance(line, str) else line, (0, 0, 0, 2)))


def _sections(assessment: Assessment, entry: Entry) -> Iterator[tuple[str, Iterable[Line]]]:
    if isinstance(entry, Element):
        yield "Who needs it", _needed_by(assessment, entry)
        yield "What it needs", _needs(assessment, entry)
        if not isinstance(entry, Function):
            yield "Who answers for it", _answers(assessment, entry)
            yield "When it fails", _failure(assessment, entry)
        else:
            yield "What alone stops it", _stopped_by(assessment, entry)
        yield "Contingencies", _contingencies(assessment, entry)
        yield "Leaving", _leaving(assessment, entry)
    if isinstance(entry, Contingency):
        yield "The plan", _plan(assessment, entry)
    yield "Found about it", _findings(assessment, entry)
    yield (
        "Assumed or missing",
        [
            render(assumption.statement, assessment.model) + f"  ({assumption.key})"
            for assumption in assessment.results.assumptions.values()
            if assumption.subject == entry.id
        ],
    )


def _list(assessment: Assessment, names: Iterable[str], *, last: str = "and") -> str:
    return join([mention(name, assessment.model) for name in names], last=last)


def _path(assessment: Assessment, path: Iterable[str]) -> str:
    return " → ".join(assessment.model.title(name) for name in path)


def _needed_by(assessment: Assessment, entry: Element) -> Iterator[Line]:
    results = assessment.results
    users = [f for f in results.structure.tops if entry.id in results.closures[f] and f != entry.id]
    for function in users:
        paths = results.all_paths(function, entry.id, MOST + 1)
        for path in paths[:MOST]:
            yield _path(assessment, path)
        if len(paths) > MOST:
            yield "and by more paths"
    for plan in assessment.model.contingencies:
        if entry.id in results.structure.closure_of_terms(plan.id):
            yield f"the contingency “{plan.title}”"
    if not users and not isinstance(entry, Function):
        yield "no function needs it"


def _needs(assessment: Assessment, entry: Element) -> Iterator[Line]:
    needs = assessment.results.structure.successors[entry.id]
    if needs:
        yield _list(assessment, needs)
    soft = assessment.results.structure.nodes[entry.id].soft
    if soft:
        yield f"softly: {_list(assessment, soft)}"


def _answers(assessment: Assessment, entry: Element) -> Iterator[Line]:
    model = assessment.model
    stands = assessment.results.accountability[entry.id]
    if stands.own:
        yield "we run it ourselves"
        return
    if stands.party is not None and stands.party != entry.id:
        yield f"run by {model.title(stands.party)}"
    if stands.rank is None:
        yield "no contract in force leads to it: nobody owes us its repair"
        return
    yield f"rank {stands.rank}, through {_list(assessment, stands.chain, last='then')}"
    if not stands.payable and not states_payment(model, stands):
        yield "nobody stated what our contract would pay for one outage; it counts as nothing"
        return
    paid = show_value(Money(stands.payable), model) if stands.payable else "nothing"
    yield f"our contract would pay {paid} for one outage"


def _failure(assessment: Assessment, entry: Element) -> Iterator[Line]:
    results, model = assessment.results, assessment.model
    if not entry.fails_alone:
        yield "it has no failure of its own; it is down when something it needs is"
        return
    outage = results.worst_outage(entry.id)
    worst = "with no known end" if math.isinf(outage) else f"for {duration(outage)}"
    yield f"at worst it is out {worst}"
    for function in results.structure.tops:
        impact = results.impacts.get((function, entry.id))
        if impact is None:
            continue
        sign, colour = SIGNS[impact.verdict]
        mtd = results.functions[function].objectives.mtd
        limit = f"it can bear {duration(mtd.total_seconds())}" if mtd else "no tolerance stated"
        if math.isinf(impact.stopped):
            stops = "stopped with no known end"
        elif impact.stopped:
            stops = f"stopped for {duration(impact.stopped)}"
        else:
            stops = "not stopped"
        line = Text.assemble((f"{sign} ", colour), f"{model.title(function)}: {stops}; {limit}")
        if impact.lowest:
            line.append(f"; {percent(impact.lowest)} still works")
        yield line
        for service in impact.services:
            plan = model.title(service.standby)
            yield f"  “{plan}” carries “{model.title(service.node)}” after " + duration(
                service.start
            )


def _stopped_by(assessment: Assessment, entry: Function) -> Iterator[Line]:
    results, model = assessment.results, assessment.model
    ordered = sorted(
        (
            results.impacts[entry.id, name]
            for name in results.inherent_singles[entry.id]
            if (entry.id, name) in results.impacts
        ),
        key=lambda impact: impact.order,
        reverse=True,
    )
    for impact in ordered:
        sign, colour = SIGNS[impact.verdict]
        length = "no known end" if math.isinf(impact.stopped) else duration(impact.stopped)
        yield Text.assemble((f"{sign} ", colour), f"{model.title(impact.element)}: {length}")
    if not ordered:
        yield "nothing: no single failure stops it"


def _contingencies(assessment: Assessment, entry: Element) -> Iterator[Line]:
    for plan in assessment.model.contingencies:
        if entry.id in plan.covers:
            lead = "an unknown time" if plan.lead is None else duration(plan.lead.total_seconds())
            tested = "tested" if plan.last_passed else "never tested"
            yield f"“{plan.title}” takes its place after {lead}; {tested}"


def _leaving(assessment: Assessment, entry: Element) -> Iterator[Line]:
    leaving = assessment.results.exit_sets.get(entry.id)
    if leaving is None:
        return
    others = [name for name in leaving.members if name != entry.id]
    yield f"{_list(assessment, others)} must move with it" if others else "it can leave alone"


def _plan(assessment: Assessment, plan: Contingency) -> Iterator[Line]:
    results = assessment.results
    yield f"stands in for {_list(assessment, plan.covers)}"
    lead = (
        "never starts: a time is missing"
        if plan.lead is None
        else (f"starts after {duration(plan.lead.total_seconds())}")
    )
    holds = (
        "for an unstated time"
        if plan.sustains is None
        else (f"for {duration(plan.sustains.total_seconds())}")
    )
    carries = "an unstated share" if plan.capacity is None else percent(plan.capacity)
    yield f"{lead}, carries {carries}, holds {holds}"
    tested = plan.last_passed
    yield f"last passed a test on {tested.date}" if tested else "never passed a test"
    alone = sorted(results.standby_singles[plan.id])
    if alone:
        yield f"fails when any of these does: {_list(assessment, alone, last='or')}"


def _findings(assessment: Assessment, entry: Entry) -> Iterator[Line]:
    for treated in assessment.findings:
        finding = treated.finding
        if finding.subject == entry.id:
            line = Text.assemble(
                (f"{finding.severity} ", COLOURS[finding.severity]),
                (f"{finding.rule}  ", "dim"),
                render(finding.summary, assessment.model) + ".",
            )
            if treated.treatment is not None:
                state = "expired" if treated.expired else str(treated.treatment.status)
                line.append(f" [{state}]", "italic")
            yield line
    if isinstance(entry, Element | Contingency):
        others = [
            treated.finding.key
            for treated in assessment.findings
            if entry.id in (*treated.finding.involves, *treated.finding.functions)
            and entry.id != treated.finding.subject
        ]
        if others:
            yield f"also named in {join(others)}"
