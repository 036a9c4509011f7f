"""Contingency shares fate.

What it finds
-------------
A contingency that needs, at any depth, something whose failure is a reason to need it.

Why it matters
--------------
The fallback survives the failure everybody thinks of, and falls with the one nobody thinks of.

How it decides
--------------
What alone stops the function through something the plan covers is compared with what alone keeps
the plan from running. Whatever is in both lists stops both.

When it is wrong
----------------
When the shared element is so much part of the world (the power grid of the whole city) that the
function has no purpose without it.

Fires on
--------
```yaml
functions:
  sign-in: {criticality: critical, mtd: 4h, rto: 1h, needs: [directory]}
services:
  directory: {needs: [network], outage: {worst: 1d}}
  copy: {needs: [network], outage: {worst: 1d}}
  network: {outage: {worst: 2d}}
contingencies:
  use-copy:
    {covers: directory, uses: [copy], detect: 5m, decide: 5m, activate: 5m, sustains: 30d,
     capacity: 100%}
```

Silent on
---------
```yaml
functions:
  sign-in: {criticality: critical, mtd: 4h, rto: 1h, needs: [directory]}
services:
  directory: {needs: [network], outage: {worst: 1d}}
  copy: {outage: {worst: 1d}}
  network: {outage: {worst: 2d}}
contingencies:
  use-copy:
    {covers: directory, uses: [copy], detect: 5m, decide: 5m, activate: 5m, sustains: 30d,
     capacity: 100%}
```

What to do
----------
Find a fallback that does not need the shared element, or a second fallback for that case.

References
----------
NIST SP 800-34 r1, section 3.4.2; Zhai et al., OSDI 2014.
"""

from collections.abc import Iterator

from riskmap.analysis.cutsets import shortest_paths
from riskmap.analysis.structure import Node, Structure
from riskmap.rules.finding import Finding, Witness
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

ID = "RM203"
BRIEF = "one cause takes {subjects} down with what it should replace"


def check(results: Results) -> Iterator[Finding]:
    """Yield one finding per contingency that falls with what it should replace."""
    for plan in results.model.contingencies:
        impacts = harmful(
            results.impacts[function, element]
            for function in results.served_functions(plan.id)
            for element in sorted(results.shared_fate(plan.id, function))
            if (function, element) in results.impacts
        )
        heaviest = worst(results, impacts)
        if heaviest is None:
            continue
        severity, reason = judge(results, heaviest)
        shared = tuple(sorted({impact.element for impact in impacts}))
        survives = sorted(
            {
                element
                for function in results.served_functions(plan.id)
                for element in results.helped_by(plan.id, function)
            }
        )
        template = "{plan} falls together with what it should replace when {shared} fails"
        if survives:
            template = "{plan} survives losing {survives}, but " + template.replace(
                "{plan} falls", "falls"
            )
        facts = [fact for impact in impacts for fact in facts_of_impact(results, impact)]
        yield Finding(
            rule=ID,
            subject=plan.id,
            functions=by_weight(results, impacts),
            severity=severity,
            because=reason,
            summary=say(
                template, plan=Ref(plan.id), shared=Refs(shared), survives=Refs(tuple(survives))
            ),
            recommendation=say(
                "keep a second way that does not need {shared}, or accept this and say so",
                shared=Refs(shared),
            ),
            evidence=(
                Witness(_path(results, plan.id, heaviest.element)),
                *evidence_of_impact(results, heaviest),
            ),
            involves=shared,
            assumptions=results.rests_on(plan.id, *facts),
        )


def _path(results: Results, plan: str, element: str) -> tuple[str, ...]:
    """Return how the plan itself comes to need the shared element."""
    terms = results.structure.standbys[plan].terms
    probe = Structure({**results.structure.nodes, plan: Node(plan, False, terms)})
    return shortest_paths(probe, plan)[element]
