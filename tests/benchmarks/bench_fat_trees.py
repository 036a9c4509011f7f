"""Fat trees of data centres: exact answers against the closed form, with time and memory.

As in Zhai, Chen, Wolinsky and Ford, "Heading off correlated failures through Independence-as-a-
Service", OSDI 2014: every device can fail; a replica needs its server, its top-of-rack switch, and
one of its pod's aggregation switches together with one of that switch's core switches.
"""

import resource
import time

import pytest

from riskmap.analysis.exact.formula import Formulas
from riskmap.analysis.exact.quantify import importance, probability
from riskmap.analysis.exact.solution import solve


def fat_tree(ports: int, pods: int) -> tuple[Formulas, int]:
    """Write down when all replicas, one in each pod, are lost."""
    formulas, half = Formulas(), ports // 2
    replicas = []
    for pod in range(pods):
        ways = []
        for group in range(half):
            cores = [formulas.variable(f"core-{group}-{core}") for core in range(half)]
            switch = formulas.variable(f"aggregation-{pod}-{group}")
            ways.append(formulas.any_of([switch, formulas.all_of(cores)]))
        alone = [formulas.variable(f"server-{pod}"), formulas.variable(f"rack-{pod}")]
        replicas.append(formulas.any_of([*alone, formulas.all_of(ways)]))
    return formulas, formulas.all_of(replicas)


@pytest.mark.parametrize("pods", [1, 2, 3, 5])
@pytest.mark.parametrize("ports", [16, 24, 48])
def test_fat_tree(ports: int, pods: int) -> None:
    start = time.process_time()
    solution = solve(*fat_tree(ports, pods))
    count = solution.count
    counted = time.process_time() - start
    half = ports // 2
    assert count == (3**pods - 2**pods - 1) * (2**half - 1) + 2**pods + 2**half
    p = dict.fromkeys(solution.variables, 0.01)
    start = time.process_time()
    chance = probability(solution, p)
    once = time.process_time() - start
    start = time.process_time()
    importance(solution, p)
    all_factors = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"\nfat tree {ports:2} ports, {pods} pods: {len(solution.variables):4} devices,"
        f" {count:17,} minimal cut sets in {counted:.3f} s CPU; probability {chance:.6e}"
        f" {once:.3f} s, importance {all_factors:.3f} s; peak {memory} MB",
        end="",
    )
