"""From a file to the snapshot of the assessment in it.

What the file is, its first bytes say where they can, else its name. Whatever is wrong with it is
one problem at the file; these files are not written by people, so no line is shown.
"""

import json
import re
import stat
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn

from riskmap.assessment.comparing import DocumentError, Snapshot, snapshot_of
from riskmap.assessment.reading.pdf import assessment_in
from riskmap.errors import Location, ModelError, Problem
from riskmap.loading.reader import CONTROL

MOST_BYTES = 128 * 2**20
"""Size of a file that is read: five times the JSON of a model with a thousand entries."""
_HEAD = 1024
"""Bytes within which a PDF says that it is one (ISO 32000-1, annex H.3, note 13)."""
_ESCAPED_CONTROL = re.compile(
    r"(?<!\\)(?:\\\\)*\\u00(?:0[0-8b-f]|1[0-9a-f]|7f|[89][0-9a-f])", re.IGNORECASE
)
"""An escape for what would move a terminal's cursor; no model holds such a character."""


class Kind(StrEnum):
    """What a side of a comparison is."""

    MODEL = "model"
    JSON = "json"
    PDF = "pdf"
    HTML = "html"


def kind_of(path: Path) -> Kind:
    """Return what a file is; one that cannot be read is what its name says."""
    suffix = path.suffix.lower()
    head = _head(path)
    if b"%PDF-" in head or (suffix == ".pdf" and not head):
        return Kind.PDF
    if suffix in {".html", ".htm"}:
        return Kind.HTML
    if suffix in {".yaml", ".yml"}:
        return Kind.MODEL
    if suffix == ".pdf":
        return Kind.PDF
    return Kind.JSON if suffix == ".json" or head.lstrip()[:1] == b"{" else Kind.MODEL


def read_snapshot(path: Path) -> Snapshot:
    """Read the assessment in a JSON file or in a report as PDF.

    Raises
    ------
    ModelError
        When the file cannot be read, is neither, is damaged, or holds no assessment that this
        riskmap reads.
    """
    data, kind = _bytes_of(path), kind_of(path)
    if kind is Kind.HTML:
        message = "a report as HTML does not hold its assessment"
        _refuse(path, "html-report", message, "compare with the report as PDF, or with the model")
    try:
        if kind is Kind.PDF:
            data = assessment_in(data)
        return snapshot_of(_parsed(data))
    except DocumentError as error:
        _refuse(path, error.code, str(error), error.hint)


def _head(path: Path) -> bytes:
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as stream:
            return stream.read(_HEAD)
    except (OSError, ValueError):
        return b""


def _bytes_of(path: Path) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            _refuse(path, "not-a-file", "this is not a file", "name the file itself")
        if status.st_size > MOST_BYTES:
            message = f"the file is larger than {MOST_BYTES // 2**20} MiB"
            _refuse(path, "too-large", message, "is it the right file?")
        return path.read_bytes()
    except FileNotFoundError:
        _refuse(path, "no-such-file", "there is no such file", "check the path")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        _refuse(path, "unreadable", f"the file cannot be read: {reason.lower()}", "")


def _parsed(data: bytes) -> Any:
    """Parse JSON; what is none, or holds what riskmap never writes, is refused."""
    try:
        text = data.decode("utf-8-sig")
        if CONTROL.search(text) or _ESCAPED_CONTROL.search(text):
            raise ArithmeticError("it holds an invisible control character")
        return json.loads(text, parse_constant=_no_number)
    except ArithmeticError as error:
        reason = str(error)
    except UnicodeDecodeError:
        reason = "it is not UTF-8 text"
    except json.JSONDecodeError as error:
        reason = f"line {error.lineno}, column {error.colno}: {error.msg.lower()}"
    except RecursionError:
        reason = "it is nested too deeply"
    except ValueError:
        reason = "a number in it is too long"
    raise DocumentError(
        "not-json",
        f"this is not whole JSON: {reason}",
        "'riskmap assess MODEL -o assessment.json' makes an assessment that can be compared",
    )


def _no_number(name: str) -> NoReturn:
    raise ArithmeticError(f"{name} is no number of JSON")


def _refuse(path: Path, code: str, message: str, hint: str) -> NoReturn:
    raise ModelError([Problem(Location(str(path), 1, 1), code, message, hint=hint)])
