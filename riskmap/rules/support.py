"""What several rules do alike: worst impacts, their evidence, the facts they rest on."""

from collections.abc import Iterable
from itertools import pairwise

from riskmap.model import Confidence, Severity
from riskmap.rules.finding import Evidence, Measure, Witness
from riskmap.rules.results import Results
from riskmap.rules.statement import Statement
from riskmap.rules.verdict import Impact, Verdict, because, severity_of, tolerated

MAX_WITNESSES = 5
"""Paths shown with one finding; the others are in the list of cut sets."""


def ranked(results: Results, impacts: Iterable[Impact]) -> list[Impact]:
    """Sort impacts, the one that matters most first; ties go by the names in order."""

    def key(impact: Impact) -> tuple[float | str, ...]:
        severity = severity_of(results.functions[impact.function], impact.verdict)
        badness = (-value for value in impact.order)
        return -severity.rank, *badness, impact.function, impact.element

    return sorted(impacts, key=key)


def harmful(impacts: Iterable[Impact]) -> list[Impact]:
    """Keep the impacts that go past a recovery time objective."""
    return [impact for impact in impacts if impact.verdict is not Verdict.TOLERABLE]


def worst(results: Results, impacts: Iterable[Impact]) -> Impact | None:
    """Return the impact that matters most."""
    return next(iter(ranked(results, impacts)), None)


def by_weight(results: Results, impacts: Iterable[Impact]) -> tuple[str, ...]:
    """Return the functions of some impacts, the one that matters most first."""
    return tuple(dict.fromkeys(impact.function for impact in ranked(results, impacts)))


def judge(results: Results, impact: Impact) -> tuple[Severity, Statement]:
    """Return the severity of a consequence and the sentence that explains it."""
    function = results.functions[impact.function]
    return severity_of(function, impact.verdict), because(function, impact)


def basis(results: Results, *facts: str) -> Confidence:
    """Return how far a number that uses these facts may be relied on."""
    return Confidence.ASSUMED if results.rests_on(*facts) else Confidence.EVIDENCED


def facts_of_impact(results: Results, impact: Impact) -> tuple[str, ...]:
    """Name every fact an impact uses: the outage, the objectives, the path, the plans."""
    function, element = impact.function, impact.element
    facts = [f"{element}.outage", element]
    facts.extend(f"{function}.{name}" for name in ("mtd", "rto", "minimum", "shares"))
    facts.append(f"{function}.criticality")
    path = results.paths[function].get(element, ())
    for source, target in pairwise(path):
        facts.extend((f"{source}.needs.{target}", source))
    for service in impact.services:
        facts.extend(facts_of_plan(service.standby))
    return tuple(facts)


def facts_of_plan(contingency: str) -> tuple[str, ...]:
    """Name every fact of a contingency that its timing uses."""
    names = ("detect", "decide", "activate", "sustains", "capacity")
    return (contingency, *(f"{contingency}.{name}" for name in names))


def evidence_of_impact(results: Results, impact: Impact) -> tuple[Evidence, ...]:
    """Show an impact: the path, the interruption against what is tolerated, what is left."""
    path = results.paths[impact.function].get(impact.element)
    shown = (Witness(path),) if path else ()
    return (*shown, *measures_of_impact(results, impact))


def measures_of_impact(results: Results, impact: Impact) -> tuple[Measure, ...]:
    """Show the numbers of an impact, each with how far it may be relied on."""
    function = results.functions[impact.function]
    facts = facts_of_impact(results, impact)
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


def if_plan_failed(results: Results, contingency: str) -> list[Impact]:
    """Return the harmful impacts a contingency is meant to help against, were it not there."""
    found = (
        results.impact_without(contingency, function, element)
        for function in results.served_functions(contingency)
        for element in sorted(results.helped_by(contingency, function))
    )
    return harmful(impact for impact in found if impact is not None)


def withdrawn(results: Results, services: Iterable[str], lasts: float) -> list[Impact]:
    """Return what it does to each function when services are gone for so long, plans counted.

    Those it harms only, the one that matters most first.
    """
    gone = {name: [(0.0, lasts)] for name in services}
    if not gone or not lasts:
        return []
    return ranked(results, harmful(results.simulate(gone).impacts.values()))
