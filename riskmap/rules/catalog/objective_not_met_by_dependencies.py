"""Recovery objective that its own dependencies cannot meet.

What it finds
-------------
A function that is to be back sooner than what it needs comes back: a usual outage of one element
lasts longer than the function's recovery time objective, or a function it needs may itself take
longer to recover.

Why it matters
--------------
An objective is a promise to customers, to the board and to an auditor. This one is not broken by a
bad day but by an ordinary one: the figures of the model contradict each other, and whoever signs
them signs both.

How it decides
--------------
RM101 asks what the worst plausible outage does; this rule asks whether the objective can be kept
when nothing out of the ordinary happens. Each element that alone stops the function is taken down
for its ``typical`` outage, with every contingency counted at its stated times; an objective missed
then is missed in general. An element without a typical figure is left to RM101. Likewise each
function that this one needs is taken down for as long as its own ``rto`` allows (its ``mtd`` where
it has none, without end where it has neither), whatever stopped it. The objective is the ``rto``,
or the ``mtd`` where no ``rto`` is stated; a function with neither has none to miss. Severity
follows from how long the function is then stopped; one step lower where only another function's
objective is behind it, since that one may be back before it must. Giving a function more time can
therefore bring a finding about for whoever needs it.

When it is wrong
----------------
When the typical figure is a guess, or counts outages at hours when nobody needs the function. When
the element hardly ever fails, so that even its usual outage is a rare day. When the needed function
is in practice brought back first, and only its written objective is too long.

Fires on
--------
```yaml
functions:
  invoicing: {criticality: critical, mtd: 1d, rto: 2h, needs: [ledger]}
services:
  ledger: {outage: {typical: 6h, worst: 3d}}
```

Silent on
---------
```yaml
functions:
  invoicing: {criticality: critical, mtd: 1d, rto: 2h, needs: [ledger]}
services:
  ledger: {outage: {typical: 1h, worst: 3d}}
```

What to do
----------
Have what the function needs brought back sooner, bridge it with a plan that carries within the
objective, or set an objective that can be kept. Objectives of functions that need each other are
agreed together.

References
----------
ISO 22301:2019, 8.2.2 (time frames for resuming activities, and the dependencies of activities);
NIST SP 800-34 r1, section 3.2; DORA Art. 11(5).
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from riskmap.analysis.translation import seconds
from riskmap.model import Severity
from riskmap.rules.finding import Evidence, Finding, Measure
from riskmap.rules.results import Results
from riskmap.rules.statement import Count, Ref, Refs, Seconds, Statement, Value, say
from riskmap.rules.support import evidence_of_impact, facts_of_impact, judge, lowered, ranked
from riskmap.rules.verdict import Impact

ID = "RM207"
BRIEF = "what {subjects} must rely on comes back later than the objective allows"
NAMED = 3


@dataclass(frozen=True, slots=True)
class _Unmet:
    """How one function misses its objective, the worst first."""

    by_elements: tuple[Impact, ...]
    by_functions: tuple[Impact, ...]

    @property
    def first(self) -> Impact:
        """The one that is spoken of."""
        return (*self.by_elements, *self.by_functions)[0]


def check(results: Results) -> Iterator[Finding]:
    """Yield one finding per function whose objective its dependencies miss."""
    usual = {
        name: length
        for name in sorted(set().union(*results.inherent_singles.values()))
        if (length := _typical(results, name)) is not None
    }
    by_elements = _missed(results, usual, results.inherent_singles)
    agreed = {name: _objective(results, name) for name in results.structure.tops}
    by_functions = _missed(results, agreed, results.closures)
    for function in results.structure.tops:
        unmet = _Unmet(
            tuple(ranked(results, by_elements.get(function, ()))),
            tuple(ranked(results, by_functions.get(function, ()))),
        )
        if not unmet.by_elements and not unmet.by_functions:
            continue
        severity, because = _judged(results, unmet)
        impacts = (*unmet.by_elements, *unmet.by_functions)
        yield Finding(
            rule=ID,
            subject=function,
            functions=(function,),
            severity=severity,
            because=because,
            summary=_summary(results, function, unmet),
            recommendation=_recommendation(results, function, unmet),
            evidence=_evidence(results, function, unmet.first),
            involves=tuple(sorted({impact.element for impact in impacts})),
            assumptions=results.rests_on(*(f for i in impacts for f in _facts(results, i))),
            cause=unmet.first.element,
        )


def _missed(
    results: Results, outages: Mapping[str, float], needed: Mapping[str, frozenset[str]]
) -> dict[str, list[Impact]]:
    """Return, by function, the impacts of outages of these lengths that miss its objective.

    Nothing is down for longer than what it needs, so shorter outages are not looked at.
    """
    found: dict[str, list[Impact]] = {}
    for name, length in outages.items():
        asking = [
            function
            for function in results.structure.tops
            if function != name
            and name in needed[function]
            and _objective(results, function) < length
        ]
        if not asking:
            continue
        course = results.simulate({name: [(0.0, length)]})
        for function in asking:
            impact = course.impacts.get(function)
            if impact is not None and impact.stopped > _objective(results, function):
                found.setdefault(function, []).append(impact)
    return found


def _typical(results: Results, element: str) -> float | None:
    typical = results.model.element(element).outage.typical
    return None if typical is None else typical.total_seconds()


def _objective(results: Results, function: str) -> float:
    """Return how long a function may be down by its own objectives, infinite without any."""
    objectives = results.functions[function].objectives
    return seconds(objectives.mtd if objectives.rto is None else objectives.rto)


def _judged(results: Results, unmet: _Unmet) -> tuple[Severity, Statement]:
    """Return the severity that counts, and why; an element's usual outage goes first."""
    own = judge(results, unmet.by_elements[0]) if unmet.by_elements else None
    if not unmet.by_functions:
        assert own is not None
        return own
    severity, reason = judge(results, unmet.by_functions[0])
    if own is not None and own[0].rank >= severity.one_lower.rank:
        return own
    return severity.one_lower, lowered(
        reason,
        "one step below what happens if {needed} takes as long as it may, since it may be back"
        " sooner",
        needed=Ref(unmet.by_functions[0].element),
    )


def _summary(results: Results, function: str, unmet: _Unmet) -> Statement:
    stated = results.functions[function].objectives.rto is not None
    opening = "is to be back within" if stated else "can be down for no longer than"
    clauses = [*_about_elements(unmet.by_elements), *_about_functions(unmet)]
    values: dict[str, Value] = {}
    for name, impacts in (("element", unmet.by_elements), ("needed", unmet.by_functions)):
        if impacts:
            values |= {
                name: Ref(impacts[0].element),
                f"{name}_length": Seconds(impacts[0].stopped),
                f"{name}_may": Seconds(impacts[0].outage),
                f"{name}_others": Refs(tuple(i.element for i in impacts[1 : NAMED + 1])),
                f"{name}_rest": Count(len(impacts) - NAMED - 1, "other", "others"),
            }
    return say(
        f"{{function}} {opening} {{objective}}, but {'; '.join(clauses)}",
        function=Ref(function),
        objective=Seconds(_objective(results, function)),
        **values,
    )


def _about_elements(impacts: tuple[Impact, ...]) -> Iterator[str]:
    if impacts:
        yield "a usual outage of {element} alone stops it for {element_length}"
    if len(impacts) == 2:
        yield "that of {element_others} is too long as well"
    elif impacts[1:]:
        yield f"those of {_others('element', impacts)} are too long as well"


def _about_functions(unmet: _Unmet) -> Iterator[str]:
    impacts = unmet.by_functions
    if not impacts:
        return
    also = "also " if unmet.by_elements else ""
    if math.isinf(impacts[0].outage):
        yield f"it {also}needs {{needed}}, for which nobody stated when it must be back"
    else:
        yield f"it {also}needs {{needed}}, which may itself take {{needed_may}}"
    if impacts[1:]:
        yield f"{_others('needed', impacts)} may take too long as well"


def _others(name: str, impacts: tuple[Impact, ...]) -> str:
    more = f" and {{{name}_rest}}" if len(impacts) > NAMED + 1 else ""
    return f"{{{name}_others}}{more}"


def _recommendation(results: Results, function: str, unmet: _Unmet) -> Statement:
    first = unmet.first.element
    template = (
        "have {first} brought back, or bridged by a plan, within {objective}; or set an objective"
        " for {function} that can be kept"
    )
    if not unmet.by_elements:
        template = (
            "agree one objective for {function} and {first}, or let {function} go on without it"
        )
    return say(
        template,
        function=Ref(function),
        first=Ref(first),
        objective=Seconds(_objective(results, function)),
    )


def _evidence(results: Results, function: str, impact: Impact) -> tuple[Evidence, ...]:
    objective = Measure("objective", _objective(results, function) / 3600, "hours")
    return (*evidence_of_impact(results, impact), objective)


def _facts(results: Results, impact: Impact) -> tuple[str, ...]:
    promised = (f"{impact.element}.rto", f"{impact.element}.mtd")
    return (*facts_of_impact(results, impact), *promised)
