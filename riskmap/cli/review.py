"""``riskmap review``: proposals held against today, before signing."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from riskmap import api
from riskmap.cli.common import day_of, progress, today_option
from riskmap.cli.judging import policy_for, policy_option
from riskmap.cli.main import EXIT_CLEAN, EXIT_FINDINGS
from riskmap.cli.report import brand_for, brand_option
from riskmap.cli.sides import read_all

if TYPE_CHECKING:
    from riskmap.model import Model


@click.command()
@click.argument("base", type=click.Path(path_type=Path))
@click.option(
    "--with",
    "proposals",
    type=click.Path(path_type=Path),
    multiple=True,
    required=True,
    help="A proposal: a model that extends BASE, or a whole one. May be given several times.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The memo, FILE.pdf or FILE.html. Without it, a summary is printed.",
)
@brand_option
@policy_option
@today_option
def command(
    base: Path,
    proposals: tuple[Path, ...],
    output: Path | None,
    brand_path: Path | None,
    policy_path: Path | None,
    today: date | None,
) -> int:
    """Hold proposals against BASE: what each adds and takes away, and whether to sign.

    Exit code 0 when the best proposal is go or conditional, 1 when every one is a no-go.
    """
    brand = brand_for(base, brand_path)
    policy = policy_for(base, policy_path)
    with progress() as show:
        read = read_all([partial(api.load, path) for path in (base, *proposals)])
        day = today or _day(read)
        show("assessing")
        current, *others = (api.assess(model, day, policy) for model in read)
        names = [
            _name(path, model, read[0]) for path, model in zip(proposals, read[1:], strict=True)
        ]
        found = api.review(current, zip(names, others, strict=True))
        if output is not None:
            show(f"writing {output}")
            best = found.best.assessment
            api.write_report(best, "review", output, brand=brand, review=found)
    from riskmap.assessment.reviewing import Recommendation
    from riskmap.cli.review_text import print_review

    print_review(found)
    if output is not None:
        click.echo(f"written: {output}", err=True)
    return EXIT_FINDINGS if found.best.recommendation is Recommendation.NO_GO else EXIT_CLEAN


def _day(models: "list[Model]") -> date:
    """Return the latest day that any model describes, or a contract of a proposal begins."""
    base, *proposals = models
    known = {contract.id for contract in base.contracts}
    new = (c.starts for model in proposals for c in model.contracts if c.id not in known)
    return max([*(day_of(model, None) for model in models), *(day for day in new if day)])


def _name(path: Path, model: "Model", base: "Model") -> str:
    """Return what a proposal is called: its organisation line where it has one of its own."""
    return path.stem if model.organisation == base.organisation else model.organisation
