"""What changed from one assessment to another, by meaning: findings, tolerance, model, figures."""

from riskmap.assessment.comparing.comparison import Comparison, compare
from riskmap.assessment.comparing.findings import Change, Decided, FindingChange
from riskmap.assessment.comparing.functions import FunctionChange, Tolerance
from riskmap.assessment.comparing.shapes import DocumentError, snapshot_of
from riskmap.assessment.comparing.snapshot import Snapshot

__all__ = [
    "Change",
    "Comparison",
    "Decided",
    "DocumentError",
    "FindingChange",
    "FunctionChange",
    "Snapshot",
    "Tolerance",
    "compare",
    "snapshot_of",
]
