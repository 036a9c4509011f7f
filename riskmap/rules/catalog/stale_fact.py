"""Stale fact.

What it finds
-------------
A function, or anything it depends on, whose facts nobody has looked at for too long: an element, a
contract or a contingency.

Why it matters
--------------
Providers move, contracts change hands, people leave. A model is only as good as the day on which
somebody last compared it with the world.

How it decides
--------------
The newest of these days is longer ago than the policy's ``fact_age`` (540 days): ``reviewed``, the
``date`` under ``evidence`` of the entry or of one of its needs, and the tests of a contingency. An
entry without any day is passed over, since nobody claims that it is recent; in strict mode it
counts as stale. An element of the shipped library is as old as the day on which its makers last
looked at its file, or the model's own ``reviewed`` if that is later; what is stale of one file is
one finding, about the element that matters most. Severity is that of losing the entry, one step
lower, since the facts may still be right; low where losing it does no harm, and for contracts.

When it is wrong
----------------
When somebody looked and did not write it down: set ``reviewed``.

Fires on
--------
```yaml
functions:
  orders: {criticality: critical, mtd: 8h, rto: 4h, needs: [shop]}
services:
  shop: {reviewed: 2023-05-01, outage: {worst: 2d}}
```

Silent on
---------
```yaml
functions:
  orders: {criticality: critical, mtd: 8h, rto: 4h, needs: [shop]}
services:
  shop: {reviewed: 2025-11-01, outage: {worst: 2d}}
```

What to do
----------
Go through the entry with whoever answers for it, correct it, and set ``reviewed`` to that day. For
an element of the library, install a newer riskmap, or look at its sources yourself and write
``reviewed`` under its id.

References
----------
ISO 22301:2019, 8.2.1 and 8.6 (review at planned intervals); DORA Art. 8(2) and 28(3).
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from riskmap.model import (
    Contingency,
    Contract,
    Element,
    Entry,
    NeedExpression,
    Severity,
    iter_needs,
)
from riskmap.rules.finding import Finding, Measure
from riskmap.rules.results import Results
from riskmap.rules.statement import Count, Ref, Statement, say
from riskmap.rules.support import (
    by_weight,
    facts_of_impact,
    harmful,
    if_plan_failed,
    judge,
    users_of,
    worst,
)
from riskmap.rules.verdict import Impact

ID = "RM002"
BRIEF = "the facts about {subjects} may be out of date"


def check(results: Results) -> Iterator[Finding]:
    """Yield one finding per entry that functions depend on and nobody looked at for too long."""
    model = results.model
    shipped: dict[str, list[tuple[Impact | None, Entry, date]]] = {}
    for entry in (*model.elements(), *model.contracts, *model.contingencies):
        use = model.from_library(entry.id)
        newest = (
            _last_looked_at(entry) if use is None else max(use.as_of, entry.reviewed or date.min)
        )
        if not _is_stale(results, newest) or not users_of(results, entry.id):
            continue
        heaviest = worst(results, impacts := _impacts(results, entry))
        if use is not None and newest is not None:
            shipped.setdefault(use.name, []).append((heaviest, entry, newest))
            continue
        yield _finding(results, entry, newest, heaviest, impacts)
    for _, found in sorted(shipped.items()):
        yield _of_library(results, found)


def _is_stale(results: Results, newest: date | None) -> bool:
    if newest is None:
        return results.policy.strict
    return results.today - newest > results.policy.thresholds.fact_age


def _finding(
    results: Results,
    entry: Entry,
    newest: date | None,
    heaviest: Impact | None,
    impacts: list[Impact],
) -> Finding:
    users = users_of(results, entry.id)
    severity, reason = _judged(results, heaviest)
    template = "nobody wrote down when the facts about {entry} were last looked at"
    if newest is not None:
        template = "the facts about {entry} were last looked at on {day}"
    ranked = by_weight(results, impacts)
    return Finding(
        rule=ID,
        subject=entry.id,
        functions=(*ranked, *(name for name in users if name not in ranked)),
        severity=severity,
        because=reason,
        summary=say(template, entry=Ref(entry.id), day=newest or ""),
        recommendation=say(
            "go through {entry} with whoever answers for it, and set “reviewed” to that day",
            entry=Ref(entry.id),
        ),
        evidence=()
        if newest is None
        else (Measure("fact_age", (results.today - newest).days * 24.0, "hours"),),
        assumptions=results.rests_on(
            *(facts_of_impact(results, heaviest) if heaviest is not None else ())
        ),
    )


def _of_library(results: Results, found: list[tuple[Impact | None, Entry, date]]) -> Finding:
    """Return one finding about all that is stale of one file of the library."""
    impacts = [impact for impact, _, _ in found if impact is not None]
    heaviest = worst(results, impacts)
    _, entry, newest = next(row for row in found if row[0] is heaviest)
    others = tuple(sorted(other.id for _, other, _ in found if other is not entry))
    single = _finding(results, entry, newest, heaviest, impacts)
    template = "what the library of riskmap says about {entry} was last looked at on {day}"
    if others:
        template = template.replace("{entry}", "{entry} and {others}")
    return replace(
        single,
        summary=say(
            template,
            entry=Ref(entry.id),
            others=Count(len(others), "other entry", "other entries"),
            day=newest,
        ),
        recommendation=say(
            "install a newer riskmap, or look at the sources of {entry} yourself and write"
            " “reviewed” under its id",
            entry=Ref(entry.id),
        ),
        involves=others,
    )


def _last_looked_at(entry: Entry) -> date | None:
    """Return the newest day on which anybody looked at an entry, None when none is written."""
    days = [entry.reviewed, entry.evidence.date]
    needs: tuple[NeedExpression, ...] = ()
    if isinstance(entry, Element):
        needs = entry.needs
    elif isinstance(entry, Contingency):
        needs = entry.uses
        days.extend(test.date for test in entry.tests)
    days.extend(need.evidence.date for need in iter_needs(needs))
    return max((day for day in days if day is not None), default=None)


def _impacts(results: Results, entry: Entry) -> list[Impact]:
    """Return the harm that losing an entry does."""
    if isinstance(entry, Contingency):
        return if_plan_failed(results, entry.id)
    if isinstance(entry, Contract):
        return []
    return harmful(
        impact for (_, element), impact in sorted(results.impacts.items()) if element == entry.id
    )


def _judged(results: Results, heaviest: Impact | None) -> tuple[Severity, Statement]:
    if heaviest is None:
        return Severity.LOW, say("losing it alone would stop nothing for too long")
    reason = say(
        "one step below what losing it does to {function}, since the facts may still be right",
        function=Ref(heaviest.function),
    )
    return judge(results, heaviest)[0].one_lower, reason
