"""Contract clause missing, refused or never checked.

What it finds
-------------
A contract in force behind a function that lacks clauses it should have, to which the other party
said no, or of which nobody has checked.

Why it matters
--------------
What is not in the contract cannot be asked for on the worst day: help in an incident, the data
back, time to leave, a look at the provider's own plan.

How it decides
--------------
The list is that of DORA Art. 30: paragraph 2 for every contract, paragraph 3 as well where a
critical or important function hangs on it (so does one whose criticality nobody stated). A policy
may name other clauses (``clauses``). Each is ``have``, ``missing`` or ``refused`` in the model; one
that is not mentioned counts as not checked, and is reported like a missing one. A clause of your
own (``x-``) is reported when it is missing or refused. One finding per contract; where no clause is
mentioned at all it says just that. So a new contract brings a finding of its own until somebody has
read it.

A clause stops nothing by itself, so the severity is one step below that of the worst single failure
of what the contract covers. DORA binds financial firms of the EU. Where ``jurisdiction`` is another
country's two-letter code the list is good practice only and the severity one step lower still,
unless your policy names the clauses. Without a jurisdiction it counts as in the EU; that you are
bound by DORA is never said. An availability that a contract promises does not count as the
clauses on service levels: whether those are complete takes a look at the text.

When it is wrong
----------------
When you are no financial firm and a short list of clauses is enough: name it in your policy. When a
master agreement holds the clauses: write them at each contract under it.

Fires on
--------
```yaml
functions:
  newsletter: {criticality: normal, mtd: 8h, rto: 4h, needs: [mailer]}
services:
  mailer: {provider: acme, outage: {worst: 5d}}
providers:
  acme: {fails_alone: false}
contracts:
  mail-contract:
    provider: acme
    covers: [mailer]
    clauses:
      {description: have, subcontracting: have, locations: have, data-protection: have,
       data-return: have, service-levels: have, incident-help: refused, authorities: have,
       termination: have, training: have}
```

Silent on
---------
```yaml
functions:
  newsletter: {criticality: normal, mtd: 8h, rto: 4h, needs: [mailer]}
services:
  mailer: {provider: acme, outage: {worst: 5d}}
providers:
  acme: {fails_alone: false}
contracts:
  mail-contract:
    provider: acme
    covers: [mailer]
    clauses:
      {description: have, subcontracting: have, locations: have, data-protection: have,
       data-return: have, service-levels: have, incident-help: have, authorities: have,
       termination: have, training: have}
```

What to do
----------
Go through the contract with the list. Ask for what is missing at the next renewal; where it is
refused, plan for doing without.

References
----------
Regulation (EU) 2022/2554 (DORA), Art. 30(2) and (3).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from riskmap.model import (
    BASIC_CLAUSES,
    CLAUSE_IDS,
    OWN_PREFIX,
    ClauseStatus,
    Contract,
    Criticality,
    Severity,
    clause_title,
)
from riskmap.rules.accountability import in_force
from riskmap.rules.finding import Evidence, Finding, Measure
from riskmap.rules.results import Results
from riskmap.rules.statement import Ref, Refs, Statement, Value, join, say
from riskmap.rules.support import (
    by_weight,
    evidence_of_impact,
    facts_of_impact,
    felt,
    judge,
    worst,
)
from riskmap.rules.verdict import Impact

ID = "RM308"
BRIEF = "clauses of {subjects} are missing, refused or were never checked"
NAMED = 3
_EEA = """
    EU EEA AT BE BG HR CY CZ DK EE FI FR DE GR EL HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE
    IS LI NO
    """
EEA = frozenset(_EEA.split())
"""Codes of the Union and the European Economic Area, to which the Regulation is relevant."""

_CODE = re.compile(r"([A-Z]{2})(-[A-Z0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class _Gaps:
    """Ids of wanted clauses a contract does not have, by why."""

    missing: tuple[str, ...]
    refused: tuple[str, ...]
    unchecked: tuple[str, ...]

    @property
    def by_reason(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        names = ("missing", "refused", "unchecked")
        return tuple(zip(names, (self.missing, self.refused, self.unchecked), strict=True))

    @property
    def count(self) -> int:
        return sum(len(found) for _, found in self.by_reason)


def check(results: Results) -> Iterator[Finding]:
    """Yield one finding per contract in force behind a function whose clauses have gaps."""
    for contract in results.model.contracts:
        users = tuple(
            name
            for name, needed in sorted(results.closures.items())
            if any(element in needed for element in contract.covers)
        )
        if not users or not in_force(contract, results.today):
            continue
        gaps = _gaps(results, contract, users)
        if gaps.count:
            yield _finding(results, contract, users, gaps)


def _gaps(results: Results, contract: Contract, users: tuple[str, ...]) -> _Gaps:
    status = dict(contract.clauses)
    wanted = results.policy.clauses or CLAUSE_IDS
    if all(results.functions[name].criticality is Criticality.NORMAL for name in users):
        wanted = tuple(clause for clause in wanted if clause in BASIC_CLAUSES)
    own = (clause for clause in status if clause.startswith(OWN_PREFIX) and clause not in wanted)
    listed = (*wanted, *own)
    return _Gaps(
        tuple(clause for clause in listed if status.get(clause) is ClauseStatus.MISSING),
        tuple(clause for clause in listed if status.get(clause) is ClauseStatus.REFUSED),
        tuple(clause for clause in wanted if clause not in status),
    )


def _elsewhere(results: Results) -> bool:
    """Tell whether the model names the law of a country outside the EU and the EEA."""
    code = _CODE.fullmatch((results.model.jurisdiction or "").strip())
    return code is not None and code[1] not in EEA


def _finding(results: Results, contract: Contract, users: tuple[str, ...], gaps: _Gaps) -> Finding:
    impacts = felt(results, users, (*contract.covers, contract.provider))
    heaviest = worst(results, impacts)
    functions = tuple(dict.fromkeys((*by_weight(results, impacts), *users)))
    severity, because = _weight(results, heaviest)
    facts = [fact for impact in impacts for fact in facts_of_impact(results, impact)]
    evidence: list[Evidence] = list(evidence_of_impact(results, heaviest) if heaviest else ())
    evidence.extend(
        Measure(f"clauses_{name}", float(len(found)), "count") for name, found in gaps.by_reason
    )
    return Finding(
        rule=ID,
        subject=contract.id,
        functions=functions,
        severity=severity,
        because=because,
        summary=_summary(contract, gaps, functions),
        recommendation=_recommendation(contract, gaps),
        evidence=tuple(evidence),
        involves=(contract.provider,),
        assumptions=results.rests_on(*facts, contract.id, f"{contract.id}.clauses"),
    )


def _weight(results: Results, heaviest: Impact | None) -> tuple[Severity, Statement]:
    """Return the severity, and why: the outage, and whose list of clauses it is."""
    severity, reason = (
        Severity.LOW,
        say("its failure alone stops nothing for longer than can be borne"),
    )
    if heaviest is not None:
        severity, reason = judge(results, heaviest)
        severity = severity.one_lower
    if results.policy.clauses:
        source = "your policy asks for these clauses"
    elif _elsewhere(results):
        severity = severity.one_lower
        source = "the list is that of EU law for financial firms, here good practice only"
    elif results.model.jurisdiction is None:
        source = "nobody stated whose law applies; EU law asks it of financial firms (DORA Art. 30)"
    else:
        source = "EU law asks for these clauses where a financial firm buys (DORA Art. 30)"
    return severity, say(f"{reason.template}; {source}", **reason.values)


def _summary(contract: Contract, gaps: _Gaps, functions: tuple[str, ...]) -> Statement:
    values: dict[str, Value] = {
        "contract": Ref(contract.id),
        "provider": Ref(contract.provider),
        "functions": Refs(functions),
        "depend": "depends" if len(functions) == 1 else "depend",
    }
    if not contract.clauses:
        return say(
            "nobody has checked the clauses of {contract}, on which {functions} {depend}", **values
        )
    parts = []
    if gaps.refused:
        parts.append("{provider} refused {refused} in {contract}")
    if gaps.missing:
        parts.append("{contract} lacks {missing}")
    if gaps.unchecked:
        parts.append("nobody has checked whether {contract} has {unchecked}")
    template = "; ".join(parts) + "; {functions} {depend} on it"
    first, *others = template.split("{contract}")
    template = "{contract}".join((first, "it".join(others)))
    named = {name: _named(found) for name, found in gaps.by_reason}
    return say(template, **values, **named)


def _named(clauses: tuple[str, ...]) -> str:
    """Name a few clauses, then count the others."""
    shown = [f"“{clause_title(clause)}”" for clause in clauses[:NAMED]]
    rest = len(clauses) - len(shown)
    return join([*shown, f"{rest} more"] if rest else shown)


def _recommendation(contract: Contract, gaps: _Gaps) -> Statement:
    if not contract.clauses:
        text = "go through {contract} with the list of clauses; write down which it has"
    elif gaps.refused:
        text = "ask {provider} again when {contract} is renewed, or plan to do without"
    elif gaps.missing:
        text = "ask {provider} for what is missing when {contract} is renewed"
    else:
        text = "read {contract} for the clauses nobody has checked"
    if contract.ends is not None:
        text += "; it ends on {ends}"
    return say(
        text,
        contract=Ref(contract.id),
        provider=Ref(contract.provider),
        ends=contract.ends or "",
    )
