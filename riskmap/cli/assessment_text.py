"""An assessment on a terminal: functions against tolerance first, then the findings."""

import io
import math
from collections import Counter
from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from riskmap.assessment import Assessment, Treated
from riskmap.cli.common import PLAIN_WIDTH, console
from riskmap.model import Function
from riskmap.rules.registry import rule
from riskmap.rules.statement import count_word, day, duration, join, percent, render
from riskmap.rules.verdict import Impact, Severity, Verdict

SIGNS = {
    Verdict.TOLERABLE: ("●", "green"),
    Verdict.STRAINED: ("◆", "yellow"),
    Verdict.BREACHED: ("▲", "red"),
    Verdict.UNBOUNDED: ("▲", "red"),
}
COLOURS = {
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "green",
}


def print_assessment(assessment: Assessment) -> None:
    """Print an assessment for a person, as wide as the terminal."""
    console().print(Group(*_parts(assessment)))


def text_of(assessment: Assessment) -> str:
    """Return the same as plain text of a fixed width."""
    stream = io.StringIO()
    plain = Console(file=stream, width=PLAIN_WIDTH, highlight=False, color_system=None)
    plain.print(Group(*_parts(assessment)))
    return "\n".join(line.rstrip() for line in stream.getvalue().split("\n"))


def _parts(assessment: Assessment) -> Iterator[RenderableType]:
    model = assessment.model
    yield Text.assemble((model.organisation, "bold"), f", as of {day(assessment.today)}")
    yield Text()
    yield _functions(assessment)
    yield Text()
    yield _counts(assessment)
    open_findings = [treated for treated in assessment.findings if treated.open]
    for severity in reversed(Severity):
        found = [treated for treated in open_findings if treated.finding.severity is severity]
        if found:
            yield Text()
            yield Text(severity.upper(), COLOURS[severity])
            yield from _by_rule(assessment, found)
    yield from _treated(assessment)
    yield Text()
    yield _footer(assessment)


def _functions(assessment: Assessment) -> RenderableType:
    rows: list[RenderableType] = []
    for function in assessment.functions:
        impact = assessment.worst_impacts[function.id]
        verdict = impact.verdict if impact else Verdict.TOLERABLE
        unknown = not function.needs and not function.shares
        sign, colour = SIGNS[Verdict.STRAINED if unknown else verdict]
        head = Text.assemble((f"{sign} ", colour), (function.title, "bold"))
        head.append(f"  {_meaning(function, impact)}")
        rows.append(head)
        if impact is not None:
            rows.append(Padding(Text(_cause(assessment, impact)), (0, 0, 0, 2)))
    return Group(*rows)


def _meaning(function: Function, impact: Impact | None) -> str:
    mtd = function.objectives.mtd
    limit = f"it can bear {duration(mtd.total_seconds())}" if mtd else "no tolerance stated"
    if not function.needs and not function.shares:
        return f"the model does not say what it needs; {limit}"
    if impact is None or not impact.stopped:
        return f"no single failure stops it; {limit}"
    longest = "no known end" if math.isinf(impact.stopped) else f"up to {duration(impact.stopped)}"
    if len(impact.down) > 1:
        longest += f" in {count_word(len(impact.down))} stops"
    return f"one failure stops it for {longest}; {limit}".replace("for no known", "with no known")


def _cause(assessment: Assessment, impact: Impact) -> str:
    model, results = assessment.model, assessment.results
    stands = results.accountability.get(impact.element)
    contract = ""
    if stands is not None and not stands.own:
        ranked = f", subcontracted at rank {stands.rank}" if stands.rank else ", with no contract"
        contract = ", under contract" if stands.rank == 1 else ranked
    text = f"worst: {model.title(impact.element)}{contract}"
    if impact.lowest and impact.stopped:
        text += f"; {percent(1 - impact.lowest)} lost"
    if impact.fallback_from is not None and impact.carried is not None:
        text += (
            f"; fallback after {duration(impact.fallback_from)} brings {percent(impact.carried)}"
        )
    return text


def _counts(assessment: Assessment) -> Text:
    open_findings = [treated.finding for treated in assessment.findings if treated.open]
    counts = Counter(finding.severity for finding in open_findings)
    if not open_findings:
        text = Text("No open finding.", "bold")
    else:
        word = "finding" if len(open_findings) == 1 else "findings"
        text = Text(f"{len(open_findings)} open {word}: ", "bold")
        parts = [f"{counts[s]} {s}" for s in reversed(Severity) if counts[s]]
        text.append(join(parts), "none")
    treated = len(assessment.findings) - len(open_findings)
    if treated:
        text.append(f"; {treated} more decided on", "none")
    return text


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
    text.append(" → ", "dim")
    text.append(render(finding.recommendation, model) + ".", "italic")
    return text


def _treated(assessment: Assessment) -> Iterator[RenderableType]:
    decided = [treated for treated in assessment.findings if not treated.open]
    if not decided and not assessment.orphans:
        return
    yield Text()
    yield Text("DECIDED ON", "bold")
    for treated in decided:
        treatment = treated.treatment
        assert treatment is not None
        until = f", until {day(treatment.expires)}" if treatment.expires else ", without an end"
        yield Text(f"  {treated.finding.key}: {treatment.status}{until}")
    for orphan in assessment.orphans:
        yield Text(f"  {orphan.id}: there is no finding {orphan.finding}", "yellow")


def _footer(assessment: Assessment) -> Text:
    count = len(assessment.results.assumptions)
    rests = "1 fact is" if count == 1 else f"{count} facts are"
    return Text(
        f"{rests} assumed or missing; each finding lists those it rests on (--format json). "
        "`riskmap explain RULE` says how a rule decides, `riskmap explain MODEL ID` shows one "
        "element.",
        "dim",
    )
