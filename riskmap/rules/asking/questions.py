"""Which questions to put to one provider, those that matter most first."""

from collections.abc import Iterator
from dataclasses import dataclass

from riskmap.model import (
    CLAUSES,
    Confidence,
    Contract,
    Entry,
    Provider,
    Service,
    ThirdParty,
    iter_needs,
)
from riskmap.rules.asking.catalogue import (
    CLAUSE_ANSWERS,
    CONTRACT,
    HOW,
    PROVIDER,
    SAME_KINDS,
    SERVICE,
    Asked,
)
from riskmap.rules.asking.question import Form, Question, Topic
from riskmap.rules.results import Results
from riskmap.rules.statement import Ref, Refs, Statement, join, say
from riskmap.rules.support import felt, harmful, ranked, users_of
from riskmap.rules.verdict import severity_of

_WEAK = (Confidence.ASSUMED, Confidence.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Asking:
    """The questions for one provider.

    Attributes
    ----------
    provider : str
    services : tuple of str
        What it runs that a function of ours hangs on.
    """

    provider: str
    services: tuple[str, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class _Stake:
    """What hangs on the entry that some questions are about.

    Attributes
    ----------
    functions : tuple of str
        The one that matters most first.
    severity : int
        Rank of the worst that its failure does; zero when it does no harm.
    """

    entry: Entry
    functions: tuple[str, ...]
    severity: int
    why: Statement


def questions_for(results: Results, provider: str) -> Asking:
    """Return what to ask a provider; empty where everything is known or nothing hangs on it."""
    model = results.model
    run: tuple[Service | ThirdParty, ...] = (*model.services, *model.third_parties)
    services = tuple(e for e in run if e.provider == provider and users_of(results, e.id))
    organisation = model.element(provider)
    assert isinstance(organisation, Provider)
    asked: list[tuple[Entry, Iterator[Asked]]] = [(e, _of_service(results, e)) for e in services]
    if users_of(results, provider):
        asked.append((organisation, _of_provider(organisation)))
    asked += [(c, _of_contract(c)) for c in model.contracts if c.provider == provider]
    topics = list(Topic)
    ranked_questions = []
    for entry, questions in asked:
        stake = _stake(results, entry)
        for question in (_question(stake, each) for each in questions):
            place = (question.detail, -stake.severity, topics.index(question.topic), question.key)
            ranked_questions.append((place, question))
    ranked_questions.sort(key=lambda item: item[0])
    found = tuple(question for _, question in ranked_questions)
    return Asking(provider, tuple(entry.id for entry in services), found)


def _stake(results: Results, entry: Entry) -> _Stake:
    users = users_of(results, entry.id)
    parts = entry.covers if isinstance(entry, Contract) else (entry.id,)
    impacts = ranked(results, felt(results, users, parts))
    functions = tuple(dict.fromkeys([*(impact.function for impact in impacts), *users]))
    severity = 0
    if impacts:
        worst = impacts[0]
        severity = severity_of(results.functions[worst.function], worst.verdict).rank
    stopped = {impact.function for impact in harmful(impacts)}
    stops = tuple(name for name in functions if name in stopped)
    return _Stake(entry, functions, severity, _why(functions, stops))


def _why(functions: tuple[str, ...], stops: tuple[str, ...]) -> Statement:
    if not functions:
        return say("nothing in the model hangs on it yet")
    template = "{functions} {hang} on it"
    if stops:
        template += "; its failure alone would stop {stopped} for too long"
    return say(
        template,
        functions=Refs(functions),
        hang="hangs" if len(functions) == 1 else "hang",
        stopped=Refs(stops),
    )


def _question(stake: _Stake, asked: Asked) -> Question:
    how = HOW.get(asked.form) or f"one of: {join(asked.choices, last='or')}"
    return Question(
        subject=stake.entry.id,
        fact=asked.fact,
        topic=asked.topic,
        text=say(asked.text, entry=Ref(stake.entry.id)),
        form=asked.form,
        how=say(how),
        functions=stake.functions,
        why=stake.why,
        choices=asked.choices,
        detail=asked.detail,
    )


# -- which are asked -------------------------------------------------------------------------


def _of_service(results: Results, entry: Service | ThirdParty) -> Iterator[Asked]:
    known = {*_known(entry), *_parties(results, entry)}
    for asked in SERVICE:
        bought = asked.topic in {Topic.SERVICE_LEVEL, Topic.EXIT}
        if asked.fact not in known and (isinstance(entry, Service) or not bought):
            yield asked


def _of_provider(entry: Provider) -> Iterator[Asked]:
    if entry.acknowledges_after is None:
        yield from PROVIDER


def _of_contract(contract: Contract) -> Iterator[Asked]:
    yield from (asked for asked in CONTRACT if getattr(contract, asked.fact) is None)
    stated = {name for name, _ in contract.clauses}
    for clause in CLAUSES:
        if clause.id not in stated:
            text = f"does {{entry}} have a clause on: {clause.title}"
            fact = f"clauses.{clause.id}"
            yield Asked(fact, Topic.CLAUSES, Form.CHOICE, text, CLAUSE_ANSWERS)


# -- what is known already -------------------------------------------------------------------


def _known(entry: Service | ThirdParty) -> Iterator[str]:
    """Yield what somebody has stated and did not merely assume; a grouping has no outages."""
    if not entry.fails_alone:
        yield from ("outage.worst", "outage.typical", "outage.per_year")
    elif entry.outage.confidence not in _WEAK and "outage" not in entry.assumed:
        for name in ("worst", "typical", "per_year"):
            if getattr(entry.outage, name) is not None:
                yield f"outage.{name}"
    if isinstance(entry, Service):
        yield from _promised(entry)
        if entry.exit is not None and "exit" not in entry.assumed:
            facts = entry.exit
            stated = {
                "format": facts.data_format,
                "openness": facts.openness,
                "retrieval": facts.retrieval,
            }
            yield from (f"exit.{name}" for name, value in stated.items() if value is not None)


def _promised(entry: Service) -> Iterator[str]:
    """Yield what is known of the promise; without one, only whether there is one is asked."""
    if entry.sla is None or "sla" in entry.assumed:
        return
    for name in ("availability", "measures", "period"):
        if getattr(entry.sla, name) is not None:
            yield f"sla.{name}"


def _parties(results: Results, entry: Service | ThirdParty) -> Iterator[str]:
    """Yield the kinds of parties that an entry is known to need."""
    needed = [results.model.element(need.target) for need in iter_needs(entry.needs)]
    kinds = {other.kind for other in needed if isinstance(other, ThirdParty)}
    for name, same in SAME_KINDS.items():
        if kinds.intersection(same):
            yield f"needs.{name}"
