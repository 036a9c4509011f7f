"""The raw shape of a model file: which keys exist, what each takes, and what it means.

These definitions are the language: the loader validates with them and ``riskmap schema`` prints
them as JSON Schema. Whether references resolve and facts agree is checked afterwards
(:mod:`riskmap.loading.consistency`).
"""

from typing import Annotated, Literal

from pydantic import Field

from riskmap.loading.fields import (
    PLAIN_TEXT,
    EvidenceShape,
    Needs,
    References,
    Shape,
    Shorthand,
    Texts,
    under,
)
from riskmap.loading.leaving import (
    AmountOrRange,
    CouplingShape,
    ExitShape,
)
from riskmap.loading.parts import (
    FailureShape,
    LossShape,
    MessageShape,
    OutageShape,
    PlanTestShape,
    ServiceLevelShape,
    StepShape,
    TriggerShape,
    lasting,
)
from riskmap.loading.quantities import (
    LENGTH,
    Amount,
    ClauseName,
    Country,
    Currency,
    Day,
    Duration,
    DurationOrUnknown,
    Flag,
    KindName,
    OldId,
    Percent,
    PositivePercent,
    Probability,
    Reference,
    Text,
)
from riskmap.model import ClauseStatus, Criticality, Market, TreatmentStatus


class EntryShape(Shape):
    """Keys that every entry takes."""

    title: Text | None = Field(None, description="What people call it.")
    notes: Text | None = Field(None, description="Anything worth keeping.")
    owner: Text | None = Field(None, description="The role that answers for it.")
    reviewed: Day | None = Field(None, description="When somebody last checked this entry.")
    tags: Texts = Field([], description="Words to group entries by.")
    evidence: EvidenceShape = Field(EvidenceShape(), description="Where these facts come from.")
    assumed: Texts = Field([], description="Keys of this entry whose values somebody assumed.")
    was: OldId | None = Field(None, description="Its id in an older model, if it had another.")


class ElementShape(EntryShape):
    """Keys of everything that can be needed."""

    needs: Needs = Field([], description="What must work for this to work: all of these.")
    fails_alone: Flag = Field(
        True, description="false for a mere grouping without a failure of its own."
    )
    outage: OutageShape = Field(OutageShape(), description="Its own failures.")
    availability: Percent | None = Field(None, description="Share of time it is up by itself.")
    unavailability: Probability | None = Field(
        None, description="Share of time it is down by itself."
    )


class FunctionShape(ElementShape):
    """What the organisation must keep doing."""

    criticality: Criticality | None = Field(
        None, description="Left out counts as critical until somebody says otherwise."
    )
    mtd: DurationOrUnknown = Field(None, description="Maximum tolerable downtime.")
    rto: DurationOrUnknown = Field(None, description="Recovery time objective, at most mtd.")
    rpo: DurationOrUnknown = Field(None, description="How much data may be lost, as time.")
    minimum: PositivePercent | None = Field(
        None, description="Below this share of normal capacity it counts as stopped."
    )
    shares: dict[str, PositivePercent] = Field(
        {}, description="Parts of its capacity, by the element that carries each."
    )
    loss: LossShape | None = Field(None, description="What a stop costs.")


class ServiceShape(ElementShape):
    """What is bought or run."""

    provider: Reference | None = Field(None, description="Who runs it; left out: ourselves.")
    contracted_by: References = Field(
        [], description="Providers known to have a contract with whoever runs it."
    )
    market: Market | None = Field(None, description="How easily its kind is bought elsewhere.")
    exit: ExitShape | None = Field(None, description="What leaving it takes.")
    coupled_to: list[CouplingShape] = Field([], description="What must move with it.")
    sla: ServiceLevelShape | None = Field(None, description="What is promised for it.")


class ThirdPartyShape(ElementShape):
    """What services depend on though nobody here bought it."""

    provider: Reference | None = Field(None, description="Who runs it.")
    kind: Text | None = Field(None, description="Such as reputation or recipient-policy.")
    contracted_by: References = Field(
        [], description="Providers known to have a contract with whoever runs it."
    )
    automated: Flag | None = Field(None, description="Decides without a person looking.")
    appeal: Text | None = Field(None, description="How its decision can be contested, or 'none'.")


class ProviderShape(ElementShape):
    """An organisation that runs services."""

    parent: Reference | None = Field(None, description="The provider that owns it.")
    country: Country | None = Field(None, description="Head office, two capital letters.")
    designated: Flag | None = Field(None, description="Designated critical (DORA Art. 31).")
    acknowledges_after: DurationOrUnknown = Field(
        None, description="How long it took to admit an outage after we noticed it."
    )


class ContractShape(EntryShape):
    """A contractual arrangement of ours."""

    provider: Reference = Field(description="The other party.")
    covers: References = Field(min_length=1, description="Elements the provider owes us.")
    starts: Day | None = Field(None, description="First day.")
    ends: Day | None = Field(None, description="Last day.")
    notice: DurationOrUnknown = Field(None, description="How long before leaving we must say so.")
    provider_notice: DurationOrUnknown = Field(
        None, description="How long before leaving us they must say so."
    )
    termination_fee: AmountOrRange | None = Field(
        None, description="What ending it before its last day costs."
    )
    switching_charges: AmountOrRange | None = Field(
        None, description="What the provider charges for the move, such as for fetching data."
    )
    annual_cost: Amount | None = Field(None, description="Cost a year.")
    sla: ServiceLevelShape | None = Field(None, description="What is promised.")
    credits: Amount | None = Field(None, description="Most that credits reach for one outage.")
    liability_cap: Amount | None = Field(None, description="Most that damages reach.")
    clauses: dict[ClauseName, ClauseStatus] = Field(
        {}, description="Clause by clause of DORA Art. 30: have or not; your own begin with x-."
    )


class ContingencyShape(EntryShape):
    """A way to go on without something; it counts only for what it states."""

    covers: References = Field(min_length=1, description="What it stands in for.")
    uses: Needs = Field([], description="What it needs itself.")
    trigger: Annotated[TriggerShape, Shorthand(under("when"), PLAIN_TEXT)] | None = Field(
        None, description="What starts it: your own observation, or 'unknown'."
    )
    decides: Text | None = Field(None, description="The role that decides to start it.")
    deputy: Text | None = Field(None, description="Who decides otherwise.")
    spend_limit: Amount | None = Field(None, description="What may be spent without asking.")
    detect: DurationOrUnknown = Field(None, description="Time to notice.")
    decide: DurationOrUnknown = Field(None, description="Time to decide.")
    activate: DurationOrUnknown = Field(None, description="Time to get it running.")
    sustains: DurationOrUnknown = Field(None, description="How long it can be kept up.")
    capacity: Percent | None = Field(None, description="Share of what it replaces.")
    annual_cost: Amount | None = Field(None, description="What keeping it ready costs a year.")
    steps: list[Annotated[StepShape, Shorthand(under("do"), PLAIN_TEXT)]] = Field(
        [], description="Actions in order."
    )
    communications: list[MessageShape] = Field([], description="Who is told what.")
    horizons: dict[Duration, Text] = Field(
        {}, description="What to do if it lasts 4h, 24h, 5d, 30d."
    )
    back_to_normal: Texts = Field([], description="How to return.")
    side_effects: Texts = Field([], description="What it makes worse.")
    tests: list[PlanTestShape] = Field([], description="Exercises, with their results.")


class ScenarioShape(EntryShape):
    """A named what-if."""

    fails: dict[str, Annotated[FailureShape, Shorthand(lasting, LENGTH)]] = Field(
        min_length=1, description="Elements that fail, with how long each is down."
    )


class TreatmentShape(EntryShape):
    """A decision about a finding."""

    finding: Text | None = Field(None, description="Key of one finding: RM301@senderbase.")
    rule: Text | None = Field(None, description="Instead: a rule or a family of rules: RM3.")
    subject: Texts = Field([], description="Instead, or with it: what the findings are about.")
    tag: Text | None = Field(None, description="Instead, or with it: a tag of what they are about.")
    status: TreatmentStatus = Field(description="What was decided.")
    reason: Text | None = Field(None, description="Why.")
    approved_by: Text | None = Field(None, description="The role that approved it.")
    expires: Day | None = Field(None, description="First day it no longer holds.")
    ticket: Text | None = Field(None, description="Where it is tracked.")


class HeaderShape(Shape):
    """What stands at the top of a file."""

    riskmap: Literal[1] = Field(description="Version of the format.")
    organisation: Text | None = Field(None, description="Whose model this is.")
    as_of: Day | None = Field(None, description="The day it describes.")
    currency: Currency | None = Field(None, description="Of every amount in the file.")
    jurisdiction: Text | None = Field(None, description="Whose law applies.")
    exit_people: Annotated[int, Field(ge=1, strict=True)] | None = Field(
        None, description="People who can work on leaving at the same time."
    )
    include: Texts = Field(
        [], description="Other model files, relative to this one, or 'library:' and a name."
    )
    extends: Text | None = Field(
        None, description="The model this one changes: its path, relative to this file."
    )
    remove: References = Field([], description="With 'extends': ids that this one takes away.")
    not_applicable: dict[KindName, Text | None] = Field(
        {}, description="Kinds of third party that do not matter here, each with the reason."
    )


class FileShape(HeaderShape):
    """What a business must keep doing, what that needs, and who supplies it."""

    functions: dict[str, FunctionShape | None] = Field({}, description="What must be kept going.")
    services: dict[str, ServiceShape | None] = Field({}, description="What is bought or run.")
    third_parties: dict[str, ThirdPartyShape | None] = Field(
        {}, description="What services depend on and nobody here bought."
    )
    providers: dict[str, ProviderShape | None] = Field({}, description="The organisations.")
    contracts: dict[str, ContractShape] = Field({}, description="Contractual arrangements.")
    contingencies: dict[str, ContingencyShape] = Field({}, description="Ways to go on without.")
    scenarios: dict[str, ScenarioShape] = Field({}, description="Named what-ifs.")
    treatments: dict[str, TreatmentShape] = Field({}, description="Decisions about findings.")


SECTIONS: dict[str, type[EntryShape]] = {
    "functions": FunctionShape,
    "services": ServiceShape,
    "third_parties": ThirdPartyShape,
    "providers": ProviderShape,
    "contracts": ContractShape,
    "contingencies": ContingencyShape,
    "scenarios": ScenarioShape,
    "treatments": TreatmentShape,
}
"""Sections that hold entries, with the shape of one entry."""

HEADER = tuple(HeaderShape.model_fields)
"""Keys at the top of a file that are not sections."""
