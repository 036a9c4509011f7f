"""What the criteria count: functions, plans, contracts and services, and what each shows."""

from collections.abc import Callable, Iterable
from datetime import date

from riskmap.assessment.assessment import Assessment
from riskmap.assessment.criteria.evidence import Count
from riskmap.model import (
    ClauseStatus,
    Contingency,
    Contract,
    Criticality,
    Element,
    Entry,
    Function,
    Service,
    TestResult,
    iter_needs,
    newest_test,
)
from riskmap.rules.accountability import in_force
from riskmap.rules.support import (
    facts_of_impact,
    facts_of_plan,
    harmful,
    passed_in_time,
    within_tolerance,
)
from riskmap.rules.verdict import tolerated

Facts = Callable[..., Iterable[str]]


def of(
    a: Assessment,
    cases: Iterable[Entry],
    holds: Callable[..., bool],
    facts: Facts,
    *,
    lacking: bool = False,
) -> Count:
    """Count the cases that hold, and those of them that rest on an assumption.

    Parameters
    ----------
    facts : callable
        From a case to the keys of the facts by which it holds.
    """
    found = list(cases)
    met = [case for case in found if holds(case)]
    weak = [case for case in met if a.results.rests_on(*facts(case))]
    return Count(len(met), len(found), len(weak), lacking and not found)


def keys(*names: str) -> Facts:
    """Return the facts of these names of a case, and the case as a whole."""
    return lambda entry: (entry.id, *(f"{entry.id}.{name}" for name in names))


# -- functions -------------------------------------------------------------------------------


def functions(holds: Callable[[Function], bool], *names: str) -> Callable[[Assessment], Count]:
    """Count the functions that state something, by the names of their facts."""
    return lambda a: of(a, a.model.functions, holds, keys(*names))


def dependencies(a: Assessment) -> Count:
    """Count the functions that say what they need."""

    def facts(function: Function) -> Iterable[str]:
        needs = (f"{function.id}.needs.{name}" for name in a.results.structure.nodes)
        return (*keys("needs", "shares")(function), *needs)

    return of(a, a.model.functions, lambda f: bool(f.needs or f.shares), facts)


def tolerances(a: Assessment) -> Count:
    """Count the functions that any single failure leaves within what they can bear."""

    def borne(function: Function) -> bool:
        known = bool(function.needs or function.shares)
        return known and within_tolerance(a.worst_impacts[function.id])

    def facts(function: Function) -> Iterable[str]:
        impact = a.worst_impacts[function.id]
        return () if impact is None else facts_of_impact(a.results, impact)

    return of(a, a.model.functions, borne, facts)


def outages(a: Assessment) -> Count:
    """Count what functions need and can fail by itself, of which a worst outage is stated."""
    failing = [e for e in a.model.elements() if e.fails_alone and e.id in a.results.needed]
    cases = [e for e in failing if not isinstance(e, Function)]
    return of(a, cases, lambda e: e.outage.worst is not None, keys("outage"))


# -- plans -----------------------------------------------------------------------------------


def harmful_points(a: Assessment) -> tuple[str, ...]:
    """Return what alone stops a function for longer than its recovery objective, sorted."""
    impacts = a.results.unaided
    singles = a.results.inherent_singles
    return tuple(
        sorted(
            {
                element
                for (function, element), impact in impacts.items()
                if element in singles[function] and harmful([impact])
            }
        )
    )


def planned(a: Assessment) -> Count:
    """Count the single points for which, for every function they stop, some plan is written."""
    points = harmful_points(a)
    results = a.results
    unplanned = {
        point
        for function in results.structure.tops
        for point in results.unplanned(function)
        if (function, point) in results.unaided and harmful([results.unaided[function, point]])
    }
    return Count(sum(1 for point in points if point not in unplanned), len(points))


def plans(
    holds: Callable[[Assessment, Contingency], bool], *names: str
) -> Callable[[Assessment], Count]:
    """Count the plans for what functions need that show something, by the names of their facts.

    Where nothing is planned though something stops a function for too long, evidence is lacking.
    """

    def count(a: Assessment) -> Count:
        cases = [p for p in a.model.contingencies if a.results.served_functions(p.id)]
        lacking = not cases and bool(harmful_points(a))
        return of(a, cases, lambda p: holds(a, p), facts, lacking=lacking)

    def facts(plan: Contingency) -> Iterable[str]:
        uses = (f"uses.{need.target}" for need in iter_needs(plan.uses)) if "uses" in names else ()
        return keys(*names, *uses)(plan)

    return count


def startable(_: Assessment, plan: Contingency) -> bool:
    """Tell whether a plan says what starts it, who decides, what to do, and how long that takes."""
    return None not in (plan.trigger, plan.decides) and bool(plan.steps) and not plan.missing_times


def assigned(_: Assessment, plan: Contingency) -> bool:
    """Tell whether every step of a plan says who does it."""
    return bool(plan.steps) and all(step.owner for step in plan.steps)


def in_time(a: Assessment, plan: Contingency) -> bool:
    """Tell whether a plan starts within what every function that needs it can bear."""
    served = a.results.served_functions(plan.id)
    limits = [tolerated(a.results.functions[name], "mtd") for name in served]
    return bool(limits) and plan.lead is not None and plan.lead.total_seconds() <= min(limits)


def independent(a: Assessment, plan: Contingency) -> bool:
    """Tell whether nothing that a plan is to help against stops the plan too."""
    served = a.results.served_functions(plan.id)
    return bool(served) and not any(a.results.shared_fate(plan.id, name) for name in served)


def tested(a: Assessment, plan: Contingency) -> bool:
    """Tell whether the newest test held passed and is not older than the policy allows."""
    return passed_in_time(a.results, plan)


TIMES = tuple(fact.removeprefix("x.") for fact in facts_of_plan("x")[1:])
"""Names of the facts that the timing of a plan uses."""


# -- facts and findings ----------------------------------------------------------------------


def reviewed(a: Assessment) -> Count:
    """Count the entries behind functions that somebody looked at in time."""

    def fresh(entry: Entry) -> bool:
        newest = last_looked_at(entry)
        return newest is not None and a.today - newest <= a.policy.thresholds.fact_age

    behind = frozenset[str]().union(*a.results.reach.values())
    cases: list[Entry] = [e for e in a.model.elements() if e.id in behind]
    cases += [*a.model.contracts, *a.model.contingencies]
    return of(a, cases, fresh, keys("reviewed"))


def last_looked_at(entry: Entry) -> date | None:
    """Return the newest day on which anybody looked at an entry, None when none is written."""
    tests = entry.tests if isinstance(entry, Contingency) else ()
    days = [entry.reviewed, entry.evidence.date, *(test.date for test in tests)]
    return max((day for day in days if day is not None), default=None)


def decided(a: Assessment) -> Count:
    """Count the findings about which a decision holds."""
    return Count(sum(1 for t in a.findings if not t.open), len(a.findings))


# -- what is bought --------------------------------------------------------------------------


def bought(a: Assessment) -> tuple[Service, ...]:
    """Return the services of providers that a function needs."""
    used = (service for service in a.model.services if service.id in a.results.needed)
    return tuple(service for service in used if service.provider is not None)


def weighty(a: Assessment) -> frozenset[str]:
    """Return everything that a critical or important function needs."""
    matter = [f.id for f in a.model.functions if f.criticality is not Criticality.NORMAL]
    return frozenset[str]().union(*(a.results.closures[name] for name in matter))


def live(a: Assessment) -> tuple[Contract, ...]:
    """Return the contracts in force."""
    return tuple(c for c in a.model.contracts if in_force(c, a.today))


def written(a: Assessment) -> Count:
    """Count the bought services that a contract in force covers."""
    covered = {element for contract in live(a) for element in contract.covers}
    return of(a, bought(a), lambda s: s.id in covered, keys())


def recorded(a: Assessment) -> Count:
    """Count the contracts in force whose dates and notice are stated."""

    def stated(contract: Contract) -> bool:
        return None not in (contract.starts, contract.ends, contract.notice)

    facts = keys("starts", "ends", "notice")
    return of(a, live(a), stated, facts, lacking=bool(bought(a)))


def reached(a: Assessment) -> Count:
    """Count what others run behind functions that a chain of contracts reaches."""
    stands = a.results.accountability
    elements: list[Element] = [*a.model.services, *a.model.third_parties]
    others = [e for e in elements if e.id in a.results.needed and not stands[e.id].own]
    return of(a, others, lambda e: stands[e.id].rank is not None, keys("contracted_by"))


def clause(name: str, paragraph: int) -> Callable[[Assessment], Count]:
    """Count the contracts in force that have a clause; of paragraph 3, where it matters."""

    def count(a: Assessment) -> Count:
        matter = weighty(a)
        contracts = [c for c in live(a) if paragraph == 2 or matter.intersection(c.covers)]

        def has(contract: Contract) -> bool:
            return dict(contract.clauses).get(name) is ClauseStatus.HAVE

        return of(a, contracts, has, keys("clauses"), lacking=bool(bought(a)))

    return count


def exits(holds: Callable[[Assessment, Service], bool]) -> Callable[[Assessment], Count]:
    """Count the bought services behind critical or important functions that show something."""

    def count(a: Assessment) -> Count:
        matter = weighty(a)
        cases = [service for service in bought(a) if service.id in matter]
        return of(a, cases, lambda s: s.exit is not None and holds(a, s), keys("exit"))

    return count


def exit_tested(a: Assessment, service: Service) -> bool:
    """Tell whether the newest test held of a service's exit plan passed."""
    plan = service.exit.plan if service.exit else None
    newest = newest_test(plan.tests, a.today) if plan else None
    return newest is not None and newest.result is TestResult.PASSED


def concentrated(a: Assessment) -> Count:
    """Count the providers on which not too much hangs; without the rule that says so, none."""
    if "RM304" in a.left_out:
        return Count(0, 0)
    amiss = {t.finding.subject for t in a.findings if t.finding.rule == "RM304"}
    used = {s.provider for s in bought(a)}
    return Count(len(used - amiss), len(used))
