"""Shared fourth party.

What it finds
-------------
Somebody further down the chain, with whom there is no contract, on whom the services of several
direct providers hang at once.

Why it matters
--------------
The contracts look independent: different names, different invoices. The same company below them
stops them together, and none of our contracts is with it. What was meant to spread the risk does
not.

How it decides
--------------
A direct provider is one with a contract in force, or one whose service functions use through
nothing but our own elements; providers with one owner at the top count as one. A party further down
is an organisation that is neither, nor has the same owner as one, with all it runs; or a third
party nobody is named for. A service hangs on it when it stops once the party's elements are all
lost, counting automatic redundancy only. The services must be needed by functions, and belong to at
least ``shared_by`` direct providers of the policy (two, as shipped). Severity is that of losing the
party for the longest worst outage of any of it, with every contingency counted; where no function
is then stopped past its ``rto`` nothing is said. A new contract with a further provider, or a
model that says more about what providers need, can bring a finding about: what is shared was there
before.

When it is wrong
----------------
When the providers use the party in ways that do not fail together, such as separate regions that
the model does not tell apart.

Fires on
--------
```yaml
functions:
  orders: {criticality: critical, mtd: 8h, rto: 4h, needs: [shop, payments]}
services:
  shop: {provider: shop-ltd, needs: [cloud], outage: {worst: 1h}}
  payments: {provider: pay-ltd, needs: [cloud], outage: {worst: 1h}}
  cloud: {provider: cloud-ltd, outage: {worst: 2d}}
providers: {shop-ltd: , pay-ltd: , cloud-ltd: }
```

Silent on
---------
```yaml
functions:
  orders: {criticality: critical, mtd: 8h, rto: 4h, needs: [shop, payments]}
services:
  shop: {provider: shop-ltd, needs: [cloud], outage: {worst: 1h}}
  payments: {provider: pay-ltd, outage: {worst: 1h}}
  cloud: {provider: cloud-ltd, outage: {worst: 2d}}
providers: {shop-ltd: , pay-ltd: , cloud-ltd: }
```

What to do
----------
Ask each provider how it would go on without the shared party and have the answer put into the
contract; choose one provider that does not need it; keep a plan for losing them together.

References
----------
Kashaf et al., "Analyzing Third Party Service Dependencies in Modern Web Services", IMC 2020; DORA
Art. 29(2) on subcontracting chains; Implementing Regulation (EU) 2024/2956, template B_05.02.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from riskmap.analysis.cutsets import shortest_paths
from riskmap.analysis.propagation import propagate
from riskmap.rules.accountability import in_force
from riskmap.rules.concentration import (
    Kind,
    Whole,
    losing,
    lost_for,
    nearest,
    ultimate_parent,
    used_directly,
    wholes,
)
from riskmap.rules.finding import Finding, Witness
from riskmap.rules.results import Results
from riskmap.rules.statement import Count, Ref, Refs, Statement, say
from riskmap.rules.support import (
    MAX_WITNESSES,
    by_weight,
    facts_of_impact,
    harmful,
    judge,
    measures_of_impact,
    ranked,
)

ID = "RM305"
BRIEF = "several direct providers hang on {subjects}"
NAMED = 4


@dataclass(frozen=True, slots=True)
class _Shared:
    """A party further down and what hangs on it.

    Attributes
    ----------
    services : mapping of str to tuple of str
        By direct provider, at the top of its owners, its services that stop, sorted.
    """

    whole: Whole
    services: Mapping[str, tuple[str, ...]]


def check(results: Results) -> Iterator[Finding]:
    """Yield one finding per party further down that several direct providers hang on."""
    for shared in _shared(results):
        whole = shared.whole
        if not lost_for(results, whole):
            continue
        found = harmful(losing(results, whole).impacts.values())
        impacts = ranked(
            results,
            (
                replace(impact, elements=(path[-1],))
                for impact in found
                if (path := nearest(results, impact.function, whole))
            ),
        )
        if not impacts:
            continue
        severity, because = judge(results, impacts[0])
        functions = by_weight(results, impacts)
        facts = {fact for impact in impacts for fact in facts_of_impact(results, impact)}
        facts |= {f"{name}.outage" for name in whole.elements}
        paths = tuple(_paths(results, shared))
        facts |= {f"{a}.needs.{b}" for p in paths for a, b in pairwise(p)}
        services = {name for names in shared.services.values() for name in names}
        yield Finding(
            rule=ID,
            subject=whole.id,
            functions=functions,
            severity=severity,
            because=because,
            summary=_summary(shared, functions),
            recommendation=say(
                "ask {providers} how each would go on without {party}, have it put into the"
                " contracts, and plan for losing them together",
                providers=Refs(tuple(shared.services)[:NAMED]),
                party=Ref(whole.id),
            ),
            evidence=(
                *(Witness(path) for path in paths[:MAX_WITNESSES]),
                *measures_of_impact(results, impacts[0], *facts),
            ),
            involves=tuple(
                sorted({*shared.services, *services, *(i.element for i in impacts)} - {whole.id})
            ),
            assumptions=results.rests_on(*facts),
        )


def _shared(results: Results) -> Iterator[_Shared]:
    """Yield what enough direct providers hang on, by id; all parties are tried in one pass."""
    model, direct = results.model, _direct_providers(results)
    needed = results.needed
    services = [
        (ultimate_parent(model, service.provider), service.id)
        for service in model.services
        if service.provider is not None
        and service.id in needed
        and ultimate_parent(model, service.provider) in direct
    ]
    further = [
        whole
        for whole in (*wholes(model, Kind.PARENT), *wholes(model, Kind.THIRD_PARTY))
        if whole.id not in direct
        and (whole.kind is Kind.PARENT or not whole.members)
        and not needed.isdisjoint(whole.elements)
    ]
    failed = dict.fromkeys(results.logic.nodes, 0)
    for number, whole in enumerate(further):
        for name in whole.elements:
            failed[name] |= 1 << number
    down = propagate(results.logic.bare, failed, len(further))
    for number, whole in sorted(enumerate(further), key=lambda item: item[1].id):
        hanging: dict[str, list[str]] = {}
        for provider, service in sorted(services):
            if down[service] >> number & 1:
                hanging.setdefault(provider, []).append(service)
        if len(hanging) >= results.policy.thresholds.shared_by:
            yield _Shared(whole, {name: tuple(found) for name, found in hanging.items()})


def _direct_providers(results: Results) -> frozenset[str]:
    """Return the direct providers, each at the top of its owners."""
    model = results.model
    found = {c.provider for c in model.contracts if in_force(c, results.today)}
    used = frozenset().union(*(used_directly(results, top) for top in results.structure.tops))
    found |= {s.provider for s in model.services if s.provider is not None and s.id in used}
    return frozenset(ultimate_parent(model, name) for name in found)


def _paths(results: Results, shared: _Shared) -> Iterator[tuple[str, ...]]:
    """Yield for each provider the shortest path from a service of its own to the party."""
    for services in shared.services.values():
        found = []
        for service in services:
            paths = shortest_paths(results.structure.bare, service)
            found += [paths[name] for name in shared.whole.elements if name in paths]
        yield min(found, key=lambda path: (len(path), path))


def _summary(shared: _Shared, functions: tuple[str, ...]) -> Statement:
    providers = tuple(shared.services)
    services = tuple(sorted(n for names in shared.services.values() for n in names))
    named = "{providers}" if len(providers) <= NAMED else "{providers} and {more}"
    template = f"{named} all hang on {{party}}, with whom there is no contract"
    if len(providers) == 2:
        template = "both " + template.replace(" all hang", " hang")
    template += ": losing it stops {services}" + (" and {rest}" if len(services) > NAMED else "")
    return say(
        template + ", and so {functions}",
        providers=Refs(providers[:NAMED]),
        more=Count(len(providers) - NAMED, "other provider", "other providers"),
        party=Ref(shared.whole.id),
        services=Refs(services[:NAMED]),
        rest=Count(len(services) - NAMED, "other service", "other services"),
        functions=Refs(functions)
        if len(functions) <= NAMED
        else Count(len(functions), "function", "functions"),
    )
