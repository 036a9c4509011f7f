"""The register of dependencies without a contract."""

from collections.abc import Iterator

from riskmap.assessment import Assessment
from riskmap.formats.register import register
from riskmap.formats.sheets.table import (
    NOT_STATED,
    Column,
    Kind,
    Table,
    Value,
    hours,
    kind,
    title,
    titles,
)
from riskmap.model import (
    ThirdParty,
)

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


def uncontracted_sheet(assessment: Assessment) -> Table:
    """Return the sheet."""
    return Table("Without contract", _REGISTER, tuple(_registered(assessment)), printed=11)


def _registered(assessment: Assessment) -> Iterator[tuple[Value, ...]]:
    for item in register(assessment.results):
        entry = item.element
        third = entry if isinstance(entry, ThirdParty) else None
        automated = None if third is None else third.automated
        yield (
            entry.title,
            kind(entry),
            title(assessment, entry.provider),
            titles(assessment, item.functions),
            " → ".join(assessment.model.title(name) for name in item.path),
            hours(entry.outage.worst) if entry.fails_alone else "does not fail by itself",
            str(item.severity),
            titles(assessment, entry.contracted_by) or "nobody known",
            NOT_STATED if automated is None else automated,
            (third.appeal or "no known way") if third else None,
            entry.owner or NOT_STATED,
            entry.id,
        )
