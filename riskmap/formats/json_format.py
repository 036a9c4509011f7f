"""The assessment as JSON text."""

from riskmap.assessment import Assessment
from riskmap.assessment.document import json_text, to_document


def to_json(assessment: Assessment) -> str:
    """Return the JSON form of an assessment, UTF-8 text ending in a newline."""
    return json_text(to_document(assessment))


def write(assessment: Assessment) -> bytes:
    """Return the JSON form as a file."""
    return to_json(assessment).encode()
