"""Holding the text of one file against the raw shape, with every problem at its line.

Each entry is validated by itself, and an entry with wrong keys is checked further without them,
so that one mistake hides nothing of the others.
"""

import unicodedata
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from pydantic import ValidationError

from riskmap.loading.document import Document, Path, report
from riskmap.loading.fields import Shape
from riskmap.loading.merge import Body
from riskmap.loading.problems import Problems
from riskmap.loading.quantities import MAX_ID, is_id, is_library_id
from riskmap.loading.refusal import show
from riskmap.loading.shape import HEADER, SECTIONS, EntryShape, FileShape, HeaderShape
from riskmap.loading.wording import report_shape, unknown_key_hint

LATER = {"mitigations": "describe the change in a second file that 'extends' this one"}
"""Sections of the language that this version does not read, with what to do meanwhile."""

_STAND_INS: dict[str, Any] = {
    "provider": "stand-in",
    "covers": ["stand-in"],
    "fails": {"stand-in": "unknown"},
    "status": "accepted",
    "riskmap": 1,
    "library": "services",
    "title": "stand-in",
    "as_of": "2000-01-01",
}
"""Values for required keys that are missing or wrong, so that the rest can still be checked."""


class Role(Enum):
    """What a file is to the model."""

    MAIN = "the file the user named"
    BASE = "a model that another one extends"
    PART = "a file that another one includes"


@dataclass(slots=True)
class RawEntry:
    """One entry, validated.

    Attributes
    ----------
    dropped : frozenset of str
        Keys left out, or given a stand-in, because something in them is wrong; the model is not
        built then, but the rest is still checked, so that the user sees all problems at once.
    """

    body: Body
    shape: EntryShape
    dropped: frozenset[str] = frozenset()

    @property
    def section(self) -> str:
        """The section it stands in."""
        return self.body.section

    @property
    def id(self) -> str:
        """Its id."""
        return self.body.id

    @property
    def document(self) -> Document:
        """Where it stands at ``(section, id)``."""
        return self.body.document


@dataclass(slots=True)
class RawFile:
    """What one file holds: its header and its entries.

    Attributes
    ----------
    broken : set of str
        Ids that are written but could not be read; references to them are not dangling.
    incomplete : bool
        Whether ids may be missing because a part could not be read at all.
    """

    document: Document
    header: dict[str, Any] = field(default_factory=dict)
    bodies: list[Body] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    incomplete: bool = False


def validate_file(document: Document, problems: Problems, role: Role) -> RawFile:
    """Check the header of a file, and find the entries in it.

    Parameters
    ----------
    role : Role
        Included files may leave out the header.
    """
    raw = RawFile(document, broken=set(document.discarded))
    root = document.root
    if not isinstance(root, dict):
        what = "the file is empty" if root is None else "the file holds no sections"
        hint = "start with 'riskmap: 1' and a section 'functions:'"
        report(problems, document, (), "not-a-model", what, hint=hint)
        raw.incomplete = True
        return raw
    _validate_header(raw, root, problems, role)
    for key, body in root.items():
        if key in SECTIONS:
            _read_section(raw, key, body, problems)
        elif key not in HEADER:
            _unknown_section(raw, key, body, problems)
    return raw


def _unknown_section(raw: RawFile, key: str, body: Any, problems: Problems) -> None:
    if isinstance(body, dict):
        raw.broken.update(body)
    if problems.full:
        problems.leave_out()
        return
    if key in LATER:
        message, hint = f"{key!r} is not read by this version", LATER[key]
    else:
        message = f"{key!r} is not a section of a model"
        hint = _section_hint(key)
    report(problems, raw.document, (key,), "unknown-key", message, hint=hint, at_key=True)


def _section_hint(key: str) -> str:
    homes = [section for section, shape in SECTIONS.items() if key in shape.model_fields]
    if homes:
        return f"{key!r} belongs to an entry: is this line indented too little?"
    return unknown_key_hint(key, FileShape, FileShape)


# --- the header -----------------------------------------------------------------------------


def _validate_header(raw: RawFile, root: dict[str, Any], problems: Problems, role: Role) -> None:
    document = raw.document
    header = {key: root[key] for key in HEADER if key in root}
    if "riskmap" not in header and role is not Role.PART:
        message, hint = "the format version is missing", "write 'riskmap: 1' as the first line"
        report(problems, document, (), "missing-key", message, hint=hint)
    version = header.get("riskmap", 1)
    if type(version) is not int or version != 1:
        message = f"this riskmap reads format 1, not {show(version)}"
        hint = "write 'riskmap: 1', or install a newer riskmap"
        report(problems, document, ("riskmap",), "unsupported-version", message, hint=hint)
    header["riskmap"] = 1
    if role is Role.MAIN and header.get("organisation") is None and not header.get("extends"):
        report_no_organisation(document, problems)
    shape, dropped = validated(document, (), header, HeaderShape, problems)
    raw.incomplete = not dropped.isdisjoint(("include", "extends"))
    raw.header = {key: getattr(shape, key) for key in HEADER if key not in dropped}


def report_no_organisation(document: Document, problems: Problems) -> None:
    """Complain that nothing says whose model this is."""
    written = "organisation" in document.root
    message = "'organisation' has no value" if written else "'organisation' is missing"
    hint = "write whose model this is: 'organisation: Example Ltd'"
    path = ("organisation",) if written else ()
    report(problems, document, path, "missing-key", message, hint=hint, at_key=written)


# --- sections and entries -------------------------------------------------------------------


def _read_section(raw: RawFile, section: str, body: Any, problems: Problems) -> None:
    if body is None:
        return
    if not isinstance(body, dict):
        report(
            problems,
            raw.document,
            (section,),
            "wrong-type",
            f"{section!r} must list entries by id",
            hint=f"write '{section}:' and below it, indented, 'some-id:' with its facts",
            at_key=True,
        )
        raw.incomplete = True
        return
    for entry_id, entry in body.items():
        path = (section, entry_id)
        if not is_id(entry_id) and not is_library_id(entry_id):
            report_bad_id(raw.document, path, problems)
        if entry is not None and not isinstance(entry, dict):
            message = f"the facts about {show(entry_id)} must be 'key: value' lines"
            hint = "put them below it, indented; what people call it is its 'title'"
            report(problems, raw.document, path, "wrong-type", message, hint=hint)
            raw.broken.add(entry_id)
            continue
        raw.bodies.append(Body(section, entry_id, entry, raw.document))


def validate_entry(body: Body, problems: Problems) -> RawEntry:
    """Check the shape of one entry."""
    taken = SECTIONS[body.section]
    shape, dropped = validated(body.document, body.path, body.facts or {}, taken, problems)
    assert isinstance(shape, EntryShape)
    return RawEntry(body, shape, dropped)


def validated(
    document: Document,
    path: Path,
    body: dict[str, Any],
    shape_type: type[Shape],
    problems: Problems,
) -> tuple[Shape, frozenset[str]]:
    """Check one group of facts; where some keys are wrong, return it without them.

    Parameters
    ----------
    path : tuple of str
        Where the group stands in the file.

    Returns
    -------
    Shape
        The group, without its wrong keys.
    frozenset of str
        The keys that were left out.
    """
    try:
        return shape_type.model_validate(body), frozenset()
    except ValidationError as error:
        details = error.errors(include_url=False)
    for detail in details:
        report_shape(document, path, detail, shape_type, problems)
    dropped = frozenset(str(detail["loc"][0]) for detail in details)
    rest = {key: value for key, value in body.items() if key not in dropped}
    required = {name for name, field in shape_type.model_fields.items() if field.is_required()}
    stand_ins = {key: _STAND_INS[key] for key in required & dropped}
    return shape_type.model_validate(rest | stand_ins), dropped


def report_bad_id(document: Document, path: tuple[str, str], problems: Problems) -> None:
    """Complain of an id that is none, and say what would be one."""
    _, entry_id = path
    plain = unicodedata.normalize("NFKD", entry_id.casefold()).encode("ascii", "ignore").decode()
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    good = "-".join(words)[:MAX_ID].strip("-")
    hint = "use small letters a-z, digits and hyphens"
    message = f"{show(entry_id)} is not a good id"
    if len(entry_id) > MAX_ID:
        message, hint = f"this id is longer than {MAX_ID} characters", "give it a short id"
        hint += " and a 'title'"
    elif good:
        hint += f": {good}"
    report(problems, document, path, "bad-id", message, hint=hint, at_key=True)
