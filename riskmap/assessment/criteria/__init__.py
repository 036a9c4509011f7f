"""Criteria of standards, and how much evidence for each is in a model.

A criterion counts cases: how many there are, and how many show the evidence that is asked for. That
is evidence found in a model, never a statement of conformity.
"""

from riskmap.assessment.criteria.catalog import CRITERIA, SILENT, TITLES, chosen, criteria_of
from riskmap.assessment.criteria.counting import bought, harmful_points, in_time, tested
from riskmap.assessment.criteria.evidence import Count, Criterion, Held, held

__all__ = [
    "CRITERIA",
    "SILENT",
    "TITLES",
    "Count",
    "Criterion",
    "Held",
    "bought",
    "chosen",
    "criteria_of",
    "harmful_points",
    "held",
    "in_time",
    "tested",
]
