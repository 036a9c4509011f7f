"""The time that a build says it is (https://reproducible-builds.org/specs/source-date-epoch/)."""

import os
from datetime import UTC, datetime

LATEST = 253_402_300_799
"""The last second of the year 9999."""


def source_date() -> datetime | None:
    """Return the time of ``SOURCE_DATE_EPOCH``, None when it is not set or is no such time."""
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(LATEST))):
        return None
    return datetime.fromtimestamp(int(text), UTC) if int(text) <= LATEST else None
