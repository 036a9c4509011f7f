"""Clauses of standards that a rule's documentation names."""

import re

from riskmap.rules.registry import Rule

_STANDARDS = re.compile(
    r"\b(ISO|NIST SP|DORA|Regulation|Implementing Regulation|EU Data Act|PRA)\b"
)
_BRACKETS = re.compile(r" \([^()]*[a-z]{4}[^()]*\)")
_WHAT_FOR = re.compile(r"( on |, which |, service levels).*")


def clauses_of(rule: Rule) -> str:
    """Return the standards and laws among a rule's references, with their clauses.

    Papers and books are left out, and so is what a reference says about itself.
    """
    text = " ".join(rule.section("References").split())
    parts = [_WHAT_FOR.sub("", _BRACKETS.sub("", part.strip())) for part in text.split(";")]
    return "; ".join(part.strip(" .,") for part in parts if _STANDARDS.match(part))
