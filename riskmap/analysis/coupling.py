"""What must move together: closures over ties that cannot be cut."""

from collections.abc import Iterable, Mapping


def closure(ties: Mapping[str, Iterable[str]], start: str) -> dict[str, tuple[str, ...]]:
    """Return everything tied to ``start``, directly or through others, with a shortest chain.

    Parameters
    ----------
    ties : mapping of str to iterable of str
        What each thing drags along.

    Returns
    -------
    dict of str to tuple of str
        Each thing reached, ``start`` included, with the chain that leads to it.
    """
    chains: dict[str, tuple[str, ...]] = {start: (start,)}
    queue = [start]
    for name in queue:
        for target in sorted(ties.get(name, ())):
            if target not in chains:
                chains[target] = (*chains[name], target)
                queue.append(target)
    return chains
