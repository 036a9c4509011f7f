"""From the JSON form of an assessment to a snapshot: the parts that a comparison looks at.

A part that is missing or of another kind is named with its place. Parts that are not named here
are not looked at, so that a newer riskmap may write more.
"""

import math
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from riskmap.assessment.comparing.snapshot import (
    DecisionState,
    EntryState,
    FindingState,
    FunctionState,
    Judging,
    Snapshot,
    Standing,
)
from riskmap.assessment.document import FORMAT
from riskmap.model import Severity, TreatmentStatus
from riskmap.rules.verdict import Verdict

DEEPEST = 60
"""Lists and groups within one another in the facts of an entry; a need takes two for each group."""
LARGEST = 1e21
"""No amount, length of time or volume of a model is larger."""
MOST_FAULTS = 5
"""Faults that are named; the rest follow from the same cause as a rule."""


class DocumentError(ValueError):
    """Plain values are not an assessment that can be compared.

    Parameters
    ----------
    message : str
        One sentence without a full stop.
    hint : str
        What to do about it.
    """

    def __init__(self, code: str, message: str, hint: str) -> None:
        self.code, self.hint = code, hint
        super().__init__(message)


def _inside(part: Any) -> Iterable[Any]:
    if isinstance(part, dict):
        return part.values()
    return part if isinstance(part, list) else ()


def _reasonable(facts: dict[str, Any]) -> dict[str, Any]:
    """Refuse what no model holds: groups as deep as this, numbers as large as this."""
    level: list[Any] = [facts]
    for _ in range(DEEPEST):
        level = [item for part in level for item in _inside(part)]
        if any(isinstance(item, int | float) and abs(item) > LARGEST for item in level):
            raise ValueError("a number beyond reason")
    if level:
        raise ValueError("nested too deeply")
    return facts


_Facts = Annotated[dict[str, Any], AfterValidator(_reasonable)]
_Number = Annotated[float, Field(ge=-LARGEST, le=LARGEST)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)


class _Worst(_Part):
    element: str
    stopped_in_all_hours: _Number | None
    verdict: Verdict


class _Function(_Part):
    id: str
    title: str
    mtd_hours: _Number | None
    rto_hours: _Number | None
    minimum_share: _Number | None
    needs_stated: bool
    worst: _Worst | None

    def state(self) -> FunctionState:
        standing, stopped = Standing.TOLERABLE, 0.0
        if self.worst is not None:
            standing, stopped = Standing.of(self.worst.verdict), _hours(self.worst)
        if not self.needs_stated:
            standing = Standing.UNKNOWN
        return FunctionState(
            self.id,
            self.title,
            self.mtd_hours,
            self.rto_hours,
            self.minimum_share,
            stopped,
            self.worst.element if self.worst is not None and stopped else None,
            standing,
        )


def _hours(worst: _Worst) -> float:
    found = worst.stopped_in_all_hours
    return math.inf if found is None else found


class _Decision(_Part):
    id: str
    status: TreatmentStatus
    reason: str | None
    owner: str | None
    approved_by: str | None
    expires: date | None
    expired: bool


class _Measure(_Part):
    kind: str
    name: str = ""
    value: _Number | None = None

    @property
    def stop(self) -> float:
        if self.name != "longest_interruption":
            return 0.0
        return math.inf if self.value is None else self.value


class _Finding(_Part):
    rule: str
    key: str
    subject: str
    subject_title: str
    severity: Severity
    functions: tuple[str, ...]
    summary: str
    because: str
    recommendation: str
    evidence: tuple[_Measure, ...]
    treatment: _Decision | None
    open: bool

    def state(self) -> FindingState:
        told = self.treatment
        return FindingState(
            self.rule,
            self.key,
            self.subject,
            self.subject_title,
            self.severity,
            self.functions,
            self.summary,
            self.because,
            self.recommendation,
            max((item.stop for item in self.evidence), default=0.0),
            None if told is None else DecisionState(**dict(told)),
            self.open,
        )


class _Entry(_Part):
    id: str
    section: str
    title: str
    was: tuple[str, ...]
    covered_by: tuple[str, ...]
    facts: _Facts


class _JudgedBy(_Part):
    rules: frozenset[str]
    strict: bool
    clauses: tuple[str, ...]
    thresholds: dict[str, _Number]


class _Tool(_Part):
    version: str


class _Assessment(_Part):
    tool: _Tool
    organisation: str
    today: date
    currency: str | None
    digest: str
    policy: str
    judged_by: _JudgedBy
    functions: tuple[_Function, ...]
    findings: tuple[_Finding, ...]
    entries: tuple[_Entry, ...]
    metrics: dict[str, _Number | None]
    about: _Facts = Field(alias="model")


def snapshot_of(document: Any) -> Snapshot:
    """Return the snapshot of an assessment in its JSON form.

    Parameters
    ----------
    document : Any
        Plain values, as read from JSON.

    Raises
    ------
    DocumentError
        When they are no assessment, are of another version, or lack a part.
    """
    _check_version(document)
    try:
        read = _Assessment.model_validate(document)
    except ValidationError as error:
        faults = list(_faults(error))
        more = "" if len(faults) <= MOST_FAULTS else f"; and {len(faults) - MOST_FAULTS} more"
        raise DocumentError(
            "damaged-assessment",
            f"this assessment is not whole: {'; '.join(faults[:MOST_FAULTS])}{more}",
            "was it changed by hand, or made by an older riskmap? Make it again from its model",
        ) from None
    judged = read.judged_by.model_dump()
    rules = frozenset(judged.pop("rules"))
    return Snapshot(
        organisation=read.organisation,
        today=read.today,
        currency=read.currency,
        digest=read.digest,
        version=read.tool.version,
        judging=Judging(read.policy, rules, judged),
        functions={part.id: part.state() for part in read.functions},
        findings=tuple(part.state() for part in read.findings),
        entries={part.id: EntryState(**dict(part)) for part in read.entries},
        metrics=read.metrics,
        facts=read.about,
    )


def _check_version(document: Any) -> None:
    if not isinstance(document, dict) or "riskmap_assessment" not in document:
        raise DocumentError(
            "not-an-assessment",
            "this is JSON, but not an assessment made by riskmap",
            "'riskmap assess MODEL -o assessment.json' makes one",
        )
    version = document["riskmap_assessment"]
    if version != FORMAT or isinstance(version, bool):
        shown = repr(version) if isinstance(version, int | str) else "something else"
        raise DocumentError(
            "unsupported-version",
            f"this riskmap reads version {FORMAT} of the JSON of an assessment, and this is"
            f" {shown[:40]}",
            "install a newer riskmap, or make the assessment again from its model",
        )


def _faults(error: ValidationError) -> Iterator[str]:
    for fault in error.errors(include_url=False, include_context=False, include_input=False):
        place = ".".join(str(part) for part in fault["loc"])
        yield f"{place}: {fault['msg'][:1].lower()}{fault['msg'][1:]}"
