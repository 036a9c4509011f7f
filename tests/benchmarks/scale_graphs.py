"""Large random graphs as arrays, and one measurement of them per process.

Run by ``test_scale.py``; by hand: ``python tests/benchmarks/scale_graphs.py layered 1e6``.
"""

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from riskmap.analysis.scale.graph import Graph, Integers
from riskmap.analysis.scale.network import Network
from riskmap.analysis.scale.pairs import count_pairs
from riskmap.analysis.scale.singles import single_rows, singles

TOPS = 100
NEEDS = 2.85
"""Needs per element, 30% of them pairs of which one suffices: 3.7 elements needed by each."""


def layered(count: int, layers: int = 12, needs: float = NEEDS, pairs: float = 0.3) -> Graph:
    """Elements in layers, 100 functions in the first, all needing elements of the next layer."""
    chance = np.random.default_rng(1)
    layer = [TOPS] + [(count - TOPS) // (layers - 1)] * (layers - 1)
    begins = np.concatenate(([0], np.cumsum(layer)))
    source = np.repeat(np.arange(begins[-2]), chance.poisson(needs, begins[-2]))
    at = np.searchsorted(begins, source, side="right") - 1
    targets = (chance.integers(begins[at + 1], begins[at + 2]) for _ in range(2))
    return _graph(int(begins[-1]), source, *targets, chance.random(len(source)) < pairs)


def cycle(count: int, pairs: float) -> Graph:
    """Elements of which nine in ten need each other in one large cycle, one in ten is below it."""
    chance = np.random.default_rng(1)
    source = np.repeat(np.arange(count), chance.poisson(NEEDS, count))
    inside = int(count * 0.954)  # some of which nothing needs, or need nothing

    def target() -> Integers:
        found = chance.integers(TOPS, inside, len(source))
        below = np.minimum(count - 1, source + 1 + chance.integers(0, count // 10, len(source)))
        leaves = (chance.random(len(source)) < 0.08) & (source < inside)
        found[leaves] = chance.integers(inside, count, int(leaves.sum()))
        return np.where(source < inside, found, below)

    return _graph(count, source, target(), target(), chance.random(len(source)) < pairs)


def _graph(count: int, source: Integers, one: Integers, other: Integers, gate: np.ndarray) -> Graph:
    """Return a graph with a vertex for each element, then one for each pair."""
    gates = count + np.arange(int(gate.sum()))
    begin = np.concatenate((source[~gate], source[gate], gates, gates))
    end = np.concatenate((one[~gate], gates, one[gate], other[gate]))
    whole = count + len(gates)
    pointer = np.zeros(whole + 1, np.int64)
    np.cumsum(np.bincount(begin, minlength=whole), out=pointer[1:])
    member = end[np.argsort(begin, kind="stable")].astype(np.int32)
    need = np.where(np.arange(whole) < count, 1, 2)
    return Graph(pointer, member, need, need == 1, np.zeros(whole, np.bool_))


def as_network(graph: Graph) -> Network:
    """Return a graph as the lists that a structure becomes."""
    network = graph.network(np.arange(len(graph)), np.zeros(0, np.int64))
    network.labels = [f"e{v}" if basic else None for v, basic in enumerate(graph.basic.tolist())]
    network.place = {f"e{top}": top for top in range(TOPS)}
    return network


def task(kind: str, count: int, option: float) -> Callable[[], int]:
    """Return what is to be measured; it returns how many cut sets there are."""
    if kind == "cycle":
        network = as_network(cycle(count, option))
        return lambda: sum(map(len, singles(network, network.place).values()))
    if kind == "pairs":
        network = as_network(layered(count, needs=option or NEEDS))
        return lambda: sum(count_pairs(network, network.place).values())
    if kind == "dense":
        network = as_network(layered(count, 30, 6 / 1.3))
        return lambda: sum(map(len, singles(network, network.place).values()))
    graph = layered(count, needs=option or NEEDS)
    return lambda: sum(map(len, single_rows(graph, np.arange(TOPS))))


def most_memory() -> int:
    """Return the most memory this program has held, in KiB.

    What ``getrusage`` says is at least what the process held that started this one, so Linux is
    asked for the high-water mark since the program began.
    """
    status = Path("/proc/self/status")
    if not status.is_file():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1])


def main(kind: str, count: str, option: str = "0", runs: str = "3") -> None:
    """Print the figures of one measurement as JSON."""
    work = task(kind, int(float(count)), float(option))
    peak = most_memory()
    clock, cpu, found = [], [], 0
    for _ in range(int(runs)):
        wall, used = time.perf_counter(), time.process_time()
        found = work()
        clock.append(time.perf_counter() - wall)
        cpu.append(time.process_time() - used)
    figures = {
        "seconds": statistics.median(clock),
        "cpu": statistics.median(cpu),
        "loaded_mb": peak / 1024,
        "peak_mb": most_memory() / 1024,
        "found": found,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main(*sys.argv[1:])
