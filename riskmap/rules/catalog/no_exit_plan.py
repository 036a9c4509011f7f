"""No exit plan.

What it finds
-------------
A service that is hard to replace, behind a critical or important function, for which nobody has
written down how to leave it; or whose written plan has never passed a test.

Why it matters
--------------
Leaving a service that is hard to replace takes months. Begun without a plan, on the day the
provider ends it or fails, it takes longer, and the function waits.

How it decides
--------------
Hard to replace means ``not-substitutable`` or ``highly-complex``, or ``proprietary`` where nobody
stated the first; under a strict policy also whatever nobody stated. A plan is ``exit: plan:`` with
at least one step. Severity is one step below that of the service ending after the provider's notice
and staying away until the move is done: without an end where nobody stated how long it takes,
at once where nobody stated the notice. A plan that never passed a test makes it two steps.

When it is wrong
----------------
When the plan exists elsewhere: name its steps here, and say when it was tested.

Fires on
--------
```yaml
functions:
  mailing: {criticality: critical, mtd: 8h, rto: 4h, needs: [sites]}
services:
  sites:
    provider: suite
    outage: {worst: 2h}
    exit:
      substitutability: highly-complex
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
    exit:
      substitutability: highly-complex
      plan: {steps: [Export the sites], tests: [{date: 2026-01-15, result: passed}]}
providers:
  suite: {outage: {worst: 2h}}
```

What to do
----------
Write the plan, with who does what and how long it takes, and test it: once as an orderly exit and
once as if the provider were failing.

References
----------
DORA Art. 28(8); PRA SS2/21, chapter 10, on stressed and unstressed exits.
"""

import math
from collections.abc import Iterator

from riskmap.model import Contract, Service, Severity, TestResult, newest_test
from riskmap.rules.finding import Evidence, Finding, Measure
from riskmap.rules.hardness_of_exit import facts_of, hard_to_replace
from riskmap.rules.leaving.phases import timing
from riskmap.rules.results import Results
from riskmap.rules.statement import Ref, Seconds, Statement, say
from riskmap.rules.support import basis, by_weight, judge, withdrawn

ID = "RM403"
BRIEF = "no tested plan says how to leave {subjects}"


def check(results: Results) -> Iterator[Finding]:
    """Yield one finding per service that is hard to replace and has no tested exit plan."""
    for service, users in hard_to_replace(results):
        plan = service.exit.plan if service.exit is not None else None
        written = plan is not None and bool(plan.steps)
        newest = newest_test(plan.tests, results.today) if plan else None
        if written and newest is not None and newest.result is TestResult.PASSED:
            continue
        leaving = results.exit_sets[service.id]
        contracts = results.leaving.contracts((service.id,))
        away = _away(results, leaving.members, contracts)
        impacts = withdrawn(results, [service.id], away)
        severity, because = Severity.LOW, say("no function would stop for longer than can be borne")
        if impacts:
            full, _ = judge(results, impacts[0])
            severity = full.one_lower.one_lower if written else full.one_lower
            because = _because(impacts[0].function, away, written=written)
        summary = "nobody has written down how to leave {service}"
        todo = (
            "write down how {service} would be left, who does it and how long it takes, and test it"
        )
        if written:
            summary = "the plan to leave {service} has never passed a test"
            todo = "test the plan to leave {service}"
            if newest is not None:
                summary = "the plan to leave {service} did not pass its newest test"
                todo = "mend the plan to leave {service} and test it again"
        facts = (*facts_of(leaving), *(f"{c.id}.provider_notice" for c in contracts))
        yield Finding(
            rule=ID,
            subject=service.id,
            functions=by_weight(results, impacts) or users,
            severity=severity,
            because=because,
            summary=say(summary, service=Ref(service.id)),
            recommendation=say(todo, service=Ref(service.id)),
            evidence=tuple(_evidence(results, service, leaving.members)),
            involves=tuple(name for name in leaving.members if name != service.id),
            assumptions=results.rests_on(*facts),
        )


def _away(results: Results, members: tuple[str, ...], contracts: tuple[Contract, ...]) -> float:
    """Return how long the service stays away once its provider ends it, in seconds."""
    move = timing(results.leaving, members).move
    if move.open:
        return math.inf
    told = min(
        (c.provider_notice.total_seconds() if c.provider_notice else 0.0 for c in contracts),
        default=0.0,
    )
    return max(0.0, move.seconds - told)


def _because(function: str, away: float, *, written: bool) -> Statement:
    steps = "two steps" if written else "one step"
    text = steps + " below {function} going without it "
    text += "with no known end" if math.isinf(away) else "for {away}"
    text += ", since the provider has to end it first"
    if written:
        text += " and the plan may work"
    return say(text, function=Ref(function), away=Seconds(away))


def _evidence(results: Results, service: Service, members: tuple[str, ...]) -> Iterator[Evidence]:
    move = timing(results.leaving, members).move
    if not move.unknown:
        rests = basis(results, *(f"{name}.exit" for name in members))
        yield Measure("exit_time", move.seconds / 3600, "hours", rests)
    tests = service.exit.plan.tests if service.exit and service.exit.plan else ()
    if tests:
        yield Measure("tests", float(len(tests)), "count")
