"""Exit sets: what must move together with a service."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from riskmap.analysis.coupling import Tie, closure
from riskmap.model import Coupling, Market, Model, Service, Strength


@dataclass(frozen=True, slots=True)
class ExitSet:
    """What must move together with one service.

    Attributes
    ----------
    chains : mapping of str to tuple of str
        Each service of the set with the couplings that lead to it.
    holders : tuple of str
        Proprietary services of the set other than the service itself, sorted.
    """

    service: str
    chains: Mapping[str, tuple[str, ...]]
    holders: tuple[str, ...]

    @property
    def members(self) -> tuple[str, ...]:
        """Every service of the set, sorted."""
        return tuple(sorted(self.chains))


def strong(service: Service) -> tuple[Coupling, ...]:
    """Return the couplings of a service that force others to move."""
    return tuple(tie for tie in service.coupled_to if tie.strength is Strength.STRONG)


def exit_sets(model: Model) -> dict[str, ExitSet]:
    """Return what must move with each service that has a provider, by service."""
    ties = _targets(model)
    return {
        service.id: _exit_set(model, ties, service.id)
        for service in model.services
        if service.provider is not None
    }


def exit_set_without(model: Model, service: str, cuts: Iterable[Tie]) -> ExitSet:
    """Return what would still have to move with a service once some ties are cut."""
    gone = frozenset(cuts)
    ties = {
        name: [target for target in targets if (name, target) not in gone]
        for name, targets in _targets(model).items()
    }
    return _exit_set(model, ties, service)


def _targets(model: Model) -> dict[str, list[str]]:
    return {service.id: [tie.service for tie in strong(service)] for service in model.services}


def _exit_set(model: Model, ties: Mapping[str, Iterable[str]], service: str) -> ExitSet:
    chains = closure(ties, service)
    holders = (name for name in sorted(chains) if name != service and _proprietary(model, name))
    return ExitSet(service, chains, tuple(holders))


def _proprietary(model: Model, service: str) -> bool:
    entry = model.entry(service)
    return isinstance(entry, Service) and entry.market is Market.PROPRIETARY
