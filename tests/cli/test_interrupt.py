"""Ctrl-C: one line, no traceback, nothing half written; and what is said before that."""

import os
import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from riskmap import api
from tests.cli.conftest import ROOT, Ran

EXAMPLE = "examples/office-365-2012/model.yaml"
STOPPED = "stopped; nothing was written"


@pytest.mark.parametrize(
    "arguments",
    [
        ["validate", EXAMPLE],
        ["assess", EXAMPLE, "--output=assessment.txt"],
        ["simulate", EXAMPLE, "--fail=senderbase=5d", "--output=course.svg"],
        ["cutsets", EXAMPLE],
        ["report", EXAMPLE, "--output=report.html"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_every_command_stops_in_one_line(
    riskmap: Callable[..., Ran],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    arguments: list[str],
) -> None:
    def interrupted(*given: object, **named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(api, "load", interrupted)
    ran = riskmap(*(one.replace("output=", f"output={tmp_path}/") for one in arguments))
    assert ran.code == 130
    assert ran.err.strip() == STOPPED
    assert ran.out == ""
    assert list(tmp_path.iterdir()) == []


def _endless(path: Path) -> None:
    """Write a model whose diagrams are large under every order."""
    source = random.Random(3)
    groups = [source.sample(range(150), 3) for _ in range(400)]
    lines = ["riskmap: 1", "organisation: Test", "functions:", "  f:", "    needs:"]
    lines.append(f"      - any_of: [{', '.join(f'g{i}' for i in range(len(groups)))}]")
    lines.append("services:")
    for number, group in enumerate(groups):
        lines.append(f"  g{number}: {{needs: [{', '.join(f'e{i}' for i in group)}]}}")
    lines += [f"  e{i}: {{unavailability: 0.1}}" for i in range(150)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _until(terminal: int, words: str) -> str:
    """Read what is shown until some words are; give up after a minute."""
    said = b""
    while words.encode() not in said:
        assert select.select([terminal], [], [], 60)[0], said
        said += os.read(terminal, 1000)
    return said.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal that a test can make")
def test_long_work_says_what_it_does_and_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "model.yaml"
    _endless(path)
    terminal, stderr = os.openpty()
    command = [sys.executable, "-m", "riskmap", "cutsets", str(path), "f", "--nodes=1000000000"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=stderr) as process:
        os.close(stderr)
        try:
            began = time.monotonic()
            _until(terminal, "cut sets of f ...")
            assert time.monotonic() - began > 1
            process.send_signal(signal.SIGINT)
            assert process.stdout is not None
            out = process.stdout.read()
            assert process.wait(30) == 130
            said = _until(terminal, STOPPED)
        finally:
            process.kill()
            os.close(terminal)
    assert out == b""
    assert said.replace("\r\x1b[K", "").strip() == STOPPED
