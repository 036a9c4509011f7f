"""Random models and tiny builders, shared by the tests of analysis, rules and assessment.

Random models are built from the types of :mod:`riskmap.model` and obey what the loader checks: no
element needs itself, alternatives are never soft, shares never exceed the whole. Every duration is
a whole number of hours, so that a simulation hour by hour is exact.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from riskmap.loading import load_model
from riskmap.model import (
    CLAUSE_IDS,
    AtLeast,
    ClauseStatus,
    Contingency,
    Contract,
    Coupling,
    CouplingKind,
    Criticality,
    Function,
    Hardness,
    Market,
    Model,
    Need,
    NeedExpression,
    Outage,
    Period,
    PlanTest,
    Provider,
    RecoveryObjectives,
    Service,
    ServiceLevel,
    Share,
    Signal,
    Step,
    Strength,
    TestResult,
    ThirdParty,
    Trigger,
)

TODAY = date(2026, 3, 1)
FOREVER = 10_000
"""Hours that no random outage reaches."""


def hours(count: int | None) -> timedelta | None:
    return None if count is None else timedelta(hours=count)


def load(folder: Path, text: str, name: str = "model.yaml") -> Model:
    """Load model text through the real loader, with a header put before it when it has none."""
    if "riskmap:" not in text:
        text = "riskmap: 1\norganisation: X\n" + text
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return load_model(path)


# -- needs ------------------------------------------------------------------------------------


@st.composite
def alternatives(draw: st.DrawFn, targets: Sequence[str], depth: int) -> AtLeast:
    """A k-of-n group whose members are distinct elements, or smaller groups."""
    names = draw(st.lists(st.sampled_from(targets), min_size=1, max_size=4, unique=True))
    members: list[NeedExpression] = [Need(name) for name in sorted(names)]
    if depth and draw(st.integers(0, 3)) == 0:
        members.append(draw(alternatives(targets, depth - 1)))
    return AtLeast(draw(st.integers(1, len(members))), tuple(members))


@st.composite
def needs(
    draw: st.DrawFn, targets: Sequence[str], most: int = 3, soft: bool = True
) -> tuple[NeedExpression, ...]:
    """A few needs: plain, soft, unknown, or groups of alternatives."""
    if not targets:
        return ()
    names = draw(st.lists(st.sampled_from(targets), max_size=most, unique=True))
    kinds = [Hardness.HARD, Hardness.HARD, Hardness.UNKNOWN] + [Hardness.SOFT] * soft
    found: list[NeedExpression] = []
    for name in sorted(names):
        if draw(st.integers(0, 2)) == 0:
            found.append(draw(alternatives(targets, 1)))
        else:
            found.append(Need(name, draw(st.sampled_from(kinds))))
    return tuple(found)


# -- elements ----------------------------------------------------------------------------------

OBJECTIVES = st.sampled_from([None, 1, 2, 4, 8, 24])
LEVELS = st.sampled_from([Fraction(n, 10) for n in (3, 5, 8, 10)])


@st.composite
def functions(draw: st.DrawFn, name: str, targets: Sequence[str], shares: bool = True) -> Function:
    parts: tuple[Share, ...] = ()
    if shares and len(targets) >= 2 and draw(st.integers(0, 1)):
        carriers = draw(st.lists(st.sampled_from(targets), min_size=2, max_size=4, unique=True))
        weights = draw(st.lists(st.integers(1, 6), min_size=len(carriers), max_size=len(carriers)))
        whole = sum(weights) + draw(st.sampled_from([0, 0, 0, 1]))
        parts = tuple(
            Share(target, Fraction(weight, whole))
            for target, weight in zip(sorted(carriers), weights, strict=True)
        )
    total = sum((part.share for part in parts), Fraction(0)) or Fraction(1)
    minimum = draw(st.sampled_from([None, Fraction(1, 3), Fraction(1, 2), Fraction(9, 10)]))
    if minimum is not None:
        minimum = min(minimum, total)
    rto, mtd = draw(OBJECTIVES), draw(OBJECTIVES)
    if rto is not None and mtd is not None:
        rto, mtd = sorted((rto, mtd))
    return Function(
        id=name,
        title=name,
        fails_alone=False,
        needs=draw(needs(targets, most=2)),
        shares=parts,
        criticality=draw(st.sampled_from([None, *Criticality])),
        objectives=RecoveryObjectives(mtd=hours(mtd), rto=hours(rto), minimum=minimum),
    )


@st.composite
def services(
    draw: st.DrawFn, name: str, targets: Sequence[str], providers: Sequence[str]
) -> Service | ThirdParty:
    alone = draw(st.integers(0, 3)) > 0
    outage = Outage()
    if alone and draw(st.integers(0, 4)):
        outage = Outage(worst=hours(draw(st.sampled_from([1, 3, 6, 12, 30]))))
    common: dict[str, Any] = {
        "id": name,
        "title": name,
        "fails_alone": alone,
        "outage": outage,
        "needs": draw(needs(targets, most=2)),
        "provider": draw(st.sampled_from([None, *providers])),
        "contracted_by": tuple(sorted(draw(st.sets(st.sampled_from(providers), max_size=1)))),
    }
    if draw(st.integers(0, 2)) == 0:
        automated = draw(st.sampled_from([None, True, False]))
        appeal = draw(st.sampled_from([None, "by telephone"]))
        return ThirdParty(**common, automated=automated, appeal=appeal)
    return Service(**common, market=draw(st.sampled_from([None, *Market])))


TIMES = st.sampled_from([None, 0, 0, 1, 2, 5])


@st.composite
def contingencies(
    draw: st.DrawFn, name: str, coverable: Sequence[str], usable: Sequence[str], full: bool
) -> Contingency:
    covers = draw(st.lists(st.sampled_from(coverable), min_size=1, max_size=2, unique=True))
    level = (
        Fraction(1)
        if full
        else draw(st.sampled_from([None, *(Fraction(n, 10) for n in (3, 8, 10))]))
    )
    tests: tuple[PlanTest, ...] = ()
    if draw(st.booleans()):
        result = draw(st.sampled_from(list(TestResult)))
        tests = (PlanTest(date(2026, 1, 15), result, hours(2)),)
    trigger = draw(st.sampled_from([None, Trigger("it hurts"), Trigger("word", Signal.PROVIDER)]))
    return Contingency(
        id=name,
        title=name,
        covers=tuple(sorted(covers)),
        uses=draw(needs(usable, most=2)),
        trigger=trigger,
        decides=draw(st.sampled_from([None, "somebody"])),
        steps=draw(st.sampled_from([(), (Step("do it"),)])),
        detect=hours(draw(TIMES)),
        decide=hours(draw(st.sampled_from([0, 0, 1, 3]))),
        activate=hours(draw(st.sampled_from([0, 0, 1, 3]))),
        sustains=hours(draw(st.sampled_from([None, 1, 3, 6, FOREVER, FOREVER]))),
        capacity=level,
        tests=tests,
    )


@st.composite
def models(
    draw: st.DrawFn,
    *,
    cyclic: bool = True,
    full: bool = False,
    shares: bool = True,
    nested: bool = True,
    most_plans: int = 3,
    most_elements: int = 7,
    contracts: bool = True,
) -> Model:
    """A random model.

    Parameters
    ----------
    cyclic : bool
        Whether needs may form cycles and plans may need what they cover; without, everything
        needs only what comes later in the alphabet of its kind.
    full : bool
        Whether every contingency carries everything it covers.
    shares : bool
        Whether functions may have parts.
    nested : bool
        Whether anything may need a function.
    """
    providers = [f"p{n}" for n in range(2)]
    elements = [f"s{n}" for n in range(draw(st.integers(2, most_elements)))]
    tops = [f"f{n}" for n in range(draw(st.integers(1, 2)))]
    order = [*tops, *elements, *providers]
    parts = [*elements, *providers]

    def below(name: str) -> list[str]:
        allowed = order if nested and not draw(st.integers(0, 5)) else parts
        if not cyclic:
            allowed = [other for other in allowed if order.index(other) > order.index(name)]
        return [other for other in allowed if other != name]

    built = [draw(services(name, below(name), providers)) for name in elements]
    couplings = _couplings(draw, [e.id for e in built if isinstance(e, Service)])
    plans = []
    for number in range(draw(st.integers(0, most_plans))):
        coverable = [*tops, *elements]
        usable = order if nested else parts
        if not cyclic:
            last = draw(st.integers(0, len(coverable) - 1))
            coverable, usable = coverable[: last + 1], [u for u in order[last + 1 :] if u in usable]
        plans.append(draw(contingencies(f"c{number}", coverable, usable, full)))
    return Model(
        organisation="X",
        functions=tuple(draw(functions(name, below(name), shares)) for name in tops),
        services=tuple(
            replace(e, coupled_to=couplings.get(e.id, ())) for e in built if isinstance(e, Service)
        ),
        third_parties=tuple(e for e in built if isinstance(e, ThirdParty)),
        providers=tuple(draw(_provider(name, below(name))) for name in providers),
        contracts=draw(_contracts(providers, elements)) if contracts else (),
        contingencies=tuple(plans),
    )


def _couplings(draw: st.DrawFn, names: list[str]) -> dict[str, tuple[Coupling, ...]]:
    found = {}
    for name in names:
        other = draw(st.sampled_from([None, None, *names]))
        if other is not None and other != name:
            kinds = tuple(sorted(draw(st.sets(st.sampled_from(list(CouplingKind)), max_size=2))))
            found[name] = (Coupling(other, kinds, draw(st.sampled_from(list(Strength)))),)
    return found


@st.composite
def _provider(draw: st.DrawFn, name: str, targets: Sequence[str]) -> Provider:
    return Provider(
        id=name,
        title=name,
        fails_alone=draw(st.booleans()),
        needs=draw(needs(targets, most=1)),
        acknowledges_after=hours(draw(st.sampled_from([None, 6]))),
    )


@st.composite
def service_levels(draw: st.DrawFn) -> ServiceLevel | None:
    availability = draw(st.sampled_from([None, Fraction(99, 100), Fraction(9995, 10_000)]))
    measures = draw(st.sampled_from([None, "log-in"]))
    period = draw(st.sampled_from([None, *Period]))
    return draw(st.sampled_from([None, ServiceLevel(availability, measures, period)]))


CLAUSE_STATUSES = st.dictionaries(
    st.sampled_from([*CLAUSE_IDS, "x-step-in"]), st.sampled_from(list(ClauseStatus)), max_size=4
)


@st.composite
def _contracts(
    draw: st.DrawFn, providers: Sequence[str], elements: Sequence[str]
) -> tuple[Contract, ...]:
    found = []
    for number in range(draw(st.integers(0, 2))):
        covers = draw(st.lists(st.sampled_from(elements), min_size=1, max_size=2, unique=True))
        found.append(
            Contract(
                id=f"k{number}",
                title=f"k{number}",
                provider=draw(st.sampled_from(providers)),
                covers=tuple(sorted(covers)),
                ends=draw(st.sampled_from([None, date(2025, 1, 1), date(2027, 1, 1)])),
                credits=draw(st.sampled_from([None, 0.0, 100.0])),
                sla=draw(service_levels()),
                clauses=tuple(sorted(draw(CLAUSE_STATUSES).items())),
            )
        )
    return tuple(found)


@st.composite
def failures(draw: st.DrawFn, model: Model, last: int = 20) -> dict[str, list[tuple[int, int]]]:
    """When elements fail by themselves, in whole hours; half-open."""
    names = [element.id for element in model.elements() if element.fails_alone]
    if not names:
        return {}
    found = {}
    for name in draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True)):
        times = []
        for _ in range(draw(st.integers(1, 2))):
            start = draw(st.integers(0, last))
            times.append((start, start + draw(st.integers(1, last))))
        found[name] = times
    return found


def edit(model: Model, entry_id: str, **changes: Any) -> Model:
    """Return the model with some facts of one entry changed; ``objectives`` of functions too."""
    sections = (
        "functions",
        "services",
        "third_parties",
        "providers",
        "contracts",
        "contingencies",
        "scenarios",
        "treatments",
    )
    for section in sections:
        entries = getattr(model, section)
        if any(entry.id == entry_id for entry in entries):
            kept = tuple(replace(e, **changes) if e.id == entry_id else e for e in entries)
            return replace(model, **{section: kept})
    raise KeyError(entry_id)


def add(model: Model, section: str, *entries: Any) -> Model:
    """Return the model with more entries in one section, sorted by id as the loader sorts them."""
    together = sorted((*getattr(model, section), *entries), key=lambda entry: entry.id)
    return replace(model, **{section: tuple(together)})
