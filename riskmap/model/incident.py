"""Outages that happened, in terms of the shipped library, each with its sources."""

import datetime as dt
import math
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class IncidentSource:
    """Where facts of an incident come from.

    Attributes
    ----------
    kind : str
        ``primary`` (the organisation's own word, or an authority's) or ``secondary``.
    shows : tuple of str
        Names of the facts it shows, such as ``start``.
    """

    url: str
    title: str
    kind: str
    publisher: str | None = None
    date: dt.date | None = None
    shows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One element of the library that failed.

    Attributes
    ----------
    after : timedelta
        From the start of the incident.
    lasts : timedelta or None
        None when it never came back.
    """

    element: str
    after: timedelta
    lasts: timedelta | None


@dataclass(frozen=True, slots=True)
class Incident:
    """One outage that happened.

    Attributes
    ----------
    day : date
        On which it began.
    lasted : timedelta or None
        None when what failed never came back.
    scope : str
        Which part of what failed was hit.
    """

    id: str
    title: str
    day: dt.date
    lasted: timedelta | None
    scope: str
    hits: tuple[Hit, ...]
    how: str
    affected: str
    acknowledged_after: timedelta | None
    sources: tuple[IncidentSource, ...]
    lesson: str

    @property
    def elements(self) -> tuple[str, ...]:
        """Ids of what failed."""
        return tuple(hit.element for hit in self.hits)

    def failures(self, known: frozenset[str]) -> dict[str, list[tuple[float, float]]]:
        """Return when each known element failed, in seconds from the start."""
        found: dict[str, list[tuple[float, float]]] = {}
        for hit in self.hits:
            if hit.element in known:
                start = hit.after.total_seconds()
                end = math.inf if hit.lasts is None else start + hit.lasts.total_seconds()
                found.setdefault(hit.element, []).append((start, end))
        return found
