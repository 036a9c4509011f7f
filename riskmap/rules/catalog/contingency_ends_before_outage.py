"""Contingency ends before the outage may.

What it finds
-------------
A contingency that cannot be kept up as long as what it covers may be out.

Why it matters
--------------
The second stop comes when everybody has stopped watching, and there is no plan after the plan.

How it decides
--------------
In the course of the worst plausible outage of each element it helps against, the contingency is
exhausted while the outage goes on, and no other contingency or alternative keeps the function
going then. A plan that does not state ``sustains`` counts as not holding.

A plan that is enough only together with another is looked at once both are there: writing down the
other can bring this finding about.

When it is wrong
----------------
When ``sustains`` is a first guess at how long people can bear it, rather than a limit.

Fires on
--------
```yaml
functions:
  triage: {criticality: critical, mtd: 4h, rto: 1h, needs: [records]}
services:
  records: {outage: {worst: 21d}}
contingencies:
  on-paper: {covers: records, detect: 5m, decide: 5m, activate: 20m, sustains: 3d, capacity: 100%}
```

Silent on
---------
```yaml
functions:
  triage: {criticality: critical, mtd: 4h, rto: 1h, needs: [records]}
services:
  records: {outage: {worst: 21d}}
contingencies:
  on-paper: {covers: records, detect: 5m, decide: 5m, activate: 20m, sustains: 30d, capacity: 100%}
```

What to do
----------
Make the fallback hold longer, or plan what follows it.

References
----------
ISO 22301:2019, 8.4.4; NIST SP 800-34 r1, section 4.3.
"""

from collections.abc import Iterator

from riskmap.analysis.outage import Ended
from riskmap.rules.finding import Finding
from riskmap.rules.results import Results
from riskmap.rules.statement import Ref, Seconds, say
from riskmap.rules.support import (
    by_weight,
    evidence_of_impact,
    facts_of_impact,
    facts_of_plan,
    harmful,
    helped,
    judge,
    worst,
)
from riskmap.rules.verdict import Impact

ID = "RM206"
BRIEF = "{subjects} runs out before the outage may end"


def check(results: Results) -> Iterator[Finding]:
    """Yield one finding per contingency that is exhausted before an outage ends."""
    for plan in results.model.contingencies:
        impacts = harmful(
            impact
            for impact in helped(results, plan.id, results.served_functions(plan.id))
            if plan.sustains is None or _exhausted(plan.id, impact)
        )
        heaviest = worst(results, impacts)
        if heaviest is None:
            continue
        severity, reason = judge(results, heaviest)
        stated = plan.sustains is not None
        endless = heaviest.outage == float("inf")
        template = (
            "{plan} holds for {sustains}" if stated else ("{plan} does not say how long it holds")
        )
        template += (
            "; nothing is known to end an outage of {element}"
            if endless
            else "; {element} may be out for {outage}"
        )
        facts = [fact for impact in impacts for fact in facts_of_impact(results, impact)]
        yield Finding(
            rule=ID,
            subject=plan.id,
            functions=by_weight(results, impacts),
            severity=severity,
            because=reason,
            summary=say(
                template,
                plan=Ref(plan.id),
                sustains=Seconds(plan.sustains.total_seconds() if plan.sustains else 0.0),
                element=Ref(heaviest.element),
                outage=Seconds(heaviest.outage),
            ),
            recommendation=say(
                "plan what follows {plan} when it runs out"
                if stated
                else "state how long {plan} can be kept up",
                plan=Ref(plan.id),
            ),
            evidence=evidence_of_impact(results, heaviest),
            involves=plan.covers,
            assumptions=results.rests_on(*facts, *facts_of_plan(plan.id)),
        )


def _exhausted(plan: str, impact: Impact) -> bool:
    return any(
        service.standby == plan and service.ended is Ended.EXHAUSTED and impact.is_down(service.end)
        for service in impact.services
    )
