"""The same model with some facts as bad, or as harmless, as they could be.

A conclusion that changes when an assumed fact is replaced rests on that assumption: nothing is
estimated, the model is changed and everything is computed anew.
"""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import TypeVar

from riskmap.model import Entry, Model
from riskmap.rules.answers import answers_of
from riskmap.rules.assumptions import Assumption
from riskmap.rules.statement import Ref, Statement, say


class Direction(StrEnum):
    """Whether facts are taken at their worst or at their best."""

    WORSE = "worse"
    BETTER = "better"


def varied_entry(entry: Entry, fact: str, direction: Direction) -> Entry:
    """Return an entry with one fact at its worst or best; the same where it cannot be changed."""
    answers = answers_of(entry, fact)
    if answers is None:
        return entry
    change = answers.worse if direction is Direction.WORSE else answers.better
    changed: Entry = change(entry)
    return changed


def varied(model: Model, assumptions: Iterable[Assumption], direction: Direction) -> Model:
    """Return the model with all these facts at their worst or best at once."""
    entries: dict[str, Entry] = {}
    for assumption in sorted(assumptions, key=lambda a: a.key):
        name = assumption.subject
        entry = entries.get(name, model.entry(name))
        entries[name] = varied_entry(entry, assumption.fact, direction)
    return model.with_entries(entries)


def can_vary(model: Model, assumption: Assumption, direction: Direction) -> bool:
    """Tell whether a fact can be any worse, or any better, than it counts now."""
    entry = model.entry(assumption.subject)
    return varied_entry(entry, assumption.fact, direction) != entry


def clause_of(entry: Entry, fact: str) -> Statement:
    """Say what an entry states about a fact, as a clause about "it"."""
    answers = answers_of(entry, fact)
    assert answers is not None, "only facts that can be varied are described"
    return answers.clause(entry)


def name_of(model: Model, assumption: Assumption) -> Statement:
    """Name a fact in words: "how long X may be out"."""
    return _worded(model, assumption, question=False)


def question_of(model: Model, assumption: Assumption) -> Statement:
    """Return the question that settles a fact, without its question mark."""
    return _worded(model, assumption, question=True)


def _worded(model: Model, assumption: Assumption, *, question: bool) -> Statement:
    answers = answers_of(model.entry(assumption.subject), assumption.fact)
    entry = Ref(assumption.subject)
    if answers is None:
        template = "is “{fact}” of {entry} right" if question else "“{fact}” of {entry}"
        return say(template, fact=assumption.fact, entry=entry)
    template = answers.question if question else answers.name
    target = assumption.fact.partition(".")[2]
    return say(template, entry=entry, **({"target": Ref(target)} if target else {}))


# -- which of many decide ----------------------------------------------------------------------

T = TypeVar("T")
Breaks = Callable[[tuple[T, ...]], bool]
"""Whether a conclusion falls when all of these are changed; more never restores it."""


def alone_enough(items: Sequence[T], breaks: Breaks[T], most: int) -> tuple[T, ...]:
    """Return those items each of which breaks a conclusion by itself, in order, at most so many.

    Tried in halves: where a whole half changes nothing, none of it does. With d items found among
    n it takes some 2 d log n trials.
    """
    found: list[T] = []
    queue = [tuple(items)]
    while queue and len(found) < most:
        part = queue.pop(0)
        if not part or not breaks(part):
            continue
        if len(part) == 1:
            found.append(part[0])
            continue
        middle = len(part) // 2
        queue[:0] = [part[:middle], part[middle:]]
    return tuple(found)


def together_enough(items: Sequence[T], breaks: Breaks[T]) -> tuple[T, ...]:
    """Return items that break a conclusion together and of which none can be left out.

    Junker, "QuickXplain" (AAAI 2004). The whole must break it.
    """

    def needed(background: tuple[T, ...], added: bool, rest: tuple[T, ...]) -> tuple[T, ...]:
        if added and breaks(background):
            return ()
        if len(rest) == 1:
            return rest
        left, right = rest[: len(rest) // 2], rest[len(rest) // 2 :]
        second = needed((*background, *left), True, right)
        first = needed((*background, *second), bool(second), left)
        return (*first, *second)

    return needed((), False, tuple(items))
