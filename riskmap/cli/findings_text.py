"""Every open finding on a terminal, by severity and rule."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from riskmap.assessment import Assessment, Treated
from riskmap.assessment.decisions import decision
from riskmap.model import Severity
from riskmap.rules.registry import rule
from riskmap.rules.statement import day, render

COLOURS = {
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "green",
}


def all_findings(assessment: Assessment) -> Iterator[RenderableType]:
    """Yield the open findings, the most severe first."""
    open_findings = [treated for treated in assessment.findings if treated.open]
    for severity in reversed(Severity):
        found = [treated for treated in open_findings if treated.finding.severity is severity]
        if found:
            yield Text()
            yield Text(severity.upper(), COLOURS[severity])
            yield from _by_rule(assessment, found)


def _by_rule(assessment: Assessment, found: list[Treated]) -> Iterator[RenderableType]:
    grouped: dict[str, list[Treated]] = {}
    for treated in found:
        grouped.setdefault(treated.finding.rule, []).append(treated)
    for rule_id, members in grouped.items():
        yield Text.assemble("  ", (rule(rule_id).title, "bold"), (f"  {rule_id}", "dim"))
        for treated in members:
            yield Padding(_finding(assessment, treated), (0, 0, 0, 4))


def _finding(assessment: Assessment, treated: Treated) -> Text:
    finding, model = treated.finding, assessment.model
    text = Text(overflow="fold")
    text.append(f"{finding.subject}: ", "cyan")
    text.append(render(finding.summary, model) + ".")
    if treated.expired and treated.treatment is not None:
        ended = treated.treatment.expires
        text.append(f" The decision “{treated.treatment.title}” expired", "bold red")
        text.append(f" on {day(ended)}." if ended else ".", "bold red")
    if treated.disputed:
        text.append(f" {decision(treated).rstrip('.')}.")
    text.append(" → ", "dim")
    text.append(render(finding.recommendation, model) + ".", "italic")
    return text
