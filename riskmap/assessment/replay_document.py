"""The JSON form of replayed incidents; ``docs/json.md`` describes it."""

import math
from collections.abc import Iterable
from typing import Any

from riskmap.assessment.assessment import Assessment
from riskmap.rules.replay import Replayed


def replay_document(assessment: Assessment, found: Iterable[Replayed]) -> dict[str, Any]:
    """Return replayed incidents as plain values, in their order."""
    return {
        "organisation": assessment.model.organisation,
        "today": assessment.today.isoformat(),
        "incidents": [_replayed(item) for item in found],
    }


def _replayed(item: Replayed) -> dict[str, Any]:
    incident = item.incident
    lasted = incident.lasted
    return {
        "id": incident.id,
        "title": incident.title,
        "day": incident.day.isoformat(),
        "lasted_hours": None if lasted is None else lasted.total_seconds() / 3600,
        "scope": incident.scope,
        "elements": list(item.elements),
        "functions": [
            {
                "id": impact.function,
                "stopped_hours": None if math.isinf(impact.stopped) else impact.stopped / 3600,
                "verdict": str(impact.verdict),
                "lowest_share": float(impact.lowest),
                "carried_by": sorted({service.standby for service in impact.services}),
            }
            for impact in item.impacts
        ],
        "lesson": incident.lesson,
        "sources": [
            {"url": source.url, "title": source.title, "kind": source.kind}
            for source in incident.sources
        ],
    }
