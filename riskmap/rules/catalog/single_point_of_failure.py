"""Single point of failure.

What it finds
-------------
An element whose failure alone stops a function, for longer than the function's recovery time
objective, with every contingency counted at its stated times.

Why it matters
--------------
Nothing else has to go wrong. Whoever runs the element decides how long the function stands still,
whether or not anybody here has ever heard of them.

How it decides
--------------
The element is a minimal cut set of order one without contingencies. It is then taken down for its
worst plausible outage, and the course of that outage is computed: when the function stops, when a
contingency carries, when it runs out. Severity follows from the longest interruption against the
function's ``rto`` and ``mtd``. An outage nobody gave a figure for counts as having no end.

When it is wrong
----------------
When the model lacks an alternative that exists, or an outage figure is guessed. It stays silent
when the outage is bridged within ``rto`` by a plan that was never tested; RM204 says that.

Fires on
--------
```yaml
functions:
  invoicing: {criticality: critical, mtd: 8h, rto: 4h, minimum: 90%, needs: [ledger]}
services:
  ledger: {outage: {worst: 3d}}
```

Silent on
---------
```yaml
functions:
  invoicing:
    {criticality: critical, mtd: 8h, rto: 4h, minimum: 90%, needs: [{any_of: [ledger, paper]}]}
services:
  ledger: {outage: {worst: 3d}}
  paper: {outage: {worst: 3d}}
```

What to do
----------
Add an alternative that shares nothing with the element, or a contingency that starts within the
tolerance and holds as long as the outage may last; test it.

References
----------
Vesely et al., NUREG-0492 (1981), section VII.2; ISO 22301:2019, 8.2.3; DORA Art. 28(4).
"""

import math
from collections.abc import Iterator

from riskmap.analysis.outage import Ended
from riskmap.analysis.translation import effective_minimum
from riskmap.rules.finding import Finding
from riskmap.rules.results import Results
from riskmap.rules.statement import Ref, Refs, Seconds, Statement, count_word, say
from riskmap.rules.support import (
    by_weight,
    evidence_of_impact,
    facts_of_impact,
    harmful,
    judge,
    worst,
)
from riskmap.rules.verdict import Impact, Verdict, missed, tolerated

ID = "RM101"
BRIEF = "a failure of {any_subject} alone is enough"


def check(results: Results) -> Iterator[Finding]:
    """Yield one finding per element that alone stops any function for too long."""
    for element in sorted(set().union(*results.inherent_singles.values())):
        impacts = harmful(
            results.impacts[function, element]
            for function, singles in results.inherent_singles.items()
            if element in singles and (function, element) in results.impacts
        )
        heaviest = worst(results, impacts)
        if heaviest is None:
            continue
        severity, reason = judge(results, heaviest)
        functions = by_weight(results, impacts)
        facts = [fact for impact in impacts for fact in facts_of_impact(results, impact)]
        yield Finding(
            rule=ID,
            subject=element,
            functions=functions,
            severity=severity,
            because=reason,
            summary=_summary(results, heaviest, functions),
            recommendation=_recommendation(results, heaviest),
            evidence=evidence_of_impact(results, heaviest),
            involves=tuple(sorted({service.standby for service in heaviest.services})),
            assumptions=results.rests_on(*facts),
        )


def _summary(results: Results, impact: Impact, functions: tuple[str, ...]) -> Statement:
    owner = results.functions[impact.function]
    mtd = tolerated(owner, "mtd")
    length = "with no known end" if math.isinf(impact.stopped) else "for {longest}"
    if len(impact.down) > 1:
        length += f" in {count_word(len(impact.down))} stops"
    limit = "{mtd} can be borne" if mtd else "nobody stated what can be borne"
    rto = tolerated(owner, "rto")
    if impact.verdict is Verdict.STRAINED:
        aim = "the aim is {rto}" if rto else "nobody stated how soon it must be back"
        limit = f"{aim}; {limit}"
    template = "{element} alone stops {functions} "
    if len(functions) > 1:
        template += f"({{function}} {length}; {limit})"
    else:
        template += f"{length} ({limit})"
    if impact.lowest:
        template += "; {lost} of it is lost"
    if impact.fallback_from is not None and impact.carried is not None:
        template += "; a fallback brings back {carried} after {fallback}"
        if impact.carried < effective_minimum(owner):
            template += ", less than the {minimum} it needs"
    return say(
        template,
        element=Ref(impact.element),
        functions=Refs(functions),
        function=Ref(impact.function),
        longest=Seconds(impact.stopped),
        mtd=Seconds(mtd),
        rto=Seconds(rto),
        lost=1 - impact.lowest,
        fallback=Seconds(impact.fallback_from or 0.0),
        carried=impact.carried or impact.lowest,
        minimum=effective_minimum(owner),
    )


def _recommendation(results: Results, impact: Impact) -> Statement:
    function = results.functions[impact.function]
    limit = missed(function, impact.verdict)
    element = Ref(impact.element)
    enough = impact.carried is not None and impact.carried >= effective_minimum(function)
    exhausted = [s for s in impact.services if s.ended is Ended.EXHAUSTED and impact.is_down(s.end)]
    if enough and exhausted:
        return say(
            "make {plan} hold as long as {element} may be out, or plan what follows it",
            plan=Ref(exhausted[0].standby),
            element=element,
        )
    if impact.services:
        return say(
            "make the fallback carry enough within {limit} of losing {element}, and test it"
            if limit
            else "make the fallback carry enough at once on losing {element}, and test it",
            element=element,
            limit=Seconds(limit),
        )
    if not limit:
        asked = "how long {function} may be down"
        if impact.verdict is Verdict.STRAINED:
            asked = "how soon {function} must be back"
        return say(
            f"state {asked}, and find a way to go on without {{element}}",
            function=Ref(impact.function),
            element=element,
        )
    return say(
        "find a way to go on without {element} that starts within {limit}",
        element=element,
        limit=Seconds(limit),
    )
