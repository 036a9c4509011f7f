"""No alternative.

What it finds
-------------
A service that is hard to replace, behind a critical or important function, for which nobody has
named another offer.

Why it matters
--------------
Whoever has nowhere to go has no weight at the next negotiation, and no way out when the provider
fails, is bought, or ends the service.

How it decides
--------------
Hard to replace as in RM403. An alternative is anything listed under ``exit: alternatives:``. A
service that the function also gets another way, automatically, has one already and is left out.
Severity is one step below that of the service ending for good, since the provider has to end it
first; it is two steps where ``reintegration: easy`` says that it could be taken in house.

When it is wrong
----------------
When nobody has looked: look, and list what was found.

Fires on
--------
```yaml
functions:
  mailing: {criticality: critical, mtd: 8h, rto: 4h, needs: [sites]}
services:
  sites:
    provider: suite
    outage: {worst: 2h}
    exit: {substitutability: not-substitutable, reason: lack-of-alternatives}
providers:
  suite: {outage: {worst: 2h}}
```

Silent on
---------
```yaml
functions:
  mailing: {criticality: critical, mtd: 8h, rto: 4h, needs: [sites]}
services:
  sites:
    provider: suite
    outage: {worst: 2h}
    exit: {substitutability: highly-complex, alternatives: [A wiki run by ourselves]}
providers:
  suite: {outage: {worst: 2h}}
```

What to do
----------
Look for another offer, or for a way to run it in house, and write down what was found.

References
----------
DORA Art. 28(8) and 29(1); template B_07.01 of Implementing Regulation (EU) 2024/2956.
"""

import math
from collections.abc import Iterator

from riskmap.model import Reintegration, Service, Severity, SubstitutionReason
from riskmap.rules.finding import Finding
from riskmap.rules.hardness_of_exit import facts_of, hard_to_replace
from riskmap.rules.results import Results
from riskmap.rules.statement import Ref, Statement, say
from riskmap.rules.support import by_weight, judge, withdrawn

ID = "RM404"
BRIEF = "nobody has named an alternative to {subjects}"


def check(results: Results) -> Iterator[Finding]:
    """Yield one finding per service that is hard to replace and has no alternative."""
    for service, users in hard_to_replace(results):
        if service.exit is not None and service.exit.alternatives:
            continue
        impacts = [
            impact
            for impact in withdrawn(results, [service.id], math.inf)
            if impact.function in users
        ]
        if not impacts:
            continue
        full, _ = judge(results, impacts[0])
        easy = _in_house(service)
        severity: Severity = full.one_lower.one_lower if easy else full.one_lower
        yield Finding(
            rule=ID,
            subject=service.id,
            functions=by_weight(results, impacts),
            severity=severity,
            because=_because(impacts[0].function, easy=easy),
            summary=say(
                "there is no real alternative to {service}"
                if _lacks(service)
                else "nobody has named an alternative to {service}",
                service=Ref(service.id),
            ),
            recommendation=say(
                "find out whether {service} could be run in house, and what {function} would do"
                " without it"
                if _lacks(service)
                else "look for another offer that could replace {service}, and write down what is"
                " found",
                service=Ref(service.id),
                function=Ref(impacts[0].function),
            ),
            assumptions=results.rests_on(*facts_of(results.exit_sets[service.id])),
        )


def _lacks(service: Service) -> bool:
    reason: SubstitutionReason | None = service.exit.reason if service.exit else None
    return reason is not None and reason.lacks_alternatives


def _in_house(service: Service) -> bool:
    return service.exit is not None and service.exit.reintegration is Reintegration.EASY


def _because(function: str, *, easy: bool) -> Statement:
    if easy:
        text = (
            "two steps below {function} losing it for good, since the provider has to end it first"
            " and it could be taken in house"
        )
    else:
        text = (
            "one step below {function} losing it for good, since the provider has to end it first"
        )
    return say(text, function=Ref(function))
