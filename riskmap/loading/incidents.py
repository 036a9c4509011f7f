"""The incidents that ship with riskmap: outages that happened, checked as they are read.

An incident without a source, or whose length does not match its times, is refused.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from pydantic import Field

from riskmap.loading.document import Document, report
from riskmap.loading.fields import Shape
from riskmap.loading.problems import Problems
from riskmap.loading.quantities import Day, Duration, Text
from riskmap.loading.source import read_document
from riskmap.loading.validation import validated
from riskmap.model.incident import Hit, Incident, IncidentSource
from riskmap.resources import models_dir

NEVER = "never"
_PRECISION = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
}


class SourceShape(Shape):
    """Where facts come from."""

    url: Text = ""
    title: Text = ""
    publisher: Text | None = None
    kind: Literal["primary", "secondary"] | None = None
    date: Day | None = None
    shows: list[Text] = Field(default_factory=list)


class HitShape(Shape):
    """When one element failed; all the time when nothing is said."""

    after: Duration | None = None
    lasts: Duration | None = None


class IncidentShape(Shape):
    """One outage that happened."""

    title: Text = ""
    start: Text = ""
    end: Text = ""
    lasted: Duration | Literal["never"] | None = None
    precision: Literal["minute", "hour", "day"] | None = None
    scope: Text = ""
    fails: dict[str, HitShape | None] = Field(default_factory=dict)
    how: Text = ""
    affected: Text = ""
    acknowledged_after: Duration | None = None
    sources: list[SourceShape] = Field(default_factory=list)
    lesson: Text = ""


def load_incidents(folder: Path | None = None) -> tuple[Incident, ...]:
    """Return every incident that ships, the oldest first.

    Raises
    ------
    ModelError
        With every entry that is not fit to ship.
    """
    place = models_dir() / "incidents" if folder is None else folder
    problems, found = Problems(), []
    for path in sorted(place.glob("*.yaml")):
        document = read_document(path, f"incidents:{path.stem}", problems)
        entries = document.root.get("incidents") if document is not None else None
        if document is not None and isinstance(entries, dict):
            for name, raw in entries.items():
                made = _incident(document, str(name), raw, problems)
                if made is not None:
                    found.append(made)
    problems.raise_if_any()
    return tuple(sorted(found, key=lambda incident: (incident.day, incident.id)))


def _incident(document: Document, name: str, raw: object, problems: Problems) -> Incident | None:
    where = ("incidents", name)
    if not isinstance(raw, dict):
        report(problems, document, where, "unfit-incident", f"{name} holds nothing")
        return None
    shape, _ = validated(document, where, raw, IncidentShape, problems)
    assert isinstance(shape, IncidentShape)
    for complaint in _complaints(shape):
        report(problems, document, where, "unfit-incident", f"{name}: {complaint}")
    start = _moment(shape.start)
    if start is None:
        return None
    hits = tuple(
        Hit(
            element,
            (hit.after if hit else None) or timedelta(0),
            (hit.lasts if hit else None) or _rest(shape, hit),
        )
        for element, hit in sorted(shape.fails.items())
    )
    return Incident(
        id=name,
        title=shape.title,
        day=start.date(),
        lasted=_lasted(shape),
        scope=shape.scope,
        hits=hits,
        how=shape.how,
        affected=shape.affected,
        acknowledged_after=shape.acknowledged_after,
        sources=tuple(_source(source) for source in shape.sources),
        lesson=shape.lesson,
    )


def _rest(shape: IncidentShape, hit: HitShape | None) -> timedelta | None:
    """Return how long an element failed whose length is not said: until the end."""
    lasted = _lasted(shape)
    if lasted is None:
        return None
    after = hit.after if hit is not None and hit.after is not None else timedelta(0)
    return max(lasted - after, timedelta(0))


def _lasted(shape: IncidentShape) -> timedelta | None:
    """Return how long it lasted, None where it never ended."""
    return shape.lasted if isinstance(shape.lasted, timedelta) and shape.end != NEVER else None


def _source(shape: SourceShape) -> IncidentSource:
    return IncidentSource(
        shape.url,
        shape.title,
        shape.kind or "secondary",
        shape.publisher,
        shape.date,
        tuple(shape.shows),
    )


def _moment(text: str) -> datetime | None:
    """Return a moment in UTC; a plain day is its beginning, a time without its zone is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    if "T" in text:
        return found if found.tzinfo is not None else None
    return found.replace(tzinfo=UTC)


def _complaints(shape: IncidentShape) -> list[str]:
    """Say why an incident is not fit to ship."""
    found = [
        f"{name} is missing"
        for name in ("title", "start", "end", "scope", "how", "affected", "lesson", "precision")
        if not getattr(shape, name)
    ]
    if not shape.sources:
        found.append("there is no source")
    found.extend(
        f"the source {source.url!r} is no https link with a title and a kind"
        for source in shape.sources
        if not (source.url.startswith("https://") and source.title and source.kind)
    )
    if not shape.fails:
        found.append("nothing fails")
    start, end = _moment(shape.start), _moment(shape.end)
    if start is None or (end is None and shape.end != NEVER):
        found.append("start and end are days or moments in UTC, or the end is 'never'")
    elif end is not None and not _matches(shape, end - start):
        found.append(f"it is said to have lasted {shape.lasted}, and its times say {end - start}")
    return found


def _matches(shape: IncidentShape, length: timedelta) -> bool:
    lasted = _lasted(shape)
    if lasted is None or shape.precision is None:
        return False
    return abs(length - lasted) <= _PRECISION[shape.precision]
