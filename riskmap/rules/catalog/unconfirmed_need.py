"""Unconfirmed need.

What it finds
-------------
A need of which nobody has confirmed that it is real: imported from another tool, or marked
``unknown``.

Why it matters
--------------
It counts as hard, so that nothing is called safe by mistake. If it is not real, findings vanish; if
it is, they stand.

How it decides
--------------
The need's ``hardness`` or the confidence of its evidence is ``unknown``. Severity is that of losing
what is needed, one step lower.

When it is wrong
----------------
It cannot be: it is a question. Answer it by setting ``hardness`` to ``hard`` or ``soft``.

Fires on
--------
```yaml
functions:
  orders: {criticality: critical, mtd: 8h, rto: 4h, needs: [shop]}
services:
  shop:
    outage: {worst: 1h}
    needs: [{need: cache, hardness: unknown}]
  cache: {outage: {worst: 2d}}
```

Silent on
---------
```yaml
functions:
  orders: {criticality: critical, mtd: 8h, rto: 4h, needs: [shop]}
services:
  shop:
    outage: {worst: 1h}
    needs: [{need: cache, hardness: soft}]
  cache: {outage: {worst: 2d}}
```

What to do
----------
Ask whoever runs it: does it stop without this, or does it only get worse?

References
----------
NIST SP 800-34 r1, section 3.2.1 (validate the business impact analysis with the owners).
"""

from collections.abc import Iterator

from riskmap.model import Confidence, Hardness, Severity, iter_needs
from riskmap.rules.finding import Finding
from riskmap.rules.results import Results
from riskmap.rules.statement import Ref, Refs, say
from riskmap.rules.support import by_weight, felt, harmful, judge, worst

ID = "RM001"
BRIEF = "nobody has confirmed what {subjects} needs"


def check(results: Results) -> Iterator[Finding]:
    """Yield one finding per element with needs that nobody confirmed."""
    for owner in results.model.elements():
        targets = sorted(
            {
                need.target
                for need in iter_needs(owner.needs)
                if need.hardness is Hardness.UNKNOWN
                or need.evidence.confidence is Confidence.UNKNOWN
            }
        )
        users = [name for name in results.closures if owner.id in results.closures[name]]
        if not targets or not users:
            continue
        impacts = harmful(felt(results, users, targets))
        heaviest = worst(results, impacts)
        severity, reason = Severity.LOW, say("losing it would stop nothing for too long")
        if heaviest is not None:
            severity = judge(results, heaviest)[0].one_lower
            reason = say(
                "one step below what losing {element} does to {function}, if the need is real",
                element=Ref(heaviest.element),
                function=Ref(heaviest.function),
            )
        yield Finding(
            rule=ID,
            subject=owner.id,
            functions=by_weight(results, impacts) or tuple(sorted(users)),
            severity=severity,
            because=reason,
            summary=say(
                "nobody has confirmed that {owner} stops without {targets}",
                owner=Ref(owner.id),
                targets=Refs(tuple(targets)),
            ),
            recommendation=say(
                "ask whoever runs {owner} whether it stops without {targets} or only gets worse",
                owner=Ref(owner.id),
                targets=Refs(tuple(targets)),
            ),
            involves=tuple(targets),
            assumptions=results.rests_on(*(f"{owner.id}.needs.{t}" for t in targets)),
        )
