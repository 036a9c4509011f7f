"""Contingency test too old.

What it finds
-------------
A contingency that passed its newest test longer ago than tests may be old (``test_age`` of the
policy, one year as shipped), while a function depends on it working.

Why it matters
--------------
People leave, passwords expire, suppliers change. A test shows what worked on its day; after that
it shows less with every change that nobody tried the plan against.

How it decides
--------------
The newest passed test held by the day of the assessment is compared with that day; a test exactly
as old as allowed still counts, and one dated later has not been held. A plan that was never tested,
or failed its newest test, is left to RM204. Severity is that of the outage without the plan and
without any other that no recent test has shown to work, two steps lower: the plan may well work,
and once did.

A plan that is enough only together with another is looked at once both are there: writing down the
other can bring this finding about.

When it is wrong
----------------
When the plan was used in earnest or tried since and nobody recorded it: record it as a test. When
nothing the plan touches has changed since.

Fires on
--------
```yaml
functions:
  orders: {criticality: critical, mtd: 8h, rto: 4h, needs: [shop]}
services:
  shop: {outage: {worst: 5d}}
contingencies:
  by-phone:
    {covers: shop, detect: 1h, decide: 1h, activate: 1h, sustains: 30d, capacity: 100%,
     tests: [{date: 2024-06-15, result: passed, took: 2h}]}
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
Run it again with the people who would do it today, measure the time, and write the result down.
After any change to what the plan uses, do not wait for the next yearly test.

References
----------
ISO 22301:2019, 8.5; NIST SP 800-34 r1, section 3.5; DORA Art. 11(6), which asks for a test at least
once a year.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from riskmap.model import Contingency, TestResult, newest_test
from riskmap.rules.finding import Finding, Measure
from riskmap.rules.results import Results
from riskmap.rules.statement import Ref, Seconds, Statement, say
from riskmap.rules.support import (
    by_weight,
    facts_of_plan,
    if_plan_failed,
    judge,
    lowered,
    newest_known,
    worst,
)

ID = "RM205"
BRIEF = "the last test that {subjects} passed is too long ago"


def check(results: Results) -> Iterator[Finding]:
    """Yield one finding per contingency whose newest passed test is too old."""
    allowed = results.policy.thresholds.test_age
    doubtful = [plan.id for plan in results.model.contingencies if not _fresh(results, plan)]
    for plan in results.model.contingencies:
        newest = newest_known(results, plan)
        if newest is None or newest.result is not TestResult.PASSED:
            continue
        held = newest.date if newest.date <= results.today else None
        if _fresh(results, plan):
            continue
        impacts = if_plan_failed(results, plan.id, doubtful)
        heaviest = worst(results, impacts)
        if heaviest is None:
            continue
        severity, reason = judge(results, heaviest)
        yield Finding(
            rule=ID,
            subject=plan.id,
            functions=by_weight(results, impacts),
            severity=severity.one_lower.one_lower,
            because=lowered(
                reason,
                "two steps below what happens if the plan does not work, since it may, and once did"
                if held is not None
                else "two steps below what happens if the plan does not work, since it may",
            ),
            summary=_summary(plan, held, results.today, allowed),
            recommendation=say(
                "run {plan} again with the people who would do it today, and write down how long"
                " it took",
                plan=Ref(plan.id),
            ),
            evidence=_age(held, results.today, allowed),
            involves=plan.covers,
            assumptions=results.rests_on(*facts_of_plan(plan.id)),
        )


def _fresh(results: Results, plan: Contingency) -> bool:
    """Tell whether the newest test held was passed and is no older than allowed."""
    newest = newest_test(plan.tests, results.today)
    if newest is None or newest.result is not TestResult.PASSED:
        return False
    return results.today - newest.date <= results.policy.thresholds.test_age


def _summary(plan: Contingency, held: date | None, today: date, allowed: timedelta) -> Statement:
    if held is None:
        return say(
            "{plan} has passed no test by {today}; the one written down is still to come",
            plan=Ref(plan.id),
            today=today,
        )
    return say(
        "{plan} last passed a test on {day}, {age} ago; a test counts for {allowed}",
        plan=Ref(plan.id),
        day=held,
        age=Seconds((today - held).total_seconds()),
        allowed=Seconds(allowed.total_seconds()),
    )


def _age(held: date | None, today: date, allowed: timedelta) -> tuple[Measure, ...]:
    if held is None:
        return ()
    return (
        Measure("age_of_test", (today - held).total_seconds() / 3600, "hours"),
        Measure("allowed", allowed.total_seconds() / 3600, "hours"),
    )
