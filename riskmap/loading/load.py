"""From a path to a model: the main file, what it includes, and every problem of them all."""

import gc
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from riskmap.loading.build import build_entry
from riskmap.loading.consistency import check_consistency
from riskmap.loading.document import read_document
from riskmap.loading.problems import Problems
from riskmap.loading.shape import HEADER, SECTIONS
from riskmap.loading.validation import RawFile, report, validate_file
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
    files: list[RawFile] = []
    seen: set[Path] = set()
    queue: list[tuple[Path, str]] = [(main, str(main))]
    while queue:
        path, name = queue.pop(0)
        resolved = path.resolve()
        if resolved in seen:
            continue
        seen.add(resolved)
        document = read_document(path, name, problems)
        if document is None:
            continue
        raw = validate_file(document, problems, main=len(seen) == 1)
        files.append(raw)
        for index, text in enumerate(raw.header.get("include", ())):
            found = _included(raw, index, text, path, problems)
            if found is not None and len(seen) + len(queue) < MAX_FILES:
                queue.append((found, str(found)))
    return files


def _included(
    raw: RawFile, index: int, text: str, path: Path, problems: Problems
) -> Path | None:
    place = ("include", index) if isinstance(raw.document.root["include"], list) else ("include",)
    if text.startswith("library:"):
        report(
            problems,
            raw.document,
            place,
            "unknown-include",
            "this version ships no library of models",
            hint="include files by their path",
        )
        return None
    target = Path(text)
    if target.is_absolute() or "://" in text:
        report(
            problems,
            raw.document,
            place,
            "unknown-include",
            f"{text!r} is not a path relative to this file",
            hint="write the path from this file's folder, such as 'contracts.yaml'",
        )
        return None
    found = path.parent / target
    if not found.is_file():
        report(
            problems,
            raw.document,
            place,
            "no-such-file",
            f"there is no file {str(found)!r}",
            hint="paths are relative to the file that includes them",
        )
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
