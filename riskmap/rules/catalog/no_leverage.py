"""No leverage over whoever could repair it.

What it finds
-------------
A party that could repair a single point of failure, and from which no contract is known to
get us a cent.

Why it matters
--------------
They may be helpful. They need not be, and their own customers come first.

How it decides
--------------
For each single point of failure past tolerance, the most our contracts would pay for its outage
(credits and liability cap) is set against what the outage costs us. Nothing payable means no
leverage; amounts a contract does not state count as nothing.

When it is wrong
----------------
When there is leverage of another kind: a shared customer, a regulator, the public.

Fires on
--------
```yaml
functions:
  mailing: {criticality: critical, mtd: 8h, rto: 4h, needs: [block-list]}
third_parties:
  block-list: {provider: list-keeper, outage: {worst: 5d}}
providers:
  list-keeper: {outage: {worst: 5d}}
```

Silent on
---------
```yaml
functions:
  mailing: {criticality: critical, mtd: 8h, rto: 4h, needs: [block-list]}
third_parties:
  block-list: {provider: list-keeper, outage: {worst: 5d}}
providers:
  list-keeper: {outage: {worst: 5d}}
contracts:
  data-feed: {provider: list-keeper, covers: [block-list], liability_cap: 50000}
```

What to do
----------
Do not plan on their help. Ask the party you do have a contract with to answer for them.

References
----------
DORA Art. 28(8), 30(2); FFIEC Business Continuity Management booklet (2019), third-party chapter.
"""

from collections.abc import Iterator

from riskmap.rules.accountability import states_payment
from riskmap.rules.finding import Evidence, Finding, Measure
from riskmap.rules.results import Results
from riskmap.rules.statement import Money, Ref, Refs, say
from riskmap.rules.support import (
    basis,
    by_weight,
    evidence_of_impact,
    facts_of_impact,
    harmful,
    judge,
    worst,
)
from riskmap.rules.verdict import Impact

ID = "RM302"
BRIEF = "no contract is known to make {subjects} pay"


def check(results: Results) -> Iterator[Finding]:
    """Yield one finding per party that could repair things and owes us nothing."""
    for party, impacts in sorted(_unpaid(results).items()):
        heaviest = worst(results, impacts)
        assert heaviest is not None
        severity, reason = judge(results, heaviest)
        elements = tuple(sorted({impact.element for impact in impacts}))
        runs = tuple(element for element in elements if element != party)
        contracted = [e for e in elements if results.accountability[e].rank is not None]
        template = "{party} could repair {elements}, and no contract makes it pay or act"
        stated = any(states_payment(results.model, results.accountability[e]) for e in contracted)
        pays = "our contract pays nothing" if stated else "nobody stated what our contract pays"
        if contracted:
            template = f"{{party}} answers for {{elements}}; {pays} if it does not"
            if elements == (party,):
                template = f"{pays} if {{party}} fails"
        elif elements == (party,):
            template = "no contract makes {party} pay or act, and its failure alone does harm"
        if results.accountability[elements[0]].party is None:
            template = "nobody is named who could repair {elements}, and no contract binds anybody"
        loss = results.functions[heaviest.function].loss
        if loss and heaviest.loss:
            template += "; the outage would cost {cost}"
        evidence: list[Evidence] = [
            *evidence_of_impact(results, heaviest),
            Measure("payable", 0.0, "money", basis(results, *elements)),
        ]
        facts = [fact for impact in impacts for fact in facts_of_impact(results, impact)]
        yield Finding(
            rule=ID,
            subject=party,
            functions=by_weight(results, impacts),
            severity=severity,
            because=reason,
            summary=say(
                template,
                party=Ref(party),
                elements=Refs(runs or elements),
                cost=Money(heaviest.loss),
            ),
            recommendation=say(
                "find out who runs {party}, and do not plan on their help"
                if results.accountability[elements[0]].party is None
                else "find out what {party} must pay; if it is less than the loss, agree on more"
                if contracted and not stated
                else "agree with {party} on credits or liability that match the loss"
                if contracted
                else "do not plan on {party}; conclude a contract, or keep a way around it",
                party=Ref(party),
            ),
            evidence=tuple(evidence),
            involves=runs,
            assumptions=results.rests_on(*facts, f"{heaviest.function}.loss"),
            cause=heaviest.element,
        )


def _unpaid(results: Results) -> dict[str, list[Impact]]:
    """Return the harmful single failures for which nobody would pay, by who could repair."""
    found: dict[str, list[Impact]] = {}
    for function, singles in sorted(results.inherent_singles.items()):
        for element in sorted(singles):
            stands = results.accountability[element]
            if stands.own or stands.payable > 0:
                continue
            impact = results.impacts.get((function, element))
            if impact is not None and harmful([impact]):
                found.setdefault(stands.party or element, []).append(impact)
    return found
