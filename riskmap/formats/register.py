"""The register of dependencies without a contract: what functions need and nobody owes us.

Whatever the policy lets run: a register is kept in full, whether or not RM301 reports it.
"""

from dataclasses import dataclass

from riskmap.model import Service, Severity, ThirdParty
from riskmap.rules.results import Results
from riskmap.rules.support import by_weight, felt, judge, uncontracted, worst


@dataclass(frozen=True, slots=True)
class Unowed:
    """One dependency that no chain of contracts reaches.

    Attributes
    ----------
    functions : tuple of str
        Ids of the functions that need it, the one it hurts most first.
    path : tuple of str
        Ids from the first of these down to it, a shortest way.
    severity : Severity
        How much its failure matters.
    """

    element: Service | ThirdParty
    functions: tuple[str, ...]
    path: tuple[str, ...]
    severity: Severity


def register(results: Results) -> tuple[Unowed, ...]:
    """Return the register, the most severe first, then by id."""
    found = []
    for element, users in uncontracted(results):
        impacts = felt(results, users, (element.id,))
        heaviest = worst(results, impacts)
        severity = Severity.LOW if heaviest is None else judge(results, heaviest)[0]
        first = by_weight(results, impacts)
        functions = (*first, *(name for name in users if name not in first))
        path = results.paths[functions[0]][element.id]
        found.append(Unowed(element, functions, path, severity))
    return tuple(sorted(found, key=lambda item: (-item.severity.rank, item.element.id)))
