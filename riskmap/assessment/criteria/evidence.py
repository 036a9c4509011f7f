"""What a criterion is, and how far the evidence for it goes.

Evidence is what the model states and nobody had to assume. A criterion is never found throughout
where a finding speaks against it, where a rule that would do so did not run, or where there is no
case to look at.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from riskmap.assessment.assessment import Assessment
from riskmap.model import Standard


class Held(StrEnum):
    """How far the evidence goes; ``nothing`` is what riskmap cannot judge here."""

    FOUND = "found"
    PARTLY = "partly"
    NONE = "none"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Count:
    """How many cases there are, and how many show what is asked for.

    Attributes
    ----------
    met : int
        Those of which the model states it, assumed or not.
    assumed : int
        Those of these of which somebody only assumed it.
    lacking : bool
        Whether there should be a case and is none, as with plans that nobody wrote.
    """

    met: int
    total: int
    assumed: int = 0
    lacking: bool = False

    @property
    def held(self) -> Held:
        """How far the evidence goes; without a case there is nothing to judge."""
        if not self.total:
            return Held.NONE if self.lacking else Held.NOTHING
        if self.met == self.total and not self.assumed:
            return Held.FOUND
        return Held.PARTLY if self.met else Held.NONE


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is asked for.

    Attributes
    ----------
    clauses : tuple of (Standard, str)
        Where it is asked for.
    asks : str
        In our words.
    cases : str
        What is counted, as the label of a figure: "Functions that say what they need".
    absent : str
        What to say where there is no case.
    rules : tuple of str
        Rules whose findings say what is amiss.
    """

    clauses: tuple[tuple[Standard, str], ...]
    asks: str
    cases: str
    count: Callable[[Assessment], Count]
    rules: tuple[str, ...] = ()
    absent: str = ""


def held(assessment: Assessment, criterion: Criterion) -> Held:
    """Return how far the evidence for a criterion goes, findings counted."""
    found = criterion.count(assessment).held
    if found is not Held.FOUND:
        return found
    amiss = any(treated.finding.rule in criterion.rules for treated in assessment.findings)
    silent = not set(criterion.rules).isdisjoint(assessment.left_out)
    return Held.PARTLY if amiss or silent else Held.FOUND
