"""The JSON Schema of a model file, from the definitions the loader validates with.

Editors complete and check with it while one types. What depends on more than one value (does a
reference resolve, do facts agree) cannot be said in it; the loader checks that.
"""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from riskmap.loading.quantities import ID_PATTERN, MAX_ID, REFERENCE_PATTERN
from riskmap.loading.shape import SECTIONS, FileShape

SCHEMA_ID = "urn:riskmap:model:1"

_ID_NAMES = {"pattern": ID_PATTERN, "maxLength": MAX_ID}
_LIBRARY_SECTIONS = frozenset({"services", "third_parties", "providers"})
"""Sections in which a model may say more about an element of the library."""


class _Generator(GenerateJsonSchema):
    """Pydantic's generator without titles made up from the names of keys."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        del schema
        return False


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a model file."""
    made = FileShape.model_json_schema(schema_generator=_Generator)
    definitions = made.pop("$defs")
    for definition in (made, *definitions.values()):
        _adapt(definition)
        definition.pop("title", None)
    for section in SECTIONS:
        group = next(_groups(made["properties"][section]))
        group["propertyNames"] = dict(_ID_NAMES)
        if section in _LIBRARY_SECTIONS:
            group["propertyNames"] = {"pattern": REFERENCE_PATTERN, "maxLength": 2 * MAX_ID + 1}
    required = _only_without_a_base(made["properties"], definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "riskmap model, format 1",
        "description": made.pop("description"),
        **made,
        "if": {"not": {"required": ["extends"]}},
        "then": {"properties": required},
        "$defs": dict(sorted(definitions.items())),
    }


def _only_without_a_base(
    sections: dict[str, Any], definitions: dict[str, Any]
) -> dict[str, dict[str, Any]]:
    """Take out what every entry must have, and return it by section.

    In a file that extends another, an entry may hold no more than what changes.
    """
    found = {}
    for section in SECTIONS:
        group = next(_groups(sections[section]))
        name = group["additionalProperties"].get("$ref", "").rpartition("/")[2]
        required = definitions.get(name, group["additionalProperties"]).pop("required", None)
        if required:
            found[section] = {"additionalProperties": {"required": required}}
    return found


def _adapt(definition: dict[str, Any]) -> None:
    """Say what the loader does beyond pydantic's own view of one group of facts."""
    required = definition.get("required", ())
    for name, taken in definition.get("properties", {}).items():
        _name_keys(taken)
        taken.pop("default", None)
        if name not in required:
            definition["properties"][name] = _or_empty(taken)


def _name_keys(node: Any) -> None:
    """Constrain the keys of a mapping: pydantic lets a key pass that fits no pattern."""
    if isinstance(node, list):
        for item in node:
            _name_keys(item)
    if not isinstance(node, dict):
        return
    patterns = node.pop("patternProperties", None)
    if patterns is not None:
        [(pattern, value)] = patterns.items()
        node["propertyNames"] = {"pattern": pattern}
        node["additionalProperties"] = value
    for child in node.values():
        _name_keys(child)


def _or_empty(taken: dict[str, Any]) -> dict[str, Any]:
    """Let a key stand without a value, which counts as left out."""
    described = {key: taken.pop(key) for key in ("description",) if key in taken}
    forms = [form for form in taken.pop("anyOf", [taken]) if form != {"type": "null"}]
    merged = forms[0] if len(forms) == 1 else {"anyOf": forms}
    if set(merged) == {"anyOf"}:
        merged = {"anyOf": [*merged["anyOf"], {"type": "null"}]}
    elif isinstance(merged.get("type"), str) and "enum" not in merged:
        merged = {**merged, "type": [merged["type"], "null"]}
    else:
        merged = {"anyOf": [merged, {"type": "null"}]}
    return {**described, **merged}


def _groups(node: Any) -> Any:
    """Yield the mappings from ids to entries inside a section."""
    if isinstance(node, dict):
        if "additionalProperties" in node:
            yield node
        for child in node.get("anyOf", ()):
            yield from _groups(child)
