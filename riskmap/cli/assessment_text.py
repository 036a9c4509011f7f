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
from riskmap.cli.concerns_text import all_concerns
from riskmap.cli.findings_text import all_findings
from riskmap.formats.wording import no_finding, not_looked_for
from riskmap.model import Function, Severity
from riskmap.rules.statement import Count, count_word, day, duration, join, percent, show_value
from riskmap.rules.verdict import Impact, Verdict

SIGNS = {
    Verdict.TOLERABLE: ("●", "green"),
    Verdict.STRAINED: ("◆", "yellow"),
    Verdict.BREACHED: ("▲", "red"),
    Verdict.UNBOUNDED: ("▲", "red"),
}


def print_assessment(assessment: Assessment, *, details: bool = False) -> None:
    """Print an assessment for a person, as wide as the terminal.

    Parameters
    ----------
    details : bool
        Every finding, instead of what stands behind them.
    """
    console().print(Group(*_parts(assessment, details=details)))


def text_of(assessment: Assessment, *, details: bool = False) -> str:
    """Return the same as plain text of a fixed width."""
    stream = io.StringIO()
    plain = Console(file=stream, width=PLAIN_WIDTH, highlight=False, color_system=None)
    plain.print(Group(*_parts(assessment, details=details)))
    return "\n".join(line.rstrip() for line in stream.getvalue().split("\n"))


def _parts(assessment: Assessment, *, details: bool) -> Iterator[RenderableType]:
    model = assessment.model
    yield Text.assemble((model.organisation, "bold"), f", as of {day(assessment.today)}")
    yield Text()
    yield _functions(assessment, causes=details)
    yield Text()
    yield _counts(assessment)
    yield from _expired(assessment)
    if assessment.concerns and not details:
        yield Text("What stands behind them, the most pressing first:")
    yield from all_findings(assessment) if details else all_concerns(assessment)
    yield from _treated(assessment)
    yield Text()
    yield _footer(assessment)


def _functions(assessment: Assessment, *, causes: bool) -> RenderableType:
    rows: list[RenderableType] = []
    for function in assessment.functions:
        impact = assessment.worst_impacts[function.id]
        verdict = impact.verdict if impact else Verdict.TOLERABLE
        unknown = not function.needs and not function.shares
        sign, colour = SIGNS[Verdict.STRAINED if unknown else verdict]
        head = Text.assemble((f"{sign} ", colour), (function.title, "bold"))
        head.append(f"  {_meaning(function, impact)}")
        rows.append(head)
        if causes and impact is not None:
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
    silent = not_looked_for(assessment)
    if silent:
        text.append(f"\n{silent}.", "bold")
    return text


def _expired(assessment: Assessment) -> Iterator[RenderableType]:
    """Say first which decisions no longer hold: what they were about is open again."""
    again: dict[str, list[Treated]] = {}
    for treated in assessment.findings:
        if treated.expired and treated.treatment is not None:
            again.setdefault(treated.treatment.id, []).append(treated)
    for found in again.values():
        treatment = found[0].treatment
        assert treatment is not None
        assert treatment.expires is not None
        opened = show_value(Count(len(found), "finding is", "findings are"), assessment.model)
        text = f"The decision “{treatment.title}” about {treatment.about} expired on "
        text += f"{day(treatment.expires)}: {opened} open again."
        yield Text(text, "bold red")


def _treated(assessment: Assessment) -> Iterator[RenderableType]:
    decided = [t for t in assessment.findings if not t.open or t.disputed]
    if not decided and not assessment.orphans:
        return
    yield Text()
    yield Text("DECIDED ON", "bold")
    for treated in decided:
        treatment = treated.treatment
        assert treatment is not None
        until = f", until {day(treatment.expires)}" if treatment.expires else ", without an end"
        stays = "; it stays open" if treated.disputed else ""
        yield Text(f"  {treated.finding.key}: {treatment.status}{until}{stays}")
    for orphan in assessment.orphans:
        yield Text(f"  {orphan.treatment.id}: {no_finding(orphan)}", "yellow")


def _footer(assessment: Assessment) -> Text:
    count = len(assessment.results.assumptions)
    rests = "1 fact is" if count == 1 else f"{count} facts are"
    return Text(
        f"{rests} assumed or missing; each finding lists those it rests on (--format json). "
        "`riskmap explain RULE` says how a rule decides, `riskmap explain MODEL ID` shows one "
        "element.",
        "dim",
    )
