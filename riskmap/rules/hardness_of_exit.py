"""Which services are hard to replace and matter: for rules on exit plans and alternatives."""

from collections.abc import Iterator

from riskmap.model import Criticality, Market, Service, Substitutability
from riskmap.rules.leaving.sets import ExitSet
from riskmap.rules.results import Results

HARD = frozenset({Substitutability.NOT_SUBSTITUTABLE, Substitutability.HIGHLY_COMPLEX})


def hard_to_replace(results: Results) -> Iterator[tuple[Service, tuple[str, ...]]]:
    """Yield services of providers that are hard to replace, with the functions that need them.

    Hard means so stated (DORA B_07.01: not substitutable, or highly complex), or proprietary where
    nobody stated it; under a strict policy also whatever nobody stated. Only functions that are
    critical or important count, and those whose criticality nobody stated.
    """
    for name in results.exit_sets:
        entry = results.model.entry(name)
        assert isinstance(entry, Service)
        users = tuple(
            top
            for top in results.structure.tops
            if name in results.closures[top]
            and results.functions[top].criticality is not Criticality.NORMAL
        )
        if users and is_hard(results, entry):
            yield entry, users


def is_hard(results: Results, service: Service) -> bool:
    """Tell whether a service counts as hard to replace."""
    stated = service.exit.substitutability if service.exit is not None else None
    if stated is not None:
        return stated in HARD
    return service.market is Market.PROPRIETARY or (
        results.policy.strict and service.market is None
    )


def facts_of(leaving: ExitSet) -> tuple[str, ...]:
    """Name the facts that say how hard a service is to replace."""
    name = leaving.service
    return (name, f"{name}.exit", f"{name}.market")
