"""One frozen Assessment: model, results, findings, treatments; every output is a view of it."""

from riskmap.assessment.assessment import Assessment, Treated, assess

__all__ = ["Assessment", "Treated", "assess"]
