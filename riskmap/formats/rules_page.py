"""The page ``docs/rules.md``: every rule with its documentation, from the rules themselves."""

from riskmap.rules.registry import FAMILIES, RULES, Rule

_TOP = """\
# The rules

Made from the rules by `riskmap rules --format markdown`; edit those. Severity follows from the
consequence for a function, never from the rule: how much the function matters, and how its stop
compares with what it can bear. `riskmap explain RM101` shows one rule in a terminal. The examples
are run by the tests.
"""


def rules_page() -> str:
    """Return the page as Markdown."""
    parts = [_TOP, *_table()]
    parts.extend(_rule(known) for known in RULES)
    return "\n".join(parts)


def _table() -> list[str]:
    lines = []
    for family, name in FAMILIES.items():
        lines += [f"**{name}**", "", "| rule | pattern |", "|---|---|"]
        lines += [
            f"| [{known.id}](#{known.id.lower()}) | {known.title} |"
            for known in RULES
            if known.id.startswith(family)
        ]
        lines.append("")
    return lines


def _rule(known: Rule) -> str:
    parts = [f"## {known.id}", "", f"**{known.title}**", ""]
    for heading, body in known.sections:
        parts += [f"### {heading}", "", body, ""]
    return "\n".join(parts)
