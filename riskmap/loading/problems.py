"""Collecting problems so that a user sees all of them at once."""

import difflib
from collections.abc import Iterable, Sequence

from riskmap.errors import Location, ModelError, Problem

MAX_PROBLEMS = 200
"""Beyond this many, further problems are counted but not shown one by one."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return a hint naming the closest known word, or an empty string.

    >>> did_you_mean("provder", ["provider", "parent"])
    "did you mean 'provider'?"
    >>> did_you_mean("zzz", ["provider"])
    ''
    """
    near = nearest(name, known)
    return f"did you mean {near[0]!r}?" if near else ""


def nearest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return up to three known words close to ``name``, best first."""
    folded = _fold(name)
    by_folded: dict[str, str] = {}
    for word in sorted(set(known)):
        by_folded.setdefault(_fold(word), word)
    if folded in by_folded:
        return (by_folded[folded],)
    matches = difflib.get_close_matches(folded, by_folded, n=3, cutoff=0.65)
    return tuple(by_folded[match] for match in matches)


def _fold(name: str) -> str:
    return "-".join(name.casefold().replace("_", " ").replace("-", " ").split())


class Problems:
    """A growing list of problems over all files of one model."""

    def __init__(self) -> None:
        self._found: list[Problem] = []
        self._seen: set[tuple[Location, str, str]] = set()
        self._left_out = 0

    def __bool__(self) -> bool:
        """Tell whether anything is wrong so far."""
        return bool(self._found)

    @property
    def full(self) -> bool:
        """Whether a further problem would only be counted."""
        return len(self._found) >= MAX_PROBLEMS

    def leave_out(self) -> None:
        """Count a problem without keeping it."""
        self._left_out += 1

    def add(
        self,
        location: Location,
        code: str,
        message: str,
        *,
        source: str = "",
        span: int = 1,
        hint: str = "",
        path: Sequence[str] = (),
    ) -> None:
        """Record one problem; the same one twice is kept once."""
        key = (location, code, message)
        if key in self._seen:
            return
        if self.full:
            self.leave_out()
            return
        self._seen.add(key)
        self._found.append(
            Problem(location, code, message, source, max(1, span), hint, tuple(path))
        )

    def raise_if_any(self) -> None:
        """Raise everything found so far.

        Raises
        ------
        ModelError
            When at least one problem was recorded.
        """
        if not self._found:
            return
        found = list(self._found)
        if self._left_out:
            last = max(problem.location for problem in found)
            found.append(
                Problem(
                    last,
                    "too-many-problems",
                    f"{self._left_out:,} more problems are not shown",
                    hint="mend the ones above first; one mistake often causes many",
                )
            )
        raise ModelError(found)
