"""Dependency without a contract.

What it finds
-------------
A service or third party that a function depends on though no contract of ours, and no known
subcontract, covers it.

Why it matters
--------------
Nobody owes us anything: no notice, no repair, no answer to the telephone. Such dependencies are in
no register, because registers are kept by contract.

How it decides
--------------
Contracts in force are followed from us to what they cover, on to parts the same party runs, and on
to parties that the model says it has contracted (``contracted_by``). What a function needs and that
chain does not reach is reported, with the severity of its failure.

When it is wrong
----------------
When a contract exists and is not in the model, or when we run the thing ourselves: leave out its
provider.

Fires on
--------
```yaml
functions:
  mailing: {criticality: critical, mtd: 8h, rto: 4h, needs: [block-list]}
third_parties:
  block-list: {kind: reputation, outage: {worst: 5d}}
```

Silent on
---------
```yaml
functions:
  mailing: {criticality: critical, mtd: 8h, rto: 4h, needs: [block-list]}
third_parties:
  block-list: {kind: reputation, provider: list-keeper, outage: {worst: 5d}}
providers:
  list-keeper: {outage: {worst: 5d}}
contracts:
  data-feed: {provider: list-keeper, covers: [block-list]}
```

What to do
----------
Put it into the register of dependencies without a contract, watch it yourselves, and keep a way
around it. Ask the provider in between to take it into its own contract.

References
----------
DORA Art. 29(2); US interagency guidance on third-party relationships (2023), which counts
relationships without contract or payment.
"""

from collections.abc import Iterator

from riskmap.model import Element, Service, Severity, ThirdParty
from riskmap.rules.accountability import in_force
from riskmap.rules.finding import Finding, Witness
from riskmap.rules.results import Results
from riskmap.rules.statement import Ref, Refs, Statement, say
from riskmap.rules.support import (
    MAX_WITNESSES,
    by_weight,
    facts_of_impact,
    felt,
    judge,
    measures_of_impact,
    uncontracted,
    worst,
)

ID = "RM301"
BRIEF = "no contract covers {subjects}"


def check(results: Results) -> Iterator[Finding]:
    """Yield one finding per element outside every chain of contracts."""
    for element, users in uncontracted(results):
        impacts = felt(results, users, (element.id,))
        heaviest = worst(results, impacts)
        severity, reason = (
            Severity.LOW,
            say("its failure alone stops nothing for longer than can be borne"),
        )
        if heaviest is not None:
            severity, reason = judge(results, heaviest)
        functions = by_weight(results, impacts) or users
        near = results.paths[functions[0]]
        through = tuple(
            name
            for name in results.structure.predecessors[element.id]
            if name in near and name != functions[0] and element.id not in near[name]
        )
        paths = [(*near[name], element.id) for name in through]
        paths = paths or [near[element.id]]
        facts = [fact for impact in impacts for fact in facts_of_impact(results, impact)]
        yield Finding(
            rule=ID,
            subject=element.id,
            functions=functions,
            severity=severity,
            because=reason,
            summary=_summary(results, element, functions, through),
            recommendation=say(
                "watch {element} yourselves and keep a way around it; nobody owes you its repair",
                element=Ref(element.id),
            ),
            evidence=(
                *(Witness(path) for path in paths[:MAX_WITNESSES]),
                *(measures_of_impact(results, heaviest) if heaviest else ()),
            ),
            involves=through,
            assumptions=results.rests_on(*facts),
        )


def _summary(
    results: Results, element: Element, functions: tuple[str, ...], through: tuple[str, ...]
) -> Statement:
    assert isinstance(element, Service | ThirdParty)
    template = "{functions} {depend} on {element}, and no contract in force covers it"
    ended = [
        contract
        for contract in results.model.contracts
        if element.id in contract.covers and not in_force(contract, results.today)
    ]
    if ended:
        template += "; {ended} {are} not in force on {day}"
    others = _other_contracts(results, element)
    if others:
        template += "; {provider} runs it, and {others} with {provider} {do} not cover it"
    elif element.provider is not None and _known(element):
        template += "; {provider} runs it and owes it to {contracted} only"
    elif element.provider is not None:
        template += "; {provider} runs it and owes nobody in the chain anything"
    if through:
        template += "; it is reached through {through}"
    return say(
        template,
        functions=Refs(functions),
        depend="depends" if len(functions) == 1 else "depend",
        element=Ref(element.id),
        provider=Ref(element.provider or element.id),
        through=Refs(through),
        ended=Refs(tuple(contract.id for contract in ended)),
        are="is" if len(ended) == 1 else "are",
        others=Refs(others),
        contracted=Refs(_known(element)),
        do="does" if len(others) == 1 else "do",
        day=results.today,
    )


def _known(element: Service | ThirdParty) -> tuple[str, ...]:
    """Return the parties known to have a contract with whoever runs an element."""
    return tuple(sorted(element.contracted_by))


def _other_contracts(results: Results, element: Service | ThirdParty) -> tuple[str, ...]:
    """Return the contracts in force with whoever runs an element, none of which covers it."""
    return tuple(
        contract.id
        for contract in results.model.contracts
        if contract.provider == element.provider and in_force(contract, results.today)
    )
