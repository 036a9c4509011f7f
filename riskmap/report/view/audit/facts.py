"""Single facts of a model as an auditor checks them: what they are called, say and come from."""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from riskmap.language import tr
from riskmap.model import (
    Confidence,
    Contingency,
    Element,
    Entry,
    Evidence,
    Function,
    Need,
    iter_needs,
    newest_test,
)
from riskmap.report.view.audit.subject import AuditContext
from riskmap.report.view.board.basis import FACTS
from riskmap.report.view.parts import Cell, gap
from riskmap.report.view.words import listed
from riskmap.rules.assumptions import AssumptionKind
from riskmap.rules.sampling import Sample

NEEDS = 4
"""Needs named in one cell; more are counted."""

_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "covers": "what it covers",
        "ends": "when it ends",
        "parent": "who owns it",
        "provider": "who runs it",
        "tests": "its newest passed test",
    }
)
_UNSHOWN: Mapping[AssumptionKind, str] = MappingProxyType(
    {
        AssumptionKind.ASSUMED: "assumed; nobody has shown it",
        AssumptionKind.MISSING: "nobody stated it",
        AssumptionKind.UNCONFIRMED: "nobody has confirmed it",
    }
)


def fact_name(fact: str) -> str:
    """Return what a fact is called, in the words of a reader."""
    if fact.startswith(("needs.", "uses.")):
        return tr("a need")
    return tr(_NAMES.get(fact) or FACTS.get(fact, fact.replace("_", " ")))


def stated(context: AuditContext, sample: Sample) -> str | None:
    """Return what the model says, None where a fact has no short form."""
    entry, words = context.model.entry(sample.subject), context.words
    section, _, target = sample.fact.partition(".")
    if target:
        return tr("needs {target}", target=words.name(target)) if target in context.model else None
    if sample.fact == "outage":
        return _outage(context, sample)
    if sample.fact == "needs":
        return _needs(context, entry)
    if sample.fact == "shares" and isinstance(entry, Function):
        parts = [f"{words.name(s.target)} {words.share(s.share, sample.key)}" for s in entry.shares]
        return listed(parts, NEEDS, tr("part"), tr("parts"))
    if sample.fact in {"provider", "parent"}:
        return words.name(getattr(entry, sample.fact))
    if sample.fact == "covers":
        return words.names(getattr(entry, "covers", ()), NEEDS)
    if sample.fact == "tests" and isinstance(entry, Contingency):
        newest = newest_test(entry.tests, context.assessment.today)
        return tr("passed on {day}", day=words.day(newest.date)) if newest else None
    holder = entry.objectives if isinstance(entry, Function) and section in _GOALS else entry
    return _shown(context, sample.key, getattr(holder, section, None))


_GOALS = frozenset({"mtd", "rto", "minimum"})


def _outage(context: AuditContext, sample: Sample) -> str | None:
    worst = context.model.element(sample.subject).outage.worst
    if worst is None:
        return None
    return tr("at worst {length}", length=context.words.span(worst.total_seconds(), sample.key))


def _needs(context: AuditContext, entry: Entry) -> str | None:
    if not isinstance(entry, Element):
        return None
    targets = [need.target for need in iter_needs(entry.needs)]
    if isinstance(entry, Function):
        targets += [share.target for share in entry.shares]
    if not targets:
        return tr("nothing is stated")
    return tr("this and no more: {names}", names=context.words.names(dict.fromkeys(targets), NEEDS))


def _shown(context: AuditContext, key: str, value: Any) -> str | None:
    words = context.words
    match value:
        case timedelta():
            return words.span(value.total_seconds(), key)
        case Fraction():
            return words.share(value, key)
        case date():
            return words.day(value)
        case str():
            return tr(str(value))
    return None


def source_of(context: AuditContext, sample: Sample) -> Cell:
    """Return where a fact comes from, or that nobody said."""
    assumption = context.results.assumptions.get(sample.key)
    if assumption is not None:
        return gap(tr(_UNSHOWN[assumption.kind]))
    evidence = _evidence(context, sample)
    if evidence.confidence in {Confidence.ASSUMED, Confidence.UNKNOWN}:
        return gap(tr(_UNSHOWN[AssumptionKind.ASSUMED]))
    if not evidence.source:
        return gap(tr("no source stated"))
    day = context.words.day(evidence.date) if evidence.date else ""
    word = tr(str(evidence.confidence)) if evidence.confidence else ""
    return Cell(evidence.source, note=", ".join(part for part in (word, day) if part))


def _evidence(context: AuditContext, sample: Sample) -> Evidence:
    """Return the evidence nearest to a fact: of the need, of the outage, else of the entry."""
    entry = context.model.entry(sample.subject)
    _, _, target = sample.fact.partition(".")
    if target:
        own = next((need.evidence for need in _every_need(entry) if need.target == target), None)
        if own is not None and (own.source or own.confidence):
            return own
    if sample.fact == "outage" and isinstance(entry, Element):
        outage = entry.outage
        if outage.source or outage.confidence:
            return Evidence(outage.source, entry.evidence.date, outage.confidence)
    return entry.evidence


def _every_need(entry: Entry) -> list[Need]:
    needs = entry.needs if isinstance(entry, Element) else getattr(entry, "uses", ())
    return list(iter_needs(needs))
