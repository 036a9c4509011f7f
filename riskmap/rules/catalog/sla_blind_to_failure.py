"""SLA blind to the failure.

What it finds
-------------
A contract whose service level would read as met while a function that relies on it is stopped by
something nobody has promised.

Why it matters
--------------
The report says 99.9% and everybody believes it. Nobody is alarmed, no credit falls due, and the
provider does not look for a fault, because by its own measure there is none. In the founding case
the promise covered access to the mailbox, and mail was refused for days.

How it decides
--------------
A contract in force promises an availability for something a function needs. A single failure stops
that function past its maximum tolerable downtime, contingencies counted, and what fails is outside
every chain of contracts: not covered, not a part that a contracted party runs, not known to be
contracted by one. The measured service is up all the same. Of several contracts, those nearest to
the failure are reported: the ones whose service needs what fails; else those whose service is used
together with it for the same thing; else those behind the same function. What the service level
measures is shown as written.

A promise that misleads is no outage: one step below the severity of the failure.

When it is wrong
----------------
When the provider counts failures of others against itself, or measures what the user can do and not
what its machines do: then write the outside party as ``contracted_by`` the provider.

Fires on
--------
```yaml
functions:
  mailing: {criticality: critical, mtd: 8h, rto: 4h, needs: [mailer]}
services:
  mailer: {provider: acme, needs: [block-list], outage: {worst: 1h}}
third_parties:
  block-list: {kind: reputation, outage: {worst: 5d}}
providers:
  acme: {fails_alone: false}
contracts:
  mail-contract:
    {provider: acme, covers: [mailer], sla: {availability: 99.9%, measures: log-in}}
```

Silent on
---------
```yaml
functions:
  mailing: {criticality: critical, mtd: 8h, rto: 4h, needs: [mailer]}
services:
  mailer: {provider: acme, needs: [block-list], outage: {worst: 1h}}
third_parties:
  block-list: {kind: reputation, contracted_by: [acme], outage: {worst: 5d}}
providers:
  acme: {fails_alone: false}
contracts:
  mail-contract:
    {provider: acme, covers: [mailer], sla: {availability: 99.9%, measures: log-in}}
```

What to do
----------
Measure the function itself, from end to end. Ask the provider to measure what you use its service
for, or to answer for the parties it relies on.

References
----------
DORA Art. 30(2)(e) and 30(3)(a) and (e), service levels and monitoring.
"""

from collections.abc import Iterator

from riskmap.model import Contract
from riskmap.rules.accountability import in_force
from riskmap.rules.availability import Promise, promises
from riskmap.rules.finding import Finding, Measure
from riskmap.rules.results import Results
from riskmap.rules.statement import Count, Ref, Refs, Statement, say
from riskmap.rules.support import (
    basis,
    by_weight,
    evidence_of_impact,
    facts_of_impact,
    judge,
    ranked,
)
from riskmap.rules.verdict import Impact, Verdict

ID = "RM307"
BRIEF = "the service level in {subjects} would read as met while work has stopped"
NAMED = 3


def check(results: Results) -> Iterator[Finding]:
    """Yield one finding per contract whose service level does not see what stops a function."""
    promised = _promised(results)
    contracts = {contract.id: contract for contract in results.model.contracts}
    for name, impacts in sorted(_blind(results, promised).items()):
        contract, worst = contracts[name], ranked(results, impacts)
        severity, reason = judge(results, worst[0])
        functions = by_weight(results, impacts)
        elements = tuple(dict.fromkeys(impact.element for impact in worst))
        promise = _shown(results, promised[name], worst[0])
        facts = [fact for impact in impacts for fact in facts_of_impact(results, impact)]
        yield Finding(
            rule=ID,
            subject=name,
            functions=functions,
            severity=severity.one_lower,
            because=say(reason.template + ", with the promise kept", **reason.values),
            summary=_summary(contract, promise, functions, elements),
            recommendation=say(
                "measure {functions} yourselves from end to end; ask {provider} to measure that "
                "too, or to answer for {first}",
                functions=Refs(functions),
                provider=Ref(contract.provider),
                first=Ref(elements[0]),
            ),
            evidence=(
                *evidence_of_impact(results, worst[0]),
                Measure(
                    "promised",
                    float(promise.availability),
                    "share",
                    basis(results, f"{promise.source}.sla"),
                ),
            ),
            involves=tuple(sorted({*elements, promise.element, contract.provider})),
            assumptions=results.rests_on(*facts, name, promise.source, f"{promise.source}.sla"),
            cause=elements[0],
        )


def _promised(results: Results) -> dict[str, list[Promise]]:
    """Return what each contract in force covers with a promise, by contract."""
    made = promises(results)
    found: dict[str, list[Promise]] = {}
    for contract in results.model.contracts:
        mine = [
            made[element]
            for element in contract.covers
            if element in made and made[element].source in (contract.id, element)
        ]
        if mine and in_force(contract, results.today):
            found[contract.id] = mine
    return found


def _blind(results: Results, promised: dict[str, list[Promise]]) -> dict[str, list[Impact]]:
    """Return the failures past tolerance that nobody answers for, by the contracts nearest."""
    found: dict[str, list[Impact]] = {}
    for (function, element), impact in sorted(results.impacts.items()):
        stands = results.accountability.get(element)
        if stands is None or stands.own or stands.rank is not None:
            continue
        if impact.verdict.rank < Verdict.BREACHED.rank:
            continue
        near = {
            contract: min(_distance(results, function, element, made.element) for made in covered)
            for contract, covered in promised.items()
            if any(made.element in results.closures[function] for made in covered)
        }
        for contract, distance in near.items():
            if distance == min(near.values()):
                found.setdefault(contract, []).append(impact)
    return found


def _distance(results: Results, function: str, failing: str, service: str) -> int:
    """Tell how a promised service stands to what fails: above it, beside it, or further off."""
    if service not in results.closures[function]:
        return 3
    if failing in results.below(service):
        return 0
    between = results.between(function, failing) - {function, failing}
    return 1 if any(service in results.below(name) for name in between) else 2


def _shown(results: Results, covered: list[Promise], impact: Impact) -> Promise:
    """Return the promise nearest to a failure."""
    return min(
        covered,
        key=lambda made: (
            _distance(results, impact.function, impact.element, made.element),
            made.element,
        ),
    )


def _summary(
    contract: Contract, promise: Promise, functions: tuple[str, ...], elements: tuple[str, ...]
) -> Statement:
    rest = len(elements) - NAMED
    template = "{contract} promises {level} for {service}, "
    if promise.source != contract.id:
        template = "{level} is promised for {service}, which {contract} covers, "
    template += "measured on “{measures}”" if promise.level.measures else "on a measure not stated"
    one_of_them = len(functions) > 1 and len(elements) > 1
    stopped = "at least one of {functions} is" if one_of_them else "{functions} {are}"
    template += f"; that would read as met while {stopped} stopped by "
    template += "any of {failures}" if len(elements) > 1 else "{failures}"
    if rest > 0:
        template += ", or by {rest}"
    return say(
        template,
        contract=Ref(contract.id),
        level=promise.availability,
        service=Ref(promise.element),
        measures=promise.level.measures or "",
        failures=Refs(elements[:NAMED]),
        rest=Count(max(rest, 0), "other failure", "other failures"),
        are="is" if len(functions) == 1 else "are",
        functions=Refs(functions),
    )
