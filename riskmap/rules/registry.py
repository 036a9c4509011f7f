"""The table of rules: ids, in order, and where each is written. Ids are never reused."""

import inspect
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType

from riskmap.errors import UnknownNameError
from riskmap.model import Policy
from riskmap.rules.catalog import (
    automated_gatekeeper,
    commodity_held_by_proprietary,
    concentration_in_provider,
    conclusion_rests_on_assumption,
    contingency_cannot_be_started,
    contingency_ends_before_outage,
    contingency_never_tested,
    contingency_shares_fate,
    contingency_slower_than_tolerance,
    contingency_test_too_old,
    contract_clause_missing,
    contradicting_facts,
    dependency_without_contract,
    double_point_of_failure,
    exit_slower_than_notice,
    fallback_below_minimum,
    false_redundancy,
    function_without_needs,
    function_without_owner_or_tolerance,
    no_alternative,
    no_contingency,
    no_exit_plan,
    no_leverage,
    objective_not_met_by_dependencies,
    promised_below_needed,
    restart_deadlock,
    shared_fourth_party,
    single_point_of_failure,
    sla_blind_to_failure,
    stale_fact,
    unconfirmed_need,
    unused_element,
)
from riskmap.rules.finding import Finding
from riskmap.rules.results import Results

FAMILIES = {
    "RM0": "Model quality",
    "RM1": "Structure",
    "RM2": "Recovery and contingency",
    "RM3": "Third parties and contracts",
    "RM4": "Lock-in",
}
"""What the rules of a family look at, by the beginning of their ids."""

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
        The pattern as a clause about ``{subjects}``, for where a whole sentence is too long; about
        ``{any_subject}`` where one of several is enough.
    review : callable or None
        What the rule adds once it sees the findings of all rules; few have anything to add.
    """

    id: str
    slug: str
    title: str
    sections: tuple[tuple[str, str], ...]
    brief: str
    check: Callable[[Results], Iterator[Finding]]
    review: Callable[[Results, Sequence[Finding]], Iterator[Finding]] | None = None

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
    title = title.rstrip(".")
    review = getattr(module, "review", None)
    return Rule(module.ID, slug, title, sections, module.BRIEF, module.check, review)


RULES: tuple[Rule, ...] = tuple(
    _rule(module)
    for module in (
        unconfirmed_need,
        stale_fact,
        conclusion_rests_on_assumption,
        unused_element,
        function_without_owner_or_tolerance,
        function_without_needs,
        contradicting_facts,
        single_point_of_failure,
        double_point_of_failure,
        false_redundancy,
        restart_deadlock,
        no_contingency,
        contingency_slower_than_tolerance,
        contingency_shares_fate,
        contingency_never_tested,
        contingency_test_too_old,
        contingency_ends_before_outage,
        objective_not_met_by_dependencies,
        contingency_cannot_be_started,
        fallback_below_minimum,
        dependency_without_contract,
        no_leverage,
        automated_gatekeeper,
        concentration_in_provider,
        shared_fourth_party,
        promised_below_needed,
        sla_blind_to_failure,
        contract_clause_missing,
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


def left_out(policy: Policy) -> tuple[str, ...]:
    """Return the ids of the rules that a policy does not let run, in order."""
    return tuple(known.id for known in RULES if not policy.runs(known.id))


def find(results: Results) -> tuple[Finding, ...]:
    """Run every rule that the policy lets run; return all findings, the most severe first."""
    running = [known for known in RULES if results.policy.runs(known.id)]
    found = [finding for known in running for finding in known.check(results)]
    for known in running:
        if known.review is not None:
            found.extend(known.review(results, tuple(found)))
    return tuple(sorted(found, key=lambda f: (-f.severity.rank, f.rule, f.subject)))
