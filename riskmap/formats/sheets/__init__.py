"""What the sheets of the workbook hold: one table each, in plain values with their kinds.

Durations are numbers, in hours or days as the head of the column says; what nobody stated reads
``not stated`` and what nothing ends ``no known end``, since an empty cell would look like zero.
"""

from riskmap.assessment import Assessment
from riskmap.formats.sheets.contracts import contracts_sheet
from riskmap.formats.sheets.dependencies import dependencies_sheet
from riskmap.formats.sheets.findings import findings_sheet
from riskmap.formats.sheets.functions import functions_sheet
from riskmap.formats.sheets.summary import summary_sheet
from riskmap.formats.sheets.table import Table
from riskmap.formats.sheets.uncontracted import uncontracted_sheet


def tables(assessment: Assessment) -> tuple[Table, ...]:
    """Return every sheet in order."""
    sheets = (
        summary_sheet,
        findings_sheet,
        functions_sheet,
        dependencies_sheet,
        contracts_sheet,
        uncontracted_sheet,
    )
    return tuple(sheet(assessment) for sheet in sheets)
