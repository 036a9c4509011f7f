"""Automated gatekeeper without appeal.

What it finds
-------------
A third party whose machine decides about us, with nobody to turn to when it decides wrongly, and
whose decision alone stops a function.

Why it matters
--------------
Such a gate closes within minutes, on a signal that need not concern us at all, and opens when a
score recovers: no fault was made that anybody could be asked to mend.

How it decides
--------------
``automated: true``, no known way to ``appeal``, and a single point of failure past the recovery
time objective.

When it is wrong
----------------
When there is an appeal nobody here knows of. Finding it is the first step of the plan.

Fires on
--------
```yaml
functions:
  mailing: {criticality: critical, mtd: 8h, rto: 4h, needs: [sender-score]}
third_parties:
  sender-score: {automated: true, appeal: none known, outage: {worst: 5d}}
```

Silent on
---------
```yaml
functions:
  mailing: {criticality: critical, mtd: 8h, rto: 4h, needs: [sender-score]}
third_parties:
  sender-score: {automated: true, appeal: form on its web site, outage: {worst: 5d}}
```

What to do
----------
Find out how to appeal before it is needed, watch the decision yourselves, and keep a way around.

References
----------
GDPR Art. 22 (for people; no such right exists for mail); M3AAWG sender best common practices.
"""

from collections.abc import Iterator

from riskmap.rules.finding import Finding
from riskmap.rules.results import Results
from riskmap.rules.statement import Ref, Refs, say
from riskmap.rules.support import (
    by_weight,
    evidence_of_impact,
    facts_of_impact,
    harmful,
    judge,
    worst,
)

ID = "RM303"
BRIEF = "nobody known hears an appeal against {subjects}"


def check(results: Results) -> Iterator[Finding]:
    """Yield one finding per machine that decides alone and cannot be asked again."""
    for gate in results.model.third_parties:
        if not gate.automated or gate.appeal is not None:
            continue
        impacts = harmful(
            results.impacts[function, gate.id]
            for function, singles in results.inherent_singles.items()
            if gate.id in singles and (function, gate.id) in results.impacts
        )
        heaviest = worst(results, impacts)
        if heaviest is None:
            continue
        severity, reason = judge(results, heaviest)
        functions = by_weight(results, impacts)
        facts = [fact for impact in impacts for fact in facts_of_impact(results, impact)]
        yield Finding(
            rule=ID,
            subject=gate.id,
            functions=functions,
            severity=severity,
            because=reason,
            summary=say(
                "a machine decides {gate}, and no way to appeal is known; {functions} {hang} on it",
                gate=Ref(gate.id),
                functions=Refs(functions),
                hang="hangs" if len(functions) == 1 else "hang",
            ),
            recommendation=say(
                "find out how {gate} can be contested, and watch it yourselves every hour",
                gate=Ref(gate.id),
            ),
            evidence=evidence_of_impact(results, heaviest),
            assumptions=results.rests_on(f"{gate.id}.appeal", f"{gate.id}.automated", *facts),
        )
