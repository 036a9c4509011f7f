"""Answers of a provider as YAML: a file that extends the model by what was said.

What was said is ``attested``: somebody's word, with its document and day. What was not answered is
not written, so it stays unknown.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic_core import PydanticCustomError

from riskmap.errors import ModelError, Problem
from riskmap.importing.answer_sheet import Answer, Filled
from riskmap.loading.durations import parse_duration
from riskmap.loading.problems import nearest
from riskmap.loading.quantities import parse_amount, parse_date, parse_percent, parse_rate
from riskmap.model import (
    AtLeast,
    Contract,
    Entry,
    Evidence,
    Model,
    Need,
    NeedExpression,
    Provider,
    Service,
    ThirdParty,
)
from riskmap.rules.asking.question import Form, Question
from riskmap.rules.asking.questions import Asking

NONE = "none"
_SLUG = re.compile(r"[^a-z0-9]+")
_SECTIONS = ((Service, "services"), (ThirdParty, "third_parties"), (Provider, "providers"))
_PARSERS: Mapping[Form, Callable[[Any], Any]] = {
    Form.DURATION: parse_duration,
    Form.SHARE: parse_percent,
    Form.NUMBER: lambda text: parse_rate(_number(text)),
    Form.AMOUNT: lambda text: parse_amount(_number(text)),
}


class _Plain(yaml.SafeDumper):
    """Writes every value out: a reference to an earlier one is no YAML for people."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write everything out."""
        del data
        return True


@dataclass(frozen=True, slots=True)
class Read:
    """What came of a sheet.

    Attributes
    ----------
    text : str
        The YAML file, ending in a newline.
    answered, unanswered : int
    """

    text: str
    answered: int
    unanswered: int


def answers_as_yaml(filled: Filled, model: Model, asking: Asking, base: str, today: date) -> Read:
    """Return the answers as a model file that extends the one asked about.

    Parameters
    ----------
    asking : Asking
        The questions that could have been asked of this provider today.
    base : str
        Path of the model from the file that will be written.

    Raises
    ------
    ModelError
        With every answer that cannot be read, at its place.
    """
    questions = {question.key: question for question in asking.questions}
    problems: list[Problem] = []
    writer = _Writer(model, filled.provider, today)
    for answer in filled.answers:
        question = questions.get(answer.key)
        if question is None:
            problems.append(_unknown_key(answer, questions))
            continue
        try:
            evidence = _evidence(answer, filled, model)
            writer.add(question, _value(question, answer.text), evidence)
        except PydanticCustomError as error:
            problems.append(_unreadable(answer, question, error))
    if problems:
        raise ModelError(problems)
    who = model.title(filled.provider)
    head = (
        f"# What {who} answered, as read on {today.isoformat()} from {Path(_file(filled)).name}.\n"
        "# attested: somebody's word, not a test. What was not answered is not here.\n"
    )
    document = {"riskmap": 1, "extends": base, **writer.sections()}
    body = yaml.dump(document, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=100)
    return Read(head + body, len(filled.answers), filled.unanswered)


def _file(filled: Filled) -> str:
    return filled.answers[0].where.file if filled.answers else "an empty sheet"


def _unknown_key(answer: Answer, questions: Mapping[str, Question]) -> Problem:
    near = nearest(answer.key, questions)
    hint = f"did you mean {near[0]!r}?" if near else "it may have been answered in the model since"
    message = f"nothing is asked under the key {answer.key!r}"
    return Problem(answer.where, "unknown-question", message, answer.text, hint=hint)


def _unreadable(answer: Answer, question: Question, error: PydanticCustomError) -> Problem:
    context = error.context or {}
    message = f"{context.get('text', error.message())} (question {answer.key})"
    hint = str(context.get("hint", "")) or f"answer with {question.how.template}"
    return Problem(answer.where, "bad-answer", message, answer.text, len(answer.text), hint)


def _number(text: str) -> float | str:
    try:
        return float(text.replace(",", "") if text.count(",") and "." in text else text)
    except ValueError:
        return text


def _value(question: Question, text: str) -> Any:
    """Return an answer as YAML holds it; raises where it cannot be read."""
    if question.form is Form.CHOICE:
        chosen = {"yes": "have", "no": "missing"}.get(text.lower(), text.lower())
        if chosen not in question.choices:
            given = {"text": f"{text!r} is none of the answers there are", "hint": ""}
            raise PydanticCustomError("bad_answer", "{text}", given)
        return chosen
    if question.form is Form.NAMES:
        names = [name.strip() for name in re.split(r"[;\n]", text) if name.strip()]
        return [] if [name.lower() for name in names] == [NONE] else names
    if question.form in (Form.NUMBER, Form.AMOUNT):
        return _PARSERS[question.form](text)
    if question.form in _PARSERS:
        _PARSERS[question.form](text)
    return text


def _evidence(answer: Answer, filled: Filled, model: Model) -> dict[str, Any]:
    source = answer.source or f"Answer of {model.title(filled.provider)}"
    found: dict[str, Any] = {"source": source, "confidence": "attested"}
    if answer.dated:
        found["date"] = parse_date(answer.dated)
    return found


class _Writer:
    """Collects answers as the sections of a model file."""

    def __init__(self, model: Model, provider: str, today: date) -> None:
        self._model, self._provider, self._today = model, provider, today
        self._found: dict[str, dict[str, dict[str, Any]]] = {}
        self._added: dict[str, list[dict[str, Any]]] = {}

    def add(self, question: Question, value: Any, evidence: dict[str, Any]) -> None:
        """Put one answer where it belongs."""
        first, _, rest = question.fact.partition(".")
        entry = self._entry(self._model.entry(question.subject))
        if first == "needs":
            self._parties(question.subject, rest, value, evidence)
        elif first == "outage":
            entry.setdefault("outage", {}).update({rest: value, "confidence": "attested"})
            entry["outage"]["source"] = evidence["source"]
        elif rest:
            entry.setdefault(first, {})[rest] = value
            self._note(entry, question, evidence)
        else:
            entry[first] = value
            self._note(entry, question, evidence)

    def sections(self) -> dict[str, Any]:
        """Return everything that was added, needs written out with those known before."""
        for subject, more in self._added.items():
            known = self._model.element(subject).needs
            self._entry(self._model.entry(subject))["needs"] = [*map(_need_yaml, known), *more]
        order = ("services", "third_parties", "providers", "contracts")
        return {name: self._found[name] for name in order if self._found.get(name)}

    def _entry(self, entry: Entry) -> dict[str, Any]:
        section = "contracts" if isinstance(entry, Contract) else ""
        section = next((name for kind, name in _SECTIONS if isinstance(entry, kind)), section)
        return self._found.setdefault(section, {}).setdefault(entry.id, {})

    def _note(self, entry: dict[str, Any], question: Question, evidence: dict[str, Any]) -> None:
        """Say where an answer comes from that has no place for its own source."""
        dated = f", {evidence['date'].isoformat()}" if "date" in evidence else ""
        said = f"{question.fact}: {evidence['source']}{dated} (attested)"
        entry["notes"] = f"{entry['notes']}; {said}" if "notes" in entry else said
        entry["reviewed"] = self._today

    def _parties(self, subject: str, kind: str, names: list[str], evidence: dict[str, Any]) -> None:
        for name in names:
            organisation = self._organisation(name, evidence)
            if organisation == self._provider:
                continue  # what a provider does itself hangs on it anyway
            party = f"{organisation.replace('/', '-')}-{kind}"
            found = self._found.setdefault("third_parties", {}).setdefault(party, {})
            found.setdefault("title", f"{name} ({kind.replace('-', ' ')})")
            found.setdefault("kind", kind)
            found.setdefault("provider", organisation)
            found.setdefault("contracted_by", [self._provider])
            found.setdefault("evidence", evidence)
            need = {"need": party, "hardness": "hard", "evidence": evidence}
            self._added.setdefault(subject, []).append(need)

    def _organisation(self, name: str, evidence: dict[str, Any]) -> str:
        """Return the id of an organisation: one that the model knows by this name, or a new one."""
        for provider in self._model.providers:
            if name.casefold() in (provider.title.casefold(), provider.id):
                return provider.id
        made = _SLUG.sub("-", name.casefold()).strip("-") or "unnamed"
        if made in self._model.ids():
            made = f"{made}-company"
        fresh = self._found.setdefault("providers", {}).setdefault(made, {})
        fresh.setdefault("title", name)
        fresh.setdefault("evidence", evidence)
        return made


def _need_yaml(need: NeedExpression) -> Any:
    """Write a need as the language does: its target alone where nothing else is said."""
    if isinstance(need, AtLeast):
        members = [_need_yaml(member) for member in need.members]
        if need.count == 1:
            return {"any_of": members}
        if need.count == len(members):
            return {"all_of": members}
        return {"at_least": need.count, "of": members}
    if need == Need(need.target):
        return need.target
    found: dict[str, Any] = {"need": need.target, "hardness": str(need.hardness)}
    if need.why:
        found["why"] = need.why
    if need.evidence != Evidence():
        values = (
            ("source", need.evidence.source),
            ("date", need.evidence.date),
            ("confidence", need.evidence.confidence and str(need.evidence.confidence)),
        )
        found["evidence"] = {name: value for name, value in values if value is not None}
    return found
