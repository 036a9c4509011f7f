"""Merging what two files say about one entry, with the place of every key kept.

Mappings are merged deep; lists, texts and numbers of the later file replace those of the earlier
one; a key without a value takes the earlier one's away.
"""

from dataclasses import dataclass
from typing import Any

from riskmap.loading.document import Document, PathKey, Place

Merged = dict[int, tuple[Any, dict[PathKey, Place]]]


@dataclass(frozen=True, slots=True)
class Body:
    """What is written about one entry, before it is checked.

    Attributes
    ----------
    facts : dict or None
        None where the id stands alone.
    document : Document
        Where it stands at ``(section, id)``.
    """

    section: str
    id: str
    facts: dict[str, Any] | None
    document: Document

    @property
    def path(self) -> tuple[str, str]:
        """Where it stands in its document."""
        return (self.section, self.id)


def merge_bodies(earlier: Body, later: Body) -> Body:
    """Return one entry as two files together describe it; the later one has the last word.

    Its place is that of the later one.
    """
    merged: Merged = {**earlier.document.merged, **later.document.merged}
    facts = _merged(_Side(earlier), _Side(later), merged)
    (home, _), _ = later.document.find(later.path)
    document = Document(home.name, home.text, root={later.section: {later.id: facts}})
    document.merged = merged
    node: Any = document.root
    for depth, key in enumerate(later.path, start=1):
        place, _ = later.document.find(later.path[:depth])
        merged[id(node)] = (node, {key: place})
        node = node[key]
    return Body(later.section, later.id, facts, document)


class _Side:
    """A mapping of one of the two files, and the document that its unmerged parts stand in."""

    __slots__ = ("document", "facts", "places")

    def __init__(self, body: Body) -> None:
        (home, _), _ = body.document.find(body.path)
        self.document = body.document
        self.facts = body.facts or {}
        self.places = body.document.places(self.facts, home) if self.facts else {}

    def below(self, key: str) -> "_Side":
        """Return the mapping under a key."""
        side = object.__new__(_Side)
        side.document, side.facts = self.document, self.facts[key]
        side.places = self.document.places(side.facts, self.places[key].document)
        return side


def _merged(earlier: _Side, later: _Side, merged: Merged) -> dict[str, Any]:
    facts, where = dict(earlier.facts), dict(earlier.places)
    for key, value in later.facts.items():
        where[key] = later.places[key]
        known = facts.get(key)
        if value is None and key in facts:
            del facts[key]
        elif isinstance(value, dict) and isinstance(known, dict):
            facts[key] = _merged(earlier.below(key), later.below(key), merged)
        else:
            facts[key] = value
    merged[id(facts)] = (facts, where)
    return facts
