"""Assessments that were written to a file: their JSON, or a report as PDF that holds it."""

from riskmap.assessment.reading.file import Kind, kind_of, read_snapshot

__all__ = ["Kind", "kind_of", "read_snapshot"]
