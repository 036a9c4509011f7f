"""What the command line says about every kind of broken model, word for word.

Each folder here is one mistake: ``model.yaml`` with the files it includes, and ``stderr.txt``, what
``riskmap validate model.yaml`` writes. After a change of wording run ``pytest --update-golden``
and read the difference.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from riskmap.cli.guard import run
from riskmap.cli.main import cli

HERE = Path(__file__).parent
FOLDERS = sorted(path.parent for path in HERE.glob("*/model.yaml"))

CODES = {
    "bad-date",
    "bad-duration",
    "bad-id",
    "bad-merge",
    "bad-share",
    "bad-value",
    "complex-key",
    "conflict",
    "contradiction",
    "control-character",
    "duplicate-id",
    "duplicate-key",
    "impossible",
    "missing-key",
    "no-such-file",
    "non-finite",
    "not-a-file",
    "not-a-model",
    "not-utf-8",
    "recursive-alias",
    "several-documents",
    "syntax",
    "too-deep",
    "too-large",
    "too-many-files",
    "too-many-problems",
    "unknown-alias",
    "unknown-extends",
    "unknown-id",
    "unknown-include",
    "unknown-key",
    "unreadable",
    "unsupported-tag",
    "unsupported-version",
    "wrong-kind",
    "wrong-type",
}
OTHER_FILES = {"not-a-policy", "unknown-rule", "low-contrast", "too-long"}
OTHER_FILES |= {"not-included", "unfit-for-library", "unfit-incident"}
"""Said of policies, brands and the library alone: test_policy.py and others in unit/loading."""


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_message(
    folder: Path,
    golden: Callable[[Path, str], None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setattr("sys.argv", ["riskmap", "validate", "model.yaml"])
    assert run(cli) == 2
    out, err = capsys.readouterr()
    assert out == ""
    golden(folder / "stderr.txt", err)


def test_there_are_enough() -> None:
    assert len(FOLDERS) >= 70


def test_every_code_has_an_example() -> None:
    texts = [path.read_text("utf-8") for path in HERE.rglob("*.txt")]
    shown = {code for text in texts for code in re.findall(r"error\[([a-z0-9-]+)\]", text)}
    assert shown == CODES


def test_every_code_in_the_source_is_listed() -> None:
    """A code that the source uses but nobody listed would go without an example."""
    source = Path(__file__).parents[2] / "riskmap" / "loading"
    text = "\n".join(path.read_text("utf-8") for path in source.glob("*.py"))
    used = set(re.findall(r'"([a-z][a-z0-9]*(?:-[a-z0-9]+)*)",\s*(?:f?"|message\b)', text))
    assert len(used & CODES) > 30
    assert {word for word in used if "-" in word} - {"stand-in"} <= CODES | OTHER_FILES


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_place_exists(folder: Path) -> None:
    """Every place shown is a line of a file, and the caret stands under something."""
    shown = (folder / "stderr.txt").read_text("utf-8").splitlines()
    places = [re.match(r"(\S+):(\d+):(\d+): error", line) for line in shown]
    found = [place for place in places if place]
    assert found
    for place in found:
        lines = (folder / place[1]).read_bytes().decode("utf-8-sig").splitlines() or [""]
        line, column = int(place[2]), int(place[3])
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1
