"""From pydantic's errors to problems a person can act on, each at its place in the file."""

from typing import Any, get_args

from pydantic_core import ErrorDetails

from riskmap.loading.document import Document, Path, is_in, report
from riskmap.loading.durations import UNKNOWN
from riskmap.loading.fields import NEED_FORMS, Shape
from riskmap.loading.problems import Problems, did_you_mean, nearest
from riskmap.loading.refusal import show
from riskmap.loading.shape import SECTIONS, EntryShape, HeaderShape

SYNONYMS = {
    "name": "title",
    "label": "title",
    "description": "notes",
    "comment": "notes",
    "comments": "notes",
    "note": "notes",
    "depends_on": "needs",
    "dependencies": "needs",
    "dependson": "needs",
    "requires": "needs",
    "uses": "needs",
    "vendor": "provider",
    "supplier": "provider",
    "vendors": "providers",
    "suppliers": "providers",
    "responsible": "owner",
    "mtpd": "mtd",
    "mbco": "minimum",
    "start": "starts",
    "end": "ends",
    "expires": "ends",
    "cost": "annual_cost",
    "price": "annual_cost",
    "version": "riskmap",
    "company": "organisation",
    "organization": "organisation",
    "date": "as_of",
    "applications": "services",
    "systems": "services",
    "processes": "functions",
    "plans": "contingencies",
    "duration": "lasts",
    "action": "do",
    "condition": "when",
}
"""What people write first, and what the language calls it."""

_PLACES = {
    "functions": "functions",
    "services": "services",
    "third_parties": "third parties",
    "providers": "providers",
    "contracts": "contracts",
    "contingencies": "contingencies",
    "scenarios": "scenarios",
    "treatments": "treatments",
}


def report_shape(
    document: Document,
    prefix: Path,
    detail: ErrorDetails,
    shape: type[Shape],
    problems: Problems,
) -> None:
    """Record one of pydantic's errors.

    Parameters
    ----------
    prefix : tuple
        Where the value that was validated stands in the file.
    shape : type
        What it was validated against.
    """
    value = detail["input"]
    if isinstance(value, float) and value != value:  # noqa: PLR0124 - told by the reader already
        return
    if problems.full:
        problems.leave_out()
        return
    path, at_key = _real_path(document, prefix, detail["loc"])
    holder = _shape_at(shape, detail["loc"][:-1])
    code, message, hint = _words(detail, path, holder, shape)
    missing = detail["type"] == "missing"
    if missing and document.find((*path, detail["loc"][-1]))[1]:
        path = (*path, detail["loc"][-1])  # another file took it away, and says so there
    if missing and path and path[-1] == detail["loc"][-1]:
        message = f"{path[-1]!r} has no value"
    elif value is None and code != "unknown-key":
        message = (
            "this item is empty" if isinstance(path[-1], int) else f"{path[-1]!r} has no value"
        )
    if isinstance(value, str) and value.strip().casefold() == UNKNOWN and code != "unknown-key":
        hint = "leave the key out when nobody knows it: what is left out counts as unknown"
    at_key = at_key or missing or code == "unknown-key"
    report(problems, document, path, code, message, hint=hint, at_key=at_key)


def _words(
    detail: ErrorDetails, path: Path, holder: type[Shape], shape: type[Shape]
) -> tuple[str, str, str]:
    """Return code, message and hint."""
    kind, context, value = detail["type"], detail.get("ctx", {}), detail["input"]
    name = next((key for key in reversed(path) if isinstance(key, str)), "")
    if "text" in context:
        return kind, str(context["text"]), str(context.get("hint", ""))
    if kind == "extra_forbidden":
        key = str(path[-1])
        return "unknown-key", f"{key!r} is not known here", unknown_key_hint(key, holder, shape)
    if kind == "missing":
        key = str(detail["loc"][-1])
        about = (holder.model_fields[key].description or "").rstrip(".")
        hint = f"write '{key}: ...' ({about[:1].lower()}{about[1:]})"
        return "missing-key", f"{key!r} is missing", hint
    if kind in ("enum", "literal_error"):
        expected = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
        choices = [choice.strip() for choice in expected.split(",")]
        hint = did_you_mean(value, choices) if isinstance(value, str) else ""
        if detail["loc"][-1] == "[key]":
            name = next((key for key in reversed(path[:-1]) if isinstance(key, str)), "")
        message = f"{show(value)} is not a choice for {name!r}"
        return "bad-value", message, hint or f"one of: {', '.join(choices)}"
    if kind == "greater_than_equal":
        message = f"{show(value)} is too small for {name!r}"
        return "bad-value", message, f"write {context['ge']} or more"
    return _type_words(kind, value, name, path, _shape_at(shape, detail["loc"]))


def _type_words(
    kind: str, value: Any, name: str, path: Path, inner: type[Shape]
) -> tuple[str, str, str]:
    """Say one of pydantic's own type errors as a person would."""
    is_item = bool(path) and isinstance(path[-1], int)
    subject = f"each item of {name!r}" if is_item else repr(name)
    if kind == "too_short":
        return "bad-value", f"{name!r} is empty", "name at least one"
    if kind == "list_type":
        hint = "write '- ' before each item, or [a, b]"
        if name not in inner.model_fields and _leading(inner):
            hint = f"write '- {_leading(inner)}: ...' on a line of its own below"
        elif isinstance(value, dict):
            hint = "put '- ' in front of it: even one item is written as a list"
        return "wrong-type", f"{subject} must be a list, not {show(value)}", hint
    if kind in ("dict_type", "model_type", "model_attributes_type"):
        hint = "write 'key: value' lines below it, indented"
        if kind != "dict_type" and _leading(inner):
            lead = f"{_leading(inner)}: ..."
            hint = f"write '- {lead}'" if is_item else f"write '{lead}' below it, indented"
        return "wrong-type", f"{subject} must be a group of facts, not {show(value)}", hint
    if kind.startswith("union_tag"):
        keys = list(value) if isinstance(value, dict) else []
        near = [did_you_mean(key, ("need", "any_of", "all_of", "at_least")) for key in keys]
        forms = "write '- some-id', '- need: some-id', or '- any_of: [id, id]'"
        return "wrong-type", "this is not a need", next(filter(None, near), forms)
    if kind.startswith("int"):
        return (
            "wrong-type",
            f"{subject} must be a whole number, not {show(value)}",
            "write it without quotes",
        )
    return (
        "wrong-type",
        f"{show(value)} does not fit here",
        "see 'riskmap schema' for what it takes",
    )


def unknown_key_hint(key: str, holder: type[Shape], entry: type[Shape]) -> str:
    """Say what was probably meant by a key that is not known where it stands."""
    known = list(holder.model_fields)
    folded = key.casefold().replace("-", "_").replace(" ", "_")
    if folded in known:
        return f"did you mean {folded!r}?"
    if holder is entry:
        inside = [name for name in known if folded in _fields_inside(holder, name)]
        if inside:
            return f"it belongs inside '{inside[0]}:'"
        sections = SECTIONS.items() if issubclass(entry, EntryShape | HeaderShape) else ()
        places = [_PLACES[name] for name, other in sections if folded in other.model_fields]
        if places and SYNONYMS.get(folded) not in known:
            return f"{folded!r} is a key of {_and(places)}; is this the right section?"
    elif folded in entry.model_fields:
        return f"{folded!r} belongs one level up: is this line indented too far?"
    if SYNONYMS.get(folded) in known:
        return f"did you mean {SYNONYMS[folded]!r}?"
    near = nearest(key, known)
    return f"did you mean {near[0]!r}?" if near else f"known here: {', '.join(known)}"


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _leading(shape: type[Shape]) -> str:
    """Return the key a group of this shape begins with."""
    if issubclass(shape, tuple(SECTIONS.values())):
        return ""
    required = [name for name, field in shape.model_fields.items() if field.is_required()]
    return required[0] if required else next(iter(shape.model_fields), "")


def _fields_inside(holder: type[Shape], name: str) -> list[str]:
    inner = _shape_in(holder.model_fields[name].annotation)
    return [] if inner is None or name == "evidence" else list(inner.model_fields)


def _shape_at(shape: type[Shape], loc: Path) -> type[Shape]:
    """Follow pydantic's location of an error to the shape that stands there."""
    current = shape
    for key in loc:
        if isinstance(key, str) and key in NEED_FORMS:
            current = NEED_FORMS[key]
        elif isinstance(key, str) and key in current.model_fields:
            current = _shape_in(current.model_fields[key].annotation) or current
    return current


def _shape_in(annotation: Any) -> type[Shape] | None:
    """Return the one shape inside a type such as ``list[Annotated[StepShape, ...]] | None``."""
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return annotation
    found = {_shape_in(part) for part in get_args(annotation)} - {None}
    return found.pop() if len(found) == 1 else None


def _real_path(document: Document, prefix: Path, loc: Path) -> tuple[Path, bool]:
    """Drop from pydantic's location what is not in the file: union tags and long forms."""
    node = document.at(prefix)
    path = list(prefix)
    at_key = False
    for key in loc:
        if key == "[key]":
            at_key = True
        elif is_in(node, key):
            path.append(key)
            node = node[key]
    return tuple(path), at_key
