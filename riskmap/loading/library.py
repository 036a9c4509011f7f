"""The library of models that ships with riskmap: reading its files, and finding elements in them.

An id of the library is ``file/element``. Inside a file the prefix is left out where the same file
is meant; here every id and every mention gets it, so that the rest of the loader need not know.
Anything that is known about an element but not written in its file, such as how long it has been
out in the past, is to be added in :meth:`Library.body`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from riskmap.errors import UnknownNameError
from riskmap.loading.document import Document, report
from riskmap.loading.fields import Shape, Texts
from riskmap.loading.merge import Body
from riskmap.loading.problems import Problems, nearest
from riskmap.loading.quantities import Day, Text, is_id
from riskmap.loading.references import references
from riskmap.loading.source import read_document
from riskmap.loading.validation import validated
from riskmap.model import SEPARATOR
from riskmap.resources import models_dir

PREFIX = "library:"
"""Begins the name of a file of the library, in ``include`` and in messages."""

SECTIONS = ("services", "third_parties", "providers")

LibraryKind = Literal["services", "third-parties", "organisations"]


class LibraryShape(Shape):
    """What stands at the top of a file of the library."""

    riskmap: Literal[1] = Field(description="Version of the format.")
    library: LibraryKind = Field(description="What the file is mostly about.")
    title: Text = Field(description="What people call it.")
    about: Text | None = Field(None, description="What it is, in a sentence.")
    as_of: Day = Field(description="The day on which its facts were last looked at.")
    not_known: Texts = Field([], description="What no public source says.")
    decide: Texts = Field([], description="What only the user can say, as questions.")


@dataclass(frozen=True, slots=True)
class LibraryFile:
    """One file of the library, read.

    Attributes
    ----------
    bodies : dict of str to Body
        By id with its prefix, every mention inside with its prefix as well.
    """

    name: str
    head: LibraryShape
    document: Document
    bodies: dict[str, Body]

    @property
    def as_of(self) -> date:
        """The day on which its facts were last looked at."""
        return self.head.as_of


class Library:
    """The files of a folder, each read when it is first asked for.

    Parameters
    ----------
    problems : Problems
        Receives whatever is wrong with a file that is read.
    folder : Path, optional
        By default the one that ships with riskmap.
    """

    def __init__(self, problems: Problems, folder: Path | None = None) -> None:
        self._problems = problems
        self._folder = folder
        self._files: dict[str, LibraryFile | None] = {}
        self._names: tuple[str, ...] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all files, sorted."""
        if self._names is None:
            if self._folder is None:
                self._folder = models_dir() / "library"
            found = (path.stem for path in self._folder.glob("*.yaml"))
            self._names = tuple(sorted(name for name in found if is_id(name)))
        return self._names

    def file(self, name: str) -> LibraryFile | None:
        """Return a file; None when there is none, or when it could not be read."""
        if name not in self._files:
            self._files[name] = self._read(name) if name in self.names else None
        return self._files[name]

    def body(self, entry_id: str) -> Body | None:
        """Return what the library says about an element, by its id with the prefix."""
        name, slash, _ = entry_id.partition(SEPARATOR)
        found = self.file(name) if slash else None
        return None if found is None else found.bodies.get(entry_id)

    def _read(self, name: str) -> LibraryFile | None:
        assert self._folder is not None
        document = read_document(self._folder / f"{name}.yaml", PREFIX + name, self._problems)
        if document is None:
            return None
        document.shipped = True
        root = document.root if isinstance(document.root, dict) else {}
        head = {key: value for key, value in root.items() if key not in SECTIONS}
        shape, _ = validated(document, (), head, LibraryShape, self._problems)
        assert isinstance(shape, LibraryShape)
        bodies = {body.id: body for body in _bodies(document, name, self._problems)}
        for body in bodies.values():
            _qualify(body, name)
        return LibraryFile(name, shape, document, bodies)


def _bodies(document: Document, name: str, problems: Problems) -> Iterator[Body]:
    """Yield the entries of a file, whose ids in it are given their prefix."""
    for section in SECTIONS:
        group = document.root.get(section)
        if group is None:
            continue
        if not isinstance(group, dict):
            report(problems, document, (section,), "wrong-type", "this must list entries by id")
            continue
        for entry_id, facts in list(group.items()):
            path = (section, entry_id)
            if not is_id(entry_id):
                report(problems, document, path, "bad-id", f"{entry_id!r} is not a good id")
            if facts is not None and not isinstance(facts, dict):
                report(problems, document, path, "wrong-type", "this must be a group of facts")
            full = f"{name}{SEPARATOR}{entry_id}"
            _rename(document, group, entry_id, full)
            yield Body(section, full, facts if isinstance(facts, dict) else None, document)


def _rename(document: Document, node: dict[str, Any], old: str, new: str) -> None:
    """Give a key another name; its place in the file stays."""
    node[new] = node.pop(old)
    marks = document.marks[id(node)]
    marks[new] = marks.pop(old)


def _qualify(body: Body, name: str) -> None:
    """Write the prefix before every mention in an entry that lacks it."""
    for mention in list(references(body)):
        if SEPARATOR in mention.target or not is_id(mention.target):
            continue
        full = f"{name}{SEPARATOR}{mention.target}"
        *above, last = mention.path
        holder = body.document.at(tuple(above))
        if mention.at_key:
            _rename(body.document, holder, mention.target, full)
        else:
            holder[last] = full


@dataclass(frozen=True, slots=True)
class LibraryElement:
    """One element of a file of the library, for a list."""

    id: str
    title: str
    section: str


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """One file of the library, as somebody who chooses from it needs it.

    Attributes
    ----------
    name : str
        What ``include`` names after ``library:``; the prefix of its ids.
    kind : str
        What it is mostly about: ``services``, ``third-parties`` or ``organisations``.
    as_of : date
        The day on which its facts were last looked at.
    not_known : tuple of str
        What no public source says.
    decide : tuple of str
        What only the user can say, as questions.
    elements : tuple of LibraryElement
        Sorted by id.
    """

    name: str
    title: str
    kind: str
    about: str | None
    as_of: date
    not_known: tuple[str, ...]
    decide: tuple[str, ...]
    elements: tuple[LibraryElement, ...]

    def count(self, section: str) -> int:
        """Return how many elements of one section there are."""
        return sum(element.section == section for element in self.elements)


def library_entries(folder: Path | None = None) -> tuple[LibraryEntry, ...]:
    """Return every file of the library, by name.

    Raises
    ------
    ModelError
        When a file cannot be read, or is no file of the library.
    """
    problems = Problems()
    library = Library(problems, folder)
    found = [library.file(name) for name in library.names]
    problems.raise_if_any()
    return tuple(_entry(file) for file in found if file is not None)


def library_entry(name: str, folder: Path | None = None) -> LibraryEntry:
    """Return one file of the library.

    Raises
    ------
    ModelError
        When it cannot be read, or is no file of the library.
    UnknownNameError
        When there is no such file.
    """
    problems = Problems()
    library = Library(problems, folder)
    found = library.file(name)
    problems.raise_if_any()
    if found is None:
        raise UnknownNameError(name, "library entry", nearest(name, library.names))
    return _entry(found)


def _entry(file: LibraryFile) -> LibraryEntry:
    elements = [
        LibraryElement(body.id, str((body.facts or {}).get("title") or body.id), body.section)
        for _, body in sorted(file.bodies.items())
    ]
    head = file.head
    return LibraryEntry(
        name=file.name,
        title=head.title,
        kind=head.library,
        about=head.about,
        as_of=head.as_of,
        not_known=tuple(head.not_known),
        decide=tuple(head.decide),
        elements=tuple(elements),
    )
