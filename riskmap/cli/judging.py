"""Options by which a command is told how to judge: the policy, which rules run, how strictly."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from riskmap import api
from riskmap.model import SHIPPED, Policy

POLICY_NAME = "policy.yaml"
"""A file of this name beside the model holds without being named."""


def policy_option(command: Any) -> Any:
    """Add ``--policy`` to a command."""
    return click.option(
        "--policy",
        "policy_path",
        type=click.Path(path_type=Path),
        help=f"Thresholds and gates. Default: {POLICY_NAME} beside the model, else as shipped.",
    )(command)


def rule_options(command: Any) -> Any:
    """Add ``--select``, ``--ignore`` and ``--strict`` to a command."""
    options: tuple[Callable[[Any], Any], ...] = (
        click.option("--select", multiple=True, metavar="RULE", help="Run only RM101, or RM1."),
        click.option("--ignore", multiple=True, metavar="RULE", help="Leave out RM301, or RM3."),
        click.option("--strict", is_flag=True, help="Every assumption relied on is a finding."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def policy_for(model: Path, given: Path | None) -> Policy:
    """Return the policy named, else the one beside the model, else the shipped one."""
    if given is not None:
        return api.load_policy(given)
    beside = model.parent / POLICY_NAME
    return api.load_policy(beside) if beside.is_file() else SHIPPED


def adjusted(
    policy: Policy, select: tuple[str, ...], ignore: tuple[str, ...], *, strict: bool
) -> Policy:
    """Return a policy with what the command line says on top of it."""
    chosen = api.choose_rules(policy, _split(select), _split(ignore))
    return replace(chosen, strict=True) if strict else chosen


def _split(names: tuple[str, ...]) -> list[str]:
    """Take ``--select RM1,RM301`` as well as the option twice."""
    return [part.strip().upper() for name in names for part in name.split(",") if part.strip()]
