"""From a path to a model: the main file, what it includes, and every problem of them all."""

import gc
import hashlib
import os
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path, PureWindowsPath
from typing import Any

from riskmap.loading.build import build_entry
from riskmap.loading.consistency import check_consistency
from riskmap.loading.document import report
from riskmap.loading.problems import Problems
from riskmap.loading.shape import HEADER, SECTIONS
from riskmap.loading.source import read_document
from riskmap.loading.validation import RawFile, validate_file
from riskmap.model import Entry, Model

MAX_FILES = 500


def load_model(path: str | Path) -> Model:
    """Read a model file and everything it includes.

    Parameters
    ----------
    path : str or Path
        The main YAML file.

    Returns
    -------
    Model
        With every reference resolved and every fact possible.

    Raises
    ------
    ModelError
        With all problems found, each at its line.
    """
    problems = Problems()
    with _without_collector():
        files = _read_all(Path(path), problems)
        if not files:
            problems.raise_if_any()
        header = _header(files)
        check_consistency(files, header.get("as_of"), problems)
        problems.raise_if_any()
        return _model(files, header)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Hold off the garbage collector: reading makes many objects and drops none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read_all(main: Path, problems: Problems) -> list[RawFile]:
    """Read the main file, then what it includes, then what these include; each file once."""
    files: list[RawFile] = []
    seen: set[Path] = set()
    queue: deque[tuple[Path, RawFile | None]] = deque([(main, None)])
    while queue:
        path, includer = queue.popleft()
        resolved = _resolved(path)
        if resolved in seen:
            continue
        seen.add(resolved)
        document = read_document(path, str(path), problems)
        if document is None:
            if includer is not None:
                includer.incomplete = True
            continue
        raw = validate_file(document, problems, main=includer is None)
        files.append(raw)
        included = [
            _included(raw, i, t, problems) for i, t in enumerate(raw.header.get("include", ()))
        ]
        queue.extend((found, raw) for found in included if found is not None)
        if len(seen) + len(queue) > MAX_FILES:
            message = f"together this is more than {MAX_FILES} files"
            hint = "put more entries into one file; one file per provider is plenty"
            report(problems, document, ("include",), "too-many-files", message, hint=hint)
            break
    return files


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):  # a loop of links, or a path that cannot be
        return path


def _included(raw: RawFile, index: int, text: str, problems: Problems) -> Path | None:
    """Return the path of an included file, None when it is refused."""

    def refuse(code: str, message: str, hint: str) -> None:
        raw.incomplete = True
        report(problems, raw.document, ("include", index), code, message, hint=hint)

    if text.startswith("library:"):
        message = "this version ships no library of models"
        refuse("unknown-include", message, "include files by their path")
        return None
    if Path(text).is_absolute() or PureWindowsPath(text).drive or "://" in text:
        message = f"{text!r} is not a path relative to this file"
        hint = "write the path from this file's folder, such as 'contracts.yaml'"
        refuse("unknown-include", message, hint)
        return None
    name = os.path.normpath(Path(raw.document.name).parent / text)
    found = Path(name)
    try:
        is_folder, is_file = found.is_dir(), found.is_file()
    except OSError:  # a name too long, or a folder that may not be entered
        is_folder = is_file = False
    if is_folder:
        refuse("not-a-file", f"{name!r} is a folder", "name the files in it one by one")
        return None
    if not is_file:
        hint = "paths are relative to the file that includes them"
        if "\\" in text:
            hint = f"write the path with forward slashes: {text.replace(chr(92), '/')}"
        refuse("no-such-file", f"there is no file {name!r}", hint)
        return None
    return found


def _header(files: list[RawFile]) -> dict[str, Any]:
    """Merge the headers: the file that includes has the last word."""
    merged: dict[str, Any] = {}
    for file in reversed(files):
        merged.update({key: value for key, value in file.header.items() if value is not None})
    return {key: merged.get(key) for key in HEADER}


def _model(files: list[RawFile], header: dict[str, Any]) -> Model:
    sections: dict[str, list[Entry]] = {section: [] for section in SECTIONS}
    for file in files:
        for entry in file.entries:
            sections[entry.section].append(build_entry(entry))
    as_of = header["as_of"]
    assert as_of is None or isinstance(as_of, date)
    entries: dict[str, Any] = {
        section: tuple(sorted(found, key=lambda entry: entry.id))
        for section, found in sections.items()
    }
    return Model(
        organisation=header["organisation"],
        as_of=as_of,
        currency=header["currency"],
        jurisdiction=header["jurisdiction"],
        exit_people=header["exit_people"],
        digest=_digest(files),
        files=tuple((file.document.name, file.document.text) for file in files),
        **entries,
    )


def _digest(files: list[RawFile]) -> str:
    """Hash the texts in the order they were read; file names do not count."""
    digest = hashlib.sha256()
    for file in files:
        raw = file.document.text.encode()
        digest.update(len(raw).to_bytes(8, "big"))
        digest.update(raw)
    return digest.hexdigest()
