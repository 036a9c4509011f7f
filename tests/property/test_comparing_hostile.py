"""Whatever is written into the JSON of an assessment: a refusal, or a whole comparison."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from riskmap.assessment.comparing import DocumentError, compare, snapshot_of
from riskmap.assessment.comparing.document import comparison_document
from riskmap.assessment.document import json_text
from riskmap.cli.compare_text import text_of
from riskmap.formats.comparison_markdown import write

EXPECTED = Path(__file__).parents[2] / "examples" / "office-365-2012" / "expected"
UNREAD = ("cut_sets", "lock_in", "assumptions", "concerns", "orphaned_treatments")


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EXPECTED / name).read_text(encoding="utf-8"))
    return {key: value for key, value in found.items() if key not in UNREAD}


OLD, NEW = snapshot_of(read("model.json")), read("proposal.json")


def places(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inside: Any = ()
    if isinstance(value, dict):
        inside = value.items()
    elif isinstance(value, list):
        inside = enumerate(value)
    for key, part in inside:
        yield (*above, key)
        yield from places(part, (*above, key))


PLACES = list(places(NEW))
VALUES = st.sampled_from(
    [
        *(None, True, False, 0, -1, -3.5, 1e20, 1e300, 10**4000),
        *("", "x", "microsoft", "2012-02-30", [], {}, [[]], {"a": 1}),
        *([1, {"target": True, "share": True}], {"target": 5}, {"count": True, "members": []}),
    ]
)


@settings(max_examples=300)
@given(changes=st.lists(st.tuples(st.sampled_from(PLACES), VALUES), min_size=1, max_size=3))
def test_refused_or_compared(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    document = copy.deepcopy(NEW)
    for (*above, last), value in changes:
        part: Any = document
        try:
            for key in above:
                part = part[key]
            part[last] = copy.deepcopy(value)
        except (KeyError, IndexError, TypeError):  # an earlier change took the place away
            continue
    try:
        changed = snapshot_of(document)
    except DocumentError:
        return
    for old, new in ((OLD, changed), (changed, OLD)):
        found = compare(old, new)
        assert text_of(found, details=True)
        assert write(found)
        assert json_text(comparison_document(found))
