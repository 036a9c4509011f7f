"""Availability promised below availability needed.

What it finds
-------------
A function that tolerates a shorter stop than the service levels behind it allow.

Why it matters
--------------
The provider may be down for longer than the business can bear and still have kept its promise. It
then owes no credit, and its report says that all is well. 99.9% sounds like always; over a year it
allows one stop of 8.76 hours.

How it decides
--------------
An availability allows a stop of its unavailable share of one period in one piece: over a year of
365 days, a quarter of up to 92 days or a month of up to 31. A period that nobody stated counts as a
year, which allows the longest stop. Every promised element behind a function is taken down for that
long, though no longer than the worst outage that the model gives for it and the parts the same
party runs; contingencies step in as they would. If the function is then stopped for longer than its
maximum tolerable downtime (``mtd``), the promise is below the need.

Elements that each stop the function are in series: their promised availabilities are multiplied.
Five at 99.9% come to 99.50%, or 43.7 hours a year. Where no single promise is too low, but the
stops they allow, one after another, are too long together, that is reported, one step lower. A part
that the same party runs for a promised service is counted with that service.

A promise is no outage, so a finding is one step below the severity of the stop it allows.

When it is wrong
----------------
When the contract also limits each single stop (a time to restore), which the language cannot say
yet. When the worst outage is put too low: the promise may then allow more. A stop over the end of a
period may even be twice as long. What nobody promises anything for is not reported here but by
RM301 (no contract) and RM308 (clauses on service levels); a contract with a low promise where there
was none adds a finding here.

Fires on
--------
```yaml
functions:
  mailing: {criticality: critical, mtd: 8h, rto: 4h, needs: [mailer]}
services:
  mailer: {provider: acme, outage: {worst: 5d}}
providers:
  acme: {fails_alone: false}
contracts:
  mail-contract: {provider: acme, covers: [mailer], sla: {availability: 99.9%, period: year}}
```

Silent on
---------
```yaml
functions:
  mailing: {criticality: critical, mtd: 8h, rto: 4h, needs: [mailer]}
services:
  mailer: {provider: acme, outage: {worst: 5d}}
providers:
  acme: {fails_alone: false}
contracts:
  mail-contract: {provider: acme, covers: [mailer], sla: {availability: 99.9%, period: month}}
```

What to do
----------
Have the promise measured by the month, agree on a longest single stop, or keep a way to go on
without the service for as long as the promise allows.

References
----------
DORA Art. 30(2)(e) and 30(3)(a), service levels and measurable targets; series systems in Rausand
and Hoyland, System Reliability Theory.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from riskmap.analysis.cutsets import single_points
from riskmap.model import Period
from riskmap.rules.assumptions import SLA_PERIOD
from riskmap.rules.availability import Promise, promises
from riskmap.rules.finding import Finding, Measure
from riskmap.rules.results import Results
from riskmap.rules.statement import Count, Ref, Refs, Seconds, Statement, say
from riskmap.rules.support import basis, evidence_of_impact, facts_of_impact, judge, ranked
from riskmap.rules.verdict import Impact, Verdict, tolerated

ID = "RM306"
BRIEF = "what is promised is less than {subjects} can bear"
HOURS_A_YEAR = 365 * 24
NAMED = 3


@dataclass(frozen=True, slots=True)
class _Allowed:
    """What one promise allows, and what that does to one function."""

    promise: Promise
    length: float
    impact: Impact

    @property
    def too_long(self) -> bool:
        return self.impact.verdict.rank >= Verdict.BREACHED.rank


def check(results: Results) -> Iterator[Finding]:
    """Yield one finding per function whose promises allow more than it tolerates."""
    for function, stops in sorted(_allowed(results).items()):
        alone = {stop.promise.element: stop for stop in stops if stop.too_long}
        series = _in_series(results, stops)
        if alone:
            worst = ranked(results, [stop.impact for stop in alone.values()])
            first = [alone[impact.element] for impact in worst]
            yield _finding(results, first, series)
        elif len(series) > 1:
            together = _one_after_another(results, function, series)
            if together is not None and together.verdict.rank >= Verdict.BREACHED.rank:
                yield _series_finding(results, together, series)


def _allowed(results: Results) -> dict[str, list[_Allowed]]:
    """Return for each function the promises whose full use would stop it, with what follows."""
    made = promises(results)
    names = sorted(results.needed & made.keys())
    points = single_points(results.logic.bare, names)
    found: dict[str, list[_Allowed]] = {}
    for name in names:
        length = min(made[name].allows, _plausible(results, name, points[name]))
        if length <= 0:
            continue
        for function, impact in results.simulate({name: [(0.0, length)]}).impacts.items():
            if impact.down:
                found.setdefault(function, []).append(_Allowed(made[name], length, impact))
    return found


def _plausible(results: Results, element: str, points: frozenset[str]) -> float:
    """Return the worst stop of an element by what its own party runs, in seconds."""
    party = results.model.provider_of(element)
    own = (point for point in points if results.model.provider_of(point) == party)
    return max((results.worst_outage(point) for point in own), default=math.inf)


def _in_series(results: Results, stops: Iterable[_Allowed]) -> list[_Allowed]:
    """Leave out what the same party runs as a part of something else that is promised."""
    kept: list[_Allowed] = []
    for stop in stops:
        name = stop.promise.element
        party = results.model.provider_of(name)
        inside = (
            name in results.below(other) and (other not in results.below(name) or other < name)
            for other in (s.promise.element for s in stops)
            if other != name and results.model.provider_of(other) == party
        )
        if not any(inside):
            kept.append(stop)
    return kept


def _one_after_another(
    results: Results, function: str, series: Iterable[_Allowed]
) -> Impact | None:
    start, failures = 0.0, {}
    for stop in series:
        failures[stop.promise.element] = [(start, start + stop.length)]
        start += stop.length
    return results.simulate(failures).impacts.get(function)


def _finding(results: Results, worst: list[_Allowed], series: list[_Allowed]) -> Finding:
    first, function = worst[0], worst[0].impact.function
    severity, reason = judge(results, first.impact)
    mtd = tolerated(results.functions[function], "mtd")
    facts = _facts(results, (*worst, *series) if len(series) > 1 else worst)
    return Finding(
        rule=ID,
        subject=function,
        functions=(function,),
        severity=severity.one_lower,
        because=say(reason.template + ", and the promise would be kept", **reason.values),
        summary=_summary(function, mtd, worst, series),
        recommendation=_recommendation(function, mtd, first.promise),
        evidence=(
            *evidence_of_impact(results, first.impact),
            Measure(
                "stop_allowed",
                first.promise.allows / 3600,
                "hours",
                basis(results, f"{first.promise.source}.sla", f"{first.promise.source}.sla.period"),
            ),
            *_series_measures(results, series),
        ),
        involves=_involved(function, (*worst, *series)),
        assumptions=results.rests_on(*facts),
        cause=first.promise.element,
    )


def _summary(function: str, mtd: float, worst: list[_Allowed], series: list[_Allowed]) -> Statement:
    promise = worst[0].promise
    template = "{level} is promised for {first}, which allows a stop of {allowed} in one piece"
    if promise.level.period is None:
        template += " (over a year, since nobody stated a period)"
    else:
        template += " each {period}"
    template += (
        "; {function} tolerates {mtd}" if mtd else "; nobody stated how long {function} tolerates"
    )
    if len(worst) > 1:
        template += "; what is promised for {others} allows too much as well"
    if len(series) > 1:
        template += "; {count} come to {product} together, which is {total} a year"
    named = tuple(stop.promise.element for stop in worst[1 : 1 + NAMED])
    rest = len(worst) - 1 - len(named)
    if rest:
        template = template.replace("{others}", "{others}, and for {rest},")
    return say(
        template,
        level=promise.availability,
        first=Ref(promise.element),
        allowed=Seconds(promise.allows),
        period=str(promise.level.period or ""),
        function=Ref(function),
        mtd=Seconds(mtd),
        others=Refs(named),
        rest=Count(rest, "other", "others"),
        **_series_values(series),
    )


def _recommendation(function: str, mtd: float, promise: Promise) -> Statement:
    month = Period.MONTH.length.total_seconds() * float(1 - promise.availability)
    if not mtd:
        text = "state how long {function} may be down; then agree on a promise for {element} to fit"
    elif promise.level.period is not Period.MONTH and month <= mtd:
        text = (
            "have the {level} for {element} measured by the month: it then allows {month} at most"
        )
    else:
        text = "agree on stops of at most {mtd} for {element}, or keep a way to go on without it"
    return say(
        text,
        function=Ref(function),
        element=Ref(promise.element),
        level=promise.availability,
        month=Seconds(month),
        mtd=Seconds(mtd),
    )


def _series_finding(results: Results, together: Impact, series: list[_Allowed]) -> Finding:
    severity, reason = judge(results, together)
    function = together.function
    mtd = tolerated(results.functions[function], "mtd")
    return Finding(
        rule=ID,
        subject=function,
        functions=(function,),
        severity=severity.one_lower.one_lower,
        because=say(
            reason.template + ", if the stops came one after another; every promise would be kept",
            **reason.values,
        ),
        summary=say(
            "no single promise behind {function} is too low, but it needs all of {members}, and "
            "{count} come to {product} together: {total} a year, where it tolerates {mtd} at once",
            function=Ref(function),
            members=Refs(tuple(stop.promise.element for stop in series)),
            mtd=Seconds(mtd),
            **_series_values(series),
        ),
        recommendation=say(
            "agree on better promises, or keep a way to go on without {first}",
            first=Ref(max(series, key=lambda stop: stop.length).promise.element),
        ),
        evidence=_series_measures(results, series),
        involves=_involved(function, series),
        assumptions=results.rests_on(*_facts(results, series)),
    )


def _product(series: list[_Allowed]) -> float:
    return math.prod(float(stop.promise.availability) for stop in series)


def _series_values(series: list[_Allowed]) -> dict[str, Count | str | Seconds]:
    product = _product(series)
    return {
        "count": Count(len(series), "promise", "promises in a row"),
        "product": f"{product * 100:.2f}%",
        "total": Seconds((1 - product) * HOURS_A_YEAR * 3600),
    }


def _series_measures(results: Results, series: list[_Allowed]) -> tuple[Measure, ...]:
    if len(series) < 2:
        return ()
    product = _product(series)
    rests = basis(results, *(f"{stop.promise.source}.sla" for stop in series))
    return (
        Measure("promised_together", product, "share", rests),
        Measure("allowed_a_year", (1 - product) * HOURS_A_YEAR, "hours", rests),
    )


def _involved(function: str, stops: Iterable[_Allowed]) -> tuple[str, ...]:
    names = {name for stop in stops for name in (stop.promise.element, stop.promise.source)}
    return tuple(sorted(names - {function}))


def _facts(results: Results, stops: Iterable[_Allowed]) -> list[str]:
    facts: list[str] = []
    for stop in stops:
        source = stop.promise.source
        facts.extend((source, f"{source}.sla", f"{source}.{SLA_PERIOD}"))
        facts.extend(facts_of_impact(results, stop.impact))
    return facts
