"""Everything a model states, as plain values: what a comparison of two assessments needs.

Facts are named as in a model file. What equals the default of its key is left out, so that a fact
which nobody stated is a key which is not there. Notes are left out as well: they change nothing
that is found. Lengths of time end in ``_hours``, shares in ``_share``.
"""

from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from riskmap.assessment.assessment import Assessment
from riskmap.model import Entry, Model, Need, Policy
from riskmap.rules.accountability import in_force
from riskmap.rules.registry import RULES

SECTIONS = (
    "functions",
    "services",
    "third_parties",
    "providers",
    "contracts",
    "contingencies",
    "scenarios",
    "treatments",
)
"""Sections of a model file, in the order in which people read them."""

_APART = frozenset({"id", "title", "was", "notes", "where", "as_of", "digest", "files", *SECTIONS})
"""Fields of an entry, or of a model, that are not among its facts."""
_MERGED = "objectives"
"""A field whose own fields are keys of the entry in a model file."""


def entry_documents(assessment: Assessment) -> list[dict[str, Any]]:
    """Return every entry of the model with what it states, in order of section and id."""
    model, today = assessment.model, assessment.today
    covering: dict[str, list[str]] = {}
    for contract in model.contracts:
        if in_force(contract, today):
            for name in contract.covers:
                covering.setdefault(name, []).append(contract.id)
    sections: dict[str, tuple[Entry, ...]] = {
        "functions": model.functions,
        "services": model.services,
        "third_parties": model.third_parties,
        "providers": model.providers,
        "contracts": model.contracts,
        "contingencies": model.contingencies,
        "scenarios": model.scenarios,
        "treatments": model.treatments,
    }
    return [
        {
            "id": entry.id,
            "section": section,
            "title": entry.title,
            "was": [] if entry.was is None else [entry.was],
            "covered_by": covering.get(entry.id, []),
            "facts": _facts(entry),
        }
        for section in SECTIONS
        for entry in sections[section]
    ]


def model_facts(model: Model) -> dict[str, Any]:
    """Return what stands at the top of a model file, besides its day."""
    return dict(_stated(model))


def judging_document(policy: Policy) -> dict[str, Any]:
    """Return by what findings were judged; two assessments that differ in it are hard to compare.

    The gate is left out: it changes nothing that is found.
    """
    return {
        "rules": [rule.id for rule in RULES if policy.runs(rule.id)],
        "strict": policy.strict,
        "clauses": list(policy.clauses),
        "thresholds": dict(_stated(policy.thresholds, with_defaults=True)),
    }


def _facts(entry: Entry) -> dict[str, Any]:
    found = dict(_stated(entry))
    found.update(found.pop(_MERGED, {}))
    return found


def _stated(part: Any, *, with_defaults: bool = False) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a dataclass that hold something, with the unit in the name."""
    for field in fields(part):
        value = getattr(part, field.name)
        if not field.init or (isinstance(part, Entry | Model) and field.name in _APART):
            continue
        if field.name == "where" or (not with_defaults and value == _default(field)):
            continue
        yield _named(field.name, value), _plain(value)


def _default(field: Field[Any]) -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default


def _named(name: str, value: Any) -> str:
    """Return the name of a fact with its unit."""
    if isinstance(value, timedelta):
        return f"{name}_hours"
    return f"{name}_share" if isinstance(value, Fraction) and name != "share" else name


def _plain(value: Any) -> Any:
    match value:
        case timedelta():
            return round(value.total_seconds() / 3600, 6)
        case Fraction():
            return float(value)
        case date():
            return value.isoformat()
        case bool() | int() | float() | None:
            return value
        case str():
            return str(value)  # a member of an enumeration becomes plain text
        case tuple():
            return [_plain(item) for item in value]
        case Need(target=target) if value == Need(target):
            return target
    assert is_dataclass(value)
    return dict(_stated(value))
