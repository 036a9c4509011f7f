"""``riskmap validate`` from the outside, and how one problem is shown."""

import subprocess
import sys
from pathlib import Path

import pytest

from riskmap.cli.guard import run
from riskmap.cli.main import cli
from riskmap.cli.problems import problem_lines
from riskmap.errors import Location, Problem

FULL = Path(__file__).with_name("full.yaml")


def lines(source: str, column: int, span: int = 1, hint: str = "") -> list[str]:
    location = Location("model.yaml", 12, column)
    return list(problem_lines(Problem(location, "code", "what", source, span, hint)))


def test_a_good_model(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(FULL.parent)
    monkeypatch.setattr("sys.argv", ["riskmap", "validate", "full.yaml"])
    assert run(cli) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out == (
        "full.yaml: well-formed; 1 function, 7 services, 2 third parties, 2 providers, "
        "1 contract, 2 contingencies, 1 scenario, 2 treatments\n"
    )


def test_the_process_exits_with_2(tmp_path: Path) -> None:
    (tmp_path / "model.yaml").write_text("services: [a]\n")
    done = subprocess.run(
        [sys.executable, "-m", "riskmap", "validate", "model.yaml"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("model.yaml:1:1: error[missing-key]: ")
    assert done.stderr.endswith("3 problems; nothing was written\n")
    assert "\x1b" not in done.stderr


def test_the_caret_stands_under_what_is_wrong() -> None:
    assert lines("  shop: {owner: 5}", 17, hint="quote it") == [
        "model.yaml:12:17: error[code]: what",
        " 12 |   shop: {owner: 5}",
        "    |                 ^",
        "    = help: quote it",
    ]


def test_wide_and_combining_characters_move_the_caret() -> None:
    assert lines("店e\N{COMBINING ACUTE ACCENT}: x", 5, 1)[2] == "    |     ^"
    assert lines("a: 店店", 4, 2)[2] == "    |    ^^^^"


def test_tabs_and_invisible_characters_take_one_column() -> None:
    shown = lines("\ta:\x1b[31m\u202ex", 2)
    assert shown[1] == " 12 |  a:\N{REPLACEMENT CHARACTER}[31m\N{REPLACEMENT CHARACTER}x"
    assert shown[2] == "    |  ^"


def test_long_lines_are_cut_around_the_problem() -> None:
    shown = lines("a" * 1000 + "b" + "c" * 1000, 1001)
    assert shown[1] == " 12 | ..." + "a" * 60 + "b" + "c" * 60 + "..."
    assert shown[2] == "    | " + " " * 63 + "^"


def test_what_is_wrong_may_itself_be_long() -> None:
    shown = lines("x" * 1000, 1, 1000)
    assert shown[2] == "    | " + "^" * 100


def test_nothing_to_show() -> None:
    assert lines("", 1, hint="mend it") == [
        "model.yaml:12:1: error[code]: what",
        "  = help: mend it",
    ]


def test_colour_only_when_asked() -> None:
    location = Location("model.yaml", 1, 1)
    problem = Problem(location, "code", "what", "a: 1", 1, "help")
    assert "\x1b" not in "".join(problem_lines(problem))
    assert "\x1b[31m" in "".join(problem_lines(problem, colour=True))
