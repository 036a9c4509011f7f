"""The coupling score: how firmly one service holds us, from 0 to 100, term by term.

Each term is a share from zero (free) to one (held) times a weight; the weights add up to 100. A
term that nobody stated counts in full and is marked, so that stating a fact never raises a score.
The weights are a judgement, ours, which is why :func:`sensitivity` shows what they decide.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from riskmap.analysis.weighing import Shift, tornado, weighted
from riskmap.model import (
    WORST_FACET,
    Contract,
    CouplingKind,
    Facet,
    IdentityHolder,
    Openness,
    Skills,
    Strength,
    Substitutability,
)
from riskmap.rules.leaving.ground import DAY, Ground, seconds_of
from riskmap.rules.leaving.law import charges_banned
from riskmap.rules.leaving.phases import transfer_seconds
from riskmap.rules.statement import Money, Seconds, Statement, say


class Term(StrEnum):
    """What a coupling score is made of."""

    FACETS = "facets"
    SUBSTITUTABILITY = "substitutability"
    CONTRACT = "contract"
    FORMAT = "format"
    DATA = "data"
    IDENTITY = "identity"
    SKILLS = "skills"


WEIGHTS: Mapping[str, int] = {
    Term.FACETS: 25,
    Term.SUBSTITUTABILITY: 20,
    Term.CONTRACT: 15,
    Term.FORMAT: 10,
    Term.DATA: 10,
    Term.IDENTITY: 10,
    Term.SKILLS: 10,
}
"""Points of each term when it holds us in full."""
FACTORS = (0.5, 2.0)
"""What the tornado multiplies each weight by."""

_SUBSTITUTABILITY = {
    Substitutability.EASILY_SUBSTITUTABLE: 0.0,
    Substitutability.MEDIUM_COMPLEXITY: 1 / 3,
    Substitutability.HIGHLY_COMPLEX: 2 / 3,
    Substitutability.NOT_SUBSTITUTABLE: 1.0,
}
_OPENNESS = {Openness.OPEN: 0.0, Openness.DOCUMENTED: 0.5, Openness.PROPRIETARY: 1.0}
_IDENTITY = {
    IdentityHolder.OWN: 0.0,
    IdentityHolder.FEDERATED: 0.5,
    IdentityHolder.PROVIDER: 1.0,
}
_SKILLS = {Skills.IN_HOUSE: 0.0, Skills.ON_THE_MARKET: 0.5, Skills.SCARCE: 1.0}


@dataclass(frozen=True, slots=True)
class ScoreTerm:
    """One line of a score.

    Attributes
    ----------
    share : float
        From zero (free) to one (held in full).
    stated : bool
        Whether all of it is stated; what is not counts in full.
    how : Statement
        Where the share comes from.
    """

    term: Term
    weight: int
    share: float
    stated: bool
    how: Statement

    @property
    def points(self) -> float:
        """What it adds to the score."""
        return self.weight * self.share


@dataclass(frozen=True, slots=True)
class Score:
    """How firmly one service holds us."""

    service: str
    terms: tuple[ScoreTerm, ...]

    @property
    def total(self) -> float:
        """The score, from 0 to 100."""
        return weighted({t.term: t.share for t in self.terms}, WEIGHTS)

    @property
    def unstated(self) -> tuple[Term, ...]:
        """Terms that count in full because nobody stated them, or not all of them."""
        return tuple(term.term for term in self.terms if not term.stated)


def score_of(ground: Ground, name: str) -> Score:
    """Return the coupling score of a service."""
    made = {
        Term.FACETS: _facets,
        Term.SUBSTITUTABILITY: _substitutability,
        Term.CONTRACT: _contract,
        Term.FORMAT: _format,
        Term.DATA: _data,
        Term.IDENTITY: _identity,
        Term.SKILLS: _skills,
    }
    return Score(
        name,
        tuple(ScoreTerm(term, WEIGHTS[term], *make(ground, name)) for term, make in made.items()),
    )


def sensitivity(scores: tuple[Score, ...]) -> tuple[Shift, ...]:
    """Return how the ranking moves when one weight is halved or doubled."""
    shares = {score.service: {str(t.term): t.share for t in score.terms} for score in scores}
    return tornado(shares, WEIGHTS, FACTORS)


_Part = tuple[float, bool, Statement]
_UNSTATED: _Part = (1.0, False, say("not stated, counts in full"))


def _facets(ground: Ground, name: str) -> _Part:
    given = dict(ground.facts(name).facets)
    if not given:
        return _UNSTATED
    missing = len(Facet) - len(given)
    points = sum(given.values()) + missing * WORST_FACET
    most = len(Facet) * WORST_FACET
    how = say("{points} of {most} facet points", points=points, most=most)
    if missing:
        how = say(
            "{points} of {most} facet points; {missing} of {all} facets not stated, 3 points each",
            points=points,
            most=most,
            missing=missing,
            all=len(Facet),
        )
    return points / most, not missing, how


def _listed(share: float, value: StrEnum) -> _Part:
    return share, True, say("{value}", value=str(value).replace("-", " "))


def _substitutability(ground: Ground, name: str) -> _Part:
    given = ground.facts(name).substitutability
    return _UNSTATED if given is None else _listed(_SUBSTITUTABILITY[given], given)


def _format(ground: Ground, name: str) -> _Part:
    given = ground.facts(name).openness
    return _UNSTATED if given is None else _listed(_OPENNESS[given], given)


def _skills(ground: Ground, name: str) -> _Part:
    given = ground.facts(name).skills
    return _UNSTATED if given is None else _listed(_SKILLS[given], given)


def _identity(ground: Ground, name: str) -> _Part:
    """Whoever holds the accounts, and ties by identity; the worse of the two counts."""
    given = ground.facts(name).identity
    ties = [c for c in ground.service(name).coupled_to if CouplingKind.IDENTITY in c.by]
    strong = any(tie.strength is Strength.STRONG for tie in ties)
    tied = 1.0 if strong else 0.5 if ties else 0.0
    if given is None and not ties:
        return _UNSTATED
    if given is None or tied > _IDENTITY[given]:
        return (
            tied,
            strong or given is not None,
            say("tied by identity to another service" if strong else "loosely tied by identity"),
        )
    words = {
        IdentityHolder.OWN: "we hold the accounts",
        IdentityHolder.FEDERATED: "accounts are federated",
        IdentityHolder.PROVIDER: "the provider holds the accounts",
    }
    return _IDENTITY[given], True, say(words[given])


def _data(ground: Ground, name: str) -> _Part:
    """Time to fetch the data over the time it can still be fetched."""
    facts = ground.facts(name)
    takes = transfer_seconds(facts)
    if takes is None:
        return _UNSTATED
    window = seconds_of(facts.retrieval)
    if takes == 0:
        return 0.0, True, say("no data to move")
    if window is None:
        return 1.0, False, say("no retrieval window is stated, counts in full")
    how = say(
        "{takes} to fetch in a window of {window}", takes=Seconds(takes), window=Seconds(window)
    )
    return (min(1.0, takes / window) if window else 1.0), True, how


def _contract(ground: Ground, name: str) -> _Part:
    """Half for the notice over a year, half for what leaving costs over a year's price."""
    if ground.service(name).provider is None:
        return 0.0, True, say("we run it ourselves")
    contracts = ground.contracts((name,))
    if not contracts:
        return 1.0, False, say("no contract in force is stated, counts in full")
    parts = [_binds(ground, contract) for contract in contracts]
    return max(parts, key=lambda part: (part[0], not part[1]))


def _binds(ground: Ground, contract: Contract) -> _Part:
    notice = seconds_of(contract.notice)
    late = 1.0 if notice is None else min(1.0, notice / (365 * DAY))
    fee, charges = contract.termination_fee, contract.switching_charges
    banned = charges_banned(ground.model.jurisdiction, ground.today)
    owed: float | None = None
    if fee is not None and (charges is not None or banned):
        owed = fee.likely + (0.0 if banned or charges is None else charges.likely)
    price = contract.annual_cost
    costs = 1.0
    if owed == 0:
        costs = 0.0
    elif owed is not None and price:
        costs = min(1.0, owed / price)
    fees_stated = owed == 0 or (owed is not None and price is not None)
    template = (
        "half for a notice of {notice} over a year"
        if notice is not None
        else ("half for a notice nobody stated")
    )
    template += (
        ", half for {owed} to leave over {price} a year"
        if owed and price
        else ", half for leaving at no charge"
        if owed == 0
        else ", half for charges nobody stated"
    )
    how = say(template, notice=Seconds(notice or 0), owed=Money(owed or 0), price=Money(price or 0))
    return (late + costs) / 2, notice is not None and fees_stated, how
