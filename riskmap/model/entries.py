"""What a model consists of: functions, services, third parties and providers.

Everything that can be needed is an :class:`Element`; contracts, contingencies, scenarios and
treatments share the name space but cannot be needed (:mod:`riskmap.model.arrangements`).
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from riskmap.errors import Location
from riskmap.model.facts import (
    CouplingKind,
    Criticality,
    Evidence,
    LossStep,
    Market,
    Outage,
    RecoveryObjectives,
    ServiceLevel,
    Strength,
)
from riskmap.model.leaving import ExitFacts
from riskmap.model.needs import NeedExpression, Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Anything with an id.

    Attributes
    ----------
    id : str
        Lower-kebab-case, unique over all sections; with the prefix of its file, and a slash, where
        it comes from the library.
    title : str
        What people call it; the id when the author gave none.
    assumed : tuple of str
        Names of this entry's own keys whose values somebody assumed, sorted.
    was : str or None
        The id it had in an older model, so that comparing the two knows it again.
    where : Location or None
        The line its id is written on.
    """

    id: str
    title: str
    notes: str | None = None
    owner: str | None = None
    reviewed: date | None = None
    tags: tuple[str, ...] = ()
    evidence: Evidence = field(default_factory=Evidence)
    assumed: tuple[str, ...] = ()
    was: str | None = None
    where: Location | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Element(Entry):
    """Anything that can be needed and can be down.

    Attributes
    ----------
    needs : tuple of NeedExpression
        All of these must be met.
    fails_alone : bool
        False for an element that only groups others and has no failure of its own.
    outage : Outage
        Length and frequency of its own failures.
    unavailability : Fraction or None
        Share of time it is down by itself, when someone knows that figure.
    """

    needs: tuple[NeedExpression, ...] = ()
    fails_alone: bool = True
    outage: Outage = field(default_factory=Outage)
    unavailability: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Function(Element):
    """What the organisation must keep doing (DORA B_06.01; ISO 22301 activity).

    Attributes
    ----------
    criticality : Criticality or None
        None counts as critical until somebody says otherwise.
    shares : tuple of Share
        Parts of its capacity by audience or channel.
    loss : tuple of LossStep
        Cost of a stop over time, steps in order of ``after``.
    """

    criticality: Criticality | None = None
    objectives: RecoveryObjectives = field(default_factory=RecoveryObjectives)
    shares: tuple[Share, ...] = ()
    loss: tuple[LossStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Coupling:
    """One service is tied to another, so that leaving one drags the other along.

    Attributes
    ----------
    cost : float or None
        What cutting this tie would cost.
    """

    service: str
    by: tuple[CouplingKind, ...]
    strength: Strength
    cost: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Service(Element):
    """What is bought or run (an ICT service in DORA's terms).

    Attributes
    ----------
    provider : str or None
        Id of the organisation that runs it; None means we run it ourselves.
    """

    provider: str | None = None
    contracted_by: tuple[str, ...] = ()
    market: Market | None = None
    exit: ExitFacts | None = None
    coupled_to: tuple[Coupling, ...] = ()
    sla: ServiceLevel | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThirdParty(Element):
    """What services depend on though nobody here bought it: an nth party or gatekeeper.

    Attributes
    ----------
    kind : str or None
        Such as ``reputation``, ``recipient-policy`` or ``certificate-authority``.
    contracted_by : tuple of str
        Ids of providers known to have a contract with whoever runs it.
    automated : bool or None
        Whether it decides about us without a person looking.
    appeal : str or None
        How its decision can be contested; None when there is no known way.
    """

    provider: str | None = None
    kind: str | None = None
    contracted_by: tuple[str, ...] = ()
    automated: bool | None = None
    appeal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider(Element):
    """An organisation that runs services.

    Attributes
    ----------
    parent : str or None
        Id of the provider that owns it.
    country : str or None
        Head office, ISO 3166-1 alpha-2.
    designated : bool or None
        Designated as critical by the supervisory authorities (DORA Art. 31).
    acknowledges_after : timedelta or None
        How long it took to admit an outage, measured from our own detection.
    """

    parent: str | None = None
    country: str | None = None
    designated: bool | None = None
    acknowledges_after: timedelta | None = None
