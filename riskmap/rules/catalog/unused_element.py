"""Unused element.

What it finds
-------------
A service, third party, provider or contingency that no function needs, not even through others.

Why it matters
--------------
Either a need is not written down, and everything said about the functions is too good; or the entry
is left over, and somebody may still be paying for it.

How it decides
--------------
Starting from the functions, everything is followed that is needed (hard, soft or as an
alternative), runs what is needed, stands by for it, is required by a step of such a plan, must move
together with it, or owns whoever runs it. A provider is also explained by any service or contract
that names it. What is left is unused. Where an unused element needs others that only it needs, one
finding names them all. A function that states no needs leaves everything unused that only it would
need; RM006 says that first.

When it is wrong
----------------
When the entry was only written down for later: then say so in ``notes``, or leave it out until it
is used.

Fires on
--------
```yaml
functions:
  orders: {owner: sales, criticality: critical, mtd: 8h, rto: 4h, needs: [shop]}
services:
  shop: {outage: {worst: 1h}}
  fax: {outage: {worst: 1h}}
```

Silent on
---------
```yaml
functions:
  orders: {owner: sales, criticality: critical, mtd: 8h, rto: 4h, needs: [shop]}
services:
  shop: {outage: {worst: 1h}, needs: [fax]}
  fax: {outage: {worst: 1h}}
```

What to do
----------
Ask whoever uses it; then write down who needs it, or take it out of the model.

References
----------
ISO 22301:2019, 8.2.2 (dependencies of each activity); DORA Art. 8(4) (what supports what).
"""

from collections.abc import Iterable, Iterator, Mapping

from riskmap.model import (
    Contingency,
    Element,
    Entry,
    Function,
    Model,
    Provider,
    Service,
    Severity,
    ThirdParty,
    iter_needs,
)
from riskmap.rules.finding import Finding
from riskmap.rules.results import Results
from riskmap.rules.statement import Ref, Refs, say

ID = "RM004"
BRIEF = "no function needs {subjects}"


def check(results: Results) -> Iterator[Finding]:
    """Yield one finding per unused entry that no other unused entry explains."""
    model = results.model
    links = {entry.id: tuple(_links(entry)) for entry in _entries(model)}
    for plan in model.contingencies:
        for covered in plan.covers:
            links[covered] += (plan.id,)
    named = _named(model)
    used = _reached((function.id for function in model.functions), links)
    unused = [name for name in sorted(links) if name not in used and name not in named]
    for name, others in _grouped(unused, links):
        entry = model.entry(name)
        template = "no function needs {entry}, not even through others"
        if isinstance(entry, Contingency):
            template = "no function needs what {entry} stands in for"
        if others:
            template += "; nor what only it needs: {others}"
        yield Finding(
            rule=ID,
            subject=name,
            functions=(),
            severity=Severity.LOW,
            because=say("no function is known to stop with it"),
            summary=say(template, entry=Ref(name), others=Refs(others)),
            recommendation=say(
                "write down who needs {entry}, or take it out of the model", entry=Ref(name)
            ),
            involves=others,
        )


def _entries(model: Model) -> Iterator[Entry]:
    yield from model.elements()
    yield from model.contingencies


def _links(entry: Entry) -> Iterator[str]:
    """Yield everything that an entry explains by being used itself."""
    if isinstance(entry, Contingency):
        yield from (need.target for need in iter_needs(entry.uses))
        yield from (name for step in entry.steps for name in step.requires)
    if isinstance(entry, Element):
        yield from (need.target for need in iter_needs(entry.needs))
    if isinstance(entry, Function):
        yield from (share.target for share in entry.shares)
    if isinstance(entry, Service | ThirdParty):
        yield from () if entry.provider is None else (entry.provider,)
        yield from entry.contracted_by
    if isinstance(entry, Service):
        yield from (coupling.service for coupling in entry.coupled_to)
    if isinstance(entry, Provider) and entry.parent is not None:
        yield entry.parent


def _named(model: Model) -> frozenset[str]:
    """Return the providers that anything in the model explains, be it unused itself."""
    run = (name for e in model.elements() if not isinstance(e, Function) for name in _links(e))
    named = {name for name in run if isinstance(model.entry(name), Provider)}
    return frozenset(named | {contract.provider for contract in model.contracts})


def _reached(start: Iterable[str], links: Mapping[str, tuple[str, ...]]) -> set[str]:
    queue = list(start)
    seen = set(queue)
    for name in queue:
        fresh = [target for target in links[name] if target not in seen]
        seen.update(fresh)
        queue.extend(fresh)
    return seen


def _grouped(
    unused: list[str], links: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each unused entry that no other one explains, with those that it does."""
    inside = {name: tuple(t for t in links[name] if t in set(unused)) for name in unused}
    explained = {target for name, targets in inside.items() for target in targets if target != name}
    done: set[str] = set()
    # Those that only explain each other in a circle come last, the first of each circle for all.
    for name in sorted(unused, key=lambda name: (name in explained, name)):
        if name not in done:
            group = _reached([name], inside) - done
            done |= group
            yield name, tuple(sorted(group - {name}))
