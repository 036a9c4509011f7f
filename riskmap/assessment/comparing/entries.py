"""What changed in the model: entries that came, went or got another id, and facts that changed."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from riskmap.assessment.comparing.renames import Renames
from riskmap.assessment.comparing.snapshot import MODEL, EntryState, Snapshot
from riskmap.assessment.entry_document import SECTIONS

_IN_ORDER = frozenset({"steps", "communications", "horizons", "back_to_normal", "loss"})
"""Lists whose order says something; elsewhere the order of YAML changes nothing."""


@dataclass(frozen=True, slots=True)
class Rename:
    """An entry whose id changed."""

    before: EntryState
    after: EntryState


@dataclass(frozen=True, slots=True)
class FactChange:
    """One fact that is not what it was.

    Attributes
    ----------
    entry : str
        Id in the newer model; empty for what stands at the top of the file.
    fact : str
        Its key, with dots where it is part of another: ``outage.worst_hours``.
    old, new : Any
        Plain values; None where nobody stated it.
    """

    entry: str
    fact: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class CoverChange:
    """An element that other contracts in force cover than before.

    Attributes
    ----------
    gained, lost : tuple of str
        Ids of contracts, in the newer and in the older model.
    """

    entry: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    covered: bool


@dataclass(frozen=True, slots=True)
class EntryChanges:
    """Everything that changed in the model."""

    added: tuple[EntryState, ...]
    removed: tuple[EntryState, ...]
    renamed: tuple[Rename, ...]
    facts: tuple[FactChange, ...]


def entry_changes(old: Snapshot, new: Snapshot, renames: Renames) -> EntryChanges:
    """Return what changed in the model, in order of section and id."""
    kept = {renames.id(name) for name in old.entries} & set(new.entries)
    before = {renames.id(name): entry for name, entry in old.entries.items()}
    added = (entry for name, entry in new.entries.items() if name not in kept)
    removed = (entry for name, entry in before.items() if name not in kept)
    renamed = (Rename(old.entries[a], new.entries[b]) for a, b in renames.ids.items())
    facts = list(_of_model(old, new))
    for entry in sorted((new.entries[name] for name in kept), key=_order):
        facts.extend(_of_entry(before[entry.id], entry, renames))
    return EntryChanges(
        tuple(sorted(added, key=_order)),
        tuple(sorted(removed, key=_order)),
        tuple(sorted(renamed, key=lambda pair: _order(pair.after))),
        tuple(facts),
    )


def cover_changes(old: Snapshot, new: Snapshot, renames: Renames) -> tuple[CoverChange, ...]:
    """Return the entries in both models that other contracts in force cover than before."""
    found = []
    for before in old.entries.values():
        after = new.entries.get(renames.id(before.id))
        if after is None:
            continue
        were, now = {renames.id(name): name for name in before.covered_by}, set(after.covered_by)
        gained = tuple(sorted(now - were.keys()))
        lost = tuple(sorted(name for moved, name in were.items() if moved not in now))
        if gained or lost:
            found.append(CoverChange(after.id, gained, lost, bool(now)))
    return tuple(sorted(found, key=lambda change: _order(new.entries[change.entry])))


def _of_model(old: Snapshot, new: Snapshot) -> Iterator[FactChange]:
    for fact, before, after in _differing(old.facts, new.facts, Renames({})):
        yield FactChange(MODEL, fact, before, after)


def _of_entry(before: EntryState, after: EntryState, renames: Renames) -> Iterator[FactChange]:
    if before.section != after.section:
        yield FactChange(after.id, "section", before.section, after.section)
    untitled = before.title == before.id and after.title == after.id
    if before.title != after.title and not untitled:
        yield FactChange(after.id, "title", before.title, after.title)
    for fact, was, now in _differing(before.facts, after.facts, renames):
        yield FactChange(after.id, fact, was, now)


def _differing(
    old: Mapping[str, Any], new: Mapping[str, Any], renames: Renames, above: str = ""
) -> Iterator[tuple[str, Any, Any]]:
    """Yield every fact that differs, as deep as both are groups of facts."""
    for name in sorted({*old, *new}):
        before, after = old.get(name), new.get(name)
        fact = f"{above}{name}"
        if isinstance(before, dict | None) and isinstance(after, dict | None):
            yield from _differing(before or {}, after or {}, renames, f"{fact}.")
        elif not _same(name, before, after, renames):
            yield fact, before, after


def _same(name: str, before: Any, after: Any, renames: Renames) -> bool:
    """Tell whether a fact says the same: as it is written, or with old ids called as now.

    Both are tried, since a text may happen to be the id of something.
    """
    now = _settled(name, after)
    return now in (_settled(name, before), _settled(name, renames.value(before)))


def _settled(name: str, value: Any) -> Any:
    """Sort lists whose order says nothing, at any depth."""
    match value:
        case list():
            items = [_settled("", item) for item in value]
            return items if name in _IN_ORDER else sorted(items, key=_written)
        case dict():
            return {key: _settled(key, item) for key, item in value.items()}
    return value


def _written(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _order(entry: EntryState) -> tuple[int, str]:
    known = entry.section in SECTIONS
    return SECTIONS.index(entry.section) if known else len(SECTIONS), entry.id
