"""Contingency that cannot be started as written.

What it finds
-------------
A contingency without a trigger, without somebody who decides, or without steps; or one whose
trigger waits for the provider's word.

Why it matters
--------------
Time is lost before anything begins: nobody knows that it is time, nobody may say so, or nobody
knows what to do. Providers admit an outage hours or days after their customers have noticed.

How it decides
--------------
From what the plan states: ``trigger`` (missing or ``unknown``), ``decides``, ``steps``, and
``signal: provider``. Severity is that of the outage without the plan, and without any other
that cannot be started, one step lower.

A plan that is enough only together with another is looked at once both are there: writing down the
other can bring this finding about.

When it is wrong
----------------
When these things are settled in another document: refer to it in ``steps``.

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
     trigger: {when: the provider announces an outage, signal: provider}, decides: Head of sales,
     steps: [Open the telephone desk]}
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
     trigger: {when: two test orders fail within ten minutes, signal: own}, decides: Head of sales,
     steps: [Open the telephone desk]}
```

What to do
----------
Name a sign you can see yourselves, the role that decides without asking, and the steps.

References
----------
NIST SP 800-34 r1, section 4.2 (activation criteria, roles); ISO 22301:2019, 8.4.2 and 8.4.4.
"""

from collections.abc import Iterator

from riskmap.model import Contingency, Signal
from riskmap.rules.finding import Evidence, Finding, Measure
from riskmap.rules.results import Results
from riskmap.rules.statement import Ref, Seconds, join, say
from riskmap.rules.support import by_weight, if_plan_failed, judge, worst

ID = "RM208"
BRIEF = "as written, nobody can start {subjects}"


def check(results: Results) -> Iterator[Finding]:
    """Yield one finding per contingency that could not be started as written."""
    doubtful = [plan.id for plan in results.model.contingencies if _lacks(plan) or _waits(plan)]
    for plan in results.model.contingencies:
        if plan.id not in doubtful:
            continue
        lacks, waits = _lacks(plan), _waits(plan)
        impacts = if_plan_failed(results, plan.id, doubtful)
        heaviest = worst(results, impacts)
        if heaviest is None:
            continue
        severity, _ = judge(results, heaviest)
        word, delay = _slowest_word(results, heaviest.element)
        parts = []
        if lacks:
            parts.append(f"{{plan}} names {join(lacks, last='and')}")
        if waits:
            parts.append(f"{'it' if lacks else '{plan}'} starts only when the provider says so")
        template = "; ".join(parts)
        if word is not None:
            template += "; {word} admitted an outage only after {delay}"
        evidence: tuple[Evidence, ...] = ()
        if word is not None:
            evidence = (Measure("acknowledgement_delay", delay / 3600, "hours"),)
        yield Finding(
            rule=ID,
            subject=plan.id,
            functions=by_weight(results, impacts),
            severity=severity.one_lower,
            because=say(
                "one step below what an outage of {element} does to {function} without the plan",
                element=Ref(heaviest.element),
                function=Ref(heaviest.function),
            ),
            summary=say(
                template, plan=Ref(plan.id), word=Ref(word or plan.id), delay=Seconds(delay)
            ),
            recommendation=say(
                "write into {plan} a sign you see yourselves, who decides, and the steps",
                plan=Ref(plan.id),
            ),
            evidence=evidence,
            involves=plan.covers,
            assumptions=results.rests_on(plan.id),
        )


def _lacks(plan: Contingency) -> list[str]:
    named = (
        ("no sign that starts it", plan.trigger),
        ("nobody who decides", plan.decides),
        ("no steps", plan.steps),
    )
    return [what for what, given in named if not given]


def _waits(plan: Contingency) -> bool:
    """Tell whether only the provider's word starts it."""
    return plan.trigger is not None and plan.trigger.signal is Signal.PROVIDER


def _slowest_word(results: Results, element: str) -> tuple[str | None, float]:
    """Return the provider on the way that took longest to admit an outage."""
    known = {
        provider.id: provider.acknowledges_after.total_seconds()
        for provider in results.model.providers
        if provider.acknowledges_after is not None
        and any(
            provider.id in results.closures[function]
            for function, singles in results.inherent_singles.items()
            if element in singles
        )
    }
    if not known:
        return None, 0.0
    slowest = max(sorted(known), key=lambda name: known[name])
    return slowest, known[slowest]
