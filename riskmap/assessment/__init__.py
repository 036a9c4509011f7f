"""One frozen Assessment: model, results, findings, treatments; every output is a view of it."""

from riskmap.assessment.assessment import Assessment, assess
from riskmap.assessment.concerns import Concern
from riskmap.assessment.treating import Orphan, Treated

__all__ = ["Assessment", "Concern", "Orphan", "Treated", "assess"]
