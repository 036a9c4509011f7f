"""The table of rules: ids, in order, and where each is written. Ids are never reused."""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType

from riskmap.errors import UnknownNameError
from riskmap.rules.catalog import (
    automated_gatekeeper,
    commodity_held_by_proprietary,
    contingency_cannot_be_started,
    contingency_ends_before_outage,
    contingency_never_tested,
    contingency_shares_fate,
    contingency_slower_than_tolerance,
    dependency_without_contract,
    exit_slower_than_notice,
    fallback_below_minimum,
    false_redundancy,
    function_without_needs,
    no_alternative,
    no_contingency,
    no_exit_plan,
    no_leverage,
    restart_deadlock,
    single_point_of_failure,
    unconfirmed_need,
)
from riskmap.rules.finding import Finding
from riskmap.rules.results import Results

HEADINGS = (
    "What it finds",
    "Why it matters",
    "How it decides",
    "When it is wrong",
    "Fires on",
    "Silent on",
    "What to do",
    "References",
)
"""Headings of a rule's documentation, in order; every rule has all of them."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes
    ----------
    id : str
        Such as ``RM101``.
    slug : str
        The pattern's name, also the name of its file.
    title : str
        The pattern in words.
    sections : tuple of (str, str)
        Heading and text, in the order of :data:`HEADINGS`.
    brief : str
        The pattern as a clause about ``{subjects}``, for where a whole sentence is too long.
    """

    id: str
    slug: str
    title: str
    sections: tuple[tuple[str, str], ...]
    brief: str
    check: Callable[[Results], Iterator[Finding]]

    def section(self, heading: str) -> str:
        """Return the text below one heading."""
        return dict(self.sections)[heading]


_UNDERLINED = re.compile(r"^(?P<heading>[A-Z][^\n]+)\n-+\n", re.MULTILINE)


def _rule(module: ModuleType) -> Rule:
    text = inspect.cleandoc(module.__doc__ or "")
    title, _, rest = text.partition("\n")
    parts = _UNDERLINED.split(rest)
    sections = tuple(
        (heading, body.strip()) for heading, body in zip(parts[1::2], parts[2::2], strict=True)
    )
    slug = module.__name__.rsplit(".", 1)[-1].replace("_", "-")
    return Rule(module.ID, slug, title.rstrip("."), sections, module.BRIEF, module.check)


RULES: tuple[Rule, ...] = tuple(
    _rule(module)
    for module in (
        unconfirmed_need,
        function_without_needs,
        single_point_of_failure,
        false_redundancy,
        restart_deadlock,
        no_contingency,
        contingency_slower_than_tolerance,
        contingency_shares_fate,
        contingency_never_tested,
        contingency_ends_before_outage,
        contingency_cannot_be_started,
        fallback_below_minimum,
        dependency_without_contract,
        no_leverage,
        automated_gatekeeper,
        commodity_held_by_proprietary,
        exit_slower_than_notice,
        no_exit_plan,
        no_alternative,
    )
)


def rule(rule_id: str) -> Rule:
    """Return a rule by its id.

    Raises
    ------
    UnknownNameError
        When there is no such rule.
    """
    for known in RULES:
        if known.id == rule_id.upper():
            return known
    near = tuple(known.id for known in RULES if known.id[:4] == rule_id.upper()[:4])
    raise UnknownNameError(rule_id, "rule", near)


def find(results: Results) -> tuple[Finding, ...]:
    """Run every rule that the policy lets run; return all findings, the most severe first."""
    running = [known for known in RULES if results.policy.runs(known.id)]
    found = [finding for known in running for finding in known.check(results)]
    return tuple(sorted(found, key=lambda f: (-f.severity.rank, f.rule, f.subject)))
