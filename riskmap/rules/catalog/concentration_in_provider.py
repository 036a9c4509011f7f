"""Concentration in a provider or its parent.

What it finds
-------------
An organisation whose loss stops a large part of all functions at once; and an organisation that
receives so much of the yearly spending that there is hardly anybody else.

Why it matters
--------------
Each function may be well arranged by itself, and yet one insolvency, one dispute or one suspended
account stops them together. A continuity plan is made for one function at a time; here it would be
needed for all of them on the same day, by the same people.

How it decides
--------------
Organisations with one owner at the top count as one. All that it runs, its own and its
subsidiaries', fails together for the longest worst outage of any of it, with every contingency
counted at its stated times. The functions then stopped past their ``rto`` must make up
``concentration`` of the policy (half, as shipped) of all functions, weighted three for critical,
two for important, one for normal; there must be at least three functions. Severity is that of the
function that fares worst. Spending counts as concentrated when, with at least three paid contracts
in force, the Herfindahl-Hirschman index by organisation is above ``concentration_index`` (2,500, as
shipped) and one organisation, on which some function depends, receives ``concentration`` of the
money: with few suppliers the index is high however evenly they are paid. That alone stops nothing
and is low; a further contract with that organisation can bring it about.

When it is wrong
----------------
When the parts fail apart in truth: a group whose companies run separate systems is lost as a whole
only by insolvency or a dispute. When the few functions in the model are not all there are.

Fires on
--------
```yaml
functions:
  orders: {criticality: critical, mtd: 8h, rto: 4h, needs: [shop]}
  billing: {criticality: important, mtd: 3d, rto: 2d, needs: [ledger]}
  hiring: {criticality: normal, mtd: 9d, rto: 5d, needs: [board]}
services:
  shop: {provider: acme-cloud, outage: {worst: 5d}}
  ledger: {provider: acme-books, outage: {worst: 5d}}
  board: {outage: {worst: 1d}}
providers:
  acme: {outage: {worst: 5d}}
  acme-cloud: {parent: acme, outage: {worst: 5d}}
  acme-books: {parent: acme, outage: {worst: 5d}}
```

Silent on
---------
```yaml
functions:
  orders: {criticality: critical, mtd: 8h, rto: 4h, needs: [{any_of: [shop, board]}]}
  billing: {criticality: important, mtd: 3d, rto: 2d, needs: [ledger]}
  hiring: {criticality: normal, mtd: 9d, rto: 5d, needs: [board]}
services:
  shop: {provider: acme-cloud, outage: {worst: 5d}}
  ledger: {provider: acme-books, outage: {worst: 5d}}
  board: {outage: {worst: 1d}}
providers:
  acme: {outage: {worst: 5d}}
  acme-cloud: {parent: acme, outage: {worst: 5d}}
  acme-books: {parent: acme, outage: {worst: 5d}}
```

What to do
----------
Decide how much may hang on one organisation. Move the functions that are easiest to move, give the
critical ones a plan that needs nothing of it, and practise losing it as a whole.

References
----------
Kashaf et al., "Analyzing Third Party Service Dependencies in Modern Web Services", IMC 2020, for
concentration and impact; DORA Art. 28(4)(c) and 29 on concentration risk; Herfindahl-Hirschman
index as in the Horizontal Merger Guidelines (2010), section 5.3, where above 2,500 is highly
concentrated.
"""

from collections.abc import Iterator
from dataclasses import replace

from riskmap.model import Severity
from riskmap.rules.concentration import (
    Concentration,
    Index,
    Kind,
    Share,
    concentrations,
    losing,
    nearest,
    share_of,
    spend_index,
    weight_of,
)
from riskmap.rules.finding import Evidence, Finding, Measure, Witness
from riskmap.rules.results import Results
from riskmap.rules.statement import Count, Ref, Refs, Statement, count_word, say
from riskmap.rules.support import (
    MAX_WITNESSES,
    by_weight,
    facts_of_impact,
    harmful,
    judge,
    measures_of_impact,
    ranked,
)
from riskmap.rules.verdict import Impact

ID = "RM304"
BRIEF = "too much hangs on {subjects}"
LEAST_FUNCTIONS = 3
LEAST_CONTRACTS = 3
NAMED = 4


def check(results: Results) -> Iterator[Finding]:
    """Yield one finding per organisation that too much hangs on."""
    spend = _concentrated_spend(results)
    for found in concentrations(results, Kind.PARENT):
        index = spend if spend is not None and spend.shares[0][0] == found.whole.id else None
        impacts = _lost_too_much(results, found)
        if impacts:
            yield _of_functions(results, found, impacts, index)
        elif index is not None:
            yield _of_spend(results, found, index)


def _lost_too_much(results: Results, found: Concentration) -> list[Impact]:
    """Return what losing an organisation does to functions, worst first, if it is too much.

    Whatever its outage stops is among what stops without it, so most need not be followed in time.
    """
    threshold = results.policy.thresholds.concentration
    if len(results.functions) < LEAST_FUNCTIONS or found.stopped.weighted < threshold:
        return []
    impacts = harmful(losing(results, found.whole).impacts.values())
    if share_of(results, (i.function for i in impacts)).weighted < threshold:
        return []
    inside = (replace(i, elements=nearest(results, i.function, found.whole)[-1:]) for i in impacts)
    return ranked(results, inside)


def _concentrated_spend(results: Results) -> Index | None:
    """Return how spending is spread, if that is too uneven."""
    index, thresholds = spend_index(results), results.policy.thresholds
    if index.count < LEAST_CONTRACTS or index.points <= thresholds.concentration_index:
        return None
    return index if index.shares[0][1] >= thresholds.concentration else None


def _of_functions(
    results: Results, found: Concentration, impacts: list[Impact], spend: Index | None
) -> Finding:
    party = found.whole.id
    functions = by_weight(results, impacts)
    share = share_of(results, functions)
    severity, because = judge(results, impacts[0])
    facts = {fact for impact in impacts for fact in facts_of_impact(results, impact)}
    facts |= {f"{name}.outage" for name in found.whole.elements}
    facts |= {f"{name}.criticality" for name in results.functions}
    return Finding(
        rule=ID,
        subject=party,
        functions=functions,
        severity=severity,
        because=because,
        summary=_summary(results, found, share, functions, spend),
        recommendation=say(
            "decide how much may hang on {party}; give {first} a plan that needs nothing of it,"
            " and practise losing it as a whole",
            party=Ref(party),
            first=Ref(functions[0]),
        ),
        evidence=(
            *_paths(results, found, functions),
            *measures_of_impact(results, impacts[0], *facts),
            *_shares(found),
            Measure("functions_stopped_too_long", float(share.weighted), "share"),
            *_spending(spend),
        ),
        involves=tuple(sorted({*found.whole.members, *(i.element for i in impacts)} - {party})),
        assumptions=results.rests_on(*facts),
    )


def _summary(
    results: Results,
    found: Concentration,
    share: Share,
    functions: tuple[str, ...],
    spend: Index | None,
) -> Statement:
    members = (n for n in found.whole.members if n in results.needed)
    owned = tuple(name for name in members if name != found.whole.id)
    template = "losing {party} with all it runs stops {named}"
    if owned:
        named = "{owned}" if len(owned) <= NAMED else "{number}"
        template = f"losing {{party}}, with {named} and all they run, stops {{named}}"
    rest = len(functions) - NAMED
    if rest > 0:
        template += " and {rest}"
    if len(functions) == len(results.functions):
        template += " for too long: every function there is"
    else:
        template += " for too long: {count} of {all}, or {share} by criticality"
    if spend is not None:
        template += "; it also receives {paid} of what contracts cost a year"
    return say(
        template,
        party=Ref(found.whole.id),
        owned=Refs(owned),
        number=Count(len(owned), "organisation it owns", "organisations it owns"),
        named=Refs(functions[:NAMED]),
        rest=Count(rest, "other", "others"),
        count=count_word(len(functions)),
        all=Count(len(results.functions), "function", "functions"),
        share=share.weighted,
        paid=spend.shares[0][1] if spend is not None else share.weighted,
    )


def _of_spend(results: Results, found: Concentration, index: Index) -> Finding:
    party = found.whole.id
    reached = sorted(found.reached.functions, key=lambda n: (-weight_of(results.functions[n]), n))
    contracts = [
        contract.id
        for contract in results.model.contracts
        if contract.annual_cost and contract.provider in found.whole.members
    ]
    return Finding(
        rule=ID,
        subject=party,
        functions=tuple(reached),
        severity=Severity.LOW,
        because=say(
            "spending by itself stops nothing; it says how little there is beside {party}, and how"
            " hard it is to negotiate with",
            party=Ref(party),
        ),
        summary=say(
            "{party} receives {paid} of what contracts cost a year ({points} points of 10,000 on"
            " the Herfindahl-Hirschman index; over {limit} counts as highly concentrated), and"
            " {functions} {depend} on it",
            party=Ref(party),
            paid=index.shares[0][1],
            points=f"{index.points:,.0f}",
            limit=f"{results.policy.thresholds.concentration_index:,}",
            functions=Refs(tuple(reached[:NAMED]))
            if len(reached) <= NAMED
            else Count(len(reached), "function", "functions"),
            depend="depends" if len(reached) == 1 else "depend",
        ),
        recommendation=say(
            "before {party}'s next renewal, find out who else could take over part of it",
            party=Ref(party),
        ),
        evidence=(*_paths(results, found, tuple(reached)), *_shares(found), *_spending(index)),
        involves=tuple(sorted({*contracts, *found.whole.members} - {party})),
        assumptions=results.rests_on(
            *(f"{contract}.annual_cost" for contract in contracts), *contracts
        ),
    )


def _paths(
    results: Results, found: Concentration, functions: tuple[str, ...]
) -> Iterator[Evidence]:
    for function in functions[:MAX_WITNESSES]:
        path = nearest(results, function, found.whole)
        if path:
            yield Witness(path)


def _shares(found: Concentration) -> Iterator[Evidence]:
    yield Measure("functions_reached", float(found.reached.weighted), "share")
    yield Measure("functions_reached_directly", float(found.direct.weighted), "share")
    yield Measure("functions_stopped", float(found.stopped.weighted), "share")


def _spending(index: Index | None) -> Iterator[Evidence]:
    if index is not None:
        yield Measure("share_of_spending", float(index.shares[0][1]), "share")
        yield Measure("herfindahl_hirschman_index_of_spending", index.points, "count")
