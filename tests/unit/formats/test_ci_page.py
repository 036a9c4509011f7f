"""The snippets of docs/ci.md and the hooks are YAML, and call riskmap in ways it understands."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from riskmap.cli.main import cli

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
SNIPPETS = [
    yaml.safe_load(text)
    for text in re.findall(r"<!-- yaml -->\n```yaml\n(.*?)```", PAGE, re.DOTALL)
]
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def commands(part: Any) -> list[str]:
    """Every riskmap command line anywhere in a snippet."""
    if isinstance(part, str):
        return [part] if part.startswith("riskmap ") else []
    inside = part.values() if isinstance(part, dict) else part if isinstance(part, list) else []
    return [line for each in inside for line in commands(each)]


LINES = [line for snippet in SNIPPETS for line in commands(snippet)] + [
    " ".join([hook["entry"], *hook["args"]]) for hook in HOOKS
]


def test_there_are_snippets() -> None:
    assert len(SNIPPETS) == 3
    assert len(LINES) == 9


@pytest.mark.parametrize("line", LINES)
def test_riskmap_understands_the_command(line: str) -> None:
    _, name, *arguments = shlex.split(line.partition(" >>")[0])
    command = cli.get_command(cli.make_context("riskmap", [], resilient_parsing=True), name)
    assert command is not None
    assert command.make_context(name, arguments).params["model"]


def test_the_hooks_have_what_pre_commit_asks_for() -> None:
    assert [hook["id"] for hook in HOOKS] == ["riskmap-validate", "riskmap-assess"]
    for hook in HOOKS:
        assert {"id", "name", "entry", "language"} <= set(hook)
        assert re.search(hook["files"], "risk/model.yaml")
        assert hook["pass_filenames"] is False


def test_the_configuration_names_hooks_that_exist() -> None:
    used = [hook["id"] for repo in SNIPPETS[0]["repos"] for hook in repo["hooks"]]
    assert set(used) == {hook["id"] for hook in HOOKS}
