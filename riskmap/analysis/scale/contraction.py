"""Cycles of a network merged where they can be."""

from riskmap.analysis.components import components
from riskmap.analysis.scale.network import Network


def contract(network: Network) -> Network:
    """Merge vertices that hold together because each is an OR that the other is a member of.

    What is left of a cycle leads through an AND, or a vote. Returns the network itself where there
    is nothing to merge; linear.
    """
    classes = _classes(network)
    if not classes:
        return network
    merged = Network()
    new = [-1] * len(network)
    for together in classes:
        vertex = merged.add(1)
        for old in together:
            new[old] = vertex
    single = [old for old in range(len(network)) if new[old] < 0]
    for old in single:
        new[old] = merged.add(network.need[old], (), network.labels[old])
    for together in classes:
        vertex = new[together[0]]
        found = {new[m]: None for old in together for m in network.members[old]}
        found.pop(vertex, None)
        own = [merged.add(1, (), label) for old in together if (label := network.labels[old])]
        merged.members[vertex] = [*own, *found]
    for old in single:
        merged.members[new[old]] = [new[m] for m in network.members[old]]
    merged.weights = {new[old]: weights for old, weights in network.weights.items()}
    merged.assumed = {new[old] for old in network.assumed}
    merged.place = {name: new[old] for name, old in network.place.items()}
    return merged


def _classes(network: Network) -> list[list[int]]:
    """Return the cycles of ORs alone, as sets of vertices."""
    linked: list[list[int]] = [[] for _ in network.need]
    for component in components(network.members):
        if len(component) > 1:
            inside = set(component)
            for vertex in component:
                if network.need[vertex] == 1 and vertex not in network.weights:
                    linked[vertex] = [m for m in network.members[vertex] if m in inside]
    return [together for together in components(linked) if len(together) > 1]
