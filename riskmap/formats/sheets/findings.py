"""The sheet of findings, the most severe first."""

from riskmap.assessment import Assessment
from riskmap.formats.sheets.table import Column, Kind, Table, titles
from riskmap.formats.wording import said

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


def findings_sheet(assessment: Assessment) -> Table:
    """Return the sheet."""
    model, rows = assessment.model, []
    for treated in assessment.findings:
        finding, words, treatment = treated.finding, said(assessment, treated), treated.treatment
        where = model.entry(finding.subject).where
        rows.append(
            (
                str(finding.severity),
                words.subject,
                words.title,
                titles(assessment, finding.functions),
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
