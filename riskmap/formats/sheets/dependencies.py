"""The sheet of everything that functions depend on."""

from riskmap.assessment import Assessment
from riskmap.formats.sheets.table import (
    NOT_STATED,
    Column,
    Kind,
    Table,
    Value,
    hours,
    kind,
    stated,
    title,
    titles,
)
from riskmap.model import (
    Element,
    Function,
    Service,
)

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


def dependencies_sheet(assessment: Assessment) -> Table:
    """Return the sheet."""
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
        kind(entry),
        "ourselves" if stands.own else title(assessment, stands.party),
        reached,
        stands.rank,
        titles(assessment, needing),
        titles(assessment, stopped),
        hours(entry.outage.typical) if entry.fails_alone else None,
        hours(entry.outage.worst) if entry.fails_alone else "does not fail by itself",
        stated(entry.outage.per_year) if entry.fails_alone else None,
        str(entry.outage.confidence or entry.evidence.confidence or NOT_STATED),
        entry.owner or NOT_STATED,
        str(entry.market or NOT_STATED) if isinstance(entry, Service) else None,
        entry.reviewed or NOT_STATED,
        entry.id,
        ", ".join(entry.tags) or None,
    )
