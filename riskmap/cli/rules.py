"""``riskmap rules``: the table of rules."""

import json

import click


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="text for people, json for programs, markdown for docs/rules.md.",
)
def command(form: str) -> None:
    """List every rule; 'riskmap explain RM101' says what one means."""
    from riskmap.rules.registry import FAMILIES, RULES

    if form == "json":
        listed = [
            {"id": known.id, "slug": known.slug, "title": known.title, **_first(known.sections)}
            for known in RULES
        ]
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    if form == "markdown":
        from riskmap.formats.rules_page import rules_page

        click.echo(rules_page(), nl=False)
        return
    from rich.table import Table
    from rich.text import Text

    from riskmap.cli.common import console

    out = console()
    for family, name in FAMILIES.items():
        out.print(Text(name, "bold"))
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(width=7, justify="right", style="cyan", no_wrap=True)
        table.add_column(overflow="fold")
        for known in RULES:
            if known.id.startswith(family):
                table.add_row(known.id, known.title)
        out.print(table)


def _first(sections: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return what a rule finds, in one line."""
    return {"finds": " ".join(sections[0][1].split())}
