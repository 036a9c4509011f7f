"""Findings: what a rule has to say, with everything that supports it."""

from dataclasses import dataclass

from riskmap.model import Confidence, Severity
from riskmap.rules.statement import Statement


@dataclass(frozen=True, slots=True)
class Witness:
    """A path of ids that shows why: each needs the next."""

    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that supports a finding.

    Attributes
    ----------
    name : str
        Stable name, such as ``longest_interruption``.
    value : float
        Infinite when unbounded.
    unit : str
        ``hours``, ``share``, ``money`` or ``count``.
    basis : Confidence
        How far the number may be relied on.
    """

    name: str
    value: float
    unit: str
    basis: Confidence = Confidence.EVIDENCED


Evidence = Witness | Measure


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing somebody should know.

    Attributes
    ----------
    rule : str
        Id such as ``RM101``; never reused.
    subject : str
        Id of the entry it is about.
    functions : tuple of str
        Functions concerned, worst first.
    severity : Severity
    because : Statement
        Why this severity: the consequence.
    summary : Statement
        What was found.
    recommendation : Statement
        What to do about it.
    involves : tuple of str
        Other entries the finding speaks of.
    assumptions : tuple of str
        Keys of the assumptions it rests on.
    cause : str
        Id of what fails or is amiss behind it, where that is not the subject; findings with one
        cause are shown together (:mod:`riskmap.assessment.concerns`).
    """

    rule: str
    subject: str
    functions: tuple[str, ...]
    severity: Severity
    because: Statement
    summary: Statement
    recommendation: Statement
    evidence: tuple[Evidence, ...] = ()
    involves: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    cause: str = ""

    @property
    def key(self) -> str:
        """Stable name that treatments hang on, such as ``RM301@senderbase``."""
        return f"{self.rule}@{self.subject}"
