"""What is told to the table at each moment of an exercise, with questions and what is expected.

Each generator below knows one kind of moment: what people notice, who decides, what goes wrong
besides, limits that pass, how long it may go on, how it ends.
"""

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

from riskmap.analysis.translation import effective_minimum, seconds
from riskmap.model import Provider
from riskmap.rules.exercise import plans
from riskmap.rules.exercise.inject import Expected, Inject, Told, gap
from riskmap.rules.statement import DAY, HOUR, Money, Ref, Refs, Seconds, Statement, say
from riskmap.rules.verdict import loss_of, tolerated


def injects(told: Told) -> Iterator[Inject]:
    """Yield everything that is told, in no order; nothing after the exercise has ended."""
    for kind in _KINDS:
        yield from (inject for inject in kind(told) if inject.at <= told.ends)


def _levels(told: Told) -> Iterator[Inject]:
    """Whenever functions lose or regain capacity: what people notice, without its cause."""
    changes: dict[float, list[Statement]] = {}
    for name in told.functions:
        minimum, before = effective_minimum(told.results.functions[name]), Fraction(1)
        for start, level in told.course.evolution.course(name).steps:
            if level == before:
                continue
            template = "{function} works at {level}"
            if level == 1:
                template = "{function} works in full again"
            elif level == 0:
                template = "{function} has stopped"
            elif level < minimum:
                template = "{function} works at {level}, below the {minimum} it needs"
            text = say(template, function=Ref(name), level=level, minimum=minimum)
            changes.setdefault(start, []).append(text)
            before = level
    first = min(changes, default=0.0)
    for at, texts in changes.items():
        if at == first:
            yield _first(told, at, texts)
        else:
            yield Inject(at, 4, say("what works has changed"), tuple(texts))


def _first(told: Told, at: float, texts: list[Statement]) -> Inject:
    expected = [plans.by_trigger(plan) for plan in told.plans]
    if not told.plans:
        expected = [gap("no plan is written for anything that is lost here")]
    return Inject(
        at,
        0,
        say("something is wrong"),
        (*texts, say("nobody knows why yet, nor how long it will last")),
        (
            say("who notices first, and by which sign"),
            say("whom do they tell, and by which way if that way is down too"),
            say("which of our functions does this touch, and which comes first"),
        ),
        tuple(expected),
    )


def _cause(told: Told) -> Iterator[Inject]:
    """When the cause is known: as soon as the fastest plan expects it to be noticed."""
    times = [seconds(plan.detect) for plan in told.plans if plan.detect is not None]
    for name, stretches in told.course.failures.items():
        start, end = stretches[0]
        at = start + min(times, default=HOUR)
        if at >= end:
            continue
        paths = (told.results.paths[function].get(name) for function in told.functions)
        path = next((path for path in paths if path), ())
        says = [say("it becomes clear that {element} is down", element=Ref(name))]
        if len(path) > 2:
            says.append(say("in between stand {way}", way=Refs(path[1:-1])))
        yield Inject(
            at,
            1,
            say("the cause is known"),
            tuple(says),
            (
                say("who could repair it, and can we make them"),
                say("what do we tell those who wait, and how often"),
            ),
            (_repair(told, name),),
        )


def _repair(told: Told, element: str) -> Expected:
    stands = told.results.accountability.get(element)
    if stands is not None and stands.own:
        return Expected(say("we run it ourselves"))
    if stands is None or stands.rank is None:
        return gap("no contract of ours leads to whoever runs {element}", element=Ref(element))
    return Expected(
        say("the contract is {contract}", contract=Ref(stands.chain[0]))
        if stands.rank == 1
        else say("only by way of {chain}", chain=Refs(stands.chain))
    )


def _admission(told: Told) -> Iterator[Inject]:
    """When the organisation behind it admits the outage, where that is known."""
    for name, stretches in told.course.failures.items():
        party = told.results.model.provider_of(name)
        entry = None if party is None else told.results.model.entry(party)
        if isinstance(entry, Provider) and entry.acknowledges_after is not None:
            at = stretches[0][0] + entry.acknowledges_after.total_seconds()
            yield Inject(
                at,
                2,
                say("the provider speaks"),
                (say("{party} admits that there is an outage", party=Ref(entry.id)),),
                (say("what had we done by then, and what had we only waited for"),),
            )


def _limits(told: Told) -> Iterator[Inject]:
    """When a function has been down for as long as its objectives allow."""
    for name in told.functions:
        function, impact = told.results.functions[name], told.course.impacts[name]
        for start, end in impact.down:
            for objective, words in (("rto", "was to be back by now"), ("mtd", _MTD)):
                limit = tolerated(function, objective)
                at = start + limit
                if not limit or at >= end:
                    continue
                says = [say("{function} " + words, function=Ref(name), limit=Seconds(limit))]
                if function.loss and objective == "mtd":
                    lost = loss_of(function, ((start, at),))
                    says.append(say("so far this has cost {lost}", lost=Money(lost)))
                asks = (say("who must know now, inside and outside, and who tells them"),)
                yield Inject(at, 6, say("a limit has passed"), tuple(says), asks)


_MTD = "has now been down for {limit}, as long as can be borne"


def _horizons(told: Told) -> Iterator[Inject]:
    """How it looks after 4 hours, a day, five days, a month, if it has not ended."""
    for at in (4 * HOUR, DAY, 5 * DAY, 30 * DAY):
        plans = [
            (plan, [text for length, text in plan.horizons if length.total_seconds() == at])
            for plan in told.plans
        ]
        said = [
            Expected(say("{plan}: {text}", plan=Ref(plan.id), text=text))
            for plan, texts in plans
            for text in texts
        ]
        if at >= told.ends:
            continue
        lacks = [gap("nothing is written for an outage of {length}", length=Seconds(at))]
        yield Inject(
            at,
            7,
            say("it has lasted {length}", length=Seconds(at)),
            (say("nobody can say when it will end"),),
            (
                say(
                    "what would we do differently if it lasted another {length}", length=Seconds(at)
                ),
            ),
            tuple(said or lacks),
        )


def _ending(told: Told) -> Iterator[Inject]:
    """When all that failed works again, or the exercise ends without that."""
    back = [
        Expected(say("{plan}: {text}", plan=Ref(plan.id), text=text))
        for plan in told.plans
        for text in plan.back_to_normal
    ]
    if not back and told.plans:
        back = [gap("nothing is written about going back to normal")]
    ended = all(end <= told.ends for times in told.course.failures.values() for _, end in times)
    text = "{elements} works again" if len(told.course.failures) == 1 else "{elements} work again"
    says = say(text, elements=Refs(tuple(told.course.failures)))
    if not ended:
        says = say("the exercise ends here; nothing known ends the outage")
    asks: Iterable[Statement] = (
        say("how do we know that it is over"),
        say("how do we go back, in which order, and what must be caught up"),
    )
    if not ended:
        asks = (say("for how much longer could we go on like this"),)
    yield Inject(told.ends, 8, say("the end"), (says,), tuple(asks), tuple(back) if ended else ())


_KINDS: tuple[Callable[[Told], Iterator[Inject]], ...] = (
    _levels,
    _cause,
    _admission,
    plans.decisions,
    plans.complication,
    plans.carrying,
    _limits,
    _horizons,
    _ending,
)
