"""Policy files: read back as written, and everything wrong with one at its line."""

from dataclasses import fields, replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from riskmap.errors import ModelError
from riskmap.loading.policy import GateShape, ThresholdsShape, load_policy, policy_text
from riskmap.model import SHIPPED, Gate, Policy, Severity, Thresholds

RULES = ("RM101", "RM102", "RM301")


def read(folder: Path, text: str) -> Policy:
    path = folder / "policy.yaml"
    path.write_text(text, encoding="utf-8")
    return load_policy(path, RULES)


def problems(folder: Path, text: str) -> list[tuple[str, int, str]]:
    with pytest.raises(ModelError) as raised:
        read(folder, text)
    return [(p.code, p.location.line, p.hint) for p in raised.value.problems]


def test_the_shipped_policy_reads_back_as_itself(tmp_path: Path) -> None:
    assert replace(read(tmp_path, policy_text(SHIPPED)), name=SHIPPED.name) == SHIPPED
    assert replace(read(tmp_path, "riskmap_policy: 1\n"), name=SHIPPED.name) == SHIPPED


def test_another_policy_reads_back_as_itself(tmp_path: Path) -> None:
    other = Policy(
        thresholds=Thresholds(test_age=timedelta(hours=36), concentration=Fraction(335, 1000)),
        gate=Gate(severity=Severity.HIGH, rules=("RM1",), exempt=("RM102",), expired=True),
        select=("RM1", "RM301"),
        ignore=("RM102",),
        strict=True,
        clauses=("termination",),
    )
    assert replace(read(tmp_path, policy_text(other)), name=other.name) == other


def test_every_threshold_and_gate_can_be_written() -> None:
    assert {f.name for f in fields(Thresholds)} == set(ThresholdsShape.model_fields)
    assert {f.name for f in fields(Gate)} == set(GateShape.model_fields)


def test_all_problems_at_once(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        "riskmap_policy: 1\n"
        "selct: [RM1]\n"
        "ignore: [RM103]\n"
        "clauses: [audits]\n"
        "gate: {severity: hgh, rules: [RM3, RM99]}\n"
        "thresholds:\n"
        "  test_age: 3\n"
        "  shared_by: 1\n",
    )
    assert found == [
        ("unknown-key", 2, "did you mean 'select'?"),
        ("unknown-rule", 3, "did you mean 'RM102'?"),
        ("bad-value", 4, "did you mean 'audit'?"),
        ("bad-value", 5, "one of: none, low, medium, high, critical"),
        ("unknown-rule", 5, "'riskmap rules' lists them"),
        ("bad-duration", 7, "write 3m, 3h or 3d for minutes, hours or days"),
        ("bad-value", 8, "write 2 or more"),
    ]


@pytest.mark.parametrize("text", ["", "- a\n", "riskmap: 1\norganisation: X\n", "select: [RM1]\n"])
def test_what_is_no_policy(tmp_path: Path, text: str) -> None:
    assert problems(tmp_path, text)[0][0] == "not-a-policy"


def test_a_policy_of_the_future(tmp_path: Path) -> None:
    assert problems(tmp_path, "riskmap_policy: 2\n")[0][0] == "unsupported-version"
