"""One side of a comparison: a model, the JSON of an assessment, or a report as PDF."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from riskmap import api
from riskmap.cli.common import day_of
from riskmap.model import Policy

if TYPE_CHECKING:
    from riskmap.assessment import Assessment
    from riskmap.assessment.comparing import Snapshot

    Side = Assessment | Snapshot


def side(path: Path, policy: Policy, today: date | None, show: Callable[[str], None]) -> "Side":
    """Read one side; a model is assessed first."""
    from riskmap.assessment.reading import Kind, kind_of

    show(f"reading {path}")
    if kind_of(path) is not Kind.MODEL:
        return api.read_snapshot(path)
    read = api.load(path)
    show(f"assessing {path}")
    return api.assess(read, day_of(read, today), policy)
