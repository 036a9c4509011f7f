"""From a path to a parsed document: everything that can be wrong with a file as a file."""

import codecs
import stat
from pathlib import Path

import yaml

from riskmap.errors import Location
from riskmap.loading.document import Document, position, report_at
from riskmap.loading.problems import Problems
from riskmap.loading.reader import CONTROL, Reader, Stop
from riskmap.loading.syntax import report_syntax, report_unreadable

MAX_BYTES = 16 * 1024 * 1024

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_document(path: Path, name: str, problems: Problems) -> Document | None:
    """Read one YAML file; None when it could not be read to its end.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        How the file is called in messages.
    problems : Problems
        Receives whatever is wrong.
    """
    raw = _read_bytes(path, name, problems)
    return None if raw is None else parse_document(raw, Document(name), problems)


def _read_bytes(path: Path, name: str, problems: Problems) -> bytes | None:
    def refuse(code: str, message: str, hint: str = "") -> None:
        problems.add(Location(name, 1, 1), code, message, hint=hint)

    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            what = "a folder" if stat.S_ISDIR(status.st_mode) else "not a file"
            refuse("not-a-file", f"this is {what}", "name the YAML file itself")
            return None
        if status.st_size > MAX_BYTES:
            message = f"the file is larger than {MAX_BYTES // 2**20} MiB"
            refuse("too-large", message, "is it the right file?")
            return None
        return path.read_bytes()
    except FileNotFoundError:
        refuse("no-such-file", "there is no such file", "check the path")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        refuse("unreadable", f"the file cannot be read: {reason.lower()}")
    return None


def parse_document(raw: bytes, document: Document, problems: Problems) -> Document | None:
    """Parse the bytes of a file into ``document``; None when they could not be read to the end."""
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        document.text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        _not_utf_8(raw, error.start, document, problems)
        return None
    control = CONTROL.search(document.text)
    if control is not None:
        line, column = position(document.text, control.start())
        report_at(
            problems,
            document,
            (line, column, 1),
            "control-character",
            f"the file holds an invisible control character (U+{ord(control.group()):04X})",
            hint="delete it; was the file saved by a word processor, or is it not text?",
        )
        return None
    reader = Reader(document, problems)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(document.text)
    try:
        reader.read(loader)
    except yaml.MarkedYAMLError as error:
        report_syntax(reader, error)
        return None
    except Stop:
        return None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        report_unreadable(reader, error)
        return None
    finally:
        loader.dispose()
    return document


def _not_utf_8(raw: bytes, at: int, document: Document, problems: Problems) -> None:
    if raw.startswith(_UTF_16):
        message = "the file is saved as UTF-16"
        problems.add(
            Location(document.name, 1, 1),
            "not-utf-8",
            message,
            hint="save it as UTF-8 in your editor ('Save as', 'Encoding')",
        )
        return
    document.text = raw.decode("utf-8", errors="replace")
    line, column = position(document.text, len(raw[:at].decode("utf-8")))
    report_at(
        problems,
        document,
        (line, column, 1),
        "not-utf-8",
        f"byte 0x{raw[at]:02x} is not UTF-8 text",
        hint="save the file as UTF-8 in your editor ('Save as', 'Encoding')",
    )
