"""The schedule of an exit: phases, what they wait for, and the way that sets the time.

For each service: notice and procurement side by side, then build, data transfer, parallel run and
cut-over. A service is built anew after those of the set that it needs, and after those it names in
``after`` have left. Builds share the people stated; whatever nobody stated takes no time here and
leaves the result open.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from riskmap.analysis.coupling import blocks
from riskmap.analysis.schedule import Schedule, Task, schedule
from riskmap.model import Confidence, ExitFacts
from riskmap.rules.leaving.ground import Ground, Length, seconds_of

CALENDAR = Fraction(7, 5)
"""Calendar days for each working day."""


class PhaseKind(StrEnum):
    """A phase of leaving, in order."""

    NOTICE = "notice"
    PROCUREMENT = "procurement"
    BUILD = "build"
    TRANSFER = "transfer"
    PARALLEL_RUN = "parallel-run"
    CUT_OVER = "cut-over"


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of one service, or the notice of one contract.

    Attributes
    ----------
    subject : str
        Id of the service, or of the contract for its notice.
    start, end : float
        Seconds from the beginning.
    stated : bool
        Whether its length is known; otherwise it counts no time and the sum is open.
    critical : bool
        Whether it lies on the chain that sets the time.
    waits_for : tuple of str
        Keys of the phases that must have ended before.
    """

    kind: PhaseKind
    subject: str
    start: float
    end: float
    stated: bool
    critical: bool
    owner: str | None
    basis: Confidence
    waits_for: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Stable name, such as ``build:mail``."""
        return f"{self.kind}:{self.subject}"

    @property
    def length(self) -> float:
        """Seconds it takes."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Timing:
    """The schedule of one exit.

    Attributes
    ----------
    whole : Length
        From giving notice to the last cut-over.
    move : Length
        The same without our notice: what we need when the other side ends it.
    critical : tuple of str
        Keys of the phases that set the time, in order.
    people : int
        How many can work at the same time.
    people_stated : bool
        Whether somebody stated that.
    shortest : float
        No schedule of the whole is shorter; equal to it unless the people are short.
    groups : tuple of tuple of str
        The services in an order in which each drags only what has gone before; more than one
        together is a knot that can leave only as one.
    """

    phases: tuple[Phase, ...]
    whole: Length
    move: Length
    critical: tuple[str, ...]
    people: int
    people_stated: bool
    shortest: float
    groups: tuple[tuple[str, ...], ...]

    def phase(self, kind: PhaseKind, subject: str) -> Phase:
        """Return one phase."""
        return next(p for p in self.phases if p.kind is kind and p.subject == subject)


def transfer_seconds(facts: ExitFacts) -> float | None:
    """Return volume over bandwidth in seconds, None when either is not stated.

    >>> transfer_seconds(ExitFacts(data=500e9, bandwidth=100e6))
    40000.0
    """
    if facts.data == 0:
        return 0.0
    if facts.data is None or facts.bandwidth is None:
        return None
    return facts.data * 8 / facts.bandwidth


def build_seconds(facts: ExitFacts, people: int) -> float | None:
    """Return the calendar time of the build in seconds, None when nothing states it.

    Effort over the team, five working days to a week; where somebody stated a calendar time and a
    team, the longer counts.
    """
    stated = seconds_of(facts.build)
    if facts.effort is None or (stated is not None and facts.team is None):
        return stated
    team = min(facts.team or 1, people)
    worked = facts.effort.total_seconds() / team * float(CALENDAR)
    return worked if stated is None else max(stated, worked)


def timing(ground: Ground, members: tuple[str, ...]) -> Timing:
    """Schedule the exit of services that leave together."""
    if members not in ground.timings:
        ground.timings[members] = _timed(ground, members)
    known = ground.timings[members]
    assert isinstance(known, Timing)
    return known


def _timed(ground: Ground, members: tuple[str, ...]) -> Timing:
    model = ground.model
    largest = max((ground.facts(name).team or 1 for name in members), default=1)
    people = model.exit_people or largest
    lengths = _lengths(ground, members, people)
    tasks = _tasks(ground, members, lengths, people)
    found = schedule(tasks.values(), people)
    notices = {name for name in tasks if name.startswith(f"{PhaseKind.NOTICE}:")}
    own = [
        Task(t.id, t.length, tuple(a for a in t.after if a not in notices), t.people)
        for t in tasks.values()
        if t.id not in notices
    ]
    moved = schedule(own, people)
    is_open = any(lengths[name] is None for name in lengths)
    own_open = any(lengths[task.id] is None for task in own)
    return Timing(
        phases=tuple(_phases(ground, tasks, lengths, found)),
        whole=Length(found.length, is_open),
        move=Length(moved.length, own_open),
        critical=tuple(name for name in found.critical if tasks[name].length),
        people=people,
        people_stated=model.exit_people is not None,
        shortest=found.bound,
        groups=_groups(ground, members),
    )


def _lengths(ground: Ground, members: Iterable[str], people: int) -> dict[str, float | None]:
    """Return the length of every phase by its key, in the order they are shown."""
    found: dict[str, float | None] = {}
    for contract in ground.contracts(members):
        found[f"{PhaseKind.NOTICE}:{contract.id}"] = seconds_of(contract.notice)
    for name in members:
        facts = ground.facts(name)
        found[f"{PhaseKind.PROCUREMENT}:{name}"] = seconds_of(facts.procurement)
        found[f"{PhaseKind.BUILD}:{name}"] = build_seconds(facts, people)
        found[f"{PhaseKind.TRANSFER}:{name}"] = transfer_seconds(facts)
        found[f"{PhaseKind.PARALLEL_RUN}:{name}"] = seconds_of(facts.parallel_run)
        found[f"{PhaseKind.CUT_OVER}:{name}"] = seconds_of(facts.cut_over)
    return found


def _tasks(
    ground: Ground,
    members: tuple[str, ...],
    lengths: Mapping[str, float | None],
    people: int,
) -> dict[str, Task]:
    needed = _needed(ground, members)
    found: dict[str, Task] = {}
    for key in lengths:
        kind, _, subject = key.partition(":")
        if kind in (PhaseKind.NOTICE, PhaseKind.PROCUREMENT):
            after: tuple[str, ...] = ()
        elif kind == PhaseKind.BUILD:
            after = tuple(_before_build(ground, members, subject, needed))
        else:
            order = list(PhaseKind)
            after = (f"{order[order.index(PhaseKind(kind)) - 1]}:{subject}",)
        team = 0
        if kind == PhaseKind.BUILD:
            team = min(ground.facts(subject).team or 1, people)
        found[key] = Task(key, lengths[key] or 0.0, after, team)
    return found


def _before_build(
    ground: Ground, members: tuple[str, ...], name: str, needed: Mapping[str, frozenset[str]]
) -> Iterator[str]:
    yield f"{PhaseKind.PROCUREMENT}:{name}"
    for contract in ground.contracts((name,)):
        yield f"{PhaseKind.NOTICE}:{contract.id}"
    first = [other for other in ground.facts(name).after if other in members]
    for other in first:
        yield f"{PhaseKind.CUT_OVER}:{other}"
    for other in sorted(needed[name]):
        if other not in first:
            yield f"{PhaseKind.BUILD}:{other}"


def _needed(ground: Ground, members: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """Return for each member the others it needs, those that need one another left out.

    What an ``after`` orders counts there too, so that the two orders never make a ring.
    """
    reach = {name: (ground.below(name) & set(members)) - {name} for name in members}
    order = {name: (*reach[name], *_inside(ground.facts(name).after, members)) for name in members}
    knots = {member: block for block in blocks(order) for member in block}
    return {
        name: frozenset(other for other in reach[name] if other not in knots[name])
        for name in members
    }


def _inside(names: Iterable[str], members: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name in members)


def _phases(
    ground: Ground,
    tasks: Mapping[str, Task],
    lengths: Mapping[str, float | None],
    found: Schedule,
) -> Iterator[Phase]:
    critical = frozenset(found.critical)
    for key, task in tasks.items():
        kind, _, subject = key.partition(":")
        entry = ground.model.entry(subject)
        owner = entry.owner
        if kind != PhaseKind.NOTICE:
            plan = ground.facts(subject).plan
            owner = (plan.owner if plan is not None else None) or owner
        start, end = found.times[key]
        fact = "notice" if kind == PhaseKind.NOTICE else "exit"
        yield Phase(
            kind=PhaseKind(kind),
            subject=subject,
            start=start,
            end=end,
            stated=lengths[key] is not None,
            critical=key in critical and task.length > 0,
            owner=owner,
            basis=ground.basis(f"{subject}.{fact}", subject),
            waits_for=task.after,
        )


def _groups(ground: Ground, members: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return blocks(
        {name: _inside([tie.service for tie in ground.ties(name)], members) for name in members}
    )
