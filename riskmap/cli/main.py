"""The ``riskmap`` command: a group whose commands are imported only when they run.

``riskmap --help`` must answer at once, so nothing heavy is imported here.
"""

import gc
import importlib
import sys

import click

from riskmap import __version__

_RARELY = 100_000
"""Objects made between two looks for garbage: a command keeps nearly all it makes, then ends."""

EXIT_CLEAN, EXIT_FINDINGS, EXIT_BAD_INPUT, EXIT_NO_OUTPUT = 0, 1, 2, 3

COMMANDS = {
    "validate": "Check a model file and say everything that is wrong with it.",
    "assess": "Find what can stop each function, and say what to do about it.",
    "compare": "Say what changed from one model, assessment or report to another.",
    "report": "Render a board report or a contingency plan as PDF or HTML.",
    "explain": "Explain a rule, or everything about one element of a model.",
    "simulate": "Show the course of one outage, hour by hour.",
    "review": "Hold proposals against today before signing: go, conditional or no-go.",
    "audit": "Write the continuity audit, with what changed since last time.",
    "questions": "Write the questions for a provider whose answers matter most here.",
    "answers": "Read a filled-in question sheet back into YAML.",
    "replay": "Show what outages that happened would have done here.",
    "exercise": "Write the script of a table-top exercise about a plausible outage.",
    "cutsets": "List or count what stops a function together, with probabilities.",
    "exit": "Show what leaving a service or provider takes, in time and money.",
    "unknowns": "Say which unknown or assumed facts to find out first, and why.",
    "library": "List, search and show the models of services that ship with riskmap.",
    "rules": "List every rule.",
    "policy": "Print the policy that holds: thresholds and gates, explained.",
    "schema": "Print the JSON Schema of the model language.",
}
"""Name and one-line help of every command; each lives in a module of its name."""


class LazyGroup(click.Group):
    """A group that knows the names of its commands and imports one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order a newcomer needs them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"riskmap.cli.{cmd_name}")
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="riskmap")
def cli() -> None:
    """Find what your organisation depends on without knowing it.

    Describe your functions, services, providers, contracts and the third parties nobody contracted
    in one YAML file; riskmap finds single points of failure, plans that come too late, and what
    holds you, and renders reports a board can read.
    """


def main() -> None:
    """Run the command line and exit with 0 clean, 1 findings, 2 bad input, 3 no output."""
    from riskmap.cli.guard import run

    gc.set_threshold(_RARELY)
    sys.exit(run(cli))
