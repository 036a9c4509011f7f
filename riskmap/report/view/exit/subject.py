"""What an exit plan is about, and how its lengths, amounts and owners are said."""

from dataclasses import dataclass
from functools import cached_property

from riskmap.assessment import Assessment
from riskmap.errors import OutputError, UnknownNameError
from riskmap.loading.problems import nearest
from riskmap.model import Confidence, Contract, Function, Provider
from riskmap.report.view.context import Context
from riskmap.report.view.parts import Cell, gap
from riskmap.report.view.words import MARK, NBSP, mark, tie
from riskmap.rules.leaving.ground import Estimate, Ground, Length
from riskmap.rules.leaving.plan import ExitPlan, leaving_with, plan_of, subjects
from riskmap.rules.leaving.portfolio import portfolio_of
from riskmap.rules.leaving.wording import at_least
from riskmap.rules.statement import day, duration, money

NO_OWNER = "to be named"
DIGITS = 4
"""Digits of an amount in a sentence; tables have all of them."""


@dataclass(frozen=True)
class ExitContext(Context):
    """An assessment, and what is left.

    Attributes
    ----------
    subject : str
        Id of a service that is bought, or of a provider.
    """

    subject: str

    @property
    def ground(self) -> Ground:
        """What the calculations stand on."""
        return self.results.leaving

    @cached_property
    def plan(self) -> ExitPlan:
        """What leaving takes."""
        return plan_of(self.ground, self.subject)

    @property
    def is_provider(self) -> bool:
        """Whether a provider is left, with all that it runs."""
        return isinstance(self.model.entry(self.subject), Provider)

    @cached_property
    def contracts(self) -> tuple[Contract, ...]:
        """Contracts in force that cover anything that leaves."""
        return self.ground.contracts(self.plan.members)

    @cached_property
    def served(self) -> tuple[Function, ...]:
        """Functions that need anything that leaves, the one that matters most first."""
        members = set(self.plan.members)
        return tuple(f for f in self.functions if self.ground.users[f.id] & members)

    @cached_property
    def leader(self) -> str | None:
        """Who leads the exit: whoever owns the written plan, else what is left."""
        for name, written in self.plan.written:
            if written.owner and name == self.subject:
                return written.owner
        return self.model.entry(self.subject).owner

    # -- figures ---------------------------------------------------------------------------

    @cached_property
    def time_assumed(self) -> bool:
        """Whether any length in the schedule is assumed."""
        phases = self.plan.timing.phases
        return any(p.basis is Confidence.ASSUMED and p.stated for p in phases)

    @cached_property
    def cost_assumed(self) -> bool:
        """Whether any amount is assumed."""
        items = self.plan.costs
        return any(i.basis is Confidence.ASSUMED and i.amount is not None for i in items)

    def length(self, value: Length) -> str:
        """Write how long something of this exit takes, as far as it is known."""
        spoken = mark(tie(duration(value.seconds)), self.time_assumed)
        return at_least(spoken, is_open=value.open, unknown=value.unknown)

    def amount(self, value: float, *, about: bool = False, assumed: bool | None = None) -> str:
        """Write an amount of this exit; ``about`` rounds it as a person would say it."""
        shown = float(f"{value:.{DIGITS}g}") if about else value
        held = self.cost_assumed if assumed is None else assumed
        return mark(tie(money(shown, self.model.currency)), held)

    def estimate(self, value: Estimate) -> str:
        """Write what something of this exit costs, with its bounds where they differ."""
        text = self.amount(value.likely)
        if value.low != value.high:
            text += f" ({value.low:,.0f} to {value.high:,.0f})"
        return at_least(text, is_open=value.open, unknown=value.unknown)

    def day_after(self, seconds: float) -> str:
        """Write the day so long after the start, if it starts today."""
        reached = self.ground.after(seconds)
        return tie(day(reached)) if reached is not None else "beyond the calendar"


def owner_cell(owner: str | None) -> Cell:
    """Return who does it, or that nobody is named."""
    return Cell(owner) if owner else gap(NO_OWNER)


def marked_as(text: str, basis: Confidence) -> str:
    """Put the mark of an assumed figure behind a text whose basis is known."""
    return f"{text}{NBSP}{MARK}" if basis is Confidence.ASSUMED else text


def exit_context(assessment: Assessment, subject: str | None) -> ExitContext:
    """Return what an exit plan is about.

    Parameters
    ----------
    subject : str or None
        A service that is bought, or a provider; None means the service that holds most firmly
        among those about which anything is stated.

    Raises
    ------
    OutputError
        When nothing in the model is bought.
    UnknownNameError
        When there is no such service or provider.
    """
    ground, model = assessment.results.leaving, assessment.model
    if not ground.exit_sets:
        raise OutputError(
            "nothing in this model is bought, so there is nothing to leave",
            "give a service its provider, or ask for another profile",
        )
    if subject is None:
        return ExitContext(assessment, _firmest(ground))
    if subject not in model or not leaving_with(ground, subject):
        near = nearest(subject, subjects(ground))
        raise UnknownNameError(subject, "bought service or provider", near)
    return ExitContext(assessment, subject)


def _firmest(ground: Ground) -> str:
    """Return what holds most firmly.

    What nobody stated counts as firm, so that a service about which nothing is known comes first in
    the ranking; a plan for it has nothing in it, and the first about which something is known does
    more for the reader.
    """
    order = [row.service for row in portfolio_of(ground).rows]
    told = [name for name in order if ground.service(name).exit or ground.service(name).coupled_to]
    return (told or order)[0]
