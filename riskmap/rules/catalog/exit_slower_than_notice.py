"""Exit slower than notice.

What it finds
-------------
A contract that can end sooner than we can leave: the provider's notice, the end of the term or our
own notice is shorter than the move takes. Also data that takes longer to fetch than the provider
keeps it.

Why it matters
--------------
The other side's right to end a contract is an outage announced in writing. Whoever cannot move
within that notice goes without, however good the service was.

How it decides
--------------
The move is the longest way through procurement, build, data transfer, parallel run and cut-over of
everything that must leave together; our own notice is left out, since it runs meanwhile. It is a
least where a part is not stated. Where nothing of it is stated the rule cannot compare: RM403 then
asks for a plan where the service is hard to replace, and `riskmap exit` lists the gaps. It is
compared with the provider's notice, with the days left of the term less the policy's
margin, and with our notice. Severity is one step below that of the services being gone for the
days that are missing, since the other side has to end the contract first; where only our own notice
is too short the choice of the day is ours, and it is low. Data is compared with the retrieval
window; losing it is one step below losing the service for good.

When it is wrong
----------------
When the contract renews by itself and cannot be ended by the other side: leave out ``ends``. It is
silent, which is no all-clear, about a service that is easy to replace and of whose exit nothing is
stated.

Fires on
--------
```yaml
functions:
  mailing: {criticality: critical, mtd: 8h, rto: 4h, needs: [mail]}
services:
  mail:
    provider: suite
    outage: {worst: 2h}
    exit: {procurement: 30d, build: 60d}
providers:
  suite: {outage: {worst: 2h}}
contracts:
  suite-contract: {provider: suite, covers: [mail], provider_notice: 30d}
```

Silent on
---------
```yaml
functions:
  mailing: {criticality: critical, mtd: 8h, rto: 4h, needs: [mail]}
services:
  mail:
    provider: suite
    outage: {worst: 2h}
    exit: {procurement: 30d, build: 60d}
providers:
  suite: {outage: {worst: 2h}}
contracts:
  suite-contract: {provider: suite, covers: [mail], provider_notice: 6mo}
```

What to do
----------
Ask for a notice and a transition period as long as the move takes, or prepare what takes longest.

References
----------
DORA Art. 28(8) and 30(3)(f); EU Data Act Art. 25; PRA SS2/21 on stressed exits.
"""

import math
from collections.abc import Iterator

from riskmap.model import Contract, Severity
from riskmap.rules.finding import Finding, Measure
from riskmap.rules.leaving.limits import LimitKind, data_return, limits_of
from riskmap.rules.leaving.phases import Timing, timing
from riskmap.rules.results import Results
from riskmap.rules.statement import Ref, Seconds, Statement, Value, say
from riskmap.rules.support import basis, by_weight, judge, withdrawn

ID = "RM402"
BRIEF = "{subjects} can end sooner than we can leave"

_SAYS = {
    LimitKind.PROVIDER_NOTICE: "{other} can end {contract} with {limit} of notice, and leaving"
    " takes {needed}",
    LimitKind.REMAINING_TERM: "{contract} ends in {limit}, and leaving takes {needed}",
    LimitKind.OUR_NOTICE: "{contract} can be ended with {limit} of notice, and leaving takes"
    " {needed}",
}


def check(results: Results) -> Iterator[Finding]:
    """Yield a finding per contract that ends too soon, and per service whose data would be lost."""
    for contract in results.leaving.contracts(results.exit_sets):
        yield from _of_contract(results, contract)
    for name in results.exit_sets:
        yield from _of_data(results, name)


def _members(results: Results, contract: Contract) -> tuple[str, ...]:
    """Everything that must move when this contract ends."""
    covered = [name for name in contract.covers if name in results.exit_sets]
    return tuple(sorted({m for name in covered for m in results.exit_sets[name].chains}))


def _of_contract(results: Results, contract: Contract) -> Iterator[Finding]:
    covered = [name for name in contract.covers if name in results.exit_sets]
    members = _members(results, contract)
    users = tuple(name for name in results.structure.tops if results.closures[name] & set(covered))
    timed = timing(results.leaving, members)
    needed = timed.move.seconds
    margin = results.policy.thresholds.notice_margin.total_seconds()
    short = []
    for kind, limit in limits_of(results.leaving, contract):
        allowed = limit
        if limit is not None and kind is LimitKind.REMAINING_TERM:
            allowed = max(0.0, limit - margin)
        if allowed is not None and limit is not None and needed > allowed:
            ours = kind is LimitKind.OUR_NOTICE
            short.append((ours, allowed - needed, kind, limit))
    if not short or not users:
        return
    ours, missing, kind, limit = min(short)
    severity, because, functions = _weigh(results, covered, -missing, ours=ours)
    least = "at least {length}" if timed.move.open else "{length}"
    facts = [f"{contract.id}.{_FACT[kind]}", contract.id]
    facts += [f"{name}.{fact}" for name in members for fact in ("exit", "coupled_to")]
    yield Finding(
        rule=ID,
        subject=contract.id,
        functions=functions or users,
        severity=severity,
        because=because,
        summary=say(
            _SAYS[kind].replace("{needed}", least.replace("length", "needed")),
            other=Ref(contract.provider),
            contract=Ref(contract.id),
            limit=Seconds(limit),
            needed=Seconds(needed),
        ),
        recommendation=_advice(timed, contract, kind, needed),
        evidence=(
            Measure("exit_time", needed / 3600, "hours", basis(results, *facts)),
            Measure(str(kind).replace("-", "_"), limit / 3600, "hours", basis(results, facts[0])),
        ),
        involves=tuple(sorted({*members, contract.provider})),
        assumptions=results.rests_on(*facts),
    )


_FACT = {
    LimitKind.OUR_NOTICE: "notice",
    LimitKind.PROVIDER_NOTICE: "provider_notice",
    LimitKind.REMAINING_TERM: "ends",
}


def _weigh(
    results: Results, services: list[str], lasts: float, *, ours: bool
) -> tuple[Severity, Statement, tuple[str, ...]]:
    impacts = withdrawn(results, services, lasts)
    functions = by_weight(results, impacts)
    if ours:
        return Severity.LOW, say("we choose the day on which our own notice begins"), functions
    if not impacts:
        return Severity.LOW, say("no function would stop for longer than can be borne"), functions
    full, _ = judge(results, impacts[0])
    reason = say(
        "one step below {function} being without it for {lasts}, since somebody has to end the"
        " contract first",
        function=Ref(impacts[0].function),
        lasts=Seconds(lasts),
    )
    return full.one_lower, reason, functions


def _advice(timed: Timing, contract: Contract, kind: LimitKind, needed: float) -> Statement:
    values: dict[str, Value] = {
        "other": Ref(contract.provider),
        "contract": Ref(contract.id),
        "needed": Seconds(needed),
    }
    if kind is LimitKind.OUR_NOTICE:
        return say("begin the move before giving notice under {contract}", **values)
    critical = [phase for phase in timed.phases if phase.critical and phase.subject != contract.id]
    if not critical:
        return say("ask {other} for at least {needed} of notice", **values)
    longest = max(critical, key=lambda phase: (phase.length, phase.key))
    wanted = "a transition period of" if kind is LimitKind.REMAINING_TERM else "a notice of"
    text = "ask {other} for " + wanted + " at least {needed}, or shorten the {phase} of {slowest}"
    return say(
        text, phase=str(longest.kind).replace("-", " "), slowest=Ref(longest.subject), **values
    )


def _of_data(results: Results, name: str) -> Iterator[Finding]:
    back = data_return(results.leaving, name)
    users = tuple(top for top in results.structure.tops if name in results.closures[top])
    if back.takes is None or back.window is None or back.takes <= back.window or not users:
        return
    impacts = withdrawn(results, [name], math.inf)
    severity, reason = Severity.LOW, say("no function would stop for longer than can be borne")
    if impacts:
        full, _ = judge(results, impacts[0])
        severity = full.one_lower
        reason = say(
            "one step below {function} losing it for good, since somebody has to end it first",
            function=Ref(impacts[0].function),
        )
    rests = basis(results, f"{name}.exit")
    yield Finding(
        rule=ID,
        subject=name,
        functions=by_weight(results, impacts) or users,
        severity=severity,
        because=reason,
        summary=say(
            "fetching the data of {service} takes {takes}, and it is kept for {window}"
            " after the end",
            service=Ref(name),
            takes=Seconds(back.takes),
            window=Seconds(back.window),
        ),
        recommendation=say(
            "ask for a retrieval window of at least {takes}, or keep a current copy of the data of"
            " {service} elsewhere",
            service=Ref(name),
            takes=Seconds(back.takes),
        ),
        evidence=(
            Measure("transfer_time", back.takes / 3600, "hours", rests),
            Measure("retrieval_window", back.window / 3600, "hours", rests),
        ),
        assumptions=results.rests_on(f"{name}.exit", name),
    )
