"""From a path to all the files of a model: what it includes, and what it extends.

A model is a stack of layers. The first is the file the user named with all that it includes; the
next is the model that this one extends, again with all that it includes; and so on.
"""

import os
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from riskmap.loading.document import Document, report
from riskmap.loading.library import PREFIX, Library
from riskmap.loading.problems import Problems, did_you_mean
from riskmap.loading.source import read_document
from riskmap.loading.validation import RawFile, Role, validate_file

MAX_FILES = 500

_VERBS = {"include": "includes", "extends": "names"}

Key = tuple[str | int, ...]


@dataclass(slots=True)
class Layer:
    """One model file with all that it includes.

    Attributes
    ----------
    files : list of RawFile
        Its main file first.
    library : dict of str to RawFile
        The files of the library that it includes, with the file that says so.
    """

    files: list[RawFile]
    library: dict[str, RawFile]


def read_layers(main: Path, library: Library, problems: Problems) -> list[Layer]:
    """Read a model file, what it includes, and what it extends; the newest layer first."""
    return list(_Reading(library, problems).layers(main))


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):  # a loop of links, or a path that cannot be
        return path


class _Reading:
    """Reads each file once, and keeps count of them."""

    def __init__(self, library: Library, problems: Problems) -> None:
        self._library = library
        self._problems = problems
        self._documents: dict[Path, Document | None] = {}
        self._full = False

    def layers(self, main: Path) -> Iterator[Layer]:
        """Yield the layers of a model, the newest first."""
        chain: list[Path] = []
        path: Path | None = main
        user: RawFile | None = None
        while path is not None:
            chain.append(_resolved(path))
            document = self._read(path)
            if document is None:
                if user is not None:
                    user.incomplete = True
                return
            role = Role.MAIN if user is None else Role.BASE
            user = validate_file(document, self._problems, role)
            yield self._layer(user)
            path = self._extended(user, chain)
            if path is not None and self._too_many(user, ("extends",)):
                return

    def _read(self, path: Path) -> Document | None:
        resolved = _resolved(path)
        if resolved not in self._documents:
            self._documents[resolved] = read_document(path, str(path), self._problems)
        return self._documents[resolved]

    def _too_many(self, raw: RawFile, at: Key, waiting: int = 0) -> bool:
        if len(self._documents) + waiting > MAX_FILES and not self._full:
            self._full = True
            message = f"together this is more than {MAX_FILES} files"
            hint = "put more entries into one file; one file per provider is plenty"
            report(self._problems, raw.document, at, "too-many-files", message, hint=hint)
        return self._full

    # --- include ----------------------------------------------------------------------------

    def _layer(self, main: RawFile) -> Layer:
        """Read what a file includes, then what these include; each file once."""
        layer = Layer([main], {})
        seen = {_resolved(Path(main.document.name))}
        queue = deque(self._includes(main, layer))
        while queue and not self._too_many(layer.files[-1], ("include",), len(queue)):
            path, includer = queue.popleft()
            resolved = _resolved(path)
            if resolved in seen:
                continue
            seen.add(resolved)
            document = self._read(path)
            if document is None:
                includer.incomplete = True
                continue
            raw = validate_file(document, self._problems, Role.PART)
            self._refuse_layering(raw)
            layer.files.append(raw)
            queue.extend(self._includes(raw, layer))
        return layer

    def _includes(self, raw: RawFile, layer: Layer) -> Iterator[tuple[Path, RawFile]]:
        for index, text in enumerate(raw.header.get("include", ())):
            if text.startswith(PREFIX):
                self._from_library(raw, index, text, layer)
                continue
            found = self._path(raw, ("include", index), text, "include")
            if found is not None:
                yield found, raw

    def _from_library(self, raw: RawFile, index: int, text: str, layer: Layer) -> None:
        name = text.removeprefix(PREFIX).strip()
        if name in self._library.names:
            layer.library.setdefault(name, raw)
            return
        raw.incomplete = True
        message = f"the library that ships with riskmap has no {name!r}"
        hint = did_you_mean(name, self._library.names)
        hint = hint or "a name there is that of a product family, such as 'library:microsoft-365'"
        at = ("include", index)
        report(self._problems, raw.document, at, "unknown-include", message, hint=hint)

    def _refuse_layering(self, raw: RawFile) -> None:
        for key in ("extends", "remove"):
            if raw.header.get(key):
                message = f"a file that is included cannot have {key!r}"
                hint = f"write {key!r} in the file that includes this one"
                self._at_key(raw, key, message, hint)

    def _at_key(self, raw: RawFile, key: str, message: str, hint: str) -> None:
        report(
            self._problems, raw.document, (key,), "contradiction", message, hint=hint, at_key=True
        )

    # --- extends ----------------------------------------------------------------------------

    def _extended(self, raw: RawFile, chain: list[Path]) -> Path | None:
        """Return the path of the model that a file extends, None when there is none."""
        text = raw.header.get("extends")
        if text is None:
            if raw.header.get("remove"):
                message = "there is nothing to take away from: this file extends no other"
                hint = "write 'extends:' with the path of the model that this one changes"
                self._at_key(raw, "remove", message, hint)
            return None
        found = self._path(raw, ("extends",), text, "extends")
        if found is None or _resolved(found) not in chain:
            return found
        raw.incomplete = True
        names = [path.name for path in chain[chain.index(_resolved(found)) :]]
        message = "a model cannot extend itself"
        if len(names) > 1:
            message += f": {' > '.join([*names, names[0]][:6])}"
        hint = "name the older model, which this one changes"
        report(self._problems, raw.document, ("extends",), "contradiction", message, hint=hint)
        return None

    # --- paths ------------------------------------------------------------------------------

    def _path(self, raw: RawFile, at: Key, text: str, key: str) -> Path | None:
        """Return the path of a file that another one names, None when it is refused."""

        def refuse(code: str, message: str, hint: str) -> None:
            raw.incomplete = True
            report(self._problems, raw.document, at, code, message, hint=hint)

        unknown = f"unknown-{key}"
        if text.startswith(PREFIX):
            message = f"{text!r} is no model of an organisation"
            refuse(unknown, message, f"write 'include: {text}' instead")
            return None
        if Path(text).is_absolute() or PureWindowsPath(text).drive or "://" in text:
            message = f"{text!r} is not a path relative to this file"
            example = "contracts.yaml" if key == "include" else "current.yaml"
            refuse(unknown, message, f"write the path from this file's folder, such as '{example}'")
            return None
        name = os.path.normpath(Path(raw.document.name).parent / text)
        found = Path(name)
        try:
            is_folder, is_file = found.is_dir(), found.is_file()
        except OSError:  # a name too long, or a folder that may not be entered
            is_folder = is_file = False
        if is_folder:
            hint = "name the files in it one by one" if key == "include" else "name the file in it"
            refuse("not-a-file", f"{name!r} is a folder", hint)
            return None
        if not is_file:
            hint = f"paths are relative to the file that {_VERBS[key]} them"
            if "\\" in text:
                hint = f"write the path with forward slashes: {text.replace(chr(92), '/')}"
            refuse("no-such-file", f"there is no file {name!r}", hint)
            return None
        return found
