"""What an exercise tells its table at one moment, and what everything is told from."""

import random
from dataclasses import dataclass

from riskmap.model import Contingency
from riskmap.rules.results import Results, Simulation
from riskmap.rules.statement import Statement, Value, say
from riskmap.rules.verdict import tolerated


@dataclass(frozen=True, slots=True)
class Expected:
    """What should happen, by the plan; or that nothing is written about it.

    Attributes
    ----------
    gap : bool
        Whether the model says nothing where a plan should.
    """

    text: Statement
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Inject:
    """One thing that is told to the table.

    Attributes
    ----------
    at : float
        Seconds from the beginning of the outage.
    order : int
        Order among those of one moment.
    title : Statement
    says : tuple of Statement
        What to read out.
    questions : tuple of Statement
    expected : tuple of Expected
        For the one who leads the exercise only.
    """

    at: float
    order: int
    title: Statement
    says: tuple[Statement, ...]
    questions: tuple[Statement, ...] = ()
    expected: tuple[Expected, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What every kind of moment is made from."""

    results: Results
    course: Simulation
    functions: tuple[str, ...]
    plans: tuple[Contingency, ...]
    ends: float
    chance: random.Random

    def limit(self, objective: str) -> float:
        """Return the shortest stated objective of the functions lost, zero when there is none."""
        stated = (tolerated(self.results.functions[name], objective) for name in self.functions)
        return min((value for value in stated if value), default=0.0)


def gap(template: str, **values: Value) -> Expected:
    """Return that something is not written down."""
    return Expected(say(template, **values), gap=True)
