"""The sheet of functions against what they can bear."""

from riskmap.assessment import Assessment
from riskmap.formats.sheets.table import (
    NOT_STATED,
    Column,
    Kind,
    Table,
    Value,
    hours,
    hours_of,
    share,
    unbounded,
)
from riskmap.formats.wording import verdict
from riskmap.model import (
    Function,
)
from riskmap.rules.verdict import Impact

_FUNCTIONS = (
    Column("Function", 26),
    Column("Criticality", 12),
    Column("Can bear (hours)", 9, Kind.HOURS),
    Column("Aims for (hours)", 9, Kind.HOURS),
    Column("Least capacity needed", 10, Kind.SHARE),
    Column("Verdict", 22),
    Column("Worst single failure", 26),
    Column("It stops the function for (hours)", 12, Kind.HOURS),
    Column("Capacity left", 10, Kind.SHARE),
    Column("Fallback after (hours)", 10, Kind.HOURS),
    Column("Capacity on fallback", 10, Kind.SHARE),
    Column("Loss", 12, Kind.MONEY),
    Column("Single points of failure", 9, Kind.NUMBER),
    Column("Of these left once plans run", 10, Kind.NUMBER),
    Column("Open findings", 9, Kind.NUMBER),
    Column("Owner", 14),
    Column("Id", 20),
)


def functions_sheet(assessment: Assessment) -> Table:
    """Return the sheet."""
    results = assessment.results
    rows = []
    for function in assessment.functions:
        impact, objectives = assessment.worst_impacts[function.id], function.objectives
        inherent = results.inherent_singles[function.id]
        rows.append(
            (
                function.title,
                str(function.criticality or "not stated: counts as critical"),
                hours(objectives.mtd),
                hours(objectives.rto),
                share(objectives.minimum),
                verdict(function, impact),
                *_worst(assessment, function, impact),
                len(inherent),
                len(inherent & results.residual_singles[function.id]),
                sum(t.open and function.id in t.finding.functions for t in assessment.findings),
                function.owner or NOT_STATED,
                function.id,
            )
        )
    currency = assessment.model.currency or "currency not stated"
    named = tuple(
        Column(f"Loss ({currency})", c.width, c.kind) if c.head == "Loss" else c for c in _FUNCTIONS
    )
    return Table("Functions", named, tuple(rows), printed=16)


def _worst(assessment: Assessment, function: Function, impact: Impact | None) -> tuple[Value, ...]:
    if impact is None:
        return (None,) * 6
    carried = impact.fallback_from is not None and impact.carried is not None
    return (
        assessment.model.title(impact.element),
        hours_of(impact.stopped),
        float(impact.lowest),
        hours_of(impact.fallback_from) if impact.fallback_from is not None else "none",
        float(impact.carried) if carried and impact.carried is not None else "none",
        unbounded(impact.loss, "no known bound") if function.loss else NOT_STATED,
    )
