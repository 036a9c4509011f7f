"""No contingency.

What it finds
-------------
A function that a single failure stops for too long, where no contingency would help: nobody has
written down how to go on without what failed.

Why it matters
--------------
High promised availability is the usual reason not to plan. It says how often, not how long.

How it decides
--------------
The failing element is a single point of failure also when every contingency is running, and no
contingency covers anything on the way to it that fails for the same cause (RM203 says that). The
finding names the function once, with every element for which nothing is planned.

When it is wrong
----------------
When people know a way that nobody wrote down. Write it down: it is then a contingency.

Fires on
--------
```yaml
functions:
  payroll: {criticality: important, mtd: 3d, rto: 2d, needs: [payroll-service]}
services:
  payroll-service: {outage: {worst: 10d}}
```

Silent on
---------
```yaml
functions:
  payroll: {criticality: important, mtd: 3d, rto: 2d, needs: [payroll-service]}
services:
  payroll-service: {outage: {worst: 10d}}
  spreadsheet: {outage: {worst: 1h}}
contingencies:
  by-hand:
    {covers: payroll-service, uses: [spreadsheet], detect: 1h, decide: 1h, activate: 4h,
     sustains: 30d, capacity: 100%}
```

What to do
----------
Write a contingency plan for the elements named, the worst first.

References
----------
ISO 22301:2019, 8.3 and 8.4; NIST SP 800-34 r1, section 3.4; DORA Art. 11.
"""

from collections.abc import Iterator

from riskmap.rules.finding import Finding
from riskmap.rules.results import Results
from riskmap.rules.statement import Count, Ref, Refs, Seconds, Statement, say
from riskmap.rules.support import (
    evidence_of_impact,
    facts_of_impact,
    harmful,
    judge,
    ranked,
)
from riskmap.rules.verdict import Impact, Verdict, missed

ID = "RM201"
BRIEF = "no plan says how to go on with {subjects}"
NAMED = 4


def check(results: Results) -> Iterator[Finding]:
    """Yield one finding per function that single failures stop with no plan."""
    for function in results.structure.tops:
        impacts = ranked(
            results,
            harmful(
                results.impacts[function, element]
                for element in results.unplanned(function)
                if (function, element) in results.impacts
            ),
        )
        if not impacts:
            continue
        severity, reason = judge(results, impacts[0])
        elements = tuple(impact.element for impact in impacts)
        facts = [fact for impact in impacts for fact in facts_of_impact(results, impact)]
        yield Finding(
            rule=ID,
            subject=function,
            functions=(function,),
            severity=severity,
            because=reason,
            summary=_summary(function, impacts, elements),
            recommendation=_recommendation(results, impacts[0]),
            evidence=evidence_of_impact(results, impacts[0]),
            involves=tuple(sorted(elements)),
            assumptions=results.rests_on(*facts),
            cause=elements[0],
        )


def _recommendation(results: Results, impact: Impact) -> Statement:
    limit = missed(results.functions[impact.function], impact.verdict)
    template = "write and test a plan for losing {first} that starts within {limit}"
    if not limit:
        strained = impact.verdict is Verdict.STRAINED
        asked = (
            "how soon {function} must be back" if strained else "how long {function} may be down"
        )
        template = f"state {asked}; then plan for losing {{first}}"
    return say(
        template,
        function=Ref(impact.function),
        first=Ref(impact.element),
        limit=Seconds(limit),
    )


def _summary(function: str, impacts: list[Impact], elements: tuple[str, ...]) -> Statement:
    named, rest = elements[:NAMED], len(elements) - NAMED
    template = "no plan says how to go on with {function} without {named}"
    if rest > 0:
        template += ", nor without {rest}"
    return say(
        template,
        function=Ref(function),
        named=Refs(named),
        rest=Count(max(rest, 0), "other thing it needs", "other things it needs"),
        longest=Seconds(impacts[0].stopped),
    )
