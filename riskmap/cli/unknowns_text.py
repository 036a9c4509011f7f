"""What to find out first, on a terminal: question by question."""

from collections.abc import Iterator

from rich.padding import Padding
from rich.text import Text

from riskmap.assessment import Assessment
from riskmap.cli.common import console
from riskmap.model import Model
from riskmap.rules.statement import count_word, day, join, mention, render
from riskmap.rules.unknowns import Effect, Unknown, Unknowns, VerdictChange
from riskmap.rules.verdict import Verdict

MOST_KEYS = 4
"""Findings named for one answer; the JSON has all of them."""

FARES = {
    Verdict.TOLERABLE: "within its recovery objective",
    Verdict.STRAINED: "within what it can bear",
    Verdict.BREACHED: "past what it can bear",
    Verdict.UNBOUNDED: "stopped with no known end",
}


def print_unknowns(assessment: Assessment, found: Unknowns) -> None:
    """Print the questions for a person, the one that matters most first."""
    out, model = console(), assessment.model
    out.print(Text.assemble((model.organisation, "bold"), f", as of {day(assessment.today)}"))
    telling = [fact for fact in found.facts if _tells(fact)]
    out.print(Text(_heading(len(telling))))
    for number, fact in enumerate(telling, 1):
        out.print()
        out.print(Text(f"{number}. {render(fact.question, model)}?", "bold"))
        for line in _lines(model, fact):
            out.print(Padding(Text(line), (0, 0, 0, 3)))
    out.print()
    for line in _left(found, len(found.facts) - len(telling)):
        out.print(Text(line, "dim"))


def _heading(number: int) -> str:
    if not number:
        return "No unknown or assumed fact that was tried would change by itself what is said."
    if number == 1:
        return "One question to ask."
    return f"{count_word(number).capitalize()} questions to ask, the one most hangs on first."


def _tells(fact: Unknown) -> bool:
    return any(effect is not None and not effect.nothing for effect in (fact.worse, fact.better))


def _lines(model: Model, fact: Unknown) -> Iterator[str]:
    whom = fact.ask or (mention(fact.ask_provider, model) if fact.ask_provider else None)
    yield f"Ask: {whom or 'nobody is named; find out who knows'}"
    yield f"Counted so far: {_low(render(fact.counted, model))}"
    if fact.worse is None:
        yield "It counts as the worst already."
    for effect in (fact.worse, fact.better):
        if effect is not None:
            yield f"If {_low(render(effect.supposed, model))}: {_consequence(model, effect)}."


def _low(text: str) -> str:
    """Begin small, unless the first word is a name."""
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first in _OPENINGS else text


_OPENINGS = frozenset(
    {"A", "All", "Each", "Every", "Hardly", "It", "Nobody", "Nothing", "Not", "Others"}
    | {"Somebody", "The", "There"}
)
"""First words of clauses that are no names."""


def _consequence(model: Model, effect: Effect) -> str:
    if effect.nothing:
        return "nothing changes"
    parts = [_fares(model, change) for change in effect.verdicts]
    others = len(effect.findings) - len(effect.gone) - len(effect.come)
    for keys, word in ((effect.gone, "go"), (effect.come, "come")):
        if keys:
            parts.append(f"{_findings(len(keys))} {_verb(len(keys), word)}{_keys(keys)}")
    if others:
        parts.append(f"{_findings(others)} {_verb(others, 'change')} severity")
    return "; ".join(parts)


def _fares(model: Model, change: VerdictChange) -> str:
    name = mention(change.function, model)
    return f"{name} would be {FARES[change.after]} instead of {FARES[change.before]}"


def _findings(number: int) -> str:
    return f"{count_word(number)} finding{'' if number == 1 else 's'}"


def _verb(number: int, word: str) -> str:
    if number > 1:
        return word
    return f"{word}es" if word == "go" else f"{word}s"


def _keys(keys: tuple[str, ...]) -> str:
    left = len(keys) - MOST_KEYS
    shown = [*keys[:MOST_KEYS], *([f"{left} more"] if left > 0 else [])]
    return f" ({join(shown)})"


def _left(found: Unknowns, silent: int) -> Iterator[str]:
    untried, without = len(found.untried), len(found.without_effect)
    if silent:
        was = "fact that was" if silent == 1 else "facts that were"
        yield f"{_count(silent)} other {was} tried would change nothing alone."
    if untried:
        were = "fact was" if untried == 1 else "facts were"
        yield f"{_count(untried)} {were} not tried (--most)."
    if without:
        bear = "assumption bears" if without == 1 else "assumptions bear"
        yield f"{_count(without)} other {bear} on nothing that is computed here."


def _count(number: int) -> str:
    return count_word(number).capitalize()
