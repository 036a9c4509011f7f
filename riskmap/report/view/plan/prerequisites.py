"""What the way round needs itself, and which of it falls together with what it replaces."""

from dataclasses import dataclass

from riskmap.model import Contingency, Element, iter_needs
from riskmap.report.view.parts import Cell, Mark, bad, good
from riskmap.report.view.plan.subject import PlanContext

MOST = 12


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """One thing that must work for the plan to work."""

    what: Cell
    mark: Mark
    why: str
    contract: str


@dataclass(frozen=True, slots=True)
class Prerequisites:
    """The check for shared fate."""

    title: str
    text: str
    rows: tuple[Prerequisite, ...]
    blank: bool
    survives: str


def build(context: PlanContext) -> Prerequisites:
    """Return the section; without a plan it asks what one would need."""
    plan = context.plan
    if plan is None:
        return Prerequisites(
            title="What it needs, and what that hangs on",
            text="List what the way round needs. Whatever also carries what is lost is no help.",
            rows=(),
            blank=True,
            survives="",
        )
    rows = [_row(context, plan, name) for name in _used(plan)]
    shared = _shared(context, plan)
    used = set(_used(plan))
    deeper = [name for name in sorted(shared) if name not in used]
    rows.extend(_deeper(context, name) for name in deeper)
    rows.sort(key=lambda row: row.mark.tone != "bad")
    if shared:
        falls = "fails" if len(shared) == 1 else "fail"
        title = f"It falls too when {context.words.names(sorted(shared), 2)} {falls}"
    else:
        title = "Nothing it needs falls together with what it replaces"
    return Prerequisites(
        title=title,
        text="All of this must work for the plan to work. What also carries what is lost is no"
        " help when that is the cause.",
        rows=tuple(rows[:MOST]),
        blank=False,
        survives=_survives(context, plan),
    )


def _used(plan: Contingency) -> list[str]:
    """Return what a plan and its steps need, in the order written."""
    needs = [need.target for need in iter_needs(plan.uses)]
    needs += [name for step in plan.steps for name in step.requires]
    return list(dict.fromkeys(needs))


def _shared(context: PlanContext, plan: Contingency) -> set[str]:
    return {
        element
        for function in context.results.served_functions(plan.id)
        for element in context.results.shared_fate(plan.id, function)
    }


def _row(context: PlanContext, plan: Contingency, name: str) -> Prerequisite:
    """Return one direct need; it shares fate if what it needs does."""
    element = context.model.element(name)
    roots = sorted(_shared(context, plan) & context.results.structure.closure(name))
    contract = _contract(context, name)
    if roots:
        why = (
            f"hangs on {context.words.names(roots, 2)}"
            if roots != [name]
            else ("carries what is lost as well")
        )
        return Prerequisite(_cell(context, element), bad("Shared fate"), why, contract)
    return Prerequisite(_cell(context, element), good("Separate"), "", contract)


def _deeper(context: PlanContext, name: str) -> Prerequisite:
    element = context.model.element(name)
    return Prerequisite(
        _cell(context, element), bad("Shared fate"), "needed by both", _contract(context, name)
    )


def _cell(context: PlanContext, element: Element) -> Cell:
    party = context.model.provider_of(element.id)
    note = context.words.title(party) if party not in {None, element.id} else ""
    return Cell(element.title, note=note)


def _contract(context: PlanContext, name: str) -> str:
    stands = context.results.accountability.get(name)
    if stands is None or stands.own:
        return "our own"
    if stands.rank is None:
        return "no contract"
    return "our contract" if stands.rank == 1 else f"subcontractor, rank {stands.rank}"


def _survives(context: PlanContext, plan: Contingency) -> str:
    names = sorted({e for f in context.served for e in context.results.helped_by(plan.id, f.id)})
    if not names:
        return "It makes up for no single failure by itself."
    return f"It helps against losing {context.words.names(names, 5)}."
