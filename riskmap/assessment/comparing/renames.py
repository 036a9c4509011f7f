"""Which entry of the newer model is which of the older one.

An entry is the same when its id is, or when it says which id it had (``was``). A former id counts
only where it tells something: the old entry is there, and nobody bears its id any more. The newer
model may be given first, so that what was renamed is recognised in both directions.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from riskmap.assessment.comparing.snapshot import EntryState, Snapshot


@dataclass(frozen=True, slots=True)
class Renames:
    """Old ids with the new ones, for entries that were renamed."""

    ids: Mapping[str, str]

    def id(self, old: str) -> str:
        """Return what an old id is called now."""
        return self.ids.get(old, old)

    def value(self, old: Any) -> Any:
        """Return a plain value with every id in it as it is called now."""
        match old:
            case str():
                rule, sign, subject = old.rpartition("@")  # the key of a finding holds an id too
                return f"{rule}{sign}{self.id(subject)}"
            case list() | tuple():
                return [self.value(item) for item in old]
            case dict():
                return {key: self.value(item) for key, item in old.items()}
        return old


def renames_between(old: Snapshot, new: Snapshot) -> Renames:
    """Return which entries were renamed; each id is used once, the first by id wins."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    forward = ((was, entry.id) for entry in _sorted(new) for was in entry.was)
    backward = ((entry.id, was) for entry in _sorted(old) for was in entry.was)
    for before, after in (*forward, *backward):
        moved = before in old and before not in new and after in new and after not in old
        if moved and before not in found and after not in taken:
            found[before] = after
            taken.add(after)
    return Renames(found)


def _sorted(snapshot: Snapshot) -> Iterator[EntryState]:
    yield from (snapshot.entries[name] for name in sorted(snapshot.entries))
