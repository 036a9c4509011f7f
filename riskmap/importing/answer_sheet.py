"""A filled-in question sheet, Excel or Markdown, as plain answers with their places."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from riskmap.errors import Location, ModelError, Problem
from riskmap.formats.question_sheet import (
    ABOUT,
    ANSWER,
    DATED,
    HEADS,
    KEY,
    MODEL,
    PROVIDER,
    SHEET,
    SOURCE,
)

MAX_BYTES = 20_000_000
_LINE = re.compile(rf"- ({MODEL}|{PROVIDER}|{KEY}|{ANSWER}|{SOURCE}|{DATED}):\s*(.*)\Z")


@dataclass(frozen=True, slots=True)
class Answer:
    """One row that somebody filled in.

    Attributes
    ----------
    key : str
        Of the question.
    text, source, dated : str
        As written; the last two may be empty.
    where : Location
        Of the answer; in a workbook row and column.
    """

    key: str
    text: str
    source: str
    dated: str
    where: Location


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet that came back.

    Attributes
    ----------
    model : str
        Path of the model, as it was when the questions were written.
    provider : str
        Id of whom they were for.
    unanswered : int
    """

    model: str
    provider: str
    answers: tuple[Answer, ...]
    unanswered: int


def read_sheet(path: Path) -> Filled:
    """Read a filled-in question sheet.

    Raises
    ------
    ModelError
        When the file is no such sheet.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _refuse(path, "is far larger than any question sheet")
        if path.suffix.lower() == ".xlsx":
            return _workbook(path)
        return _markdown(path, path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise _refuse(path, "does not exist") from None
    except IsADirectoryError:
        raise _refuse(path, "is a folder") from None
    except (UnicodeDecodeError, InvalidFileException, zipfile.BadZipFile, KeyError, ValueError):
        raise _refuse(path, "cannot be read as a question sheet") from None
    except OSError as error:
        raise _refuse(path, f"cannot be read ({error.strerror})") from None


def _refuse(path: Path, why: str) -> ModelError:
    hint = "give the file that 'riskmap questions' wrote, filled in (.xlsx or .md)"
    return ModelError([Problem(Location(str(path), 1, 1), "no-sheet", f"{path} {why}", hint=hint)])


# -- Excel ---------------------------------------------------------------------------------


def _workbook(path: Path) -> Filled:
    book = load_workbook(path, data_only=True)
    sheet, about = book[SHEET], book[ABOUT]
    named = {_text(row[0]): _text(row[1]) for row in about.iter_rows(max_col=2)}
    columns = {_text(cell): cell.column for cell in sheet[1]}
    missing = [head for head in HEADS[-4:] if head not in columns]
    if missing or MODEL not in named or PROVIDER not in named:
        raise _refuse(path, "lacks the columns of a question sheet")
    rows = list(_rows(path, sheet, [columns[head] or 0 for head in HEADS[-4:]]))
    return _filled(named[MODEL], named[PROVIDER], rows)


def _rows(path: Path, sheet: Worksheet, columns: list[int]) -> Iterator[Answer]:
    answer, source, dated, key = columns
    for row in range(2, sheet.max_row + 1):
        name = _text(sheet.cell(row, key))
        if name:
            said = [_text(sheet.cell(row, column)) for column in (answer, source, dated)]
            yield Answer(name, said[0], said[1], said[2], Location(str(path), row, answer))


def _text(cell: Cell | MergedCell) -> str:
    """Return what a cell shows: days as days, shares with their sign."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, int | float) and "%" in (cell.number_format or ""):
        return f"{value * 100:.10g}%"
    return str(value).strip()


# -- Markdown ------------------------------------------------------------------------------


def _markdown(path: Path, text: str) -> Filled:
    named: dict[str, str] = {}
    rows: list[Answer] = []
    for number, line in enumerate(text.splitlines(), 1):
        found = _LINE.match(line.strip())
        if found is None:
            continue
        word, value = found[1], found[2].strip().strip("`").strip()
        if word in (MODEL, PROVIDER):
            named[word] = value
        elif word == KEY:
            rows.append(Answer(value, "", "", "", Location(str(path), number, 1)))
        elif rows:
            rows[-1] = _with(rows[-1], word, value, number, line)
    if MODEL not in named or PROVIDER not in named:
        raise _refuse(path, "does not name the model and the provider it is about")
    return _filled(named[MODEL], named[PROVIDER], rows)


def _with(row: Answer, word: str, value: str, number: int, line: str) -> Answer:
    if word == ANSWER:
        where = Location(row.where.file, number, max(1, line.find(value) + 1 if value else 1))
        return Answer(row.key, value, row.source, row.dated, where)
    if word == SOURCE:
        return Answer(row.key, row.text, value, row.dated, row.where)
    return Answer(row.key, row.text, row.source, value, row.where)


def _filled(model: str, provider: str, rows: list[Answer]) -> Filled:
    answers = tuple(row for row in rows if row.text)
    return Filled(model, provider, answers, len(rows) - len(answers))
