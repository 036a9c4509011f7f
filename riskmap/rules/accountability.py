"""Who could repair something, and by which chain of contracts we could make them.

Rank 1 is a party to a contract of ours that covers the element, rank n its nth subcontractor
(DORA, template B_05.02); an element that nobody in the chain contracted has no rank. Only what the
model states counts: a subcontract that nobody wrote down does not exist.
"""

from dataclasses import dataclass
from datetime import date

from riskmap.model import Contract, Element, Model, Provider, Service, ThirdParty, iter_needs


@dataclass(frozen=True, slots=True)
class Accountability:
    """Where one element stands in our chain of contracts.

    Attributes
    ----------
    party : str or None
        Id of the organisation that could repair it; None when it is our own or unknown.
    own : bool
        Whether we run it ourselves.
    rank : int or None
        Supply chain rank; None when no chain of contracts leads there.
    chain : tuple of str
        Ids of our contract and then of the parties on the way.
    payable : float
        The most our contract would pay for one outage, in the model's currency; zero when no
        contract of ours covers the element itself.
    """

    element: str
    party: str | None
    own: bool
    rank: int | None
    chain: tuple[str, ...] = ()
    payable: float = 0.0


def in_force(contract: Contract, today: date) -> bool:
    """Tell whether a contract binds anybody on this day; missing dates do not end it."""
    started = contract.starts is None or contract.starts <= today
    return started and (contract.ends is None or today <= contract.ends)


def states_payment(model: Model, stands: Accountability) -> bool:
    """Tell whether the contract that leads to an element says, in the model, what it would pay.

    Where it does not, it counts as paying nothing, which is no statement about the contract.
    """
    if not stands.chain:
        return False
    contract = model.entry(stands.chain[0])
    assert isinstance(contract, Contract)
    return contract.credits is not None or contract.liability_cap is not None


def accountability(model: Model, today: date) -> dict[str, Accountability]:
    """Return where every service, third party and provider stands, by id."""
    chains, payable = _followed(model, today)
    found: dict[str, Accountability] = {}
    for entry in model.elements():
        if not isinstance(entry, Service | ThirdParty | Provider):
            continue
        own = isinstance(entry, Service) and entry.provider is None
        ranked = chains.get(entry.id)
        found[entry.id] = Accountability(
            entry.id,
            model.provider_of(entry.id),
            own,
            ranked[0] if ranked else None,
            ranked[1] if ranked else (),
            payable.get(entry.id, 0.0) if ranked else 0.0,
        )
    return found


def _followed(
    model: Model, today: date
) -> tuple[dict[str, tuple[int, tuple[str, ...]]], dict[str, float]]:
    """Follow every contract in force: the best rank with its chain, and the most payable."""
    chains: dict[str, tuple[int, tuple[str, ...]]] = {}
    payable: dict[str, float] = {}
    queue: list[str] = []
    for contract in model.contracts:
        if not in_force(contract, today):
            continue
        amount = (contract.credits or 0.0) + (contract.liability_cap or 0.0)
        for element in (*contract.covers, contract.provider):
            payable[element] = max(payable.get(element, 0.0), amount)
            if element not in chains:
                chains[element] = (1, (contract.id,))
                queue.append(element)
    for name in queue:
        rank, chain = chains[name]
        provider = model.provider_of(name)
        for need in _below(model.element(name)):
            step = _step(model, provider, need, rank, chain)
            if step is None:
                continue
            amount = payable.get(name, 0.0) if step[0] == rank else 0.0
            closer = need not in chains or step[0] < chains[need][0]
            if closer:
                chains[need] = step
            if closer or amount > payable.get(need, 0.0):
                payable[need] = max(payable.get(need, 0.0), amount)
                queue.append(need)
    return chains, payable


def _below(element: Element) -> list[str]:
    """Return what an element hangs on by itself: its needs, and the owner of an organisation."""
    found = {need.target for need in iter_needs(element.needs)}
    if isinstance(element, Provider) and element.parent is not None:
        found.add(element.parent)
    return sorted(found)


def _owns(model: Model, owner: str, provider: str) -> bool:
    entry = model.element(provider)
    return isinstance(entry, Provider) and entry.parent == owner


def _step(
    model: Model, provider: str | None, need: str, rank: int, chain: tuple[str, ...]
) -> tuple[int, tuple[str, ...]] | None:
    """Follow one need: the same party answers for its own parts, a subcontractor ranks lower."""
    if provider is None:
        return None
    element = model.element(need)
    if model.provider_of(need) == provider:
        return rank, chain
    if isinstance(element, Provider) and _owns(model, need, provider):
        return rank + 1, (*chain, provider)
    contracted = getattr(element, "contracted_by", ())
    return (rank + 1, (*chain, provider)) if provider in contracted else None
