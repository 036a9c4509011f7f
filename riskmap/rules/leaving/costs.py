"""What leaving costs, item by item, each with its arithmetic.

Amounts are what somebody stated: a single number has no spread, and none is made up. An item that
nobody stated counts nothing in the sum and leaves it open, so that the sum reads "at least".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from riskmap.model import Confidence, Contract, ExitFacts, Range
from riskmap.rules.leaving.ground import DAY, Estimate, Ground, total
from riskmap.rules.leaving.law import CHARGES_END, charges_banned, in_the_union
from riskmap.rules.leaving.phases import PhaseKind, Timing
from riskmap.rules.statement import Count, Money, Seconds, Statement, say

NOTHING = Range(0.0, 0.0, 0.0)


class CostKind(StrEnum):
    """What the money is for."""

    LABOUR = "labour"
    MOVE = "move"
    RETRAINING = "retraining"
    DUAL_RUNNING = "dual-running"
    TERMINATION = "termination"
    SWITCHING = "switching"


@dataclass(frozen=True, slots=True)
class CostItem:
    """One line of the cost table.

    Attributes
    ----------
    subject : str
        Id of the service, or of the contract.
    amount : Range or None
        None when nobody stated what is needed for it.
    open : bool
        Whether the true amount may be more than what is stated.
    how : Statement
        The arithmetic, or what is missing.
    """

    kind: CostKind
    subject: str
    amount: Range | None
    how: Statement
    basis: Confidence
    open: bool = False


def cost_items(ground: Ground, members: tuple[str, ...], timed: Timing) -> tuple[CostItem, ...]:
    """Return every item of leaving with these services, service by service, then contracts."""
    found: list[CostItem] = []
    for name in members:
        found.extend(_of_service(ground, name))
    for contract in ground.contracts(members):
        found.append(_termination(ground, contract, timed))
        found.append(_switching(ground, contract))
        found.append(_dual_running(ground, contract, members, timed))
    return tuple(found)


def sum_of(items: tuple[CostItem, ...]) -> Estimate:
    """Add the items up."""
    added = total(item.amount for item in items)
    is_open = added.open or any(item.open for item in items)
    return Estimate(added.low, added.likely, added.high, is_open)


def _of_service(ground: Ground, name: str) -> Iterator[CostItem]:
    facts = ground.facts(name)
    basis = ground.basis(f"{name}.exit", name)
    yield _labour(facts, name, basis)
    yield _stated(CostKind.MOVE, name, facts.cost, basis)
    yield _stated(CostKind.RETRAINING, name, facts.retraining, basis)
    if facts.termination_fee is not None:
        yield _stated(CostKind.TERMINATION, name, facts.termination_fee, basis)
    if facts.switching_charges is not None:
        yield _charges(ground, name, facts.switching_charges, basis)
    if ground.service(name).provider is None or ground.contracts((name,)):
        return
    no_contract = say("no contract in force covers it, so nobody knows what is owed at its end")
    if facts.termination_fee is None:
        yield CostItem(CostKind.TERMINATION, name, None, no_contract, basis)
    if facts.switching_charges is None:
        yield CostItem(CostKind.SWITCHING, name, None, no_contract, basis)


def _labour(facts: ExitFacts, name: str, basis: Confidence) -> CostItem:
    rate = facts.labour_per_day
    if rate is None and facts.cost is not None:
        how = say("no rate is stated; counted as part of the money for the move")
        return CostItem(CostKind.LABOUR, name, NOTHING, how, basis)
    if facts.effort is None or rate is None:
        missing = "effort" if rate is not None else "labour_per_day"
        if facts.effort is None and rate is None:
            missing = "effort and labour_per_day"
        how = say("not stated: {missing}", missing=missing)
        return CostItem(CostKind.LABOUR, name, None, how, basis)
    days = facts.effort.total_seconds() / DAY
    how = say(
        "{days} at {rate} each",
        days=f"{days:,.4g} working {'day' if days == 1 else 'days'}",
        rate=Money(rate.likely),
    )
    amount = Range(days * rate.low, days * rate.likely, days * rate.high)
    return CostItem(CostKind.LABOUR, name, amount, how, basis)


def _stated(kind: CostKind, subject: str, amount: Range | None, basis: Confidence) -> CostItem:
    how = say("as stated") if amount is not None else say("not stated")
    return CostItem(kind, subject, amount, how, basis)


def _charges(ground: Ground, subject: str, amount: Range, basis: Confidence) -> CostItem:
    jurisdiction, today = ground.model.jurisdiction, ground.today
    if charges_banned(jurisdiction, today):
        how = say(
            "{stated} is stated, but none is due since {day} (EU Data Act, Art. 29)",
            stated=Money(amount.likely),
            day=CHARGES_END,
        )
        return CostItem(CostKind.SWITCHING, subject, NOTHING, how, basis)
    how = say("as stated")
    if in_the_union(jurisdiction):
        how = say("as stated; none is due from {day} (EU Data Act, Art. 29)", day=CHARGES_END)
    return CostItem(CostKind.SWITCHING, subject, amount, how, basis)


def _switching(ground: Ground, contract: Contract) -> CostItem:
    basis = ground.basis(f"{contract.id}.switching_charges", contract.id)
    if contract.switching_charges is not None:
        return _charges(ground, contract.id, contract.switching_charges, basis)
    if charges_banned(ground.model.jurisdiction, ground.today):
        how = say("none is due since {day} (EU Data Act, Art. 29)", day=CHARGES_END)
        return CostItem(CostKind.SWITCHING, contract.id, NOTHING, how, basis)
    return _stated(CostKind.SWITCHING, contract.id, None, basis)


def _termination(ground: Ground, contract: Contract, timed: Timing) -> CostItem:
    basis = ground.basis(f"{contract.id}.termination_fee", contract.id)
    kind, fee = CostKind.TERMINATION, contract.termination_fee
    done = ground.after(timed.whole.seconds)
    if contract.ends is not None and done is not None and contract.ends <= done:
        how = say("none: it ends by itself on {day}, before we are out", day=contract.ends)
        return CostItem(kind, contract.id, NOTHING, how, basis)
    if fee is not None:
        return _stated(kind, contract.id, fee, basis)
    if contract.ends is None or contract.annual_cost is None or done is None:
        return _stated(kind, contract.id, None, basis)
    days = (contract.ends - done).days
    rest = contract.annual_cost * days / 365
    how = say(
        "not stated; at most what is left of the term: {days} at {cost} a year",
        days=Count(days, "day", "days"),
        cost=Money(contract.annual_cost),
    )
    return CostItem(kind, contract.id, Range(0.0, rest, rest), how, basis, open=True)


def _dual_running(
    ground: Ground, contract: Contract, members: tuple[str, ...], timed: Timing
) -> CostItem:
    """Both are paid from the first parallel run of what the contract covers to the last move."""
    kind, yearly = CostKind.DUAL_RUNNING, contract.annual_cost
    basis = ground.basis(f"{contract.id}.annual_cost", contract.id)
    covered = [name for name in members if name in contract.covers]
    first = [timed.phase(PhaseKind.PARALLEL_RUN, name) for name in covered]
    last = [timed.phase(PhaseKind.CUT_OVER, name) for name in covered]
    lasts = max(p.end for p in last) - min(p.start for p in first)
    stated = all(phase.stated for phase in (*first, *last))
    if yearly is None or not lasts:
        if yearly is not None and stated:
            return CostItem(kind, contract.id, NOTHING, say("no time side by side"), basis)
        return _stated(kind, contract.id, None, basis)
    amount = yearly * lasts / (365 * DAY)
    how = say(
        "{lasts} of {cost} a year, paid while the new one runs too",
        lasts=Seconds(lasts),
        cost=Money(yearly),
    )
    return CostItem(kind, contract.id, Range(amount, amount, amount), how, basis, open=not stated)
