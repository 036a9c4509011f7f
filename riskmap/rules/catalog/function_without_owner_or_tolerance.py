"""Function without owner or tolerance.

What it finds
-------------
A function for which nobody said who answers for it, how critical it is, how long it may be down, or
how soon it must be back.

Why it matters
--------------
Without a tolerance nothing can be called fine: riskmap counts any stop as too long. Without an
owner there is nobody to ask.

How it decides
--------------
One of ``owner``, ``criticality``, ``mtd`` and ``rto`` is not stated. Where ``criticality``, ``mtd``
or ``rto`` is missing and a single failure stops the function, severity is that of this failure as
it counts now, one step lower; otherwise it is low.

When it is wrong
----------------
It cannot be: it is a question. Whoever answers for the function can answer it in a minute.

Fires on
--------
```yaml
functions:
  orders: {owner: head of sales, criticality: critical, needs: [shop]}
services:
  shop: {outage: {worst: 1h}}
```

Silent on
---------
```yaml
functions:
  orders: {owner: head of sales, criticality: critical, mtd: 8h, rto: 4h, needs: [shop]}
services:
  shop: {outage: {worst: 1h}}
```

What to do
----------
Ask the head of the business side, not of IT: how long can we be without it before the damage can no
longer be borne?

References
----------
ISO 22301:2019, 8.2.2; NIST SP 800-34 r1, section 3.2.1; DORA Art. 8(1) and 11(5).
"""

from collections.abc import Iterator

from riskmap.model import Function, Severity
from riskmap.rules.finding import Finding
from riskmap.rules.results import Results
from riskmap.rules.statement import Ref, join, say
from riskmap.rules.support import harmful, judge, worst_impacts

ID = "RM005"
BRIEF = "what {subjects} can bear, or who answers for it, is not stated"


def check(results: Results) -> Iterator[Finding]:
    """Yield one finding per function with a gap, naming what is missing."""
    impacts = worst_impacts(results)
    for function in results.model.functions:
        missing = _missing(function)
        if not missing:
            continue
        severity, reason = Severity.LOW, say("nothing is known that stops it for too long")
        hurt = impacts[function.id]
        if missing == ["who answers for it"]:
            reason = say("only a name is missing; what it can bear is stated")
        elif hurt is not None and harmful([hurt]):
            severity = judge(results, hurt)[0].one_lower
            reason = say(
                "one step below what losing {element} does to {function} as it counts now",
                element=Ref(hurt.element),
                function=Ref(function.id),
            )
        yield Finding(
            rule=ID,
            subject=function.id,
            functions=(function.id,),
            severity=severity,
            because=reason,
            summary=say(
                f"for {{function}} nobody stated {join(missing, last='or')}",
                function=Ref(function.id),
            ),
            recommendation=say(
                "name somebody who answers for {function}"
                if missing == ["who answers for it"]
                else f"ask the business about {{function}}: {join(missing)}",
                function=Ref(function.id),
            ),
            assumptions=results.rests_on(f"{function.id}.mtd", f"{function.id}.criticality"),
        )


def _missing(function: Function) -> list[str]:
    facts = (
        (function.owner, "who answers for it"),
        (function.criticality, "how critical it is"),
        (function.objectives.mtd, "how long it may be down"),
        (function.objectives.rto, "how soon it must be back"),
    )
    return [what for value, what in facts if value is None]
