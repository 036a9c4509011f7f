"""Contingency slower than tolerance.

What it finds
-------------
A contingency that starts to carry only after the function it serves had to be back.

Why it matters
--------------
Noticing and deciding usually take longer than doing. A plan that is right but late has failed by
the time it works.

How it decides
--------------
``detect + decide + activate`` is compared with ``rto`` and ``mtd`` of every function that needs
what the plan covers. A plan that does not state one of these times counts as never starting. It
stays silent where the outage ends first, or where another plan carries in time.

A plan that is enough only together with another is looked at once both are there: writing down the
other can bring this finding about.

When it is wrong
----------------
When detection is counted twice because the plan starts from the same alarm as the outage.

Fires on
--------
```yaml
functions:
  orders: {criticality: critical, mtd: 8h, rto: 4h, needs: [shop]}
services:
  shop: {outage: {worst: 5d}}
  phone: {outage: {worst: 1h}}
contingencies:
  by-phone:
    {covers: shop, uses: [phone], detect: 1h, decide: 2d, activate: 4h, sustains: 30d,
     capacity: 100%}
```

Silent on
---------
```yaml
functions:
  orders: {criticality: critical, mtd: 8h, rto: 4h, needs: [shop]}
services:
  shop: {outage: {worst: 5d}}
  phone: {outage: {worst: 1h}}
contingencies:
  by-phone:
    {covers: shop, uses: [phone], detect: 1h, decide: 1h, activate: 1h, sustains: 30d,
     capacity: 100%}
```

What to do
----------
Shorten the longest of the three times. It is most often the decision: settle beforehand who
decides, on which sign, without asking.

References
----------
NIST SP 800-34 r1, section 3.2; ISO 22301:2019, 8.3.
"""

import math
from collections.abc import Iterator

from riskmap.model import Contingency
from riskmap.rules.finding import Evidence, Finding, Measure
from riskmap.rules.results import Results
from riskmap.rules.statement import Ref, Seconds, Statement, Value, join, say
from riskmap.rules.support import (
    basis,
    by_weight,
    facts_of_impact,
    facts_of_plan,
    harmful,
    helped,
    judge,
    worst,
)
from riskmap.rules.verdict import tolerated

ID = "RM202"
BRIEF = "{subjects} starts too late"


def check(results: Results) -> Iterator[Finding]:
    """Yield one finding per contingency that comes too late for a function."""
    for plan in results.model.contingencies:
        lead = math.inf if plan.lead is None else plan.lead.total_seconds()
        impacts = harmful(
            impact
            for impact in helped(results, plan.id, results.served_functions(plan.id))
            if lead > tolerated(results.functions[impact.function], "rto")
        )
        heaviest = worst(results, impacts)
        if heaviest is None:
            continue
        severity, reason = judge(results, heaviest)
        mtd = tolerated(results.functions[heaviest.function], "mtd")
        facts = [fact for impact in impacts for fact in facts_of_impact(results, impact)]
        evidence: list[Evidence] = [
            Measure("lead", lead / 3600, "hours", basis(results, *facts_of_plan(plan.id))),
            Measure("tolerated", mtd / 3600, "hours"),
        ]
        yield Finding(
            rule=ID,
            subject=plan.id,
            functions=by_weight(results, impacts),
            severity=severity,
            because=reason,
            summary=_summary(plan, heaviest.function, lead, mtd),
            recommendation=_recommendation(plan, mtd),
            evidence=tuple(evidence),
            involves=plan.covers,
            assumptions=results.rests_on(*facts, *facts_of_plan(plan.id)),
        )


def _summary(plan: Contingency, function: str, lead: float, mtd: float) -> Statement:
    values: dict[str, Value] = {
        "plan": Ref(plan.id),
        "function": Ref(function),
        "mtd": Seconds(mtd),
    }
    limit = "{function} can bear {mtd}" if mtd else "nobody stated how long {function} can wait"
    if plan.missing_times:
        missing = join([f"“{name}”" for name in plan.missing_times])
        template = "{plan} does not say how long it takes to start ({missing} not stated); "
        return say(template + limit, **values, missing=missing)
    return say("{plan} carries only after {lead}; " + limit, **values, lead=Seconds(lead))


def _recommendation(plan: Contingency, mtd: float) -> Statement:
    if plan.missing_times:
        return say("state how long {plan} takes to notice, decide and start", plan=Ref(plan.id))
    times = {"noticing": plan.detect, "deciding": plan.decide, "starting": plan.activate}
    slowest, length = max(
        ((name, value) for name, value in times.items() if value is not None),
        key=lambda pair: pair[1],
    )
    template = "start {plan} faster: {slowest} alone takes {length}"
    template += "; everything together must fit into {mtd}" if mtd else ""
    return say(template, plan=Ref(plan.id), slowest=slowest, length=length, mtd=Seconds(mtd))
