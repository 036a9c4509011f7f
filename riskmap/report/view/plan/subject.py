"""What a contingency plan is about: what is lost, what it serves, which way round there is."""

import difflib
import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from riskmap.assessment import Assessment
from riskmap.errors import UnknownNameError
from riskmap.model import Contingency, Element, Function
from riskmap.report.view.context import Case, Context, case_of_failures
from riskmap.rules.support import worst
from riskmap.rules.verdict import Impact, tolerated


@dataclass(frozen=True)
class PlanContext(Context):
    """An assessment, and what the plan is about.

    Attributes
    ----------
    plan : Contingency or None
        None when nothing stands in for what is lost; the plan is then a form to fill in.
    lost : tuple of str
        Ids of what the plan stands in for.
    others : tuple of Contingency
        Further ways round.
    """

    plan: Contingency | None
    lost: tuple[str, ...]
    others: tuple[Contingency, ...] = ()

    @cached_property
    def served(self) -> tuple[Function, ...]:
        """Functions that stop with what is lost, the one that matters most first."""
        closures = self.results.closures
        return tuple(f for f in self.functions if any(name in closures[f.id] for name in self.lost))

    @cached_property
    def tightest(self) -> Function | None:
        """The function that can bear least; one without a stated tolerance comes last."""
        stated = [f for f in self.served if tolerated(f, "mtd")]
        if stated:
            return min(stated, key=lambda f: (tolerated(f, "mtd"), f.id))
        return self.served[0] if self.served else None

    @property
    def tolerance(self) -> float | None:
        """Seconds that the tightest function can bear, None when nobody stated any."""
        limit = tolerated(self.tightest, "mtd") if self.tightest is not None else 0.0
        return limit or None

    @property
    def tolerance_facts(self) -> tuple[str, ...]:
        """Facts the tolerance rests on."""
        return (f"{self.tightest.id}.mtd",) if self.tightest is not None else ()

    @cached_property
    def worst_case(self) -> Impact | None:
        """The failure told: that of what was asked about, else the worst that the plan mends."""
        served = [f.id for f in self.served]
        asked = self.plan is None or set(self.lost) != set(self.plan.covers)
        if asked and (impact := self._worst_of(self.lost, served)) is not None:
            return impact
        elements: set[str] = set()
        for name in served:
            if self.plan is not None:
                elements |= self.results.helped_by(self.plan.id, name)
        if not elements:
            for name in served:
                singles = self.results.inherent_singles[name]
                elements |= {element for element in singles if self._reaches(name, element)}
        return self._worst_of(elements, served)

    def _worst_of(self, elements: Iterable[str], functions: Iterable[str]) -> Impact | None:
        """Return the worst impact of any of the elements on any of the functions."""
        pairs = itertools.product(functions, elements)
        found = [self.results.impacts[pair] for pair in pairs if pair in self.results.impacts]
        return worst(self.results, found)

    @cached_property
    def unserved(self) -> tuple[Function, ...]:
        """Functions that stop as well, and for which this plan does nothing."""
        if self.plan is None:
            return ()
        helped = self.results.served_functions(self.plan.id)
        return tuple(f for f in self.served if f.id not in helped)

    def _reaches(self, function: str, element: str) -> bool:
        """Tell whether a failure of an element passes through what is lost."""
        between = self.results.between(function, element)
        return any(name in between for name in self.lost)

    @cached_property
    def case(self) -> Case | None:
        """The outage that calls for this plan."""
        impact = self.worst_case
        if impact is None:
            return None
        return case_of_failures(self.results, {impact.element: ((0.0, impact.outage),)})


def plan_context(assessment: Assessment, subject: str | None) -> PlanContext:
    """Return what a plan is about.

    Parameters
    ----------
    subject : str or None
        A contingency, or what is lost; None means the way round for whatever hurts most.

    Raises
    ------
    UnknownNameError
        When there is no contingency and no element of this name.
    """
    model = assessment.model
    if subject is None:
        return _default(assessment)
    entry = model.entry(subject) if subject in model else None
    if isinstance(entry, Contingency):
        others = [
            p for p in model.contingencies if p.id != entry.id and set(p.covers) & set(entry.covers)
        ]
        return PlanContext(assessment, entry, entry.covers, tuple(_ranked(others)))
    if isinstance(entry, Element):
        plans = _ranked(_plans_for(assessment, entry.id))
        if not plans:
            return PlanContext(assessment, None, (entry.id,))
        return PlanContext(assessment, plans[0], (entry.id,), tuple(plans[1:]))
    known = [element.id for element in model.elements()]
    known += [plan.id for plan in model.contingencies]
    near = tuple(difflib.get_close_matches(subject, sorted(known), 3, 0.6))
    raise UnknownNameError(subject, "contingency or element", near)


def _default(assessment: Assessment) -> PlanContext:
    context = Context(assessment)
    focus = context.focus
    if focus is None:
        first = context.functions[0]
        return PlanContext(assessment, None, (first.id,))
    plans = _ranked(_plans_for(assessment, focus.function))
    if not plans:
        return PlanContext(assessment, None, (focus.element,))
    return PlanContext(assessment, plans[0], plans[0].covers, tuple(plans[1:]))


def _plans_for(assessment: Assessment, lost: str) -> list[Contingency]:
    """Return the contingencies that help when something is lost, in part at least."""
    results = assessment.results
    helping = {plan.id for plan in assessment.model.contingencies if lost in plan.covers}
    if lost in results.functions:
        for plan in assessment.model.contingencies:
            if lost in results.served_functions(plan.id):
                helping.add(plan.id)
    for (_, element), impact in results.impacts.items():
        if element == lost:
            helping |= {service.standby for service in impact.services}
    return [plan for plan in assessment.model.contingencies if plan.id in helping]


def _ranked(plans: list[Contingency]) -> list[Contingency]:
    """Order ways round: tested before untested, quick before slow, known before unknown."""

    def key(plan: Contingency) -> tuple[bool, bool, float, str]:
        lead = plan.lead.total_seconds() if plan.lead is not None else 0.0
        return plan.last_passed is None, plan.lead is None, lead, plan.id

    return sorted(plans, key=key)
