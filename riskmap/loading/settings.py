"""Small YAML files of settings: one group of keys under a format version."""

from pathlib import Path
from typing import Any, TypeVar

from riskmap.loading.document import Document, report
from riskmap.loading.fields import Shape
from riskmap.loading.problems import Problems
from riskmap.loading.refusal import show
from riskmap.loading.source import read_document
from riskmap.loading.validation import validated

VERSION = 1
Settings = TypeVar("Settings", bound=Shape)


def read_settings(
    path: Path, shape: type[Settings], what: str, hint: str, problems: Problems
) -> tuple[Document, Settings]:
    """Read a file and hold it against the shape of its settings.

    Parameters
    ----------
    path : Path
    shape : type
        Has the key ``riskmap_<what>``, which holds the format version, and a default for all keys.
    what : str
        What the file is, such as ``policy``.
    hint : str
        How such a file is begun.

    Returns
    -------
    Document
        The file, for what is to be checked further.
    Shape
        Without the keys that are wrong.

    Raises
    ------
    ModelError
        When the file cannot be read to its end.
    """
    document = read_document(path, str(path), problems)
    if document is None:
        problems.raise_if_any()
    assert document is not None
    return document, _held(document, shape, what, hint, problems)


def _held(
    document: Document, shape: type[Settings], what: str, hint: str, problems: Problems
) -> Settings:
    key, root = f"riskmap_{what}", document.root
    if not isinstance(root, dict) or key not in root:
        message = f"this is not a {what}"
        if isinstance(root, dict) and "riskmap" in root:
            message = f"this is a model, not a {what}"
        report(problems, document, (), f"not-a-{what}", message, hint=hint)
        return shape()
    if root[key] != VERSION or isinstance(root[key], bool):
        message = f"this riskmap reads {what} format {VERSION}, not {show(root[key])}"
        hint = f"write '{key}: {VERSION}', or install a newer riskmap"
        report(problems, document, (key,), "unsupported-version", message, hint=hint)
        root = _with(document, root, key)
    found, _ = validated(document, (), root, shape, problems)
    assert isinstance(found, shape)
    return found


def _with(document: Document, root: dict[str, Any], key: str) -> dict[str, Any]:
    """Go on with the version that is read, so that all else is checked too."""
    mended = {**root, key: VERSION}
    document.marks[id(mended)] = document.marks[id(root)]
    document.root = mended
    return mended
