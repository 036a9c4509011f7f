"""From a path to a model: its files, put together, checked and built."""

import gc
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from riskmap.loading.build import build_entry
from riskmap.loading.compose import RawModel, compose
from riskmap.loading.consistency import check_consistency
from riskmap.loading.document import Document
from riskmap.loading.layers import read_layers
from riskmap.loading.library import Library
from riskmap.loading.problems import Problems
from riskmap.loading.shape import HEADER, SECTIONS
from riskmap.loading.validation import RawFile, report_no_organisation
from riskmap.model import SEPARATOR, Entry, LibraryUse, Model


def load_model(path: str | Path, *, library: Path | None = None) -> Model:
    """Read a model file, everything it includes, and everything it extends.

    Parameters
    ----------
    path : str or Path
        The main YAML file.
    library : Path, optional
        The folder that ``library:`` names; by default the one that ships with riskmap.

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
        shelf = Library(problems, library)
        layers = read_layers(Path(path), shelf, problems)
        if not layers:
            problems.raise_if_any()
        raw = compose(layers, shelf, problems)
        header = _header(raw.files)
        main = raw.files[0]
        if header["organisation"] is None and main.header.get("extends") and not main.incomplete:
            report_no_organisation(main.document, problems)
        check_consistency(raw, header["as_of"], problems)
        problems.raise_if_any()
        return _model(raw, header)


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


def _header(files: list[RawFile]) -> dict[str, Any]:
    """Merge the headers: the file that includes or extends has the last word."""
    merged: dict[str, Any] = {}
    reasons: dict[str, str | None] = {}
    for file in reversed(files):
        merged.update({key: value for key, value in file.header.items() if value is not None})
        reasons.update(file.header.get("not_applicable", {}))
    merged["not_applicable"] = {kind: why for kind, why in reasons.items() if why is not None}
    return {key: merged.get(key) for key in HEADER}


def _model(raw: RawModel, header: dict[str, Any]) -> Model:
    sections: dict[str, list[Entry]] = {section: [] for section in SECTIONS}
    for entry in raw.entries:
        sections[entry.section].append(build_entry(entry))
    as_of = header["as_of"]
    assert as_of is None or isinstance(as_of, date)
    entries: dict[str, Any] = {
        section: tuple(sorted(found, key=lambda entry: entry.id))
        for section, found in sections.items()
    }
    uses = _uses(raw)
    documents = [file.document for file in raw.files]
    for use in uses:
        used = raw.library.file(use.name)
        assert used is not None
        documents.append(used.document)
    return Model(
        organisation=header["organisation"],
        as_of=as_of,
        currency=header["currency"],
        jurisdiction=header["jurisdiction"],
        exit_people=header["exit_people"],
        not_applicable=tuple(sorted(header["not_applicable"].items())),
        library=uses,
        digest=_digest(documents),
        files=tuple((document.name, document.text) for document in documents),
        **entries,
    )


def _uses(raw: RawModel) -> tuple[LibraryUse, ...]:
    """Return which files of the library the entries come from, and what was said beyond them."""
    ids: dict[str, list[str]] = {}
    changed: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for entry in sorted(raw.entries, key=lambda entry: entry.id):
        name, slash, _ = entry.id.partition(SEPARATOR)
        if not slash:
            continue
        ids.setdefault(name, []).append(entry.id)
        (home, _), _ = entry.document.find(entry.body.path)
        places = entry.document.places(entry.body.facts, home) if entry.body.facts else {}
        own = sorted(str(key) for key, place in places.items() if not place.document.shipped)
        if own:
            changed.setdefault(name, []).append((entry.id, tuple(own)))
    found = []
    for name, entries in sorted(ids.items()):
        file = raw.library.file(name)
        assert file is not None
        told = tuple(changed.get(name, ()))
        found.append(LibraryUse(name, file.head.title, file.as_of, tuple(entries), told))
    return tuple(found)


def _digest(documents: Iterable[Document]) -> str:
    """Hash the texts in the order they were read; file names do not count."""
    digest = hashlib.sha256()
    for document in documents:
        raw = document.text.encode()
        digest.update(len(raw).to_bytes(8, "big"))
        digest.update(raw)
    return digest.hexdigest()
