"""How each kind of decision is worded: what, why it is worth it, what it costs, who, by when.

Nothing is invented: an effect, a cost, an owner or a day that the model does not hold is a gap.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from riskmap.assessment import Treated
from riskmap.model import Contingency, Function, Service, Severity, Signal
from riskmap.report.view.context import Context
from riskmap.report.view.parts import Cell, gap
from riskmap.report.view.words import capital, counted, listed, mark, shorten
from riskmap.rules.finding import Finding, Measure
from riskmap.rules.leaving.plan import plan_of
from riskmap.rules.statement import Ref, join
from riskmap.rules.support import facts_of_plan
from riskmap.rules.verdict import Impact, tolerated


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: what, why it is worth it, what it costs, who does it by when."""

    what: str
    detail: str
    effect: Cell
    cost: Cell
    who: Cell
    by: Cell


def make_ready(context: Context, findings: list[Finding]) -> Decision:
    """A plan that exists and is late, untested, too small or cannot be started."""
    words = context.words
    plan = context.model.entry(findings[0].subject)
    assert isinstance(plan, Contingency)
    rules = {finding.rule for finding in findings}
    function = context.results.functions[findings[0].functions[0]]
    limit = words.tolerance(function)
    todo = []
    if "RM208" in rules:
        todo.append(_settle(plan))
    if "RM202" in rules:
        start = f", so that it carries within {limit}" if limit else ""
        todo.append(f"{_slowest(context, plan)}{start}")
    if "RM209" in rules:
        minimum = function.objectives.minimum
        todo.append(
            f"let it carry the {words.share(minimum, f'{function.id}.minimum')} that is needed"
            if minimum is not None
            else "state what it carries"
        )
    if "RM206" in rules:
        todo.append("plan what follows when it runs out")
    if rules & {"RM204", "RM205"}:
        todo.append("try it once with the people who would do it")
    cost = gap("to be found")
    if plan.annual_cost is not None:
        amount = words.amount(plan.annual_cost, f"{plan.id}.annual_cost", plan.id)
        cost = Cell(f"{amount} a year", note="as today")
    return Decision(
        what=f"Make {words.name(plan.id)} ready",
        detail=capital(f"{'; '.join(todo)}."),
        effect=shorter(context, findings),
        cost=cost,
        who=who(context, plan.owner or plan.decides, plan.id, function),
        by=gap("date to be set"),
    )


def _slowest(context: Context, plan: Contingency) -> str:
    if plan.missing_times:
        return "state how long noticing, deciding and starting take"
    times = (("noticing", plan.detect), ("deciding", plan.decide), ("starting", plan.activate))
    known = [(name, value) for name, value in times if value is not None]
    name, value = max(known, key=lambda pair: pair[1])
    spoken = context.words.span(value.total_seconds(), *facts_of_plan(plan.id))
    return f"shorten {name}, which alone takes {spoken}"


def write_plan(context: Context, findings: list[Finding]) -> Decision:
    """No plan at all, for one or several functions."""
    words = context.words
    first = first_named(findings[0])
    ids = [finding.functions[0] for finding in findings]
    limits = []
    for name in ids:
        limit = words.tolerance(context.results.functions[name])
        limits.append(
            f"within {limit} for {words.name(name)}"
            if limit
            else f"for {words.name(name)}, whose tolerance is to be stated"
        )
    if len(limits) > 3:
        limits = [f"within what each of {words.functions(ids)} can bear"]
    return Decision(
        what=f"Have a plan for losing {words.name(first)}",
        detail=capital(f"it must carry {join(limits)}, and be tried once."),
        effect=shorter(context, findings),
        cost=gap("to be found"),
        who=who(context, None, None, context.results.functions[ids[0]]),
        by=gap("date to be set"),
    )


def second_way(context: Context, findings: list[Finding]) -> Decision:
    """Plans that fall with what they should replace."""
    words = context.words
    shared = words.names(findings[0].involves, 2)
    plans = [finding.subject for finding in findings]
    fall = "falls" if len(plans) == 1 else "fall"
    function = context.results.functions[findings[0].functions[0]]
    return Decision(
        what=f"Keep a second way that does not need {shared}, or accept this risk",
        detail=capital(f"{words.names(plans, 2, 'plan')} {fall} together with it."),
        effect=shorter(context, findings),
        cost=gap("to be found"),
        who=who(context, None, None, function),
        by=gap("date to be set"),
    )


def watch(context: Context, findings: list[Finding]) -> Decision:
    """Things that nobody owes us, and machines that decide about us."""
    words = context.words
    harmful = [f for f in findings if f.severity is not Severity.LOW] or findings
    subjects = list(dict.fromkeys(f.subject for f in harmful if f.rule in {"RM301", "RM303"}))
    subjects = subjects or list(dict.fromkeys(f.subject for f in harmful))
    function = context.results.functions[harmful[0].functions[0]]
    many = "it" if len(subjects) == 1 else "them"
    effect = Cell("we know before our clients tell us")
    plans = [
        plan
        for plan in context.model.contingencies
        if plan.detect is not None and function.id in context.results.served_functions(plan.id)
    ]
    if plans:
        first = min(plans, key=lambda plan: (plan.detect, plan.id))
        assert first.detect is not None
        delay = words.span(first.detect.total_seconds(), *facts_of_plan(first.id))
        effect = Cell(f"sooner noticed than after {delay}, as today")
    return Decision(
        what=f"Watch {words.names(subjects, 2, 'outside party', 'outside parties')} ourselves",
        detail=f"Nobody owes us a repair of {many}, and no contract can be invoked.",
        effect=effect,
        cost=gap("to be found"),
        who=who(context, None, None, function),
        by=gap("date to be set"),
    )


def loosen(context: Context, findings: list[Finding]) -> Decision:
    """Commodities that something proprietary holds in place."""
    words = context.words
    services = [finding.subject for finding in findings]
    holders = findings[0].involves
    entries = [context.model.entry(name) for name in holders]
    costs = [e.exit.cost for e in entries if isinstance(e, Service) and e.exit and e.exit.cost]
    cost = gap("to be found")
    loosening = [plan_of(context.results.leaving, name).loosenings[0] for name in services]
    if not any(found.open for found in loosening):
        cuts = {cut for found in loosening for cut in found.cuts}
        facts = [f"{cut.source}.coupled_to" for cut in cuts]
        cost = Cell(words.amount(math.fsum(cut.cost or 0 for cut in cuts), *facts), note="to cut")
    elif costs:
        facts = [f"{name}.exit" for name in holders]
        amount = math.fsum(known.likely for known in costs)
        cost = Cell(words.amount(amount, *facts), note="to move")
    owner = next((e.owner for e in entries if e.owner), None)
    ids = {provider for provider in (context.model.provider_of(s) for s in services) if provider}
    function = context.function_of(findings[0])
    return Decision(
        what=f"Loosen what ties {words.names(services, 2)} to {words.names(holders, 2)}, or decide"
        " to stay",
        detail="Either way, record why, and when it will be looked at again.",
        effect=Cell("leaving becomes possible, or the tie is a choice"),
        cost=cost,
        who=who(context, owner, None, function),
        by=_before_contract_ends(context, ids),
    )


def _before_contract_ends(context: Context, providers: Iterable[str]) -> Cell:
    """Return the last day to give notice, when a contract says so."""
    wanted = set(providers)
    last = []
    for contract in context.model.contracts:
        if contract.provider in wanted and contract.ends is not None:
            day = contract.ends - contract.notice if contract.notice else contract.ends
            last.append((day, contract))
    if not last:
        return gap("date to be set")
    day, contract = min(last, key=lambda pair: (pair[0], pair[1].id))
    assumed = context.words.assumed(f"{contract.id}.ends", f"{contract.id}.notice", contract.id)
    return Cell(mark(context.words.day(day), assumed), note="last day to give notice")


def decide_again(context: Context, expired: list[Treated]) -> Decision:
    """Decisions that have expired."""
    words, first = context.words, expired[0].treatment
    assert first is not None
    days = [t.treatment.expires for t in expired if t.treatment and t.treatment.expires]
    what = f"Decide again: {words.sentence(expired[0].finding.summary)}"
    detail = f"This was {first.status} until {words.day(min(days))}, which is past."
    if len(expired) > 1:
        keys = [treated.finding.key for treated in expired]
        what = f"Decide again on {counted(len(expired), 'finding')}"
        detail = f"Decisions have expired, the first on {words.day(min(days))}:"
        detail += f" {listed(keys, 4, 'finding')}."
    return Decision(
        what=shorten(what, 150),
        detail=detail,
        effect=Cell("the risk is a choice again"),
        cost=gap("to be found"),
        who=Cell(first.owner) if first.owner else gap("owner to be named"),
        by=Cell("overdue"),
    )


def _settle(plan: Contingency) -> str:
    """Say what has to be written down before a plan can be started."""
    waits = plan.trigger is not None and plan.trigger.signal is Signal.PROVIDER
    named = (
        ("what starts it", plan.trigger is None),
        ("a sign of our own instead of the provider's word", waits),
        ("who decides", plan.decides is None),
        ("the steps", not plan.steps),
    )
    return f"write down {join([what for what, lacking in named if lacking])}"


def shorter(context: Context, findings: list[Finding]) -> Cell:
    """Say which stop would shrink to what is tolerated."""
    words = context.words
    impacts = list(_impacts(context, findings))
    if not impacts:
        return Cell("one risk fewer")
    worst = context.ranked(impacts)[0]
    function = context.results.functions[worst.function]
    limit = words.tolerance(function)
    if not math.isinf(worst.stopped) and worst.stopped <= tolerated(function, "mtd"):
        return Cell("a plan to rely on")
    before = "stop without end" if math.isinf(worst.stopped) else words.stop(worst)
    if limit is None:
        return Cell(before, note="to what is tolerated, once it is stated")
    return Cell(f"{before} → {limit} at most", note=f"stop of {words.name(function.id)}")


def _impacts(context: Context, findings: list[Finding]) -> Iterator[Impact]:
    """Yield the worst impact that each finding is about."""
    for finding in findings:
        stated = [
            item.value * 3600
            for item in finding.evidence
            if isinstance(item, Measure) and item.name == "longest_interruption"
        ]
        about = concerned(context, finding)
        found = [
            impact
            for (function, element), impact in context.results.impacts.items()
            if function in finding.functions[:1]
            and element in about
            and (not stated or math.isclose(impact.longest, stated[0]))
        ]
        if found:
            yield context.ranked(found)[0]


def concerned(context: Context, finding: Finding) -> frozenset[str]:
    """Return the elements whose failure a finding is about."""
    entry = context.model.entry(finding.subject)
    if isinstance(entry, Contingency) and finding.rule != "RM203":
        return frozenset().union(
            *(context.results.helped_by(entry.id, name) for name in finding.functions)
        )
    return frozenset({finding.subject, *finding.involves})


def who(
    context: Context, owner: str | None, entry_id: str | None, function: Function | None
) -> Cell:
    """Name who would do it: the owner of the plan, else of the function."""
    words = context.words
    if owner is not None:
        assumed = entry_id is not None and words.assumed(f"{entry_id}.owner", entry_id)
        return Cell(mark(owner, assumed))
    if function is not None and function.owner is not None:
        assumed = words.assumed(f"{function.id}.owner", function.id)
        return Cell(mark(function.owner, assumed))
    return gap("owner to be named")


def first_named(finding: Finding) -> str:
    """Return what a missing plan should be about first."""
    first = finding.recommendation.values.get("first")
    return first.id if isinstance(first, Ref) else finding.subject
