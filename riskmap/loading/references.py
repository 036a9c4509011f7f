"""Every place in a raw entry that names another entry, and what may be named there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from riskmap.loading import shape as raw
from riskmap.loading.document import PathKey
from riskmap.loading.validation import RawEntry

ELEMENTS = frozenset({"functions", "services", "third_parties", "providers"})
"""Sections whose entries can be needed."""

_SINGULAR = {
    "functions": "a function",
    "services": "a service",
    "third_parties": "a third party",
    "providers": "a provider",
    "contracts": "a contract",
    "contingencies": "a contingency",
    "scenarios": "a scenario",
    "treatments": "a treatment",
}


def singular(section: str) -> str:
    """Say what one entry of a section is, with its article."""
    return _SINGULAR[section]


@dataclass(frozen=True, slots=True)
class Reference:
    """One mention of another entry.

    Attributes
    ----------
    path : tuple
        Keys from the top of the file to the mention.
    allowed : frozenset of str
        Sections the target may stand in.
    at_key : bool
        Whether the mention is a key rather than a value.
    """

    path: tuple[PathKey, ...]
    target: str
    allowed: frozenset[str]
    at_key: bool = False


def references(entry: RawEntry) -> Iterator[Reference]:
    """Yield every mention of another entry in ``entry``."""
    here: tuple[PathKey, ...] = (entry.section, entry.id)
    shape = entry.shape
    for name in ("needs", "uses"):
        yield from _in_needs(getattr(shape, name, ()), (*here, name))
    for name, sections in _LISTS.items():
        for index, target in enumerate(getattr(shape, name, ())):
            yield Reference((*here, name, index), target, sections)
    for name in ("provider", "parent"):
        target = getattr(shape, name, None)
        if target is not None:
            yield Reference((*here, name), target, frozenset({"providers"}))
    for name in ("shares", "fails"):
        for target in getattr(shape, name, {}):
            yield Reference((*here, name, target), target, ELEMENTS, at_key=True)
    if isinstance(shape, raw.ServiceShape):
        for index, coupling in enumerate(shape.coupled_to):
            path = (*here, "coupled_to", index, "service")
            yield Reference(path, coupling.service, frozenset({"services"}))
    if isinstance(shape, raw.ContingencyShape):
        for index, step in enumerate(shape.steps):
            for position, target in enumerate(step.requires):
                yield Reference((*here, "steps", index, "requires", position), target, ELEMENTS)


_LISTS = {
    "covers": frozenset({"functions", "services", "third_parties"}),
    "contracted_by": frozenset({"providers"}),
}


def _in_needs(items: Iterable[Any], path: tuple[PathKey, ...]) -> Iterator[Reference]:
    for index, item in enumerate(items):
        here = (*path, index)
        if isinstance(item, str):
            yield Reference(here, item, ELEMENTS)
        elif isinstance(item, raw.NeedShape):
            yield Reference((*here, "need"), item.need, ELEMENTS)
        elif isinstance(item, raw.AnyOfShape):
            yield from _in_needs(item.any_of, (*here, "any_of"))
        elif isinstance(item, raw.AtLeastShape):
            yield from _in_needs(item.of, (*here, "of"))
        elif isinstance(item, raw.AllOfShape):
            yield from _in_needs(item.all_of, (*here, "all_of"))
