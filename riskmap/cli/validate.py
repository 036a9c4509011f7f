"""``riskmap validate``: tell whether a model is well-formed."""

from pathlib import Path

import click

from riskmap import api


@click.command()
@click.argument("model", type=click.Path(path_type=Path))
def command(model: Path) -> None:
    """Check MODEL and say everything that is wrong with it.

    Exit code 0 when the model is well-formed, 2 when it is not.
    """
    read = api.load(model)
    counts = [
        (read.functions, "function", "functions"),
        (read.services, "service", "services"),
        (read.third_parties, "third party", "third parties"),
        (read.providers, "provider", "providers"),
        (read.contracts, "contract", "contracts"),
        (read.contingencies, "contingency", "contingencies"),
    ]
    extras = [
        (read.scenarios, "scenario", "scenarios"),
        (read.treatments, "treatment", "treatments"),
    ]
    counts += [count for count in extras if count[0]]
    parts = [f"{len(found)} {one if len(found) == 1 else many}" for found, one, many in counts]
    click.echo(f"{model}: well-formed; {', '.join(parts)}")
