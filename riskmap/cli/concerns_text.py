"""What stands behind the findings, on a terminal: a paragraph a cause, the most pressing first."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from riskmap.assessment import Assessment, Concern
from riskmap.cli.findings_text import COLOURS
from riskmap.model import Model
from riskmap.rules.registry import rule
from riskmap.rules.statement import Count, Refs, join, mention, render, say, show_value

SHOWN = 7
"""Concerns in the digest; nobody acts on more at once, and --details has every finding."""
NAMED = 2
"""Entries named in one clause."""


def all_concerns(assessment: Assessment) -> Iterator[RenderableType]:
    """Yield the digest of all open findings."""
    found = assessment.concerns
    for number, concern in enumerate(found[:SHOWN], 1):
        yield Text()
        yield _head(assessment.model, concern, number)
        yield Padding(_body(assessment.model, concern), (0, 0, 0, 2))
    rest = found[SHOWN:]
    if rest:
        yield Text()
        findings = sum(len(concern.findings) for concern in rest)
        counted = show_value(Count(findings, "finding", "findings"), assessment.model)
        names = [mention(concern.subject, assessment.model) for concern in rest[:SHOWN]]
        if len(rest) > SHOWN:
            names.append(f"{len(rest) - SHOWN} more")
        yield Text(f"And {counted} about {join(names)} (--details).")


def _head(model: Model, concern: Concern, number: int) -> Text:
    count = len(concern.findings)
    text = Text(f"{number} ", "dim", overflow="fold")
    text.append(model.title(concern.subject), "bold")
    text.append(f"  {concern.severity}", COLOURS[concern.severity])
    text.append(f"  {count} findings" if count > 1 else f"  {concern.lead.rule}", "dim")
    return text


def _body(model: Model, concern: Concern) -> Text:
    lead = concern.lead
    text = Text(render(lead.summary, model) + ".", overflow="fold")
    others = _others(concern, model)
    if others:
        text.append(f" Also: {others}.")
    if any(treated.expired for treated in concern.findings):
        text.append(" A decision about this has expired.", "bold red")
    if any(treated.disputed for treated in concern.findings):
        text.append(" A finding about this is disputed.")
    text.append(" → ", "dim")
    text.append(render(lead.recommendation, model) + ".", "italic")
    return text


def _others(concern: Concern, model: Model) -> str:
    """Say what else is amiss, a clause for each rule; clauses about the same things together."""
    by_rule: dict[str, dict[str, None]] = {}
    for treated in concern.findings[1:]:
        by_rule.setdefault(treated.finding.rule, {})[treated.finding.subject] = None
    by_subjects: dict[tuple[str, ...], list[str]] = {}
    for rule_id, subjects in by_rule.items():
        by_subjects.setdefault(tuple(subjects), []).append(rule_id)
    clauses = []
    for names, rule_ids in by_subjects.items():
        alone = names == (concern.lead.subject,)
        shown, again = ("it", "it") if alone else (_named(names, model), _pronoun(names))
        for index, rule_id in enumerate(rule_ids):
            statement = say(
                rule(rule_id).brief,
                subjects=again if index else shown,
                any_subject="it" if alone else _any(names, model),
            )
            clauses.append(render(statement, model, capital=False))
    return "; ".join(clauses)


def _pronoun(names: tuple[str, ...]) -> str:
    return "it" if len(names) == 1 else "these"


def _any(names: tuple[str, ...], model: Model) -> str:
    """Name entries of which one is enough, so that nobody reads that all of them are meant."""
    shown = [mention(name, model) for name in names[:NAMED]]
    if len(names) > NAMED:
        shown[NAMED - 1 :] = [f"one of {len(names) - NAMED + 1} more"]
    return join(shown, last="or")


def _named(names: tuple[str, ...], model: Model) -> str:
    if len(names) <= NAMED:
        return show_value(Refs(names), model)
    listed = [mention(name, model) for name in names[: NAMED - 1]]
    return join([*listed, f"{len(names) - NAMED + 1} more"])
