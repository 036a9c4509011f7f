"""What an audit numbers: every finding once, in the order in which the report sets them out."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from riskmap.assessment import Assessment, Treated
from riskmap.errors import OutputError
from riskmap.language import tr
from riskmap.model import Severity
from riskmap.report.view.context import Context
from riskmap.report.view.parts import Mark, bad, fair, good

NAMED = 6
"""Numbers of findings named in one cell."""


@dataclass(frozen=True)
class AuditContext(Context):
    """An assessment as an audit speaks of it."""

    @cached_property
    def ordered(self) -> tuple[Treated, ...]:
        """Every finding: the open ones by what is behind them, then those decided on."""
        waiting = [t for concern in self.assessment.concerns for t in concern.findings]
        return (*waiting, *(t for t in self.assessment.findings if not t.open))

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each finding, from one, by its key."""
        return {treated.finding.key: at for at, treated in enumerate(self.ordered, 1)}

    def numbered(self, rules: tuple[str, ...]) -> str:
        """Name the findings of some rules by their numbers; empty when there are none."""
        found = [str(self.numbers[t.finding.key]) for t in self.ordered if t.finding.rule in rules]
        if len(found) > NAMED:
            rest = len(found) - NAMED
            return tr("{numbers} and {count} more", numbers=", ".join(found[:NAMED]), count=rest)
        return ", ".join(found)


def audit_context(assessment: Assessment, subject: str | None) -> AuditContext:
    """Return what an audit is about: the whole model.

    Raises
    ------
    OutputError
        When a subject is given.
    """
    if subject is not None:
        raise OutputError(
            "an audit is about the whole model and takes no subject",
            "leave the subject out, or ask for --profile plan or exit",
        )
    return AuditContext(assessment)


def rating(severity: Severity) -> Mark:
    """Return the mark of a severity."""
    word = tr(str(severity)).capitalize()
    if severity.rank >= Severity.HIGH.rank:
        return bad(word)
    return fair(word) if severity is Severity.MEDIUM else good(word)
