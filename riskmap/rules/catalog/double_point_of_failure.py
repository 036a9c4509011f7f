"""Double point of failure of a critical function.

What it finds
-------------
A critical function that two failures at the same time stop for longer than it can bear, though
neither does alone.

Why it matters
--------------
One alternative is protection against one failure. Where a function must not stop, it has to be
known which two failures it does not survive: a repair of one that takes days leaves the function
hanging on the other all that time.

How it decides
--------------
The pairs are the minimal cut sets of order two, counting automatic redundancy only. Both members
fail at the same moment, each for its own worst plausible outage, with every contingency counted at
its stated times; the stop lasts while both are down, and must go past ``mtd``. Severity is that of
such a stop, one step lower, since two things must go wrong at once. Two members that one failure
brings down together are not independent: where that failure alone breaches the tolerance, RM101 and
RM103 say so and the pair is left out. There is one finding for a function, which names the worst
pairs and counts the others. Where contingencies may help against very many pairs (more than 30 in a
model of 1,000 elements), only the longest are followed through them; the others count as if none
helped, and the finding says how many they are. A single point of failure that gets an alternative
may come back here as part of a pair, one step lower.

When it is wrong
----------------
When the two cannot fail together, or so rarely that it is accepted: `riskmap cutsets` computes the
chance where figures are given. When the model lacks a third way that exists.

Fires on
--------
```yaml
functions:
  trading: {criticality: critical, mtd: 4h, rto: 1h, needs: [{any_of: [line-a, line-b]}]}
services:
  line-a: {outage: {worst: 2d}}
  line-b: {outage: {worst: 1d}}
```

Silent on
---------
```yaml
functions:
  trading: {criticality: critical, mtd: 4h, rto: 1h, needs: [{any_of: [line-a, line-b]}]}
services:
  line-a: {outage: {worst: 2d}}
  line-b: {outage: {worst: 3h}}
```

What to do
----------
Have one of the two repaired within the tolerance, add a third way or a contingency that needs
neither, or accept the pair and say so. When one of the two is down, treat the other as critical.

References
----------
Vesely et al., NUREG-0492 (1981), section VII.2; Rausand and Hoyland, System Reliability Theory,
on minimal cut sets of order two.
"""

import math
from collections.abc import Iterator

from riskmap.rules.finding import Finding, Measure, Witness
from riskmap.rules.pairs import DoublePoint, DoublePoints, double_points
from riskmap.rules.results import Results
from riskmap.rules.statement import Count, Ref, Refs, Seconds, Statement, say
from riskmap.rules.support import facts_of_impact, judge, lowered, measures_of_impact
from riskmap.rules.verdict import tolerated

ID = "RM102"
BRIEF = "two failures at once are enough to stop {subjects}"
NAMED = 3


def check(results: Results) -> Iterator[Finding]:
    """Yield one finding per critical function that two failures stop for too long."""
    for function, found in double_points(results).items():
        worst = found.worst
        severity, reason = judge(results, worst.impact)
        facts = facts_of_impact(results, worst.impact)
        paths = (results.paths[function].get(name, ()) for name in worst.members)
        yield Finding(
            rule=ID,
            subject=function,
            functions=(function,),
            severity=severity.one_lower,
            because=lowered(
                reason,
                "one step below what a single failure of that length would mean, since two must"
                " coincide",
            ),
            summary=_summary(results, found),
            recommendation=_recommendation(results, worst),
            evidence=(
                *(Witness(path) for path in paths if path),
                *measures_of_impact(results, worst.impact, *facts),
                Measure("pairs", found.count, "count"),
            ),
            involves=tuple(sorted({name for pair in found.kinds[:NAMED] for name in pair})),
            assumptions=results.rests_on(*facts),
        )


def _summary(results: Results, found: DoublePoints) -> Statement:
    worst = found.worst
    mtd = tolerated(results.functions[found.function], "mtd")
    length = "with no known end" if math.isinf(worst.impact.stopped) else "for {stopped}"
    limit = "{mtd} can be borne" if mtd else "nobody stated what can be borne"
    template = f"{{worst}} together stop {{function}} {length} ({limit})"
    others = {f"pair_{n}": Refs(pair) for n, pair in enumerate(found.kinds[1:NAMED])}
    rest = found.count - 1 - len(others)
    more = [f"{{{name}}}" for name in others] + ["{rest}"] * bool(rest)
    if more:
        does = "does" if rest == 1 and not others else "do"
        template += f"; so {does} " + ", or ".join(more)
    if found.unfollowed:
        template += "; for {unfollowed} no plan is counted, since they are too many to follow each"
    return say(
        template,
        worst=Refs(worst.members),
        function=Ref(found.function),
        stopped=Seconds(worst.impact.stopped),
        mtd=Seconds(mtd),
        rest=Count(rest, "other pair", "other pairs"),
        unfollowed=Count(found.unfollowed, "of these", "of these") if worst.followed else "these",
        **others,
    )


def _recommendation(results: Results, point: DoublePoint) -> Statement:
    mtd = tolerated(results.functions[point.impact.function], "mtd")
    template = "state how long {function} may be down, and find a way that needs neither {one}"
    if mtd:
        template = "find a way for {function} that starts within {mtd} and needs neither {one}"
    one, other = point.members
    return say(
        template + " nor {other}",
        function=Ref(point.impact.function),
        one=Ref(one),
        other=Ref(other),
        mtd=Seconds(mtd),
    )
