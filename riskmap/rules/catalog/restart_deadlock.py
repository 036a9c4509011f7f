"""Restart deadlock.

What it finds
-------------
Elements that need each other in a circle, so that none of them can start once all of them are down.

Why it matters
--------------
Nothing shows it while things run. After a power cut or a shutdown of the whole, each waits for
another, and the people who could help may need one of them to get in.

How it decides
--------------
From cold, an element starts once everything it needs has started. A group of elements that never
starts that way, though everything it needs from outside has, is a deadlock. The finding names the
fewest members that would have to be started from outside, and says how many other choices of as
many there are. In a very large circle the search for the fewest is cut off; the finding then says
so, and how many are needed at least. Severity is that of a stop without a known end, one step
lower, since all members must be down first.

When it is wrong
----------------
When an element runs for a while without what it needs, from a cache or a copy: the need is then
soft when starting.

Fires on
--------
```yaml
functions:
  work: {criticality: critical, mtd: 8h, rto: 4h, needs: [sign-in]}
services:
  sign-in: {needs: [names], outage: {worst: 1h}}
  names: {needs: [sign-in], outage: {worst: 1h}}
```

Silent on
---------
```yaml
functions:
  work: {criticality: critical, mtd: 8h, rto: 4h, needs: [sign-in]}
services:
  sign-in: {needs: [{any_of: [names, hosts-file]}], outage: {worst: 1h}}
  names: {needs: [sign-in], outage: {worst: 1h}}
  hosts-file: {outage: {worst: 1h}}
```

What to do
----------
Give one of them a way to start by itself (a local account, a static entry) and try it.

References
----------
Meta, "More details about the October 4 outage" (2021), where the tools of recovery needed the
network they were to recover; NIST SP 800-34 r1, section 4.3 (sequence of recovery).
"""

from collections.abc import Iterator

from riskmap.analysis.restart import Deadlock, deadlocks
from riskmap.model import Severity
from riskmap.rules.finding import Finding
from riskmap.rules.results import Results
from riskmap.rules.statement import Count, Ref, Refs, Statement, count_word, say
from riskmap.rules.verdict import Verdict, severity_of

ID = "RM104"
BRIEF = "once down, {subjects} cannot start again"


def check(results: Results) -> Iterator[Finding]:
    """Yield one finding per circle of elements that cannot start from cold."""
    for deadlock in deadlocks(results.structure):
        users = [
            name
            for name in results.structure.tops
            if any(member in results.closures[name] for member in deadlock.members)
        ]
        if not users:
            continue

        ranked = sorted(users, key=lambda name: (-_severity(results, name).rank, name))
        worst = ranked[0]
        yield Finding(
            rule=ID,
            subject=deadlock.members[0],
            functions=tuple(ranked),
            severity=_severity(results, worst).one_lower,
            because=say(
                "one step below a stop of {function} with no known end, since all of them must be"
                " down first",
                function=Ref(worst),
            ),
            summary=say(
                "once all of {members} are down, none can start again: each waits for another",
                members=Refs(deadlock.members),
            ),
            recommendation=_recommendation(deadlock),
            involves=deadlock.members,
            assumptions=results.rests_on(
                *(
                    f"{source}.needs.{target}"
                    for source in deadlock.members
                    for target in results.structure.successors[source]
                )
            ),
        )


def _recommendation(deadlock: Deadlock) -> Statement:
    """Name the fewest members to start from outside, and what else would do."""
    start = "prepare a way to start {helps} without the others, and try it"
    helps = Refs(deadlock.helps)
    others = len(deadlock.ways) - 1
    if not deadlock.smallest:
        return say(
            start + "; the search for fewer was cut off, at least {least} must be started",
            helps=helps,
            least=count_word(deadlock.at_least),
        )
    if not others:
        return say(start, helps=helps)
    if len(deadlock.helps) == 1 and others == 1:
        return say(start + "; {other} would do as well", helps=helps, other=Refs(deadlock.ways[1]))
    more = "" if deadlock.complete else "at least "
    choices = Count(others, "other choice", "other choices")
    return say(
        start + f"; {more}{{choices}} of as many would do as well", helps=helps, choices=choices
    )


def _severity(results: Results, function: str) -> Severity:
    """Return how much a stop of this function without a known end matters."""
    return severity_of(results.functions[function], Verdict.UNBOUNDED)
