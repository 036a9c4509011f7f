"""The raw shape of groups of facts inside entries: outages, losses, steps, tests."""

from typing import Any

from pydantic import Field

from riskmap.loading.fields import References, Shape
from riskmap.loading.quantities import (
    Amount,
    Day,
    Duration,
    DurationOrUnknown,
    Percent,
    Rate,
    Text,
)
from riskmap.model import Confidence, Period, Signal, TestResult


class OutageShape(Shape):
    """How long and how often it fails by itself."""

    typical: DurationOrUnknown = Field(None, description="Usual length of one outage.")
    worst: DurationOrUnknown = Field(None, description="Worst plausible length of one outage.")
    per_year: Rate | None = Field(None, description="Expected outages a year.")
    confidence: Confidence | None = Field(None, description="How these figures are known.")
    source: Text | None = Field(None, description="Where they come from.")


class LossShape(Shape):
    """What a stop costs."""

    per_hour: Amount = Field(description="Cost of each hour from the start.")
    after: dict[Duration, Amount] = Field(
        {}, description="Cost of each hour once this long has passed."
    )


class ServiceLevelShape(Shape):
    """What a service level agreement promises."""

    availability: Percent | None = Field(None, description="Promised availability.")
    measures: Text | None = Field(None, description="What the figure is measured on.")
    period: Period | None = Field(
        None, description="Over what time; left out counts as a year, the worst for a single stop."
    )
    source: Text | None = Field(None, description="The document that states it.")
    date: Day | None = Field(None, description="The day of that document.")


class StepShape(Shape):
    """One action of a plan."""

    do: Text = Field(description="The action.")
    owner: Text | None = Field(None, description="The role that does it.")
    deputy: Text | None = Field(None, description="The role that does it otherwise.")
    takes: DurationOrUnknown = Field(None, description="How long it takes.")
    requires: References = Field([], description="Elements that must work for it.")


class MessageShape(Shape):
    """Who is told what."""

    audience: Text = Field(description="Who is told.")
    channel: Text | None = Field(None, description="By which way, independent of what failed.")
    says: Text | None = Field(None, description="What they are told.")
    owner: Text | None = Field(None, description="The role that tells them.")


class PlanTestShape(Shape):
    """One exercise of a plan."""

    date: Day = Field(description="The day.")
    result: TestResult = Field(description="How it ended.")
    took: DurationOrUnknown = Field(None, description="Measured time until it carried.")
    notes: Text | None = Field(None, description="What was learnt.")


class TriggerShape(Shape):
    """What starts a plan."""

    when: Text = Field(description="The observation that starts it.")
    signal: Signal | None = Field(None, description="Whose signal: own, or the provider's word.")


class FailureShape(Shape):
    """When an element fails and for how long, the long form."""

    lasts: DurationOrUnknown = Field(description="How long; unknown: nothing ends it.")
    after: Duration | None = Field(None, description="Start after the scenario begins.")


def lasting(value: Any) -> Any:
    """Read a plain duration as how long a failure lasts."""
    return value if value is None or isinstance(value, dict) else {"lasts": value}
