"""What a file of the library must hold beyond what any model must: a source for every fact.

Nothing here runs when a model is read; the tests run it over all that ships.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from riskmap.loading.compose import RawModel
from riskmap.loading.consistency import check_entries
from riskmap.loading.document import Path as DocumentPath
from riskmap.loading.document import report
from riskmap.loading.fields import EvidenceShape, NeedShape
from riskmap.loading.library import Library
from riskmap.loading.problems import Problems, did_you_mean
from riskmap.loading.shape import ElementShape, ServiceShape, ThirdPartyShape
from riskmap.loading.validation import RawEntry, validate_entry
from riskmap.model import THIRD_PARTY_KINDS, Confidence

USERS = (
    "outage",
    "availability",
    "unavailability",
    "owner",
    "reviewed",
    "assumed",
    "exit",
    "coupled_to",
)
"""Keys that only a user can fill in, or that are worked out from incidents."""

Found = Iterator[tuple[DocumentPath, str, str]]
"""Path below the entry, message, hint."""


def check_library(folder: Path | None = None) -> None:
    """Hold every file of the library against all that is asked of it.

    Parameters
    ----------
    folder : Path, optional
        By default the one that ships with riskmap.

    Raises
    ------
    ModelError
        With all problems found, each at its line.
    """
    problems = Problems()
    library = Library(problems, folder)
    files = [library.file(name) for name in library.names]
    bodies = [body for file in files if file is not None for body in file.bodies.values()]
    entries = [validate_entry(body, problems) for body in bodies]
    raw = RawModel([], entries, library, frozenset(library.names))
    check_entries(raw, None, problems)
    for entry in entries:
        for path, message, hint in _unfit(entry):
            where = (*entry.body.path, *path)
            report(
                problems,
                entry.document,
                where,
                "unfit-for-library",
                message,
                hint=hint,
                at_key=not path,
            )
    problems.raise_if_any()


def _unfit(entry: RawEntry) -> Found:
    shape = entry.shape
    assert isinstance(shape, ElementShape)
    if shape.title is None:
        yield (), "it has no title", "write what people call it"
    for key in USERS:
        if key in shape.model_fields_set:
            yield (key,), f"{key!r} is not for the library", "leave it to whoever uses it"
    yield from _unproved(shape.evidence, ("evidence",))
    yield from _needs(shape.needs, ("needs",))
    if isinstance(shape, ServiceShape) and shape.sla is not None:
        yield from _unlinked(shape.sla.source, ("sla", "source"))
    if isinstance(shape, ThirdPartyShape) and shape.kind not in THIRD_PARTY_KINDS:
        hint = did_you_mean(shape.kind or "", THIRD_PARTY_KINDS)
        yield ("kind",), f"{shape.kind!r} is not a kind that is known", hint


def _needs(items: list[Any], path: DocumentPath) -> Found:
    for index, item in enumerate(items):
        here = (*path, index)
        if isinstance(item, str):
            yield here, "this need has no source", "write it as 'need:' with its 'evidence:'"
        elif isinstance(item, NeedShape):
            yield from _unproved(item.evidence, (*here, "evidence"))
            if item.why is None:
                yield here, "this need does not say why", "write 'why:'"
        for key in ("any_of", "of", "all_of"):
            yield from _needs(getattr(item, key, []), (*here, key))


def _unproved(evidence: EvidenceShape, path: DocumentPath) -> Found:
    yield from _unlinked(evidence.source, (*path, "source"))
    if evidence.confidence not in (Confidence.EVIDENCED, Confidence.ATTESTED):
        hint = "write 'evidenced' for what a document shows, 'attested' for a provider's word"
        yield (*path, "confidence"), "this is not said to be shown by its source", hint


def _unlinked(source: str | None, path: DocumentPath) -> Found:
    links = [urlsplit(link) for link in (source or "").split()]
    if not links or any(link.scheme != "https" or "." not in link.netloc for link in links):
        hint = "write the https address of what you read; several with a space between them"
        yield path, "this has no source that can be looked up", hint
