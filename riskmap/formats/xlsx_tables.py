"""What the sheets of the workbook hold: one table each, in plain values with their kinds.

Durations are numbers, in hours or days as the head of the column says; what nobody stated reads
``not stated`` and what nothing ends ``no known end``, since an empty cell would look like zero.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from fractions import Fraction

from riskmap.assessment import Assessment
from riskmap.formats.register import register
from riskmap.formats.wording import counts, orphans, said, verdict
from riskmap.model import (
    ClauseStatus,
    Contract,
    Element,
    Function,
    Provider,
    Service,
    Severity,
    ThirdParty,
)
from riskmap.rules.accountability import in_force
from riskmap.rules.verdict import Impact

Value = str | int | float | date | bool | None

NOT_STATED, NO_END = "not stated", "no known end"


class Kind(Enum):
    """What a column holds, and so how it is shown."""

    TEXT = auto()
    SEVERITY = auto()
    DATE = auto()
    HOURS = auto()
    DAYS = auto()
    SHARE = auto()
    MONEY = auto()
    NUMBER = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, its width in characters, what it holds."""

    head: str
    width: float = 14
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet.

    Attributes
    ----------
    frozen : str
        The first cell that scrolls.
    printed : int
        How many columns, from the left, go onto paper; the rest is for filters and programs.
    filtered : bool
        Whether the heads carry filters.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    printed: int
    frozen: str = "B2"
    filtered: bool = True


def tables(assessment: Assessment) -> tuple[Table, ...]:
    """Return every sheet in order."""
    return (
        _summary(assessment),
        _findings(assessment),
        _functions(assessment),
        _dependencies(assessment),
        _contracts(assessment),
        _without_contract(assessment),
    )


# -- summary ------------------------------------------------------------------------------------


def _summary(assessment: Assessment) -> Table:
    model, results = assessment.model, assessment.results
    rows: list[tuple[Value, ...]] = [
        ("Organisation", model.organisation),
        ("Day of the assessment", assessment.today),
        ("Model as of", model.as_of or NOT_STATED),
        ("Currency", model.currency or NOT_STATED),
        ("Policy", assessment.policy.name),
        ("Findings", counts(assessment)),
    ]
    for severity in reversed(Severity):
        number = sum(t.open and t.finding.severity is severity for t in assessment.findings)
        rows.append((f"Open, {severity}", number))
    rows.append(("Decided on", sum(not t.open for t in assessment.findings)))
    rows.append(("Decisions expired", sum(t.expired for t in assessment.findings)))
    rows.append(("Dependencies without a contract", len(register(results))))
    rows.append(("Facts assumed or missing", len(results.assumptions)))
    rows.extend(("Decision about nothing", text) for text in orphans(assessment))
    rows.append(("Digest of the model (SHA-256)", model.digest or NOT_STATED))
    columns = (Column("What", 34), Column("Value", 80))
    return Table("Summary", columns, tuple(rows), 2, "A2", filtered=False)


# -- findings -----------------------------------------------------------------------------------

_FINDINGS = (
    Column("Severity", 11, Kind.SEVERITY),
    Column("About", 20),
    Column("Pattern", 18),
    Column("Functions concerned", 20),
    Column("What was found", 45),
    Column("Why this severity", 32),
    Column("What to do", 36),
    Column("Decision", 20),
    Column("Decision expires", 11, Kind.DATE),
    Column("Decision owner", 16),
    Column("Open", 8),
    Column("Rule", 9),
    Column("Key", 26),
    Column("Ticket", 14),
    Column("Assumptions it rests on", 13, Kind.NUMBER),
    Column("Written at", 30),
)


def _findings(assessment: Assessment) -> Table:
    model, rows = assessment.model, []
    for treated in assessment.findings:
        finding, words, treatment = treated.finding, said(assessment, treated), treated.treatment
        where = model.entry(finding.subject).where
        rows.append(
            (
                str(finding.severity),
                words.subject,
                words.title,
                _titles(assessment, finding.functions),
                f"{words.summary}.",
                f"{words.because}.",
                f"{words.recommendation}.",
                words.decision or None,
                treatment.expires if treatment else None,
                treatment.owner if treatment else None,
                treated.open,
                finding.rule,
                finding.key,
                treatment.ticket if treatment else None,
                len(finding.assumptions),
                str(where) if where else None,
            )
        )
    return Table("Findings", _FINDINGS, tuple(rows), printed=9)


# -- functions ----------------------------------------------------------------------------------

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


def _functions(assessment: Assessment) -> Table:
    results = assessment.results
    rows = []
    for function in assessment.functions:
        impact, objectives = assessment.worst_impacts[function.id], function.objectives
        inherent = results.inherent_singles[function.id]
        rows.append(
            (
                function.title,
                str(function.criticality or "not stated: counts as critical"),
                _hours(objectives.mtd),
                _hours(objectives.rto),
                _share(objectives.minimum),
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
        _hours_of(impact.stopped),
        float(impact.lowest),
        _hours_of(impact.fallback_from) if impact.fallback_from is not None else "none",
        float(impact.carried) if carried and impact.carried is not None else "none",
        _unbounded(impact.loss, "no known bound") if function.loss else NOT_STATED,
    )


# -- dependencies -------------------------------------------------------------------------------

_DEPENDENCIES = (
    Column("Dependency", 28),
    Column("Kind", 14),
    Column("Run by", 18),
    Column("Reached by a contract", 22),
    Column("Supply chain rank", 8, Kind.NUMBER),
    Column("Functions that need it", 26),
    Column("Functions it stops alone", 26),
    Column("Typical outage (hours)", 10, Kind.HOURS),
    Column("Worst outage (hours)", 11, Kind.HOURS),
    Column("Outages a year", 9, Kind.NUMBER),
    Column("How outages are known", 12),
    Column("Owner", 14),
    Column("Market", 14),
    Column("Last reviewed", 11, Kind.DATE),
    Column("Id", 22),
    Column("Tags", 18),
)


def _dependencies(assessment: Assessment) -> Table:
    entries = [e for e in assessment.model.elements() if not isinstance(e, Function)]
    rows = tuple(_dependency(assessment, entry) for entry in entries)
    return Table("Dependencies", _DEPENDENCIES, rows, printed=14)


def _dependency(assessment: Assessment, entry: Element) -> tuple[Value, ...]:
    results, model = assessment.results, assessment.model
    stands = results.accountability[entry.id]
    reached = "our own" if stands.own else "no"
    if stands.rank is not None:
        reached = " → ".join(model.title(name) for name in stands.chain)
    needing = [name for name in results.closures if entry.id in results.closures[name]]
    stopped = [name for name, found in results.inherent_singles.items() if entry.id in found]
    return (
        entry.title,
        _kind(entry),
        "ourselves" if stands.own else _title(assessment, stands.party),
        reached,
        stands.rank,
        _titles(assessment, needing),
        _titles(assessment, stopped),
        _hours(entry.outage.typical) if entry.fails_alone else None,
        _hours(entry.outage.worst) if entry.fails_alone else "does not fail by itself",
        _stated(entry.outage.per_year) if entry.fails_alone else None,
        str(entry.outage.confidence or entry.evidence.confidence or NOT_STATED),
        entry.owner or NOT_STATED,
        str(entry.market or NOT_STATED) if isinstance(entry, Service) else None,
        entry.reviewed or NOT_STATED,
        entry.id,
        ", ".join(entry.tags) or None,
    )


def _kind(entry: Element) -> str:
    match entry:
        case Service():
            return "service"
        case ThirdParty():
            return f"third party ({entry.kind})" if entry.kind else "third party"
        case Provider():
            return "provider"
    return "function"


# -- contracts ----------------------------------------------------------------------------------

_CONTRACTS = (
    Column("Contract", 26),
    Column("With", 18),
    Column("Covers", 30),
    Column("In force on the day", 8),
    Column("Starts", 11, Kind.DATE),
    Column("Ends", 11, Kind.DATE),
    Column("Notice (days)", 9, Kind.DAYS),
    Column("Annual cost", 12, Kind.MONEY),
    Column("Availability promised", 11, Kind.SHARE),
    Column("Measured on", 18),
    Column("Service credits", 12, Kind.MONEY),
    Column("Liability cap", 12, Kind.MONEY),
    Column("Clauses it has", 16),
    Column("Clauses missing", 16),
    Column("Clauses refused", 16),
    Column("Owner", 16),
    Column("Id", 22),
)


def _contracts(assessment: Assessment) -> Table:
    model = assessment.model
    amounts = f" ({model.currency or 'currency not stated'})"
    columns = tuple(
        Column(c.head + amounts, c.width, c.kind) if c.kind is Kind.MONEY else c for c in _CONTRACTS
    )
    rows = tuple(_contract(assessment, contract) for contract in model.contracts)
    return Table("Contracts", columns, rows, printed=15)


def _contract(assessment: Assessment, contract: Contract) -> tuple[Value, ...]:
    sla = contract.sla
    return (
        contract.title,
        _title(assessment, contract.provider),
        _titles(assessment, contract.covers),
        in_force(contract, assessment.today),
        contract.starts or NOT_STATED,
        contract.ends or NOT_STATED,
        NOT_STATED if contract.notice is None else contract.notice.total_seconds() / 86400,
        _stated(contract.annual_cost),
        _share(sla.availability if sla else None),
        (sla.measures if sla else None) or NOT_STATED,
        _stated(contract.credits),
        _stated(contract.liability_cap),
        *(_clauses(contract, status) for status in ClauseStatus),
        contract.owner or NOT_STATED,
        contract.id,
    )


def _clauses(contract: Contract, status: ClauseStatus) -> str | None:
    if not contract.clauses:
        return NOT_STATED
    return ", ".join(name for name, found in contract.clauses if found is status) or None


# -- the register of what no contract covers ----------------------------------------------------

_REGISTER = (
    Column("Dependency", 28),
    Column("Kind", 14),
    Column("Run by", 20),
    Column("Functions that need it", 22),
    Column("How it is reached", 44),
    Column("Worst outage (hours)", 10, Kind.HOURS),
    Column("Severity of losing it", 11, Kind.SEVERITY),
    Column("Known to be contracted by", 16),
    Column("Decides by itself", 10),
    Column("Appeal", 20),
    Column("Owner", 14),
    Column("Id", 24),
)


def _without_contract(assessment: Assessment) -> Table:
    return Table("Without contract", _REGISTER, tuple(_registered(assessment)), printed=11)


def _registered(assessment: Assessment) -> Iterator[tuple[Value, ...]]:
    for item in register(assessment.results):
        entry = item.element
        third = entry if isinstance(entry, ThirdParty) else None
        automated = None if third is None else third.automated
        yield (
            entry.title,
            _kind(entry),
            _title(assessment, entry.provider),
            _titles(assessment, item.functions),
            " → ".join(assessment.model.title(name) for name in item.path),
            _hours(entry.outage.worst) if entry.fails_alone else "does not fail by itself",
            str(item.severity),
            _titles(assessment, entry.contracted_by) or "nobody known",
            NOT_STATED if automated is None else automated,
            (third.appeal or "no known way") if third else None,
            entry.owner or NOT_STATED,
            entry.id,
        )


# -- values -------------------------------------------------------------------------------------


def _title(assessment: Assessment, entry_id: str | None) -> str:
    return NOT_STATED if entry_id is None else assessment.model.title(entry_id)


def _titles(assessment: Assessment, ids: tuple[str, ...] | list[str]) -> str | None:
    return "; ".join(assessment.model.title(name) for name in ids) or None


def _hours(length: timedelta | None) -> Value:
    return NOT_STATED if length is None else length.total_seconds() / 3600


def _hours_of(seconds: float) -> Value:
    return NO_END if math.isinf(seconds) else round(seconds / 3600, 6)


def _unbounded(amount: float, words: str) -> Value:
    return words if math.isinf(amount) else round(amount, 2)


def _share(share: Fraction | None) -> Value:
    return NOT_STATED if share is None else float(share)


def _stated(amount: float | None) -> Value:
    return NOT_STATED if amount is None else amount
