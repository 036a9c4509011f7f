"""Published fault trees: minimal cut sets of all orders and probabilities as published.

Written down here from the publications in a notation of our own: one gate a line, ``gate: or|and|k
children``, where a number asks for at least so many of the children; the first gate is the top.
"""

import math
from collections.abc import Mapping
from itertools import pairwise

import pytest

from riskmap.analysis.exact.formula import TRUE, Formulas
from riskmap.analysis.exact.listing import cut_sets
from riskmap.analysis.exact.quantify import importance, probability, rare_event
from riskmap.analysis.exact.solution import Solution, solve


def tree(text: str, certain: str = "") -> Solution:
    """Solve a tree; events named in ``certain`` are known to have happened."""
    lines = [line.split() for line in text.strip().splitlines()]
    gates = {line[0].rstrip(":"): (line[1], line[2:]) for line in lines}
    formulas = Formulas()
    known = dict.fromkeys(certain.split(), TRUE)

    def found(name: str) -> int:
        if name not in known:
            if name not in gates:
                known[name] = formulas.variable(name)
            else:
                kind, names = gates[name]
                children = [found(child) for child in names]
                least = {"or": 1, "and": len(children)}.get(kind) or int(kind)
                known[name] = formulas.at_least(least, children)
        return known[name]

    return solve(formulas, found(next(iter(gates))))


def sets(solution: Solution) -> set[str]:
    return {" ".join(members) for members, _ in cut_sets(solution)}


def same(solution: Solution, chance: float) -> Mapping[str, float]:
    return dict.fromkeys(solution.variables, chance)


def test_pressure_tank() -> None:
    """Vesely, Goldberg, Roberts and Haasl, Fault Tree Handbook, NUREG-0492 (1981), chapter VIII."""
    solution = tree(
        """
        e1: or T e2
        e2: or K2 e3
        e3: and S e4
        e4: or S1 e5
        e5: or K1 R
        """
    )
    assert sets(solution) == {"K2", "T", "S S1", "K1 S", "R S"}
    assert solution.by_order == (2, 3)


@pytest.mark.parametrize("r", [0.1, 0.5, 0.9, 0.999])
def test_bridge(r: float) -> None:
    """Rausand and Hoyland, System Reliability Theory (2nd ed. 2004), the bridge structure.

    With components of one reliability r: 2r^2 + 2r^3 - 5r^4 + 2r^5.
    """
    solution = tree(
        """
        top: and a b c d
        a: or 1 4
        b: or 2 5
        c: or 1 3 5
        d: or 2 3 4
        """
    )
    assert sets(solution) == {"1 2", "4 5", "1 3 5", "2 3 4"}
    works = 2 * r**2 + 2 * r**3 - 5 * r**4 + 2 * r**5
    assert probability(solution, same(solution, 1 - r)) == pytest.approx(1 - works, rel=1e-12)


def test_two_trains_that_share_an_event() -> None:
    """Lecture 8 of NE 574, Risk Analysis, University of Wisconsin-Madison; the seven sets and
    0.662208 are what SCRAM's tests expect (rakhimov/scram, tests/bench_ne574_tests.cc)."""
    solution = tree(
        """
        system: and one two
        one: or a B C
        a: or F G
        two: or C D e
        e: and H I
        """
    )
    assert sets(solution) == {"C", "D F", "D G", "B D", "F H I", "G H I", "B H I"}
    p = {"B": 0.1, "C": 0.3, "D": 0.5, "F": 0.7, "G": 0.2, "H": 0.4, "I": 0.8}
    assert probability(solution, p) == pytest.approx(0.662208, abs=1e-9)


def test_operating_theatre() -> None:
    """The theatre example of OpenFTA: loss of the mains, and of the generator or its relay."""
    solution = tree("theatre: and mains g\n g: or generator relay")
    assert sets(solution) == {"generator mains", "mains relay"}
    p = {"mains": 0.03, "generator": 0.02, "relay": 0.05}
    assert probability(solution, p) == pytest.approx(0.03 * (1 - 0.98 * 0.95), rel=1e-12)
    assert rare_event(solution, p) == pytest.approx(0.03 * 0.02 + 0.03 * 0.05, rel=1e-12)


def test_three_motors() -> None:
    """The three motor example of OpenFTA; its twelve sets and 0.0211538 are what SCRAM's tests
    expect (rakhimov/scram, tests/bench_three_motor_tests.cc), three relays being closed."""
    solution = tree(
        """
        e1: and e2 e3
        e2: or K5 e4
        e4: and x1 e6
        e6: or T2 K5
        e3: or K2 e5
        e5: or T1 e8
        e8: or K1 e9
        e9: or e10 e11
        e10: and KT1 KT3 e12
        e12: or KT2 T4
        e11: or S1 T3
        x1: or K1 x2
        x2: or x3 x4
        x4: or S1 T1inc
        x3: and x5 x6 x7
        x5: or KT1inc T2inc
        x6: or KT2inc T3inc
        x7: or KT3inc T4inc
        """,
        certain="KT1 KT2 KT3",
    )
    assert solution.by_order == (1, 3, 0, 8)
    assert {"K5", "S1 T2", "K1 T2", "T1inc T2", "T2 T2inc T3inc T4inc"} <= sets(solution)
    assert len(solution.variables) == 11
    assert probability(solution, same(solution, 0.02)) == pytest.approx(0.0211538, abs=5e-8)


def test_lift_door() -> None:
    """The lift example of OpenFTA: of its fourteen events twelve are single points of failure,
    the other two take part in no minimal cut set."""
    solution = tree(
        """
        door: or open motion refuses or1
        open: or LMD_1 DPD_1 and1 slow
        and1: and DM_1 DPD_1
        slow: or PS_1 hindered
        hindered: or DOD_1 D_1
        motion: or DMS_2 and2 and3
        and2: and uncommanded detector
        uncommanded: or W_1 CP_1 DMS_2
        detector: and LMD_1 LMD_1_1
        and3: and CP_1 detector
        refuses: or CP_1 LMD_2 LPD_1 motor
        motor: or DM_1 PS_1
        or1: or DOD_1 DOD_2 DMS_1
        """
    )
    assert solution.by_order == (12,)
    assert len(solution.variables) == 12
    assert probability(solution, same(solution, 1e-6)) == pytest.approx(1.19999e-5, abs=5e-11)


def test_high_integrity_pressure_protection() -> None:
    """The HIPPS example of XFTA: six sets of order one and three of order two, as SCRAM's tests
    expect (rakhimov/scram, tests/bench_hipps_tests.cc)."""
    solution = tree(
        """
        top: or sensors logic well1 well2
        sensors: or common two
        two: 2 psh1 psh2 psh3
        well1: or sv1 sdv1
        well2: or sv2 sdv2
        """
    )
    assert solution.by_order == (6, 3)


@pytest.mark.parametrize(("k", "n"), [(1, 4), (2, 3), (3, 5), (4, 8), (20, 40), (50, 100)])
def test_k_of_n(k: int, n: int) -> None:
    """Barlow and Proschan, Statistical Theory of Reliability and Life Testing (1975), chapter 1:
    binomial(n, k) sets when k failures are enough, and the binomial distribution's tail."""
    solution = tree(f"top: {k} " + " ".join(f"e{number:03}" for number in range(n)))
    assert solution.by_order == (*[0] * (k - 1), math.comb(n, k))
    q = 0.2
    tail = math.fsum(math.comb(n, i) * q**i * (1 - q) ** (n - i) for i in range(k, n + 1))
    assert probability(solution, same(solution, q)) == pytest.approx(tail, rel=1e-9)


@pytest.mark.parametrize("n", [2, 5, 20, 300])
def test_consecutive_two_of_n(n: int) -> None:
    """Derman, Lieberman and Ross, "On the consecutive-k-of-n:F system", IEEE Transactions on
    Reliability R-31 (1982): it works with probability sum C(n - j + 1, j) p^(n - j) q^j."""
    names = [f"e{number:03}" for number in range(n)]
    pairs = [f"g{a}: and {a} {b}" for a, b in pairwise(names)]
    solution = tree("top: or " + " ".join(f"g{a}" for a in names[:-1]) + "\n" + "\n".join(pairs))
    assert solution.by_order == (0, n - 1)
    q = 0.1
    works = math.fsum(
        math.comb(n - j + 1, j) * (1 - q) ** (n - j) * q**j for j in range((n + 1) // 2 + 1)
    )
    assert probability(solution, same(solution, q)) == pytest.approx(1 - works, rel=1e-9)
    assert len(importance(solution, same(solution, q))) == n


@pytest.mark.parametrize("pods", [1, 2, 3, 5])
@pytest.mark.parametrize("half", [2, 4, 8, 12])
def test_fat_trees(half: int, pods: int) -> None:
    """Replicas in the fat trees of Zhai et al., "Heading off correlated failures through
    Independence-as-a-Service", OSDI 2014; h = ports / 2, n replicas in as many pods:
    (3^n - 2^n - 1)(2^h - 1) + 2^n + 2^h minimal cut sets."""
    lines = ["top: and " + " ".join(f"replica{pod}" for pod in range(pods))]
    for pod in range(pods):
        ways = " ".join(f"way{pod}-{group}" for group in range(half))
        lines += [f"replica{pod}: or server{pod} rack{pod} paths{pod}", f"paths{pod}: and {ways}"]
        lines += [f"way{pod}-{g}: or aggregation{pod}-{g} cores{g}" for g in range(half)]
    for group in range(half):
        cores = " ".join(f"core{group}-{core}" for core in range(half))
        lines.append(f"cores{group}: and {cores}")
    found = tree("\n".join(lines)).count
    assert found == (3**pods - 2**pods - 1) * (2**half - 1) + 2**pods + 2**half
