"""Turning every expected error into a message and an exit code; no traceback for a user."""

import click

from riskmap.cli.main import EXIT_BAD_INPUT, EXIT_CLEAN, EXIT_NO_OUTPUT
from riskmap.cli.problems import show_model_error
from riskmap.errors import ModelError, OutputError, UnknownNameError

INTERRUPTED = 130


def run(command: click.Command) -> int:
    """Run a command and return the exit code of the process.

    A reader that closes the pipe early, such as ``head``, is no error.
    """
    try:
        result = command.main(standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo("stopped; nothing was written", err=True)
        return INTERRUPTED
    except click.exceptions.Exit as stop:
        return int(stop.exit_code)
    except click.ClickException as error:
        error.show()
        return EXIT_BAD_INPUT
    except ModelError as error:
        show_model_error(error)
        return EXIT_BAD_INPUT
    except UnknownNameError as error:
        click.echo(f"error: {error}", err=True)
        return EXIT_BAD_INPUT
    except OutputError as error:
        click.echo(f"error: {error}", err=True)
        if error.hint:
            click.echo(f"  = help: {error.hint}", err=True)
        return EXIT_NO_OUTPUT
    return result if isinstance(result, int) else EXIT_CLEAN
