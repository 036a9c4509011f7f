"""A decision about a finding in words."""

from riskmap.assessment.treating import Treated
from riskmap.model import TreatmentStatus
from riskmap.rules.statement import day

DECIDED = {
    TreatmentStatus.ACCEPTED: "accepted",
    TreatmentStatus.MITIGATING: "being mitigated",
    TreatmentStatus.TRANSFERRED: "transferred",
    TreatmentStatus.DISPUTED: "disputed",
}
"""What became of a finding that somebody decided on, as it stands in a sentence."""


def decision(treated: Treated) -> str:
    """Say what was decided about a finding, until when, why and by whom."""
    treatment = treated.treatment
    if treatment is None:
        return ""
    words = DECIDED[treatment.status].capitalize()
    if treatment.expires is not None:
        ended = "; this expired on" if treated.expired else " until"
        words += f"{ended} {day(treatment.expires)}"
    elif not treated.open:
        words += " without an end"
    if treatment.approved_by:
        words += f", approved by {treatment.approved_by}"
    return f"{words}: {treatment.reason}" if treatment.reason else words
