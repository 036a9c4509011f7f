"""What all sections of a report speak about: the failure that hurts most, and the case shown.

The focus is the worst single failure of the function that fares worst. The case is the scenario of
the model that does most harm, or the focus when the model has none.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from riskmap.analysis.outage import Evolution, evolve
from riskmap.analysis.outage import Service as Stretch
from riskmap.analysis.timeline import Interval
from riskmap.assessment import Assessment
from riskmap.assessment.comparing import Comparison
from riskmap.assessment.reviewing import Review
from riskmap.model import Function, Model, Scenario, Severity
from riskmap.report.view.words import Words
from riskmap.rules.finding import Finding
from riskmap.rules.results import Results, Simulation
from riskmap.rules.support import ranked
from riskmap.rules.verdict import Impact, Verdict, severity_of, verdict_of

SHORT = 36
"""Characters of a title, on average, up to which tables may have all their rows."""
LEAST_ROWS = 3
"""No table is cut shorter than this."""


@dataclass(frozen=True, slots=True)
class Fate:
    """How one function fares in the case.

    Attributes
    ----------
    stopped, unaided : float
        Seconds below its minimum, with and without the contingencies.
    """

    function: Function
    down: tuple[Interval, ...]
    stopped: float
    unaided: float
    verdict: Verdict
    stretches: tuple[Stretch, ...]

    @property
    def severity(self) -> Severity:
        """How much this matters."""
        return severity_of(self.function, self.verdict)


@dataclass(frozen=True, slots=True)
class Case:
    """One outage, told from its beginning to its end.

    Attributes
    ----------
    scenario : Scenario or None
        None when a single failure is told.
    failures : mapping of str to tuple of Interval
        When each element fails by itself, in seconds from the beginning.
    fates : tuple of Fate
        Functions affected, the worst first.
    untouched : tuple of Function
    facts : tuple of str
        Facts that its times rest on.
    """

    scenario: Scenario | None
    failures: Mapping[str, tuple[Interval, ...]]
    evolution: Evolution
    fates: tuple[Fate, ...]
    untouched: tuple[Function, ...]
    facts: tuple[str, ...]

    @property
    def elements(self) -> tuple[str, ...]:
        """What fails by itself, the first to fail first."""
        return tuple(sorted(self.failures, key=lambda name: (self.failures[name][0], name)))


@dataclass(frozen=True, slots=True)
class Beside:
    """What is held beside an assessment.

    Attributes
    ----------
    since : Comparison or None
        What changed since an earlier assessment.
    review : Review or None
        Proposals held against today.
    """

    since: Comparison | None = None
    review: Review | None = None


NOTHING = Beside()


@dataclass(frozen=True)
class Context:
    """An assessment with what its report is about.

    Attributes
    ----------
    assessment : Assessment
    beside : Beside
    room : float
        Share of the usual rows that tables have; a layout with too many pages has less of it.
    """

    assessment: Assessment
    beside: Beside = field(default=NOTHING, kw_only=True)
    room: float = field(default=1.0, kw_only=True)

    @property
    def results(self) -> Results:
        """What was computed."""
        return self.assessment.results

    @property
    def model(self) -> Model:
        """The model."""
        return self.assessment.model

    @cached_property
    def words(self) -> Words:
        """How this report speaks."""
        return Words(self.assessment)

    def rows(self, most: int) -> int:
        """Return how many rows of a table there is room for: fewer when titles are long."""
        titles = [len(element.title) for element in self.model.elements()]
        if sum(titles) > SHORT * len(titles):
            most //= 2
        return max(LEAST_ROWS, math.floor(most * self.room))

    @property
    def functions(self) -> tuple[Function, ...]:
        """Functions, the one that matters most and fares worst first."""
        return self.assessment.functions

    def function_of(self, finding: Finding) -> Function | None:
        """Return the function a finding matters most for; None when it is about none."""
        return self.results.functions[finding.functions[0]] if finding.functions else None

    def worst(self, function: str) -> Impact | None:
        """Return the single failure that hurts a function most."""
        return self.assessment.worst_impacts[function]

    @cached_property
    def focus(self) -> Impact | None:
        """The single failure that matters most, None when none does any harm."""
        return self.worst(self.functions[0].id)

    @cached_property
    def case(self) -> Case | None:
        """The outage that is told, None when nothing could fail."""
        cases = [
            case_of(self.results, self.results.scenario(scenario), scenario)
            for scenario in self.model.scenarios
            if scenario.fails
        ]
        if not cases and self.focus is not None:
            failures = {self.focus.element: ((0.0, self.focus.outage),)}
            cases = [case_of_failures(self.results, failures)]
        return max(cases, key=_harm, default=None)

    def hits(self, element: str) -> tuple[Impact, ...]:
        """Return what a failure does to each function it stops for too long, the worst first."""
        found = [
            impact
            for (_, name), impact in self.results.impacts.items()
            if name == element and impact.verdict is not Verdict.TOLERABLE
        ]
        return self.ranked(found)

    def ranked(self, impacts: Iterable[Impact]) -> tuple[Impact, ...]:
        """Return impacts in order, the one that matters most first."""
        return tuple(ranked(self.results, impacts))

    def untouched(self, element: str) -> tuple[Function, ...]:
        """Return the functions that a failure leaves alone."""
        return tuple(f for f in self.functions if (f.id, element) not in self.results.impacts)


def case_of_failures(results: Results, failures: Mapping[str, tuple[Interval, ...]]) -> Case:
    """Return the course of some failures that no scenario names."""
    return case_of(results, results.simulate(failures), None)


def case_of(results: Results, course: Simulation, scenario: Scenario | None) -> Case:
    """Return the course of an outage as a report tells it."""
    structure, evolution, failures = results.structure, course.evolution, course.failures
    unaided = evolve(structure.bare, failures) if structure.standbys else evolution
    fates, untouched = [], []
    for name in structure.tops:
        function = results.functions[name]
        if unaided.course(name).lowest == 1:
            untouched.append(function)
            continue
        down = evolution.down(name)
        stopped = _length(down)
        fates.append(
            Fate(
                function,
                down,
                stopped,
                _length(unaided.down(name)),
                verdict_of(function, stopped),
                tuple(s for s in evolution.services if s.node in results.closures[name]),
            )
        )
    fates.sort(key=lambda f: (-f.severity.rank, -f.stopped, -f.unaided, f.function.id))
    facts = [f"{name}.outage" for name in failures]
    if scenario is not None:
        facts = [f"{scenario.id}.fails", scenario.id]
    return Case(scenario, failures, evolution, tuple(fates), tuple(untouched), tuple(facts))


def _length(intervals: Iterable[Interval]) -> float:
    return math.fsum(end - start for start, end in intervals)


def _harm(case: Case) -> tuple[int, float, float, str]:
    """Sort key: the case that does most harm is the largest."""
    title = case.scenario.id if case.scenario else ""
    if not case.fates:
        return -1, 0.0, 0.0, title
    return (
        case.fates[0].severity.rank,
        case.fates[0].stopped,
        max(fate.unaided for fate in case.fates),
        title,
    )
