"""``riskmap policy``: the policy that holds, as a file that can be changed."""

from pathlib import Path

import click

from riskmap import api
from riskmap.model import SHIPPED


@click.command()
@click.argument("policy", required=False, type=click.Path(path_type=Path))
def command(policy: Path | None) -> None:
    """Print the shipped policy, every key explained; or POLICY, with what it leaves out filled in.

    To start a policy of your own: riskmap policy > policy.yaml
    """
    from riskmap.loading.policy import policy_text

    click.echo(policy_text(SHIPPED if policy is None else api.load_policy(policy)), nl=False)
