"""Holding the text of one file against the raw shape, with every problem at its line.

Each entry is validated by itself, so that one broken entry hides nothing of the others.
"""

from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from riskmap.errors import Location
from riskmap.loading.document import Document, PathKey
from riskmap.loading.problems import Problems, did_you_mean, nearest
from riskmap.loading.quantities import is_id, show
from riskmap.loading.shape import HEADER, SECTIONS, EntryShape, FileShape

LATER = {
    "extends": "write the added entries in a file that includes the base instead",
    "mitigations": "describe the change as a second file that includes this one",
}
"""Sections of the language that this version does not read, with what to do meanwhile."""


@dataclass(slots=True)
class RawEntry:
    """One entry of one file, validated.

    Attributes
    ----------
    dropped : frozenset of str
        Keys left out because something in them is wrong; the rest is still checked, so that the
        user sees all problems at once.
    """

    section: str
    id: str
    shape: EntryShape
    document: Document
    dropped: frozenset[str] = frozenset()


@dataclass(slots=True)
class RawFile:
    """What one file holds: its header and the entries that are well-formed.

    Attributes
    ----------
    broken : set of str
        Ids that are written but could not be read; references to them are not dangling.
    """

    document: Document
    header: dict[str, Any] = field(default_factory=dict)
    entries: list[RawEntry] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)


def report(
    problems: Problems,
    document: Document,
    path: tuple[PathKey, ...],
    code: str,
    message: str,
    *,
    hint: str = "",
    at_key: bool = False,
) -> None:
    """Record a problem at the place in ``document`` that ``path`` leads to."""
    mark, exact = document.find(path)
    if at_key or not exact:
        line, column = mark.key_line, mark.key_column
        written = document.line(line)[column:]
        span = len(written.split(":")[0].rstrip()) if written else 1
    else:
        line, column, span = mark.line, mark.column, mark.span
    problems.add(
        Location(document.name, line + 1, column + 1),
        code,
        message,
        source=document.line(line),
        span=span,
        hint=hint,
        path=tuple(str(key) for key in path),
    )


def validate_file(document: Document, problems: Problems, *, main: bool) -> RawFile:
    """Check the shape of a whole file.

    Parameters
    ----------
    main : bool
        Whether this is the file the user named; included files may leave out the header.
    """
    raw = RawFile(document)
    root = document.root
    if not isinstance(root, dict):
        what = "the file is empty" if root is None else "the file holds no sections"
        hint = "start with 'riskmap: 1' and a section 'functions:'"
        report(problems, document, (), "not-a-model", what, hint=hint)
        return raw
    _validate_header(raw, root, problems, main=main)
    for key, body in root.items():
        if key in SECTIONS:
            _validate_section(raw, key, body, problems)
        elif key not in HEADER:
            known = [*SECTIONS, *HEADER]
            hint = LATER.get(key) or did_you_mean(key, known) or f"known here: {', '.join(known)}"
            message = f"{key!r} is not read by this version" if key in LATER else (
                f"{key!r} is not a section of a model")
            report(problems, document, (key,), "unknown-key", message, hint=hint, at_key=True)
    return raw


def _validate_header(
    raw: RawFile, root: dict[str, Any], problems: Problems, *, main: bool
) -> None:
    header = {key: root[key] for key in HEADER if key in root}
    if "riskmap" not in header:
        if main:
            report(
                problems,
                raw.document,
                (),
                "missing-key",
                "the format version is missing",
                hint="write 'riskmap: 1' as the first line",
            )
        header["riskmap"] = 1
    elif header["riskmap"] is True or header["riskmap"] != 1:
        report(
            problems,
            raw.document,
            ("riskmap",),
            "unsupported-version",
            f"this riskmap reads format 1, not {show(header['riskmap'])}",
            hint="write 'riskmap: 1', or install a newer riskmap",
        )
        header["riskmap"] = 1
    if main and header.get("organisation") is None:
        report(
            problems,
            raw.document,
            (),
            "missing-key",
            "'organisation' is missing",
            hint="write whose model this is: 'organisation: Example Ltd'",
        )
    try:
        shape = FileShape.model_validate(header)
    except ValidationError as error:
        shape = None
        for detail in error.errors(include_url=False):
            _shape_problem(raw.document, (), detail, FileShape, problems)
    if shape is not None:
        raw.header = {key: getattr(shape, key) for key in header}


def _validate_section(raw: RawFile, section: str, body: Any, problems: Problems) -> None:
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
        return
    shape_type = SECTIONS[section]
    for entry_id, entry in body.items():
        path = (section, entry_id)
        if not is_id(entry_id):
            report(
                problems,
                raw.document,
                path,
                "bad-id",
                f"{show(entry_id)} is not a good id",
                hint=f"use small letters, digits and hyphens: {_suggest_id(entry_id)!r}",
                at_key=True,
            )
            raw.broken.add(entry_id)
            continue
        if entry is not None and not isinstance(entry, dict):
            message = f"the facts about {entry_id!r} must be written as 'key: value' lines"
            report(problems, raw.document, path, "wrong-type", message)
            raw.broken.add(entry_id)
            continue
        checked = _validate_entry(raw, path, entry or {}, shape_type, problems)
        if checked is None:
            raw.broken.add(entry_id)
        else:
            raw.entries.append(checked)


def _validate_entry(
    raw: RawFile,
    path: tuple[str, str],
    body: dict[str, Any],
    shape_type: type[EntryShape],
    problems: Problems,
) -> RawEntry | None:
    """Check one entry; where some keys are wrong, return it without them."""
    section, entry_id = path
    try:
        shape = shape_type.model_validate(body)
        return RawEntry(section, entry_id, shape, raw.document)
    except ValidationError as error:
        details = error.errors(include_url=False)
    for detail in details:
        _shape_problem(raw.document, path, detail, shape_type, problems)
    dropped = frozenset(str(detail["loc"][0]) for detail in details)
    try:
        rest = {key: value for key, value in body.items() if key not in dropped}
        shape = shape_type.model_validate(rest)
    except ValidationError:
        return None
    return RawEntry(section, entry_id, shape, raw.document, dropped)


def _suggest_id(text: str) -> str:
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in text.casefold()).split()
    return "-".join(words)[:60] or "some-id"


def _shape_problem(
    document: Document,
    prefix: tuple[PathKey, ...],
    detail: ErrorDetails,
    shape: type[BaseModel],
    problems: Problems,
) -> None:
    """Turn one of pydantic's errors into a problem at its line."""
    path, at_key = _real_path(document, prefix, detail["loc"])
    kind, context = detail["type"], detail.get("ctx", {})
    hint = str(context.get("hint", ""))
    key = str(path[-1]) if path else ""
    value = detail["input"]
    if kind == "extra_forbidden":
        known = _known_keys(shape, path[len(prefix) : -1])
        near = nearest(key, known)
        message = f"{key!r} is not known here"
        hint = f"did you mean {near[0]!r}?" if near else f"known here: {', '.join(known)}"
        report(problems, document, path, "unknown-key", message, hint=hint, at_key=True)
    elif kind == "missing":
        message = f"{detail['loc'][-1]!r} is missing"
        report(problems, document, path, "missing-key", message, hint=hint)
    elif kind in ("enum", "literal_error"):
        expected = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
        choices = [choice.strip() for choice in expected.split(",")]
        near_hint = did_you_mean(value, choices) if isinstance(value, str) else ""
        hint = near_hint or f"one of: {', '.join(choices)}"
        report(problems, document, path, "bad-value", f"{show(value)} is not a choice", hint=hint)
    elif "text" in context:
        report(problems, document, path, kind, str(context["text"]), hint=hint, at_key=at_key)
    else:
        message, hint = _plain_words(kind, value, context)
        report(problems, document, path, "wrong-type", message, hint=hint)


def _plain_words(kind: str, value: Any, context: dict[str, Any]) -> tuple[str, str]:
    """Say one of pydantic's own type errors as a person would."""
    if kind == "too_short":
        return "this list is empty", "name at least one, or leave the key out"
    if kind == "list_type":
        return f"{show(value)} is not a list", "write '- ' before each item, or [a, b]"
    if kind in ("dict_type", "model_type", "model_attributes_type"):
        return f"{show(value)} is not a group of facts", "write 'key: value' lines, indented"
    if kind.startswith("int"):
        return f"{show(value)} is not a whole number", "write a whole number without quotes"
    if kind == "greater_than_equal":
        return f"{show(value)} is too small", f"at least {context.get('ge')}"
    return f"{show(value)} does not fit here", "see 'riskmap schema' for what it takes"


def _real_path(
    document: Document, prefix: tuple[PathKey, ...], loc: tuple[PathKey, ...]
) -> tuple[tuple[PathKey, ...], bool]:
    """Drop from pydantic's location what is not in the file: union tags and long forms."""
    node: Any = document.root
    for key in prefix:
        node = node[key]
    path = list(prefix)
    at_key = False
    for key in loc:
        if key == "[key]":
            at_key = True
        elif (isinstance(node, dict) and key in node) or (
            isinstance(node, list) and isinstance(key, int) and key < len(node)
        ):
            path.append(key)
            node = node[key]
    return tuple(path), at_key


def _known_keys(shape: type[BaseModel], path: tuple[PathKey, ...]) -> list[str]:
    """Return the keys known at a place below an entry."""
    schema = shape.model_json_schema()
    definitions = schema.get("$defs", {})
    nodes = [schema]
    for key in path:
        nodes = [child for node in nodes for child in _children(node, key, definitions)]
    known: dict[str, None] = {}
    for node in nodes:
        for name in node.get("properties", {}):
            known[name] = None
    return list(known)


def _children(
    node: dict[str, Any], key: PathKey, definitions: dict[str, Any]
) -> list[dict[str, Any]]:
    if isinstance(key, int):
        child = node.get("items")
    else:
        child = node.get("properties", {}).get(key) or node.get("additionalProperties")
    return _resolve(child, definitions) if isinstance(child, dict) else []


def _resolve(node: dict[str, Any], definitions: dict[str, Any]) -> list[dict[str, Any]]:
    """Follow references and unions of a JSON Schema node."""
    if "$ref" in node:
        return _resolve(definitions[node["$ref"].rsplit("/", 1)[-1]], definitions)
    for union in ("anyOf", "oneOf", "allOf"):
        if union in node:
            return [part for child in node[union] for part in _resolve(child, definitions)]
    return [node]
