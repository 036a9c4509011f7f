"""The findings as CSV (RFC 4180), one row each, for a spreadsheet.

UTF-8 with a byte order mark: without it Excel reads the file in the code page of the machine and
spoils every letter beyond ASCII. A text that a spreadsheet could take for a formula gets an
apostrophe before it (OWASP, CSV injection): a model may quote what strangers wrote.
"""

import csv
import io

from riskmap.assessment import Assessment, Treated
from riskmap.formats.wording import looks_like_formula, printable, said

COLUMNS = (
    "key",
    "rule",
    "rule_title",
    "severity",
    "open",
    "subject",
    "subject_title",
    "functions",
    "function_titles",
    "summary",
    "because",
    "recommendation",
    "involves",
    "assumptions",
    "treatment",
    "treatment_status",
    "treatment_reason",
    "treatment_owner",
    "treatment_approved_by",
    "treatment_expires",
    "treatment_expired",
    "ticket",
    "file",
    "line",
)
"""Heads of the columns, in order; new ones may be added at the end."""


def write(assessment: Assessment) -> bytes:
    """Return all findings, the most severe first."""
    stream = io.StringIO(newline="")
    rows = csv.writer(stream, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for treated in assessment.findings:
        rows.writerow([_cell(value) for value in _row(assessment, treated)])
    return stream.getvalue().encode("utf-8-sig")


def _row(assessment: Assessment, treated: Treated) -> tuple[str, ...]:
    finding, model, words = treated.finding, assessment.model, said(assessment, treated)
    where = model.entry(finding.subject).where
    return (
        finding.key,
        finding.rule,
        words.title,
        str(finding.severity),
        _yes(treated.open),
        finding.subject,
        words.subject,
        "; ".join(finding.functions),
        "; ".join(model.title(name) for name in finding.functions),
        words.summary,
        words.because,
        words.recommendation,
        "; ".join(finding.involves),
        "; ".join(finding.assumptions),
        *_treatment(treated),
        where.file if where else "",
        str(where.line) if where else "",
    )


def _treatment(treated: Treated) -> tuple[str, ...]:
    found = treated.treatment
    if found is None:
        return ("",) * 8
    return (
        found.id,
        str(found.status),
        found.reason or "",
        found.owner or "",
        found.approved_by or "",
        found.expires.isoformat() if found.expires else "",
        _yes(treated.expired),
        found.ticket or "",
    )


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _cell(text: str) -> str:
    text = printable(text)
    return f"'{text}" if looks_like_formula(text) else text
