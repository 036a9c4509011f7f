"""Facts that contradict each other.

What it finds
-------------
Two things the model says that cannot both hold: steps of a plan that together take longer than the
plan, a test that took longer than the plan, an availability promised that the stated outages
cannot keep, or that a contract and the service it covers state differently, shares of a function
that leave a part of it unexplained.

Why it matters
--------------
One of the two is wrong, and whoever reads only the better one is misled.

How it decides
--------------
A contingency: the ``takes`` of its steps add up to more than ``activate``; or its newest measured
test ``took`` longer than ``detect``, ``decide`` and ``activate`` together (results already count
the measured time). A service level: 1 minus the promised availability is less than ``per_year``
outages of ``typical`` length make up of a year; or a contract in force and the ``sla`` of a service
it covers state different availabilities (results count that of the service). What the shipped
library says is promised to everybody, and how long it knows its elements to have been out, is held
against nothing: there the contract counts, and the history is no contradiction. A function: its
``shares`` add up to less than 100%. All contradictions of one entry are one finding. Severity is
low; where steps that take longer push a function past its tolerance, it is that of the outage then,
one step lower.

When it is wrong
----------------
When steps are done side by side by different people: then let ``takes`` be the time each adds.

Fires on
--------
```yaml
functions:
  orders: {owner: sales, criticality: critical, mtd: 8h, rto: 4h, needs: [shop]}
services:
  shop: {outage: {worst: 2d}}
contingencies:
  by-phone:
    {covers: shop, detect: 1h, decide: 1h, activate: 1h, sustains: 30d, capacity: 100%,
     steps: [{do: Call the staff in, takes: 6h}, {do: Print the price list, takes: 2h}]}
```

Silent on
---------
```yaml
functions:
  orders: {owner: sales, criticality: critical, mtd: 8h, rto: 4h, needs: [shop]}
services:
  shop: {outage: {worst: 2d}}
contingencies:
  by-phone:
    {covers: shop, detect: 1h, decide: 1h, activate: 1h, sustains: 30d, capacity: 100%,
     steps: [{do: Call the staff in, takes: 30m}, {do: Print the price list, takes: 30m}]}
```

What to do
----------
Find out which of the two is right, and correct the other.

References
----------
NIST SP 800-34 r1, section 3.5 (a test shows whether the plan's figures hold); ISO 22301:2019, 8.5.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from riskmap.model import Contingency, Contract, Element, Entry, Function, Model, Service, Severity
from riskmap.rules.accountability import in_force
from riskmap.rules.availability import is_general
from riskmap.rules.finding import Finding
from riskmap.rules.likelihood import YEAR
from riskmap.rules.results import Results
from riskmap.rules.statement import Ref, Statement, say
from riskmap.rules.support import (
    facts_of_plan,
    ranked,
    users_of,
    within_tolerance,
    worst_impacts,
)
from riskmap.rules.verdict import severity_of

ID = "RM007"
BRIEF = "what is written about {subjects} contradicts itself"


def check(results: Results) -> Iterator[Finding]:
    """Yield one finding per entry that functions depend on and that contradicts itself."""
    for plan in results.model.contingencies:
        facts = [f"{plan.id}.steps", f"{plan.id}.tests", *facts_of_plan(plan.id)]
        said = [*_steps(plan), *_measured(plan)]
        severity, reason = _with_its_steps(results, plan)
        yield from _finding(results, plan, said, facts, severity, reason)
    yield from _promises(results)
    for function in results.model.functions:
        said = list(_shares(function))
        yield from _finding(results, function, said, (f"{function.id}.shares",))


def _finding(
    results: Results,
    entry: Entry,
    said: list[Statement],
    facts: Iterable[str],
    severity: Severity = Severity.LOW,
    reason: Statement | None = None,
) -> Iterator[Finding]:
    users = users_of(results, entry.id)
    if not said or not users:
        return
    values = {
        f"{name}{index}": value
        for index, one in enumerate(said)
        for name, value in one.values.items()
    }
    parts = []
    for index, one in enumerate(said):
        template = one.template
        for name in one.values:
            template = template.replace(f"{{{name}}}", f"{{{name}{index}}}")
        parts.append(template)
    yield Finding(
        rule=ID,
        subject=entry.id,
        functions=users,
        severity=severity,
        because=reason or say("whichever is right, no function goes past what it can bear by it"),
        summary=say("; ".join(parts), **values),
        recommendation=say(
            "find out what is right about {entry}, and correct the rest", entry=Ref(entry.id)
        ),
        involves=tuple(
            sorted(
                {v.id for one in said for v in one.values.values() if isinstance(v, Ref)}
                - {entry.id}
            )
        ),
        assumptions=results.rests_on(*facts),
    )


# -- contingencies -----------------------------------------------------------------------------


def _working_time(plan: Contingency) -> timedelta:
    return sum((step.takes for step in plan.steps if step.takes is not None), timedelta(0))


def _steps(plan: Contingency) -> Iterator[Statement]:
    if plan.activate is not None and _working_time(plan) > plan.activate:
        yield say(
            "the steps of {plan} take {steps} together, though it says that it starts within"
            " {activate} of the decision",
            plan=Ref(plan.id),
            steps=_working_time(plan),
            activate=plan.activate,
        )


def _measured(plan: Contingency) -> Iterator[Statement]:
    if plan.detect is None or plan.decide is None or plan.activate is None:
        return
    stated = plan.detect + plan.decide + plan.activate
    measured = [test for test in plan.tests if test.took is not None]
    newest = max(measured, key=lambda test: test.date, default=None)
    if newest is not None and newest.took is not None and newest.took > stated:
        yield say(
            "{plan} took {took} when it was tested on {day}, and states {stated}; results count"
            " the measured time",
            plan=Ref(plan.id),
            took=newest.took,
            day=newest.date,
            stated=stated,
        )


def _with_its_steps(results: Results, plan: Contingency) -> tuple[Severity, Statement | None]:
    """Return how much it matters if a plan takes as long as its steps."""
    if not list(_steps(plan)):
        return Severity.LOW, None
    slower = replace(plan, activate=_working_time(plan))
    model = results.model.with_entries({plan.id: slower})
    then = worst_impacts(Results(model, results.today, results.policy))
    now = worst_impacts(results)
    fallen = [
        impact
        for name, impact in then.items()
        if impact is not None and not within_tolerance(impact) and within_tolerance(now[name])
    ]
    if not fallen:
        return Severity.LOW, None
    heaviest = ranked(results, fallen)[0]
    function = results.functions[heaviest.function]
    reason = say(
        "one step below a stop of {function} past what it can bear, if the steps are right",
        function=Ref(function.id),
    )
    return severity_of(function, heaviest.verdict).one_lower, reason


# -- promises and shares -----------------------------------------------------------------------


def _promises(results: Results) -> Iterator[Finding]:
    model = results.model
    for contract in model.contracts:
        if contract.sla is not None and contract.sla.availability is not None:
            covered = [model.element(name) for name in contract.covers]
            promised = contract.sla.availability
            said = [s for element in covered for s in _promise(contract, element, promised)]
            if in_force(contract, results.today):
                own = [e for e in covered if isinstance(e, Service) and not is_general(model, e)]
                said += [s for element in own for s in _differs(contract, element, promised)]
            facts = [f"{contract.id}.sla", *(f"{element.id}.outage" for element in covered)]
            yield from _finding(results, contract, said, facts)
    for service in model.services:
        if _of_library_alone(results.model, service):
            continue
        if service.sla is not None and service.sla.availability is not None:
            said = list(_promise(service, service, service.sla.availability))
            facts = [f"{service.id}.sla", f"{service.id}.outage"]
            yield from _finding(results, service, said, facts)


def _promise(promise: Entry, element: Element, availability: Fraction) -> Iterator[Statement]:
    outage = element.outage
    if outage.per_year is None or outage.typical is None:
        return
    down = outage.per_year * (outage.typical / YEAR)
    if down > float(1 - availability):
        template = "{promise} promises {availability}, which leaves {allowed} a year"
        if isinstance(promise, Service):
            template = "{promise} is promised at {availability}, which leaves {allowed} a year"
        yield say(
            template + "; the outages stated for {element} make up {expected} a year",
            promise=Ref(promise.id),
            availability=availability,
            allowed=YEAR * float(1 - availability),
            element=Ref(element.id),
            expected=YEAR * down,
        )


def _of_library_alone(model: Model, service: Service) -> bool:
    """Tell whether the library states both the promise and the outages of a service."""
    from_library = model.from_library(service.id) is not None
    return from_library and model.own_facts(service.id).isdisjoint(("sla", "outage"))


def _differs(contract: Contract, element: Service, promised: Fraction) -> Iterator[Statement]:
    level = element.sla
    if level is not None and level.availability not in (None, promised):
        yield say(
            "{contract} promises {availability} for {element}, for which the model states {own};"
            " results count the latter",
            contract=Ref(contract.id),
            availability=promised,
            element=Ref(element.id),
            own=level.availability or Fraction(0),
        )


def _shares(function: Function) -> Iterator[Statement]:
    total = sum((share.share for share in function.shares), Fraction(0))
    if function.shares and total < 1:
        yield say(
            "the shares of {function} add up to {total}; nobody says what carries the other"
            " {rest}, which counts as lost with any part",
            function=Ref(function.id),
            total=total,
            rest=1 - total,
        )
