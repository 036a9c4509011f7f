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
from riskmap.rules.support import felt, ranked, users_of
from riskmap.rules.verdict import Verdict, severity_of

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


def questions_for(results: Results, provider: str) -> Asking:
    """Return what to ask a provider; empty where everything is known or nothing hangs on it."""
    model = results.model
    run: tuple[Service | ThirdParty, ...] = (*model.services, *model.third_parties)
    services = tuple(e for e in run if e.provider == provider and users_of(results, e.id))
    organisation = model.element(provider)
    contracts = [contract for contract in model.contracts if contract.provider == provider]
    found = [question for entry in services for question in _of_service(results, entry)]
    assert isinstance(organisation, Provider)
    if users_of(results, provider):
        found.extend(_of_provider(results, organisation))
    found.extend(q for contract in contracts for q in _of_contract(results, contract))
    topics = list(Topic)
    found.sort(key=lambda q: (_urgency(results, q), topics.index(q.topic), q.key))
    return Asking(provider, tuple(entry.id for entry in services), tuple(found))


def _urgency(results: Results, question: Question) -> tuple[bool, int]:
    """Sort key: details last; else how bad a failure of the subject is, the worst first."""
    covered = _parts(results, question.subject)
    impacts = ranked(results, felt(results, question.functions, covered))
    severity = 0
    if impacts:
        worst = impacts[0]
        severity = severity_of(results.functions[worst.function], worst.verdict).rank
    return question.detail, -severity


def _parts(results: Results, subject: str) -> tuple[str, ...]:
    entry = results.model.entry(subject)
    return entry.covers if isinstance(entry, Contract) else (subject,)


def _of_service(results: Results, entry: Service | ThirdParty) -> Iterator[Question]:
    known = {*_known(entry), *_parties(results, entry)}
    for asked in SERVICE:
        sla = asked.fact.startswith("sla.") or asked.fact.startswith("exit.")
        if sla and not isinstance(entry, Service):
            continue
        if asked.fact not in known:
            yield _question(results, entry, asked)


def _of_provider(results: Results, entry: Provider) -> Iterator[Question]:
    if entry.acknowledges_after is None:
        yield from (_question(results, entry, asked) for asked in PROVIDER)


def _of_contract(results: Results, contract: Contract) -> Iterator[Question]:
    for asked in CONTRACT:
        if getattr(contract, asked.fact) is None:
            yield _question(results, contract, asked)
    stated = {name for name, _ in contract.clauses}
    for clause in CLAUSES:
        if clause.id not in stated:
            text = f"does {{entry}} have a clause on: {clause.title}"
            fact = f"clauses.{clause.id}"
            asked = Asked(fact, Topic.CLAUSES, Form.CHOICE, text, CLAUSE_ANSWERS)
            yield _question(results, contract, asked)


def _question(results: Results, entry: Entry, asked: Asked) -> Question:
    functions = _functions(results, entry.id)
    how = HOW.get(asked.form) or f"one of: {join(asked.choices, last='or')}"
    return Question(
        subject=entry.id,
        fact=asked.fact,
        topic=asked.topic,
        text=say(asked.text, entry=Ref(entry.id)),
        form=asked.form,
        how=say(how),
        functions=functions,
        why=_why(results, entry.id, functions),
        choices=asked.choices,
        detail=asked.detail,
    )


def _functions(results: Results, subject: str) -> tuple[str, ...]:
    users = users_of(results, subject)
    impacts = ranked(results, felt(results, users, _parts(results, subject)))
    return tuple(dict.fromkeys([*(impact.function for impact in impacts), *users]))


def _why(results: Results, subject: str, functions: tuple[str, ...]) -> Statement:
    if not functions:
        return say("nothing in the model hangs on it yet")
    impacts = felt(results, functions, _parts(results, subject))
    stops = [impact for impact in impacts if impact.verdict is not Verdict.TOLERABLE]
    template = "{functions} {hang} on it"
    if stops:
        template += "; its failure alone would stop {stopped} for too long"
    return say(
        template,
        functions=Refs(functions),
        hang="hangs" if len(functions) == 1 else "hang",
        stopped=Refs(tuple(dict.fromkeys(impact.function for impact in stops))),
    )


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
