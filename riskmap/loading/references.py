"""Every place in an entry that names another entry, and what may be named there.

Mentions are read from the plain values as written, so that a dangling one is found even where
something else beside it is wrong.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from riskmap.loading.document import Path
from riskmap.loading.merge import Body
from riskmap.loading.shape import SECTIONS

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


def kinds(sections: frozenset[str]) -> str:
    """Name several kinds of entries: a service, a third party or a provider."""
    names = [name for section, name in _SINGULAR.items() if section in sections]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


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

    path: Path
    target: str
    allowed: frozenset[str]
    at_key: bool = False


_PROVIDERS = frozenset({"providers"})
_SERVICES = frozenset({"services"})
_COVERED = frozenset({"functions", "services", "third_parties"})
_TEXTS = {
    "provider": _PROVIDERS,
    "parent": _PROVIDERS,
    "covers": _COVERED,
    "contracted_by": _PROVIDERS,
}
"""Keys that hold one mention or a list of them."""


def references(body: Body) -> Iterator[Reference]:
    """Yield every mention of another entry in one entry."""
    known = SECTIONS[body.section].model_fields
    for key, value in (body.facts or {}).items():
        path = (*body.path, key)
        if key not in known:
            continue
        if key in ("needs", "uses"):
            yield from _in_needs(value, path)
        elif key in _TEXTS:
            yield from _in_texts(value, path, _TEXTS[key])
        elif key in ("shares", "fails") and isinstance(value, dict):
            for target in value:
                yield Reference((*path, target), target, ELEMENTS, at_key=True)
        elif key == "coupled_to":
            yield from _in_groups(value, path, "service", _SERVICES)
        elif key == "exit" and isinstance(value, dict) and "after" in value:
            yield from _in_texts(value["after"], (*path, "after"), _SERVICES)
        elif key == "steps":
            yield from _in_groups(value, path, "requires", ELEMENTS)


def _in_texts(value: Any, path: Path, allowed: frozenset[str]) -> Iterator[Reference]:
    if isinstance(value, str):
        yield Reference(path, value, allowed)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            if isinstance(item, str):
                yield Reference((*path, index), item, allowed)


def _in_groups(value: Any, path: Path, key: str, allowed: frozenset[str]) -> Iterator[Reference]:
    if not isinstance(value, list):
        return
    for index, item in enumerate(value):
        if isinstance(item, dict) and key in item:
            yield from _in_texts(item[key], (*path, index, key), allowed)


def _in_needs(value: Any, path: Path) -> Iterator[Reference]:
    if isinstance(value, str):
        yield Reference(path, value, ELEMENTS)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _in_needs(item, (*path, index))
    elif isinstance(value, dict):
        for key in ("need", "any_of", "of", "all_of"):
            if key in value:
                yield from _in_needs(value[key], (*path, key))
