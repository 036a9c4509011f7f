"""The assessment as JSON text."""

import json

from riskmap.assessment import Assessment
from riskmap.assessment.document import to_document


def to_json(assessment: Assessment) -> str:
    """Return the JSON form of an assessment, UTF-8 text ending in a newline."""
    return json.dumps(to_document(assessment), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def write(assessment: Assessment) -> bytes:
    """Return the JSON form as a file."""
    return to_json(assessment).encode()
