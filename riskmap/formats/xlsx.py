"""The assessment as an Excel workbook: six sheets with real dates and numbers, ready to print.

Each sheet is a table of :mod:`riskmap.formats.sheets`; this module knows how a workbook is
made and nothing about assessments. A text is never taken for a formula, whatever it begins with.
The same assessment gives the same bytes: the workbook is dated by the day of the assessment, and
so is every part of the archive.
"""

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from textwrap import wrap

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from riskmap import __version__
from riskmap.assessment import Assessment
from riskmap.formats.sheets import tables
from riskmap.formats.sheets.table import Column, Kind, Table, Value
from riskmap.formats.wording import looks_like_formula, printable

LONGEST = 32_767
"""Characters that one cell holds."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")

_DAY = "yyyy-mm-dd"
_FORMATS = {
    Kind.HOURS: "#,##0.0",
    Kind.DAYS: "#,##0",
    Kind.SHARE: "0.0##%",
    Kind.MONEY: "#,##0",
}

_WORDS = (Kind.TEXT, Kind.SEVERITY)
"""Kinds of columns that hold words; the others are aligned by their figures."""

_TO_FILL_IN = PatternFill("solid", fgColor="FFF8DC")
_RULED = Border(bottom=Side("thin", color="D0D4DC"))

_FONT = "Calibri"
"""The library's default, named again where a cell has a font of its own."""

_LINE, _LINES = 15.0, 24
"""Height of a line in points, and the most lines of one row: Excel allows 409 points."""

_COLOURS = {
    "critical": ("8E1B1B", "FFFFFF"),
    "high": ("E07A5F", "000000"),
    "medium": ("F6D77A", "000000"),
    "low": ("D7E8D0", "000000"),
}
"""Fill and letter colour of each severity; the word stands in the cell as well."""


def write(assessment: Assessment) -> bytes:
    """Return an assessment as a workbook."""
    organisation = assessment.model.organisation
    title = f"Risk assessment: {organisation}"
    return workbook(tables(assessment), title, organisation, assessment.today)


def workbook(tables: Iterable[Table], title: str, organisation: str, today: date) -> bytes:
    """Return some tables as a workbook, a sheet each, dated by a day."""
    book = Workbook()
    book.remove(book.worksheets[0])
    made = datetime.combine(today, time(0), UTC).replace(tzinfo=None)
    book.properties.creator = f"riskmap {__version__}"
    book.properties.title = printable(title)
    book.properties.created = made
    for table in tables:
        _fill(book.create_sheet(table.title), table, organisation)
    stream = io.BytesIO()
    book.save(stream)
    return _settled(stream.getvalue(), made)


def _settled(content: bytes, made: datetime) -> bytes:
    """Replace the times that the library takes from the clock."""
    stream = io.BytesIO()
    stamp = made.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as given,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as kept,
    ):
        for name in given.namelist():
            part = given.read(name)
            if name == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", part)
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            kept.writestr(entry, part)
    return stream.getvalue()


def _fill(sheet: Worksheet, table: Table, organisation: str) -> None:

    head = PatternFill("solid", fgColor="1F2A44")
    for index, column in enumerate(table.columns, start=1):
        cell = sheet.cell(1, index)
        _text(cell, column.head)
        cell.font, cell.fill = Font(_FONT, 11, bold=True, color="FFFFFF"), head
        cell.alignment = _alignment(column, "center")
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    for number, row in enumerate(table.rows, start=2):
        for index, (column, value) in enumerate(zip(table.columns, row, strict=True), start=1):
            _put(sheet.cell(number, index), column, value)
            if index in table.open:
                sheet.cell(number, index).fill = _TO_FILL_IN
                sheet.cell(number, index).number_format = "@"
        sheet.row_dimensions[number].height = _LINE * _lines(table.columns, row)
    heads = tuple(column.head for column in table.columns)
    sheet.row_dimensions[1].height = _LINE * _lines(table.columns, heads)
    last = get_column_letter(len(table.columns))
    sheet.print_area = f"A1:{get_column_letter(table.printed)}{len(table.rows) + 1}"
    sheet.freeze_panes = table.frozen
    if table.rows and table.filtered:
        sheet.auto_filter.ref = f"A1:{last}{len(table.rows) + 1}"
    _print_setup(sheet, organisation)


def _lines(columns: tuple[Column, ...], row: tuple[Value, ...]) -> int:
    """Return how many lines the fullest cell of a row takes: programs do not all find out."""
    wanted = 1
    for column, value in zip(columns, row, strict=True):
        if isinstance(value, str):
            lines = wrap(value, max(1, int(column.width) - 3))
            wanted = max(wanted, len(lines))
    return min(wanted, _LINES)


def _print_setup(sheet: Worksheet, organisation: str) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_margins = PageMargins(
        left=0.4, right=0.4, top=0.7, bottom=0.7, header=0.3, footer=0.3
    )
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    head, foot = HeaderFooterItem(), HeaderFooterItem()
    head.left.text, head.right.text = printable(organisation).replace("&", "&&"), "&A"
    foot.right.text = "&P of &N"
    sheet.oddHeader, sheet.oddFooter = head, foot


def _put(cell: Cell | MergedCell, column: Column, value: Value) -> None:

    number = isinstance(value, int | float | date) and not isinstance(value, bool)
    cell.alignment = _alignment(column, "top")
    cell.border = _RULED
    if value is None:
        return
    if number:
        cell.value = value
        day = isinstance(value, date)
        cell.number_format = _DAY if day else _FORMATS.get(column.kind, "General")
        return
    _text(cell, ("yes" if value else "no") if isinstance(value, bool) else str(value))
    if column.kind is Kind.SEVERITY and value in _COLOURS:
        fill, letters = _COLOURS[str(value)]
        cell.fill = PatternFill("solid", fgColor=fill)
        cell.font = Font(_FONT, 11, bold=True, color=letters)


def _alignment(column: Column, vertical: str) -> Alignment:
    figures = column.kind not in _WORDS
    return Alignment(
        horizontal="right" if figures else "left",
        vertical=vertical,
        wrap_text=True,
        indent=0 if figures else 1,
    )


def _text(cell: Cell | MergedCell, text: str) -> None:
    """Write a text that stays one: no formula, no error value, no date."""
    shown = printable(text)
    cell.value = shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"
    cell.data_type = "s"
    if looks_like_formula(shown):
        cell.quotePrefix = True
