"""False redundancy.

What it finds
-------------
Alternatives that are meant to back each other up but fail together, since something they all need
has no alternative.

Why it matters
--------------
It looks like safety on every diagram and in every budget. On the day it counts, both are gone.

How it decides
--------------
For each group of alternatives (``any_of``, ``at_least``), the single points of failure of every
member are computed; one that brings down so many members that the group fails is shared. A provider
behind all members counts like any other shared element. Severity follows from what the worst shared
element does to the functions that need the group.

When it is wrong
----------------
When the alternatives are bought for another reason than continuity, such as load or price.

Fires on
--------
```yaml
functions:
  sales: {criticality: critical, mtd: 4h, rto: 1h, needs: [{any_of: [line-a, line-b]}]}
services:
  line-a: {needs: [duct], outage: {worst: 1d}}
  line-b: {needs: [duct], outage: {worst: 1d}}
  duct: {outage: {worst: 2d}}
```

Silent on
---------
```yaml
functions:
  sales: {criticality: critical, mtd: 4h, rto: 1h, needs: [{any_of: [line-a, line-b]}]}
services:
  line-a: {needs: [duct-a], outage: {worst: 1d}}
  line-b: {needs: [duct-b], outage: {worst: 1d}}
  duct-a: {outage: {worst: 2d}}
  duct-b: {outage: {worst: 2d}}
```

What to do
----------
Give one alternative its own path past the shared element, or stop counting on the pair.

References
----------
Zhai et al., "Heading Off Correlated Failures through Independence-as-a-Service", OSDI 2014;
NUREG/CR-4780 on common cause failures.
"""

from collections import Counter
from collections.abc import Iterator

from riskmap.analysis.cutsets import single_points
from riskmap.analysis.structure import Node, Structure
from riskmap.analysis.translation import term_of
from riskmap.model import AtLeast, iter_groups, iter_needs
from riskmap.rules.finding import Finding, Witness
from riskmap.rules.results import Results
from riskmap.rules.statement import Ref, Refs, say
from riskmap.rules.support import (
    by_weight,
    evidence_of_impact,
    facts_of_impact,
    felt,
    harmful,
    judge,
    worst,
)

ID = "RM103"
BRIEF = "the alternatives of {subjects} share a cause"


def check(results: Results) -> Iterator[Finding]:
    """Yield one finding per element whose alternatives share a cause."""
    for owner, groups in sorted(_shared(results).items()):
        causes = sorted(set().union(*(common for _, common in groups)))
        members = sorted(
            {
                need.target
                for group, _ in groups
                for need in iter_needs((group,))
                if any(cause in results.below(need.target) for cause in causes)
            }
        )
        outside = tuple(cause for cause in causes if cause not in members)
        users = [name for name in results.closures if owner in results.closures[name]]
        impacts = harmful(felt(results, users, causes))
        heaviest = worst(results, impacts)
        if heaviest is None:
            continue
        severity, reason = judge(results, heaviest)
        paths = [results.paths[heaviest.function].get(m, ()) for m in members]
        facts = [fact for impact in impacts for fact in facts_of_impact(results, impact)]
        yield Finding(
            rule=ID,
            subject=owner,
            functions=by_weight(results, impacts),
            severity=severity,
            because=reason,
            summary=say(
                "{members} are meant to back each other up for {owner}, but hang on {causes}"
                if outside
                else "{members} are meant to back each other up for {owner}, but need each other",
                members=Refs(tuple(members)),
                owner=Ref(owner),
                causes=Refs(outside),
            ),
            recommendation=say(
                "give enough of {members} a path that does not need {causes}"
                if outside
                else "let enough of {members} work without the others",
                members=Refs(tuple(members)),
                causes=Refs(outside),
            ),
            evidence=(
                *(Witness(path) for path in paths if path),
                *evidence_of_impact(results, heaviest),
            ),
            involves=tuple(sorted({*causes, *members})),
            assumptions=results.rests_on(*facts),
            cause=heaviest.element,
        )


def _shared(results: Results) -> dict[str, list[tuple[AtLeast, frozenset[str]]]]:
    """Return, by owner, the groups of which something alone brings down too many members.

    The single points of all members of all groups are found in one pass.
    """
    groups: list[tuple[str, AtLeast, list[str]]] = []
    probes: dict[str, Node] = {}
    for owner in results.model.elements():
        for group in iter_groups(owner.needs):
            if len(group.members) <= group.count:
                continue
            names = [f"{owner.id}/{len(groups)}/{at}" for at in range(len(group.members))]
            for name, member in zip(names, group.members, strict=True):
                probes[name] = Node(name, False, (term_of(member),))
            groups.append((owner.id, group, names))
    if not groups:
        return {}
    points = single_points(Structure({**results.logic.nodes, **probes}), probes)
    found: dict[str, list[tuple[AtLeast, frozenset[str]]]] = {}
    for owner_id, group, names in groups:
        counts = Counter(name for probe in names for name in points[probe])
        enough = len(group.members) - group.count + 1
        common = frozenset(name for name, number in counts.items() if number >= enough)
        if common:
            found.setdefault(owner_id, []).append((group, common))
    return found
