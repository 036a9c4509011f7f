"""Contingency never tested.

What it finds
-------------
A contingency that was never tested, or did not pass its last test, while the function depends on
it working.

Why it matters
--------------
Times in an untested plan are hopes. Every result that counts on such a plan is labelled so.

How it decides
--------------
The newest entry under ``tests`` held by the day of the assessment is not ``passed``, or there is
none; of several on one day the worst counts, and one that is still to come and written down as
passed is left to RM205. Severity is that of the outage without the plan and without any other
that no test has shown to work, one step lower, since it may work.

A plan that is enough only together with another is looked at once both are there: writing down the
other can bring this finding about.

When it is wrong
----------------
When the plan was used in earnest and nobody recorded it: record it as a test.

Fires on
--------
```yaml
functions:
  orders: {criticality: critical, mtd: 8h, rto: 4h, needs: [shop]}
services:
  shop: {outage: {worst: 5d}}
contingencies:
  by-phone:
    {covers: shop, detect: 1h, decide: 1h, activate: 1h, sustains: 30d, capacity: 100%, tests: []}
```

Silent on
---------
```yaml
functions:
  orders: {criticality: critical, mtd: 8h, rto: 4h, needs: [shop]}
services:
  shop: {outage: {worst: 5d}}
contingencies:
  by-phone:
    {covers: shop, detect: 1h, decide: 1h, activate: 1h, sustains: 30d, capacity: 100%,
     tests: [{date: 2026-01-15, result: passed, took: 2h}]}
```

What to do
----------
Run it once with the people who would do it, measure the time, and write the result down.

References
----------
ISO 22301:2019, 8.5; NIST SP 800-34 r1, section 3.5; DORA Art. 11(6).
"""

from collections.abc import Iterator

from riskmap.model import TestResult
from riskmap.rules.finding import Finding
from riskmap.rules.results import Results
from riskmap.rules.statement import Ref, say
from riskmap.rules.support import (
    by_weight,
    facts_of_plan,
    if_plan_failed,
    judge,
    lowered,
    newest_known,
    worst,
)

ID = "RM204"
BRIEF = "no test has shown that {subjects} works"


def check(results: Results) -> Iterator[Finding]:
    """Yield one finding per contingency without a passed test."""
    newest_of = {plan.id: newest_known(results, plan) for plan in results.model.contingencies}
    doubtful = [
        name
        for name, newest in newest_of.items()
        if newest is None or newest.result is not TestResult.PASSED
    ]
    for plan in results.model.contingencies:
        if plan.id not in doubtful:
            continue
        newest = newest_of[plan.id]
        impacts = if_plan_failed(results, plan.id, doubtful)
        heaviest = worst(results, impacts)
        if heaviest is None:
            continue
        severity, reason = judge(results, heaviest)
        template = "{plan} has never been tested"
        if newest is not None:
            template = "{plan} did not pass its last test, on {day}"
        yield Finding(
            rule=ID,
            subject=plan.id,
            functions=by_weight(results, impacts),
            severity=severity.one_lower,
            because=lowered(reason, "one step below what happens if the plan does not work"),
            summary=say(template, plan=Ref(plan.id), day=newest.date if newest is not None else ""),
            recommendation=say(
                "run {plan} once with the people who would do it, and write down how long it took",
                plan=Ref(plan.id),
            ),
            involves=plan.covers,
            assumptions=results.rests_on(*facts_of_plan(plan.id)),
        )
