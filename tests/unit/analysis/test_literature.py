"""Published fault trees with known minimal cut sets, read through the real loader.

A gate becomes a grouping without a failure of its own; what a fault tree calls OR is a plain list
of needs, AND is ``any_of``. Only orders one and two are compared, since no more is computed.
"""

from pathlib import Path

import pytest

from riskmap.analysis.cutsets import minimal_cut_sets
from riskmap.analysis.translation import structure_of
from tests.support.models import load

PRESSURE_TANK = """
functions:
  tank-holds: {needs: [t, no-overpressure]}
services:
  t:                        # the tank itself
  no-overpressure: {fails_alone: false, needs: [k2, coil-opens]}
  k2:                       # relay K2
  coil-opens: {fails_alone: false, needs: [{any_of: [s, current-stops]}]}
  s:                        # pressure switch
  current-stops: {fails_alone: false, needs: [s1, k1-opens]}
  s1:                       # push button
  k1-opens: {fails_alone: false, needs: [k1, r]}
  k1:                       # relay K1
  r:                        # timer
"""
"""Vesely et al., Fault Tree Handbook, NUREG-0492 (1981), pressure tank example, chapter VIII: with
its reduced tree T + (K2 + S (S1 + (K1 + R))) the minimal cut sets are K2, T, S S1, S K1 and S R."""

BRIDGE = """
functions:
  flow: {needs: [{any_of: [left, right, left-over, right-over]}]}
services:
  left: {fails_alone: false, needs: [c1, c4]}
  right: {fails_alone: false, needs: [c2, c5]}
  left-over: {fails_alone: false, needs: [c1, c3, c5]}
  right-over: {fails_alone: false, needs: [c2, c3, c4]}
  c1:
  c2:
  c3:
  c4:
  c5:
"""
"""The bridge structure, entered by its minimal paths {1, 4}, {2, 5}, {1, 3, 5}, {2, 3, 4}; its
minimal cut sets are {1, 2}, {4, 5}, {1, 3, 5}, {2, 3, 4}. Rausand and Hoyland, System Reliability
Theory, bridge structure."""

THREE_MOTORS = """
functions:
  motor-stops: {needs: [{any_of: [e2, e3]}]}
services:
  e2: {fails_alone: false, needs: [k5, e4]}
  e4: {fails_alone: false, needs: [{any_of: [x1, e6]}]}
  e6: {fails_alone: false, needs: [t2, k5]}
  e3: {fails_alone: false, needs: [k2, e5]}
  e5: {fails_alone: false, needs: [t1, e8]}
  e8: {fails_alone: false, needs: [k1, e9]}
  e9: {fails_alone: false, needs: [e10, e11]}
  e10: {fails_alone: false, needs: [{any_of: [kt1, kt3, e12]}]}
  e12: {fails_alone: false, needs: [kt2, t4]}
  e11: {fails_alone: false, needs: [s1, t3]}
  x1: {fails_alone: false, needs: [k1, x2]}
  x2: {fails_alone: false, needs: [x3, x4]}
  x4: {fails_alone: false, needs: [s1, t1inc]}
  x3: {fails_alone: false, needs: [{any_of: [x5, x6, x7]}]}
  x5: {fails_alone: false, needs: [kt1inc, t2inc]}
  x6: {fails_alone: false, needs: [kt2inc, t3inc]}
  x7: {fails_alone: false, needs: [kt3inc, t4inc]}
  k1:
  k2:
  k5:
  s1:
  t1:
  t2:
  t3:
  t4:
  kt1:
  kt2:
  kt3:
  t1inc:
  t2inc:
  t3inc:
  t4inc:
  kt1inc:
  kt2inc:
  kt3inc:
"""
"""The three motor example of OpenFTA, as in the tests of SCRAM (rakhimov/scram,
input/ThreeMotor/three_motor.xml and its ThreeMotor test): of its 54 minimal cut sets seven are of
order two and none of order one."""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(PRESSURE_TANK, ["k2", "t", "k1 s", "r s", "s s1"], id="pressure-tank"),
        pytest.param(BRIDGE, ["c1 c2", "c4 c5"], id="bridge-by-paths"),
        pytest.param(
            THREE_MOTORS,
            ["k1 k5", "k1 t2", "k2 k5", "k5 s1", "k5 t1", "k5 t3", "s1 t2"],
            id="three-motors",
        ),
    ],
)
def test_minimal_cut_sets_as_published(tmp_path: Path, text: str, expected: list[str]) -> None:
    found = minimal_cut_sets(structure_of(load(tmp_path, text)))
    assert [" ".join(cut_set.members) for cut_set in found] == expected


@pytest.mark.parametrize(("count", "total"), [(1, 3), (2, 3), (3, 3), (3, 4)])
def test_k_of_n_has_the_cut_sets_of_order_n_minus_k_plus_1(
    tmp_path: Path, count: int, total: int
) -> None:
    """Every set of n - k + 1 members, and nothing else, is a minimal cut set."""
    members = [f"m{number}" for number in range(total)]
    text = f"functions: {{f: {{needs: [{{at_least: {count}, of: [{', '.join(members)}]}}]}}}}\n"
    text += "services:\n" + "".join(f"  {name}:\n" for name in members)
    found = minimal_cut_sets(structure_of(load(tmp_path, text)))
    order = total - count + 1
    expected = {1: total, 2: total * (total - 1) // 2}.get(order, 0)
    assert [cut_set.order for cut_set in found] == [order] * expected
