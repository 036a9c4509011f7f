"""Running the command line inside the test process."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from riskmap.cli.guard import run
from riskmap.cli.main import cli

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ran:
    """What a command answered."""

    code: int
    out: str
    err: str


@pytest.fixture
def riskmap(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Ran]:
    """Run ``riskmap`` with some arguments, from the top of the project."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "100")

    def call(*arguments: object) -> Ran:
        monkeypatch.setattr("sys.argv", ["riskmap", *map(str, arguments)])
        code = run(cli)
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return call


@pytest.fixture
def model(tmp_path: Path) -> Callable[[str], Path]:
    """Write a model into a file of its own."""

    def write(text: str) -> Path:
        path = tmp_path / "model.yaml"
        path.write_text("riskmap: 1\norganisation: Test\n" + text, encoding="utf-8")
        return path

    return write
