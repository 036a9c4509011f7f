"""Strongly connected components: what needs each other, in an order that can be worked through."""

from collections.abc import Sequence


def components(members: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the strongly connected components, members before what looks at them.

    Tarjan (1972), without recursion; linear in vertices and edges.
    """
    number = [0] * len(members)
    low = [0] * len(members)
    found: list[list[int]] = []
    stack: list[int] = []
    count = 0
    for root in range(len(members)):
        if number[root]:
            continue
        count += 1
        number[root] = low[root] = count
        stack.append(root)
        path = [(root, iter(members[root]))]
        while path:
            vertex, rest = path[-1]
            for target in rest:
                if not number[target]:
                    count += 1
                    number[target] = low[target] = count
                    stack.append(target)
                    path.append((target, iter(members[target])))
                    break
                if low[target] < low[vertex]:  # noqa: PLR1730 - a call for each edge is slow
                    low[vertex] = low[target]
            else:
                path.pop()
                if path and low[vertex] < low[path[-1][0]]:
                    low[path[-1][0]] = low[vertex]
                if low[vertex] == number[vertex]:
                    found.append(_cut(stack, vertex))
                    for member in found[-1]:
                        low[member] = len(members) + 1
    return found


def _cut(stack: list[int], vertex: int) -> list[int]:
    """Take off a stack what lies from a vertex upwards."""
    place = len(stack) - 1
    while stack[place] != vertex:
        place -= 1
    taken = stack[place:]
    del stack[place:]
    return taken
