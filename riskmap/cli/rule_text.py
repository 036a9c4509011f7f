"""The documentation of a rule on a terminal."""

import re

from rich.markdown import Markdown
from rich.padding import Padding
from rich.text import Text

from riskmap.cli.common import console
from riskmap.rules.registry import Rule

_FENCE = re.compile(r"```yaml\n(.*?)\n?```", re.DOTALL)


def print_rule(rule: Rule) -> None:
    """Print what a rule finds, why, how, when it is wrong, and its examples."""
    out = console()
    out.print(Text.assemble((rule.title, "bold"), f"  {rule.id}"))
    for heading, body in rule.sections:
        out.print()
        out.print(Text(heading, "bold"))
        fence = _FENCE.search(body)
        if fence:
            out.print(Padding(Text(fence.group(1), "cyan"), (0, 0, 0, 4)))
        else:
            out.print(Padding(Markdown(body), (0, 0, 0, 2)))
