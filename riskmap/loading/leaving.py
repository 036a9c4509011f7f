"""The raw shape of what leaving takes, and from there to the model's types."""

from typing import Annotated, Any

from pydantic import Field

from riskmap.loading.fields import PLAIN_TEXT, References, Shape, Shorthand, Texts, Words, under
from riskmap.loading.quantities import (
    MAX_AMOUNT,
    Amount,
    Day,
    DurationOrUnknown,
    Reference,
    Text,
)
from riskmap.loading.volumes import Bandwidth, Effort, Score, Volume
from riskmap.model import (
    Coupling,
    CouplingKind,
    ExitFacts,
    ExitStep,
    ExitTest,
    ExitTestKind,
    Facet,
    IdentityHolder,
    Openness,
    Range,
    Reintegration,
    Skills,
    Strength,
    Substitutability,
    SubstitutionReason,
    TestResult,
    WrittenExit,
)


class CouplingShape(Shape):
    """A tie that drags another service along."""

    service: Reference = Field(description="The service it is tied to.")
    by: Annotated[list[CouplingKind], Words] = Field([], description="What ties them.")
    strength: Strength = Field(Strength.STRONG, description="strong forces both to move.")
    cost: Amount | None = Field(None, description="What cutting this tie would cost.")


class RangeShape(Shape):
    """An amount of money nobody knows exactly."""

    likely: Amount = Field(description="The most likely amount.")
    low: Amount | None = Field(None, description="The least it may be.")
    high: Amount | None = Field(None, description="The most it may be.")


def _as_range(value: Any) -> Any:
    return value if value is None or isinstance(value, dict) else {"likely": value}


AmountOrRange = Annotated[
    RangeShape, Shorthand(_as_range, {"type": "number", "minimum": 0, "maximum": MAX_AMOUNT})
]


class ExitStepShape(Shape):
    """One action of an exit plan."""

    do: Text = Field(description="The action.")
    owner: Text | None = Field(None, description="The role that does it.")
    takes: DurationOrUnknown = Field(None, description="How long it takes.")


class ExitTestShape(Shape):
    """One test of an exit plan."""

    date: Day = Field(description="The day.")
    result: TestResult = Field(description="How it ended.")
    kind: ExitTestKind | None = Field(None, description="stressed: the provider is failing.")
    took: DurationOrUnknown = Field(None, description="Measured time of the exit.")
    notes: Text | None = Field(None, description="What was learnt.")


class WrittenExitShape(Shape):
    """The exit plan somebody wrote."""

    owner: Text | None = Field(None, description="The role that answers for the exit.")
    steps: list[Annotated[ExitStepShape, Shorthand(under("do"), PLAIN_TEXT)]] = Field(
        [], description="Actions in order."
    )
    tests: list[ExitTestShape] = Field([], description="Tests, with their results.")


class ExitShape(Shape):
    """What leaving takes."""

    substitutability: Substitutability | None = Field(None, description="DORA B_07.01.")
    reason: SubstitutionReason | None = Field(None, description="Why it is hard to substitute.")
    reintegration: Reintegration | None = Field(None, description="Taking it in house instead.")
    alternatives: Texts = Field([], description="Other offers somebody identified.")
    effort: Effort = Field(None, description="Working time of the move for one person.")
    team: Annotated[int, Field(ge=1, strict=True)] | None = Field(
        None, description="People who work on the move in parallel."
    )
    labour_per_day: AmountOrRange | None = Field(
        None, description="Cost of one person's working day."
    )
    cost: AmountOrRange | None = Field(
        None, description="Money for the move besides what the other keys name."
    )
    retraining: AmountOrRange | None = Field(None, description="Cost of learning the new one.")
    termination_fee: AmountOrRange | None = Field(
        None, description="Owed for this service besides its contract's fee."
    )
    switching_charges: AmountOrRange | None = Field(
        None, description="Owed for this service besides its contract's charges."
    )
    data: Volume = Field(None, description="Volume of data to move.")
    bandwidth: Bandwidth = Field(None, description="Speed at which it can be fetched.")
    format: Text | None = Field(None, description="The form in which data comes back.")
    openness: Openness | None = Field(None, description="Who else can read that form.")
    retrieval: DurationOrUnknown = Field(
        None, description="How long after the end data can still be fetched."
    )
    procurement: DurationOrUnknown = Field(None, description="Choosing and contracting another.")
    build: DurationOrUnknown = Field(
        None, description="Calendar time to set up the new one; else effort over team."
    )
    parallel_run: DurationOrUnknown = Field(None, description="Old and new side by side.")
    cut_over: DurationOrUnknown = Field(None, description="Moving over for good.")
    identity: IdentityHolder | None = Field(None, description="Who holds the accounts.")
    skills: Skills | None = Field(None, description="Where people for the move are found.")
    facets: dict[Facet, Score] = Field(
        {}, description="ISO/IEC 19941, facet by facet: 0 moves as it is, 3 must be made anew."
    )
    after: References = Field(
        [], description="Services that must have left before, where they leave together."
    )
    plan: WrittenExitShape | None = Field(None, description="The exit plan, if there is one.")


RANGES = ("cost", "labour_per_day", "retraining", "termination_fee", "switching_charges")
"""Keys of an exit that take an amount or a range."""


def range_of(shape: RangeShape | None) -> Range | None:
    """Return an amount with its bounds; a bound left out is the likely amount."""
    if shape is None:
        return None
    low = shape.likely if shape.low is None else shape.low
    return Range(low, shape.likely, shape.likely if shape.high is None else shape.high)


def coupling_of(shape: CouplingShape) -> Coupling:
    """Return one tie."""
    return Coupling(shape.service, tuple(sorted(set(shape.by))), shape.strength, shape.cost)


def exit_of(shape: ExitShape | None) -> ExitFacts | None:
    """Return what leaving takes; ``format: proprietary`` says at once how open the format is."""
    if shape is None:
        return None
    openness = shape.openness
    if openness is None and shape.format is not None and shape.format.casefold() in set(Openness):
        openness = Openness(shape.format.casefold())
    return ExitFacts(
        substitutability=shape.substitutability,
        effort=shape.effort,
        cost=range_of(shape.cost),
        data_format=shape.format,
        alternatives=tuple(shape.alternatives),
        reason=shape.reason,
        reintegration=shape.reintegration,
        team=shape.team,
        labour_per_day=range_of(shape.labour_per_day),
        retraining=range_of(shape.retraining),
        termination_fee=range_of(shape.termination_fee),
        switching_charges=range_of(shape.switching_charges),
        data=shape.data,
        bandwidth=shape.bandwidth,
        openness=openness,
        retrieval=shape.retrieval,
        procurement=shape.procurement,
        build=shape.build,
        parallel_run=shape.parallel_run,
        cut_over=shape.cut_over,
        identity=shape.identity,
        skills=shape.skills,
        facets=tuple(sorted(shape.facets.items())),
        after=tuple(sorted(set(shape.after))),
        plan=_plan_of(shape.plan),
    )


def _plan_of(shape: WrittenExitShape | None) -> WrittenExit | None:
    if shape is None:
        return None
    tests = (ExitTest(t.date, t.result, t.kind, t.took, t.notes) for t in shape.tests)
    return WrittenExit(
        shape.owner,
        tuple(ExitStep(step.do, step.owner, step.takes) for step in shape.steps),
        tuple(sorted(tests, key=lambda test: test.date)),
    )
