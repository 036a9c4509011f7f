"""Fallback below minimum capacity.

What it finds
-------------
A contingency that, once running, still leaves a function below the capacity it needs.

Why it matters
--------------
A fallback for part of the people, or part of the load, feels like a solution and reads like one in
a plan. The function still counts as stopped.

How it decides
--------------
Everything the contingency covers is taken down at once, with the contingency running alone at its
stated ``capacity``; what is left of the function is compared with its ``minimum``. A capacity that
is not stated counts as nothing, a missing minimum as everything. A policy may ask fallbacks
for more than the function's own minimum (``fallback_capacity``); what falls short of that alone is
a low finding, since the function does not stop.

A plan that is enough only together with another is looked at once both are there: writing down the
other can bring this finding about.

When it is wrong
----------------
When the elements it covers never fail together and each alone leaves enough.

Fires on
--------
```yaml
functions:
  hotline: {criticality: critical, mtd: 4h, rto: 1h, minimum: 90%, needs: [call-centre]}
services:
  call-centre: {outage: {worst: 3d}}
contingencies:
  mobile-phones:
    {covers: call-centre, detect: 5m, decide: 5m, activate: 20m, sustains: 30d, capacity: 40%}
```

Silent on
---------
```yaml
functions:
  hotline: {criticality: critical, mtd: 4h, rto: 1h, minimum: 30%, needs: [call-centre]}
services:
  call-centre: {outage: {worst: 3d}}
contingencies:
  mobile-phones:
    {covers: call-centre, detect: 5m, decide: 5m, activate: 20m, sustains: 30d, capacity: 40%}
```

What to do
----------
Widen the fallback, find one that carries enough, or decide that less is enough and lower the
minimum. Fallbacks for the same thing do not add up: the best one counts.

References
----------
ISO 22301:2019, 8.2.2 (activities are resumed at a minimum acceptable capacity); ISO 22300, which
defines the minimum business continuity objective.
"""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from riskmap.analysis.outage import evolve
from riskmap.analysis.translation import effective_minimum
from riskmap.model import Severity
from riskmap.rules.finding import Finding, Measure
from riskmap.rules.results import Results
from riskmap.rules.statement import Ref, say
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

ID = "RM209"
BRIEF = "{subjects} carries too little"


def check(results: Results) -> Iterator[Finding]:
    """Yield one finding per contingency that does not carry enough."""
    asked = results.policy.thresholds.fallback_capacity
    for plan in results.model.contingencies:
        levels = _levels(results, plan.id)
        minima = {name: effective_minimum(results.functions[name]) for name in levels}
        below = [name for name, level in levels.items() if level < minima[name]]
        thin = [name for name, level in levels.items() if minima[name] <= level < asked]
        stopped = harmful(helped(results, plan.id, below))
        impacts = stopped or helped(results, plan.id, thin)
        heaviest = worst(results, impacts)
        if heaviest is None:
            continue
        function = heaviest.function
        level, minimum = levels[function], minima[function] if stopped else asked
        severity, reason = judge(results, heaviest)
        if not stopped:
            severity = Severity.LOW
            reason = say(
                "it is enough for {function}, but less than the policy asks of fallbacks",
                function=Ref(function),
            )
        facts = [fact for impact in impacts for fact in facts_of_impact(results, impact)]
        template = "with {plan} running, {function} works at {level}; "
        template += "it needs {minimum}" if stopped else "the policy asks for {minimum}"
        if plan.capacity is None:
            template = "{plan} does not say how much it carries; {function} needs {minimum}"
        yield Finding(
            rule=ID,
            subject=plan.id,
            functions=by_weight(results, impacts),
            severity=severity,
            because=reason,
            summary=say(
                template,
                plan=Ref(plan.id),
                function=Ref(function),
                level=level,
                minimum=minimum,
            ),
            recommendation=say(
                "state how much {plan} carries"
                if plan.capacity is None
                else "widen {plan} until {function} reaches {minimum}, or find one that does",
                plan=Ref(plan.id),
                function=Ref(function),
                minimum=minimum,
            ),
            evidence=(
                Measure(
                    "capacity_on_fallback",
                    float(level),
                    "share",
                    basis(results, *facts_of_plan(plan.id), f"{function}.shares"),
                ),
                Measure("minimum", float(minimum), "share", basis(results, f"{function}.minimum")),
            ),
            involves=plan.covers,
            assumptions=results.rests_on(*facts, *facts_of_plan(plan.id)),
        )


def _levels(results: Results, plan: str) -> dict[str, Fraction]:
    """Return what is left of each function served when only this plan carries all it covers."""
    standby = replace(results.structure.standbys[plan], lead=0.0, sustains=float("inf"))
    alone = results.structure.with_standbys((standby,))
    evolution = evolve(alone, {covered: [(0.0, float("inf"))] for covered in standby.covers})
    return {
        function: evolution.course(function).lowest for function in results.served_functions(plan)
    }
