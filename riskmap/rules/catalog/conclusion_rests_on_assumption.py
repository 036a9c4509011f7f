"""Conclusion resting on assumption.

What it finds
-------------
A function that looks fine only because of facts that somebody assumed.

Why it matters
--------------
A wrong "you are fine" is the worst that can be said: nobody looks there again. An assumption that
makes things look bad is found out soon; one that makes them look good is found out in the outage.

How it decides
--------------
The function's worst single failure stays within its ``mtd``. Every assumed fact that reaches it is
then replaced by what counts when a fact is unknown: an outage without an end, a plan that never
starts or carries nothing, a need that stops, an alternative that is none, a stop of any length as
too long. Everything is computed anew. If a single failure now goes past ``mtd``, the facts are
tried one by one, to name those that decide; where none decides alone, a smallest group is named
that does together. Severity is that of the failure if the assumption is wrong, one step lower.

A function that begins to look fine, because a plan or an alternative was added, is a new
conclusion: if it rests on assumptions, this finding is new as well. Only single failures are looked
at. In strict mode every other entry with an assumption that a finding or a verdict rests on gets a
finding too, one step below the worst of what rests on it.

When it is wrong
----------------
When the assumption is as good as knowledge: then write down where it comes from under
``evidence``, and take it off the list of what is ``assumed``.

Fires on
--------
```yaml
functions:
  orders: {criticality: critical, mtd: 8h, rto: 4h, needs: [shop]}
services:
  shop: {outage: {worst: 2h, confidence: assumed}}
```

Silent on
---------
```yaml
functions:
  orders: {criticality: critical, mtd: 8h, rto: 4h, needs: [shop]}
services:
  shop: {outage: {worst: 2h, confidence: evidenced}}
```

What to do
----------
Ask whoever knows; ``riskmap unknowns`` puts the questions in the order in which they matter.

References
----------
ISO 31010:2019, 6.3.5 (sensitivity analysis); NIST SP 800-34 r1, section 3.2.
"""

import math
from collections.abc import Iterable, Iterator, Sequence

from riskmap.model import Severity
from riskmap.rules.assumptions import Assumption
from riskmap.rules.finding import Finding
from riskmap.rules.results import Results
from riskmap.rules.statement import Count, Ref, Seconds, Value, join, say
from riskmap.rules.support import (
    facts_of_impact,
    users_of,
    within_tolerance,
    worst_impacts,
)
from riskmap.rules.variation import (
    Direction,
    alone_enough,
    name_of,
    together_enough,
    varied,
)
from riskmap.rules.verdict import Impact, severity_of, tolerated

ID = "RM003"
BRIEF = "what is said about {subjects} rests on assumptions"

MOST_DECIDING = 12
"""Facts that are looked for, each of which decides alone."""

MOST_NAMED = 3
"""Facts written out in the sentence; the finding lists all that were found."""


def check(results: Results) -> Iterator[Finding]:
    """Yield one finding per function that looks fine only because of assumptions."""
    calm = [name for name, impact in worst_impacts(results).items() if within_tolerance(impact)]
    if not calm or not results.assumptions:
        return
    worse = _with(results, results.assumptions.values())
    for function in sorted(calm):
        elements = [
            element
            for element in sorted(worse.inherent_singles[function])
            if not within_tolerance(worse.impacts.get((function, element)))
        ]
        if elements:
            yield _finding(results, function, elements, _reaching(results, worse, function))


def review(results: Results, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield, in strict mode, one finding per other entry whose assumptions anything rests on.

    Parameters
    ----------
    findings : sequence of Finding
        What all rules found, those of this rule included.
    """
    if not results.policy.strict:
        return
    resting: dict[str, list[Finding]] = {}
    for finding in findings:
        for key in finding.assumptions:
            resting.setdefault(key, []).append(finding)
    relied = {fact for fact in _of_verdicts(results) if fact in results.assumptions} | set(resting)
    done = {finding.subject for finding in findings if finding.rule == ID}
    for entry in sorted({results.assumptions[key].subject for key in relied} - done):
        facts = [results.assumptions[key] for key in sorted(relied) if _is_of(results, key, entry)]
        on_them = [finding for fact in facts for finding in resting.get(fact.key, ())]
        yield _of_entry(results, entry, facts, on_them)


def _with(results: Results, assumptions: Iterable[Assumption]) -> Results:
    worse = varied(results.model, assumptions, Direction.WORSE)
    return Results(worse, results.today, results.policy)


def _reaching(results: Results, worse: Results, function: str) -> list[Assumption]:
    """Return the assumptions about anything that can matter to a function, by key."""
    inside: set[str] = set()
    for known in (results, worse):
        inside |= known.reach[function]
    covered = worse.structure.covered_by
    inside |= {plan for member in tuple(inside) for plan in covered.get(member, ())}
    return [a for a in results.assumptions.values() if a.subject in inside]


def _finding(
    results: Results, function: str, elements: list[str], facts: list[Assumption]
) -> Finding:
    def past_tolerance(tried: Iterable[Assumption]) -> Iterator[Impact]:
        worse = _with(results, tried)
        for element in elements:
            impact = worse.impacts_of(worse.structure, element).get(function)
            if impact is not None and not within_tolerance(impact):
                yield impact

    def breaks(tried: tuple[Assumption, ...]) -> bool:
        return next(past_tolerance(tried), None) is not None

    deciding = alone_enough(facts, breaks, MOST_DECIDING)
    together = () if deciding else together_enough(facts, breaks)
    groups: list[tuple[Assumption, ...]] = [(fact,) for fact in deciding] or [together]
    found = [(max(past_tolerance(group), key=lambda i: i.order), group) for group in groups]
    found.sort(key=lambda pair: pair[0].order, reverse=True)
    heaviest = found[0][0]
    ordered = [fact for _, group in found for fact in group]
    template, values = _listed(results, ordered)
    if len(ordered) == 1:
        condition = "if it is worse than assumed"
    else:
        condition = f"if {'all' if together else 'any'} of it is worse than assumed"
    length = "with no known end" if math.isinf(heaviest.stopped) else "for {longest}"
    mtd = tolerated(results.functions[function], "mtd")
    limit = "{mtd} can be borne" if mtd else "nobody stated what can be borne"
    own = (a.key for a in results.assumptions.values() if a.subject == function)
    return Finding(
        rule=ID,
        subject=function,
        functions=(function,),
        severity=severity_of(results.functions[function], heaviest.verdict).one_lower,
        because=say(
            "one step below a stop of {function} past what it can bear, which nothing but"
            " assumptions rules out",
            function=Ref(function),
        ),
        summary=say(
            f"{{function}} looks fine, but it is only assumed {template}; {condition},"
            f" {{element}} alone may stop it {length} ({limit})",
            **values,
            function=Ref(function),
            element=Ref(heaviest.element),
            longest=Seconds(heaviest.stopped),
            mtd=Seconds(mtd),
        ),
        recommendation=say(f"find out {template}, and write down who says so", **values),
        involves=tuple(sorted({heaviest.element, *(a.subject for a in ordered)} - {function})),
        assumptions=results.rests_on(
            *(fact.key for fact in ordered), *(own if results.policy.strict else ())
        ),
        cause=heaviest.element,
    )


def _listed(results: Results, facts: Sequence[Assumption]) -> tuple[str, dict[str, Value]]:
    """Name the first of some facts in one clause, and say how many others there are."""
    values: dict[str, Value] = {}
    named = []
    for index, fact in enumerate(facts[:MOST_NAMED]):
        name = name_of(results.model, fact)
        template = name.template
        for key, value in name.values.items():
            template = template.replace(f"{{{key}}}", f"{{{key}{index}}}")
            values[f"{key}{index}"] = value
        named.append(template)
    left = len(facts) - len(named)
    if left:
        named.append("{left}")
        values["left"] = Count(left, "other fact", "other facts")
    return join(named), values


def _of_verdicts(results: Results) -> Iterator[str]:
    """Name every fact that the course of any single failure uses."""
    for impact in results.impacts.values():
        yield from facts_of_impact(results, impact)


def _is_of(results: Results, key: str, entry: str) -> bool:
    return results.assumptions[key].subject == entry


def _of_entry(
    results: Results, entry: str, facts: list[Assumption], findings: list[Finding]
) -> Finding:
    template, values = _listed(results, facts)
    heaviest = max((finding.severity for finding in findings), key=lambda s: s.rank, default=None)
    functions = dict.fromkeys(
        name
        for finding in sorted(findings, key=lambda f: -f.severity.rank)
        for name in finding.functions
    )
    keys = {finding.key for finding in findings}
    reason = say("no finding rests on it, only the course of outages that are borne")
    if keys:
        reason = say(
            "one step below the worst of the {findings} that rest on it"
            if len(keys) > 1
            else "one step below the finding that rests on it",
            findings=Count(len(keys), "finding", "findings"),
        )
    return Finding(
        rule=ID,
        subject=entry,
        functions=tuple(functions) or users_of(results, entry),
        severity=Severity.LOW if heaviest is None else heaviest.one_lower,
        because=reason,
        summary=say(f"it is only assumed {template}", **values),
        recommendation=say(f"find out {template}, and write down who says so", **values),
        assumptions=tuple(fact.key for fact in facts),
    )
