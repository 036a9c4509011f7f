"""How reports speak: names, lengths of time, shares and money, each with its mark if assumed.

Every number that rests on something nobody has shown carries :data:`MARK`; the page foot says what
the mark means. Numbers and their units are held together by no-break spaces.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from riskmap.assessment import Assessment
from riskmap.model import Function, Model
from riskmap.rules.statement import (
    Statement,
    count_word,
    day,
    duration,
    join,
    mention,
    money,
    percent,
    render,
)
from riskmap.rules.support import facts_of_impact
from riskmap.rules.verdict import Impact, tolerated

MARK = "○"
"""Stands behind every figure that somebody assumed."""

LONGEST = 64
"""Characters of a title within a sentence; more is cut, since a sentence holds several."""

NBSP = "\u00a0"
_UNIT = re.compile(r"(?<=\d) (?=\w)")


def tie(text: str) -> str:
    r"""Hold numbers and their units together.

    >>> tie("4 days 16 hours").split(" ")
    ['4\xa0days', '16\xa0hours']
    """
    return _UNIT.sub(NBSP, text)


def mark(text: str, assumed: bool) -> str:
    """Put the mark of an assumed figure behind a text."""
    return f"{text}{NBSP}{MARK}" if assumed else text


def capital(text: str) -> str:
    """Begin a sentence.

    >>> capital("“a” stops"), capital("two stop")
    ('“a” stops', 'Two stop')
    """
    return text[:1].upper() + text[1:]


def counted(number: int, one: str, many: str | None = None) -> str:
    """Write a number of things.

    >>> counted(1, "function"), counted(3, "function"), counted(0, "party", "parties")
    ('one function', 'three functions', 'no parties')
    """
    return f"{count_word(number)} {one if number == 1 else many or one + 's'}"


def shorten(text: str, most: int) -> str:
    """Cut a text at a word, with an ellipsis where something is missing.

    >>> shorten("a long title indeed", 12)
    'a long…'
    """
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    return (kept.rpartition(" ")[0] or kept).rstrip(" ,;:.-") + "…"


def listed(names: Sequence[str], most: int, one: str, many: str | None = None) -> str:
    """Join names, and count those beyond ``most``.

    >>> listed(["a", "b", "c", "d"], 2, "element")
    'a, b and two more elements'
    >>> listed(["a", "b"], 2, "element")
    'a and b'
    """
    if len(names) <= most:
        return join(names)
    rest = len(names) - most
    more = f"{count_word(rest)} more {one if rest == 1 else many or one + 's'}"
    return join([*names[:most], more])


@dataclass(frozen=True, slots=True)
class _ShortNames:
    """The names of a model, cut where they are too long for a sentence."""

    model: Model

    @property
    def currency(self) -> str | None:
        return self.model.currency

    def title(self, entry_id: str, /) -> str:
        return shorten(self.model.title(entry_id), LONGEST)

    def is_party(self, entry_id: str, /) -> bool:
        return self.model.is_party(entry_id)


class Words:
    """The vocabulary of one assessment.

    Parameters
    ----------
    assessment : Assessment
    """

    def __init__(self, assessment: Assessment) -> None:
        self._results = assessment.results
        self._model = assessment.model

    # -- names -----------------------------------------------------------------------------

    def title(self, entry_id: str) -> str:
        """Return a title as it stands in a table."""
        return self._model.title(entry_id)

    def short(self, entry_id: str, most: int = 44) -> str:
        """Return a title that fits a narrow column."""
        return shorten(self._model.title(entry_id), most)

    def name(self, entry_id: str) -> str:
        """Return a title as it stands in a sentence, in quotes unless it is a name."""
        return mention(entry_id, _ShortNames(self._model))

    def names(
        self, ids: Iterable[str], most: int = 4, one: str = "element", many: str | None = None
    ) -> str:
        """Return several titles as they stand in a sentence, and count those beyond ``most``."""
        return listed([self.name(name) for name in ids], most, one, many)

    def functions(self, ids: Sequence[str], most: int = 3) -> str:
        """Return several functions in a sentence, or that it is all of them."""
        total = len(self._model.functions)
        if len(ids) == total and total > 1:
            return f"all {count_word(total)} functions" if total > 2 else "both functions"
        if len(ids) <= most:
            return self.names(ids, most, "function")
        rest = len(ids) - 1
        return f"{self.name(ids[0])} and {count_word(rest)} other functions"

    def sentence(self, statement: Statement) -> str:
        """Write a statement of a rule."""
        return tie(render(statement, _ShortNames(self._model)))

    # -- figures ---------------------------------------------------------------------------

    def assumed(self, *facts: str) -> bool:
        """Tell whether anything among the facts is an assumption."""
        return bool(self._results.rests_on(*facts))

    def span(self, seconds: float, *facts: str) -> str:
        """Write a length of time, marked if it rests on an assumption."""
        return mark(tie(duration(seconds)), self.assumed(*facts))

    def share(self, share: Fraction, *facts: str) -> str:
        """Write a share, marked if it rests on an assumption."""
        return mark(percent(share), self.assumed(*facts))

    def amount(self, amount: float, *facts: str) -> str:
        """Write an amount of money, marked if it rests on an assumption."""
        return mark(tie(money(amount, self._model.currency)), self.assumed(*facts))

    def day(self, value: date) -> str:
        """Write a day."""
        return tie(day(value))

    def tolerance(self, function: Function) -> str | None:
        """Write how long a function may be down, None when nobody stated it."""
        limit = tolerated(function, "mtd")
        return self.span(limit, f"{function.id}.mtd") if limit else None

    def stop(self, impact: Impact) -> str:
        """Write how long an impact stops a function, all stops together."""
        several = f" in {count_word(len(impact.down))} stops" if len(impact.down) > 1 else ""
        return self.span(impact.stopped, *self.facts_of_stop(impact)) + several

    def facts_of_stop(self, impact: Impact) -> tuple[str, ...]:
        """Name the facts that the length of an interruption rests on."""
        function = impact.function
        judged = {f"{function}.{name}" for name in ("mtd", "rto", "criticality")}
        facts = facts_of_impact(self._results, impact)
        return tuple(fact for fact in facts if fact not in judged)
