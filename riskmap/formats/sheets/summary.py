"""The first sheet: whose assessment this is, and what it counts."""

from riskmap.assessment import Assessment
from riskmap.formats.register import register
from riskmap.formats.sheets.table import NOT_STATED, Column, Table, Value
from riskmap.formats.wording import counts, orphans
from riskmap.model import (
    Severity,
)


def summary_sheet(assessment: Assessment) -> Table:
    """Return the sheet."""
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
