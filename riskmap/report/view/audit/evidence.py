"""The evidence of a finding in words: paths, figures with how far they may be relied on."""

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType

from riskmap.language import tr, trn
from riskmap.model import Confidence
from riskmap.report.view.audit.subject import AuditContext
from riskmap.report.view.words import mark, tie
from riskmap.rules.finding import Finding, Measure, Witness
from riskmap.rules.statement import count_word, duration, money, percent

PATHS, MEASURES, NAME = 2, 5, 40
"""Paths and figures set out with one finding, and characters of a name in a path."""

MEASURED: Mapping[str, str] = MappingProxyType(
    {
        "acknowledgement_delay": "admitted after",
        "age_of_test": "age of the test",
        "allowed": "allowed by the policy",
        "allowed_a_year": "stops allowed in a year",
        "capacity_on_fallback": "capacity on the fallback",
        "clauses_missing": "clauses missing",
        "clauses_refused": "clauses refused",
        "clauses_unchecked": "clauses not checked",
        "exit_cost": "cost of leaving",
        "exit_effort": "work of leaving",
        "exit_time": "time to leave",
        "fact_age": "age of the facts",
        "fallback_from": "fallback carries after",
        "functions_reached": "functions that reach it, by weight",
        "functions_reached_directly": "of these directly",
        "functions_stopped": "functions that stop with it",
        "functions_stopped_too_long": "functions stopped for too long",
        "herfindahl_hirschman_index_of_spending": "index of spending (HHI)",
        "lead": "plan carries after",
        "longest_interruption": "longest interruption",
        "loosening_cost": "cost of loosening",
        "loss": "cost of the stop",
        "lowest_capacity": "least capacity left",
        "minimum": "minimum needed",
        "objective": "objective",
        "pairs": "pairs",
        "payable": "payable under contracts",
        "promised": "promised",
        "promised_together": "promised together",
        "retrieval_window": "time to fetch data",
        "share_of_spending": "share of spending",
        "stop_allowed": "stop allowed by the promise",
        "tests": "tests of the exit plan",
        "tolerated": "tolerated",
        "transfer_time": "transfer of data takes",
    }
)
"""Figures of the rules in words; others keep their name."""


def evidence(context: AuditContext, finding: Finding) -> str:
    """Return the paths and figures that a finding shows, and what it rests on."""
    return "; ".join(_parts(context, finding)) or tr("what the model states, or does not state")


def _parts(context: AuditContext, finding: Finding) -> Iterator[str]:
    paths = [item.path for item in finding.evidence if isinstance(item, Witness)]
    for way in paths[:PATHS]:
        if len(way) > 1:
            yield path(context, way)
    further = len(paths) - PATHS
    if further > 0:
        yield trn("one more path", "{count} more paths", further, count=count_word(further))
    measures = [item for item in finding.evidence if isinstance(item, Measure)]
    for measure in measures[:MEASURES]:
        yield _measure(context, measure)
    rests = len(finding.assumptions)
    if rests:
        yield trn(
            "rests on one fact that is assumed or missing",
            "rests on {count} facts that are assumed or missing",
            rests,
            count=count_word(rests),
        )


def path(context: AuditContext, way: tuple[str, ...]) -> str:
    """Write a path: each needs the next."""
    return " → ".join(context.words.short(name, NAME) for name in way)


def _measure(context: AuditContext, measure: Measure) -> str:
    known, _, about = measure.name.partition(":")
    name = tr(MEASURED.get(known, known.replace("_", " ")))
    if about in context.model:
        name = tr("{figure} of {name}", figure=name, name=context.words.name(about))
    value = mark(_value(context, measure), measure.basis is Confidence.ASSUMED)
    return tr("{figure} {value}", figure=name, value=value)


def _value(context: AuditContext, measure: Measure) -> str:
    match measure.unit:
        case "hours":
            unstated = measure.name in {"tolerated", "objective"} and not measure.value
            return tr("not stated") if unstated else tie(duration(measure.value * 3600))
        case "share":
            return percent(Fraction(measure.value).limit_denominator(1_000_000))
        case "money":
            return tie(money(measure.value, context.model.currency))
    return tr("no bound") if math.isinf(measure.value) else f"{measure.value:,.0f}"
