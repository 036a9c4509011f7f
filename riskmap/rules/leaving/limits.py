"""What an exit is held against: notices, the end of the term, the retrieval window, tolerance."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from riskmap.model import Contract, Openness
from riskmap.rules.leaving.ground import DAY, Ground, Length, seconds_of
from riskmap.rules.leaving.law import RETRIEVAL_DAYS
from riskmap.rules.leaving.phases import Timing, transfer_seconds
from riskmap.rules.statement import Money, Ref, Seconds, Statement, say


class LimitKind(StrEnum):
    """What an exit must fit into."""

    OUR_NOTICE = "our-notice"
    PROVIDER_NOTICE = "provider-notice"
    REMAINING_TERM = "remaining-term"
    RETRIEVAL = "retrieval"
    TOLERANCE = "tolerance"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One limit against what is needed.

    Attributes
    ----------
    subject : str
        Id of the contract, the service or the function whose limit it is.
    limit : float or None
        Seconds; None when nobody stated it.
    needed : Length
    fits : bool or None
        None when what is stated does not decide it.
    """

    kind: LimitKind
    subject: str
    limit: float | None
    needed: Length
    fits: bool | None

    @property
    def short_by(self) -> float:
        """Seconds by which the limit is too short for certain, zero when it is not."""
        return max(0.0, self.needed.seconds - self.limit) if self.limit is not None else 0.0


@dataclass(frozen=True, slots=True)
class ContractStep:
    """Something to do under a contract, and the last day for it where there is one."""

    contract: str
    action: Statement
    by: date | None = None
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause to ask for, and the rule it follows."""

    subject: str
    text: Statement
    source: str


@dataclass(frozen=True, slots=True)
class DataReturn:
    """How the data of one service comes back.

    Attributes
    ----------
    volume : float or None
        Bytes.
    bandwidth : float or None
        Bits a second.
    takes, window : float or None
        Seconds; None when not stated.
    fits : bool or None
        None when what is stated does not decide it.
    """

    service: str
    volume: float | None
    bandwidth: float | None
    takes: float | None
    window: float | None
    fits: bool | None
    data_format: str | None
    openness: Openness | None


def comparisons(ground: Ground, members: tuple[str, ...], timed: Timing) -> tuple[Comparison, ...]:
    """Hold an exit against every limit, contracts first."""
    found = []
    for contract in ground.contracts(members):
        for kind, limit in limits_of(ground, contract):
            found.append(_compared(kind, contract.id, limit, timed.move))
    for name in members:
        back = data_return(ground, name)
        if back.volume != 0:
            needed = Length(back.takes or 0.0, back.takes is None)
            found.append(_compared(LimitKind.RETRIEVAL, name, back.window, needed))
    for function in ground.model.functions:
        if ground.users[function.id] & set(members):
            limit = seconds_of(function.objectives.mtd)
            found.append(_compared(LimitKind.TOLERANCE, function.id, limit, timed.move))
    return tuple(found)


def _compared(kind: LimitKind, subject: str, limit: float | None, needed: Length) -> Comparison:
    return Comparison(kind, subject, limit, needed, needed.within(limit))


def limits_of(ground: Ground, contract: Contract) -> Iterator[tuple[LimitKind, float | None]]:
    """Yield how long a contract lasts from today, by who ends it; None where nobody stated it."""
    yield LimitKind.OUR_NOTICE, seconds_of(contract.notice)
    yield LimitKind.PROVIDER_NOTICE, seconds_of(contract.provider_notice)
    if contract.ends is not None:
        yield LimitKind.REMAINING_TERM, (contract.ends - ground.today).days * DAY


def data_return(ground: Ground, name: str) -> DataReturn:
    """Return how the data of a service comes back."""
    facts = ground.facts(name)
    takes, window = transfer_seconds(facts), seconds_of(facts.retrieval)
    fits = True if takes == 0 else None if takes is None or window is None else takes <= window
    return DataReturn(
        name,
        facts.data,
        facts.bandwidth,
        takes,
        window,
        fits,
        facts.data_format,
        facts.openness,
    )


def contract_steps(
    ground: Ground, members: tuple[str, ...], timed: Timing
) -> tuple[ContractStep, ...]:
    """Return what to do under each contract, in order."""
    found: list[ContractStep] = []
    for contract in ground.contracts(members):
        other = Ref(contract.provider)
        if contract.notice is None:
            action = say("find out how long before leaving {other} must be told", other=other)
            found.append(ContractStep(contract.id, action))
        else:
            action = say(
                "give {other} notice; it runs for {notice}", other=other, notice=contract.notice
            )
            by, overdue = _last_day(ground, contract, contract.notice)
            found.append(ContractStep(contract.id, action, by, overdue))
        fee = contract.termination_fee
        done = ground.after(timed.whole.seconds)
        early = contract.ends is None or done is None or done < contract.ends
        if fee is not None and fee.high and early:
            action = say(
                "pay or contest the fee of {fee} for ending it early", fee=Money(fee.likely)
            )
            found.append(ContractStep(contract.id, action))
        left = sorted(set(contract.covers) - set(members))
        if left:
            action = say("keep what it covers besides, or end it for that too")
            found.append(ContractStep(contract.id, action))
    return tuple(found)


def _last_day(ground: Ground, contract: Contract, notice: timedelta) -> tuple[date | None, bool]:
    """Return the last day for a notice that takes effect at the end of the term."""
    if contract.ends is None:
        return None, False
    try:
        by = contract.ends - notice
    except OverflowError:
        return None, True
    return by, by < ground.today


def clauses_to_ask_for(
    ground: Ground, members: tuple[str, ...], compared: tuple[Comparison, ...]
) -> tuple[Clause, ...]:
    """Return what to ask for at the next negotiation, from what is missing or too short."""
    found: list[Clause] = []
    for item in compared:
        needed = Seconds(item.needed.seconds)
        if item.kind is LimitKind.PROVIDER_NOTICE and item.fits is not True:
            text = "the provider may leave no sooner than we can: at least {needed} of notice"
            if item.needed.unknown:
                text = "a notice by the provider that is as long as our move"
            found.append(
                Clause(item.subject, say(text, needed=needed), "DORA Art. 30(2)(h) and 30(3)(f)")
            )
        if item.kind is LimitKind.RETRIEVAL and item.fits is not True:
            least = max(RETRIEVAL_DAYS * DAY, item.needed.seconds)
            text = "all data of {service} can be fetched for at least {least} after the end"
            statement = say(text, service=Ref(item.subject), least=Seconds(least))
            source = "EU Data Act Art. 25(2)(g); DORA Art. 30(2)(d)"
            found.append(Clause(item.subject, statement, source))
    for name in members:
        bought = ground.service(name).provider is not None
        if bought and ground.facts(name).openness is not Openness.OPEN:
            text = "the data of {service} comes back complete, in a format that others can read"
            source = "EU Data Act Art. 30(5); DORA Art. 30(2)(d)"
            found.append(Clause(name, say(text, service=Ref(name)), source))
    for contract in ground.contracts(members):
        found.extend(_contract_clauses(contract))
    return tuple(found)


def _contract_clauses(contract: Contract) -> Iterator[Clause]:
    if contract.notice is None:
        yield Clause(
            contract.id, say("how long before leaving we must say so"), "DORA Art. 30(2)(h)"
        )
    if contract.termination_fee is None:
        text = say("what ending it early costs, or that it costs nothing")
        yield Clause(contract.id, text, "EU Data Act Art. 29(4)")
    if contract.switching_charges is None:
        text = say("what the move is charged, at most what it costs the provider")
        yield Clause(contract.id, text, "EU Data Act Art. 29(1)-(3)")
