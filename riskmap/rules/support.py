"""What several rules do alike: worst impacts, their evidence, the facts they rest on."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise

from riskmap.model import (
    Confidence,
    Contingency,
    Contract,
    PlanTest,
    Service,
    Severity,
    TestResult,
    ThirdParty,
    newest_test,
)
from riskmap.rules.finding import Evidence, Measure, Witness
from riskmap.rules.results import Results
from riskmap.rules.statement import Statement, Value, say
from riskmap.rules.verdict import Impact, Verdict, because, severity_of, tolerated

MAX_WITNESSES = 5
"""Paths shown with one finding; the others are in the list of cut sets."""


def ranked(results: Results, impacts: Iterable[Impact]) -> list[Impact]:
    """Sort impacts, the one that matters most first; ties go by the names in order."""

    def key(impact: Impact) -> tuple[float | str, ...]:
        severity = severity_of(results.functions[impact.function], impact.verdict)
        badness = (-value for value in impact.order)
        return -severity.rank, *badness, impact.function, *impact.elements

    return sorted(impacts, key=key)


def harmful(impacts: Iterable[Impact]) -> list[Impact]:
    """Keep the impacts that go past a recovery time objective."""
    return [impact for impact in impacts if impact.verdict is not Verdict.TOLERABLE]


def felt(results: Results, functions: Iterable[str], elements: Collection[str]) -> list[Impact]:
    """Return what the failure of each of these elements alone does to each of these functions."""
    return [
        results.impacts[function, element]
        for function in functions
        for element in elements
        if (function, element) in results.impacts
    ]


def helped(results: Results, contingency: str, functions: Iterable[str]) -> list[Impact]:
    """Return the impacts on these functions that a contingency is meant to help against."""
    return [
        impact
        for function in functions
        for impact in felt(results, (function,), sorted(results.helped_by(contingency, function)))
    ]


def worst(results: Results, impacts: Iterable[Impact]) -> Impact | None:
    """Return the impact that matters most."""
    return next(iter(ranked(results, impacts)), None)


def worst_impacts(results: Results) -> Mapping[str, Impact | None]:
    """Return for each function the single failure that hurts it most, None when nothing does."""
    return {
        function: worst(results, felt(results, (function,), singles))
        for function, singles in results.inherent_singles.items()
    }


def within_tolerance(impact: Impact | None) -> bool:
    """Tell whether a function bears an impact, if not without strain."""
    return impact is None or impact.verdict.rank <= Verdict.STRAINED.rank


def by_weight(results: Results, impacts: Iterable[Impact]) -> tuple[str, ...]:
    """Return the functions of some impacts, the one that matters most first."""
    return tuple(dict.fromkeys(impact.function for impact in ranked(results, impacts)))


def judge(results: Results, impact: Impact) -> tuple[Severity, Statement]:
    """Return the severity of a consequence and the sentence that explains it."""
    function = results.functions[impact.function]
    return severity_of(function, impact.verdict), because(function, impact)


def lowered(reason: Statement, why: str, **values: Value) -> Statement:
    """Explain a severity below that of its consequence: by how much and why, then the consequence.

    Parameters
    ----------
    reason : Statement
        As :func:`judge` gives it.
    why : str
        A clause, such as ``one step below what happens without the plan``, with its ``values``.
    """
    consequence = reason.template.replace("{function} is", "{function}, being", 1).replace(
        " and would", ", would", 1
    )
    return say(f"{why}: {consequence}", **reason.values, **values)


def basis(results: Results, *facts: str) -> Confidence:
    """Return how far a number that uses these facts may be relied on."""
    return Confidence.ASSUMED if results.rests_on(*facts) else Confidence.EVIDENCED


def facts_of_impact(results: Results, impact: Impact) -> tuple[str, ...]:
    """Name every fact an impact uses: the outage, the objectives, the path, the plans."""
    function = impact.function
    facts = [fact for element in impact.elements for fact in (f"{element}.outage", element)]
    facts.extend(f"{function}.{name}" for name in ("mtd", "rto", "minimum", "shares"))
    facts.append(f"{function}.criticality")
    for element in impact.elements:
        for source, target in pairwise(results.paths[function].get(element, ())):
            facts.extend((f"{source}.needs.{target}", source))
    for service in impact.services:
        facts.extend(facts_of_plan(service.standby))
    return tuple(facts)


def facts_of_plan(contingency: str) -> tuple[str, ...]:
    """Name every fact of a contingency that its timing uses."""
    names = ("detect", "decide", "activate", "sustains", "capacity")
    return (contingency, *(f"{contingency}.{name}" for name in names))


def evidence_of_impact(results: Results, impact: Impact) -> tuple[Evidence, ...]:
    """Show an impact: the paths, the interruption against what is tolerated, what is left."""
    paths = results.paths[impact.function]
    shown = (Witness(paths[element]) for element in impact.elements if element in paths)
    return (*shown, *measures_of_impact(results, impact))


def measures_of_impact(results: Results, impact: Impact, *more: str) -> tuple[Measure, ...]:
    """Show the numbers of an impact, each with how far it may be relied on.

    Parameters
    ----------
    *more : str
        Facts they use besides those of the impact's own element.
    """
    function = results.functions[impact.function]
    facts = (*facts_of_impact(results, impact), *more)
    rests = basis(results, *facts)
    found = [Measure("longest_interruption", impact.longest / 3600, "hours", rests)]
    found.append(
        Measure(
            "tolerated",
            tolerated(function, "mtd") / 3600,
            "hours",
            basis(results, f"{function.id}.mtd"),
        )
    )
    found.append(Measure("lowest_capacity", float(impact.lowest), "share", rests))
    if impact.fallback_from is not None and impact.carried is not None:
        found.append(Measure("fallback_from", impact.fallback_from / 3600, "hours", rests))
        found.append(Measure("capacity_on_fallback", float(impact.carried), "share", rests))
    if function.loss:
        loss_basis = basis(results, *facts, f"{function.id}.loss")
        found.append(Measure("loss", impact.loss, "money", loss_basis))
    return tuple(found)


def newest_known(results: Results, plan: Contingency) -> PlanTest | None:
    """Return the newest test held; where none was, the newest that is still to come."""
    return newest_test(plan.tests, results.today) or newest_test(plan.tests)


def passed_in_time(results: Results, plan: Contingency) -> bool:
    """Tell whether the newest test held passed and is not older than the policy allows."""
    newest = newest_test(plan.tests, results.today)
    if newest is None or newest.result is not TestResult.PASSED:
        return False
    return results.today - newest.date <= results.policy.thresholds.test_age


def if_plan_failed(
    results: Results, contingency: str, doubtful: Iterable[str] = ()
) -> list[Impact]:
    """Return the harmful impacts a contingency is meant to help against, were it not there.

    Parameters
    ----------
    doubtful : iterable of str
        Contingencies that are no better; they are left out too, since two plans of which neither
        has been shown to work do not vouch for each other.
    """
    gone = frozenset((contingency, *doubtful))
    found = (
        results.impact_without(gone, function, element)
        for function in results.served_functions(contingency)
        for element in sorted(results.helped_by(contingency, function))
    )
    return harmful(impact for impact in found if impact is not None)


def users_of(results: Results, entry: str) -> tuple[str, ...]:
    """Return the functions that hang on an entry, contingencies included, sorted.

    A contract hangs on through what it covers, a contingency through what it stands in for.
    """
    known = results.model.entry(entry)
    covered = known.covers if isinstance(known, Contract | Contingency) else (entry,)
    return tuple(
        name for name in results.structure.tops if not results.reach[name].isdisjoint(covered)
    )


def uncontracted(results: Results) -> Iterator[tuple[Service | ThirdParty, tuple[str, ...]]]:
    """Yield each service and third party that a function needs and no chain of contracts reaches.

    Yields
    ------
    element : Service or ThirdParty
    users : tuple of str
        Ids of the functions that need it, sorted.
    """
    elements: tuple[Service | ThirdParty, ...] = (
        *results.model.services,
        *results.model.third_parties,
    )
    for element in elements:
        stands = results.accountability[element.id]
        users = tuple(sorted(n for n in results.closures if element.id in results.closures[n]))
        if users and not stands.own and stands.rank is None:
            yield element, users


def withdrawn(results: Results, services: Iterable[str], lasts: float) -> list[Impact]:
    """Return what it does to each function when services are gone for so long, plans counted.

    Those it harms only, the one that matters most first.
    """
    gone = {name: [(0.0, lasts)] for name in services}
    if not gone or not lasts:
        return []
    return ranked(results, harmful(results.simulate(gone).impacts.values()))
