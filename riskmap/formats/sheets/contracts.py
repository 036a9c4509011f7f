"""The sheet of contracts."""

from riskmap.assessment import Assessment
from riskmap.formats.sheets.table import (
    NOT_STATED,
    Column,
    Kind,
    Table,
    Value,
    share,
    stated,
    title,
    titles,
)
from riskmap.model import (
    ClauseStatus,
    Contract,
)
from riskmap.rules.accountability import in_force

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


def contracts_sheet(assessment: Assessment) -> Table:
    """Return the sheet."""
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
        title(assessment, contract.provider),
        titles(assessment, contract.covers),
        in_force(contract, assessment.today),
        contract.starts or NOT_STATED,
        contract.ends or NOT_STATED,
        NOT_STATED if contract.notice is None else contract.notice.total_seconds() / 86400,
        stated(contract.annual_cost),
        share(sla.availability if sla else None),
        (sla.measures if sla else None) or NOT_STATED,
        stated(contract.credits),
        stated(contract.liability_cap),
        *(_clauses(contract, status) for status in ClauseStatus),
        contract.owner or NOT_STATED,
        contract.id,
    )


def _clauses(contract: Contract, status: ClauseStatus) -> str | None:
    if not contract.clauses:
        return NOT_STATED
    return ", ".join(name for name, found in contract.clauses if found is status) or None
