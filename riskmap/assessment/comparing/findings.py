"""Which findings are new, worse, better, the same or gone, and what was decided meanwhile.

A finding is the same when its rule and its subject are; the subject may have been renamed. What a
rule found that did not run the other time is told apart: nobody can say whether it was there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from riskmap.assessment.comparing.renames import Renames
from riskmap.assessment.comparing.snapshot import FindingState, Snapshot, Standing


class Change(StrEnum):
    """What became of a finding, what asks for attention first.

    Altered is what is as severe and worse in one way, better in another: a longer stop of fewer
    functions, or as long a stop of others.
    """

    NEW = "new"
    NEWLY_LOOKED_FOR = "newly-looked-for"
    WORSENED = "worsened"
    ALTERED = "altered"
    PERSISTING = "persisting"
    IMPROVED = "improved"
    RESOLVED = "resolved"
    NO_LONGER_LOOKED_FOR = "no-longer-looked-for"


class Decided(StrEnum):
    """What became of the decision about a finding that is there."""

    TAKEN = "taken"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class FindingChange:
    """One finding, before and now.

    Attributes
    ----------
    key : str
        As it is now; of one that is gone, as it would be.
    old, new : FindingState or None
        None where it is not there; never both.
    decided : Decided
        Whether it was decided on since (it is no longer open), is open again because the decision
        expired or was withdrawn, or neither.
    restated : tuple of str
        Ids of its functions for which the organisation now says something else about how much they
        matter or what they can bear; a change may be due to that alone.
    unseen : tuple of str
        Ids of its functions of which the model does not say any more what they need, so that
        nothing can be found that stops them.
    subject_changed : bool
        Whether the entry it is about is in one of the two models only.
    due_to_time : bool
        Whether the older model, looked at on the day of the newer, shows the same change; false
        where that is not known.
    """

    key: str
    change: Change
    decided: Decided
    old: FindingState | None
    new: FindingState | None
    restated: tuple[str, ...]
    unseen: tuple[str, ...]
    subject_changed: bool
    due_to_time: bool

    @property
    def state(self) -> FindingState:
        """The finding as it is, else as it was."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def open(self) -> bool:
        """Whether it is there, and somebody still has to act or decide."""
        return self.new is not None and self.new.open

    @property
    def changed(self) -> bool:
        """Whether anything about it is told."""
        return self.change is not Change.PERSISTING or self.decided is not Decided.UNCHANGED

    @property
    def fresh(self) -> bool:
        """Whether it was not there before as far as anybody knows, or is worse in some way."""
        return self.change in _FRESH


_FRESH = frozenset({Change.NEW, Change.NEWLY_LOOKED_FOR, Change.WORSENED, Change.ALTERED})


@dataclass(frozen=True, slots=True)
class _Pair:
    """One finding before and now, and on the day of now had nothing but the day changed."""

    was: FindingState | None
    now: FindingState | None
    aged: FindingState | None


def finding_changes(
    old: Snapshot,
    new: Snapshot,
    renames: Renames,
    restated: Iterable[str],
    aged: Snapshot | None = None,
) -> tuple[FindingChange, ...]:
    """Return every finding of either side once.

    Parameters
    ----------
    restated : iterable of str
        Ids, in the newer model, of functions about which the organisation says something else.
    aged : Snapshot, optional
        The older model looked at on the day of the newer.

    Returns
    -------
    tuple of FindingChange
        In order of what became of them, then the most severe first.
    """
    before, after = _by_key(old, renames), _by_key(new, Renames({}))
    later = before if aged is None else _by_key(aged, renames)
    known = {renames.id(name) for name in old.entries}
    other = frozenset(restated)
    unseen = frozenset(_no_longer_known(old, new, renames))
    found = []
    for key in {**after, **before}:
        pair = _Pair(before.get(key), after.get(key), later.get(key))
        change = _change(pair.was, pair.now, renames, old, new)
        decided = _decided(pair.was, pair.now)
        subject = key.partition("@")[2]
        found.append(
            FindingChange(
                key=key,
                change=change,
                decided=decided,
                old=pair.was,
                new=pair.now,
                restated=_among(pair, renames, other),
                unseen=_among(pair, renames, unseen),
                subject_changed=(subject in known) != (subject in new),
                due_to_time=(change, decided) != (Change.PERSISTING, Decided.UNCHANGED)
                and (pair.was or pair.aged) is not None
                and _change(pair.was, pair.aged, renames, old, new) is change
                and _decided(pair.was, pair.aged) is decided,
            )
        )
    return tuple(sorted(found, key=_order))


def _by_key(snapshot: Snapshot, renames: Renames) -> dict[str, FindingState]:
    return {_key(finding, renames): finding for finding in snapshot.findings}


def _key(finding: FindingState, renames: Renames) -> str:
    return f"{finding.rule}@{renames.id(finding.subject)}"


def _change(
    was: FindingState | None,
    now: FindingState | None,
    renames: Renames,
    old: Snapshot,
    new: Snapshot,
) -> Change:
    if now is None:
        assert was is not None
        return Change.RESOLVED if was.rule in new.judging.rules else Change.NO_LONGER_LOOKED_FOR
    if was is None:
        return Change.NEW if now.rule in old.judging.rules else Change.NEWLY_LOOKED_FOR
    if was.severity is not now.severity:
        return Change.WORSENED if now.severity.rank > was.severity.rank else Change.IMPROVED
    return _of_one_severity(was, now, renames)


def _of_one_severity(was: FindingState, now: FindingState, renames: Renames) -> Change:
    """Compare how long it stops things, and which."""
    stopped, stops = {renames.id(name) for name in was.functions}, set(now.functions)
    worse = now.stop > was.stop or bool(stops - stopped)
    better = now.stop < was.stop or bool(stopped - stops)
    if worse and better:
        return Change.ALTERED
    if not worse and not better:
        return Change.PERSISTING
    return Change.WORSENED if worse else Change.IMPROVED


def _decided(was: FindingState | None, now: FindingState | None) -> Decided:
    if now is None:
        return Decided.UNCHANGED
    if was is None:
        return Decided.UNCHANGED if now.open else Decided.TAKEN
    if was.open and not now.open:
        return Decided.TAKEN
    if now.open and not was.open:
        return Decided.EXPIRED if now.expired else Decided.WITHDRAWN
    return Decided.UNCHANGED


def _no_longer_known(old: Snapshot, new: Snapshot, renames: Renames) -> Iterator[str]:
    for before in old.functions.values():
        after = new.functions.get(renames.id(before.id))
        if after is not None and after.standing is Standing.UNKNOWN is not before.standing:
            yield after.id


def _among(pair: _Pair, renames: Renames, other: frozenset[str]) -> tuple[str, ...]:
    """Return those of the functions concerned, before or now, that are among others."""
    named = dict.fromkeys(pair.now.functions if pair.now is not None else ())
    before = pair.was.functions if pair.was is not None else ()
    named.update(dict.fromkeys(renames.id(name) for name in before))
    return tuple(name for name in named if name in other)


_CHANGES = {change: rank for rank, change in enumerate(Change)}


def _order(change: FindingChange) -> tuple[int, int, str, str]:
    state = change.state
    return _CHANGES[change.change], -state.severity.rank, state.rule, change.key
