"""Commodity held by a proprietary service.

What it finds
-------------
A service that could be bought anywhere, but cannot be moved alone, because strong couplings drag a
proprietary service along.

Why it matters
--------------
The choice that seemed free is not. When the commodity disappoints, leaving costs what the
proprietary service costs to leave.

How it decides
--------------
The exit set is the closure over strong couplings (``coupled_to``). The service is held when its
``market`` is ``commodity`` and the set contains a ``proprietary`` one. Severity follows from the
worst outage that the service itself can cause: that is when one would want to leave. What to cut is
the cheapest set of couplings, by their stated costs, that lets it leave without the proprietary
ones; cutting pays when it and leaving afterwards cost less than leaving as things are.

When it is wrong
----------------
When the coupling can be cut cheaply: mark it ``weak``.

Fires on
--------
```yaml
functions:
  mailing: {criticality: critical, mtd: 8h, rto: 4h, needs: [mail]}
services:
  mail:
    provider: suite
    market: commodity
    outage: {worst: 2d}
    coupled_to: [{service: sites, by: [licence], strength: strong}]
  sites: {provider: suite, market: proprietary, outage: {worst: 1d}}
providers:
  suite: {outage: {worst: 1d}}
```

Silent on
---------
```yaml
functions:
  mailing: {criticality: critical, mtd: 8h, rto: 4h, needs: [mail]}
services:
  mail:
    provider: suite
    market: commodity
    outage: {worst: 2d}
    coupled_to: [{service: sites, by: [licence], strength: weak}]
  sites: {provider: suite, market: proprietary, outage: {worst: 1d}}
providers:
  suite: {outage: {worst: 1d}}
```

What to do
----------
Cut the couplings named (buy licences apart, own the identities), or decide to live with it and
record why. `riskmap exit` shows the sums behind either.

References
----------
ISO/IEC 19941:2017 on portability; DORA Art. 28(8) on exit strategies; EU Data Act Art. 23-31.
"""

from collections.abc import Iterator

from riskmap.model import Market, Service, Severity
from riskmap.rules.finding import Evidence, Finding, Measure, Witness
from riskmap.rules.leaving.plan import Cut, plan_of
from riskmap.rules.results import Results
from riskmap.rules.statement import Money, Ref, Refs, Statement, join, mention, say
from riskmap.rules.support import basis, by_weight, harmful, judge, worst

ID = "RM401"
BRIEF = "{subjects} could be bought anywhere, but cannot leave alone"


def check(results: Results) -> Iterator[Finding]:
    """Yield one finding per commodity that cannot leave alone."""
    for service in results.model.services:
        leaving = results.exit_sets.get(service.id)
        if service.market is not Market.COMMODITY or leaving is None or not leaving.holders:
            continue
        users = [name for name in results.closures if service.id in results.closures[name]]
        impacts = harmful(
            impact
            for (function, element), impact in results.impacts.items()
            if function in users and service.id in results.between(function, element)
        ) or harmful(
            impact
            for (function, element), impact in results.impacts.items()
            if function in users and element == service.id
        )
        heaviest = worst(results, impacts)
        severity: Severity = Severity.LOW
        reason: Statement = say("no outage on its path lasts longer than can be borne")
        if heaviest is not None:
            full, _ = judge(results, heaviest)
            severity = full.one_lower
            reason = say(
                "one step below the outage that would make us want to leave: {element} stops"
                " {function}",
                element=Ref(heaviest.element),
                function=Ref(heaviest.function),
            )
        ties = sorted({kind for c in service.coupled_to for kind in c.by})
        template = "{service} could be bought anywhere, but {holders} must move with it"
        if ties:
            template += " ({ties})"
        yield Finding(
            rule=ID,
            subject=service.id,
            functions=by_weight(results, impacts) or tuple(sorted(users)),
            severity=severity,
            because=reason,
            summary=say(
                template,
                service=Ref(service.id),
                holders=Refs(leaving.holders),
                ties=f"tied by {join(list(ties))}",
            ),
            recommendation=_recommendation(results, service),
            evidence=tuple(_evidence(results, service, leaving.holders)),
            involves=leaving.holders,
            assumptions=results.rests_on(
                f"{service.id}.coupled_to",
                f"{service.id}.market",
                *(f"{name}.coupled_to" for chain in leaving.chains.values() for name in chain),
                *(f"{holder}.{fact}" for holder in leaving.holders for fact in ("exit", "market")),
            ),
        )


def _recommendation(results: Results, service: Service) -> Statement:
    loosening = plan_of(results.leaving, service.id).loosenings[0]
    if loosening.open:
        text = "find out what it costs to cut {tie}, or decide to stay and record why"
        unpriced = next(cut for cut in loosening.cuts if cut.cost is None)
        return say(text, tie=_tie(results, unpriced))
    text = "{cuts} for {cost}, or decide to stay and record why"
    saving = loosening.saving
    if loosening.pays:
        text = (
            "{cuts} for {cost}: leaving then costs {least}{saving} less than as things are; or"
            " decide to stay and record why"
        )
    elif loosening.pays is False:
        text = (
            "decide to stay, and record why: to {cuts} costs {cost}, and leaving would then cost"
            " only {saving} less"
        )
    cuts = join([f"cut {_tie(results, cut)}" for cut in loosening.cuts])
    return say(
        text,
        cuts=cuts,
        cost=Money(loosening.cost),
        saving=Money(max(0.0, saving or 0.0)),
        least="at least " if loosening.saving_open else "",
    )


def _tie(results: Results, cut: Cut) -> str:
    model = results.model
    kinds = f" ({join([str(kind) for kind in cut.kinds])})" if cut.kinds else ""
    return f"the tie of {mention(cut.source, model)} to {mention(cut.target, model)}{kinds}"


def _evidence(results: Results, service: Service, holders: tuple[str, ...]) -> Iterator[Evidence]:
    chains = results.exit_sets[service.id].chains
    for holder in holders:
        yield Witness(chains[holder])
        entry = results.model.entry(holder)
        if isinstance(entry, Service) and entry.exit is not None:
            rests = basis(results, f"{holder}.exit")
            if entry.exit.effort is not None:
                hours = entry.exit.effort.total_seconds() / 3600
                yield Measure(f"exit_effort:{holder}", hours, "hours", rests)
            if entry.exit.cost is not None:
                yield Measure(f"exit_cost:{holder}", entry.exit.cost.likely, "money", rests)
    plan = plan_of(results.leaving, service.id)
    rests = basis(results, *(f"{name}.exit" for name in plan.members))
    if not plan.timing.move.unknown:
        yield Measure("exit_time", plan.timing.move.seconds / 3600, "hours", rests)
    if not plan.cost.unknown:
        yield Measure("exit_cost", plan.cost.likely, "money", rests)
    loosening = plan.loosenings[0]
    if not loosening.open:
        ties = basis(results, *(f"{cut.source}.coupled_to" for cut in loosening.cuts))
        yield Measure("loosening_cost", loosening.cost, "money", ties)
