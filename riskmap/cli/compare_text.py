"""A comparison on a terminal: what asks for attention first, what is as before last."""

import io
from collections.abc import Iterable, Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from riskmap.assessment.comparing import Change, Comparison, Decided, FindingChange, Tolerance
from riskmap.assessment.comparing.entries import FactChange
from riskmap.assessment.comparing.fact_words import (
    fact_clause,
    metric_label,
    metric_value,
    section_word,
)
from riskmap.assessment.comparing.function_words import (
    as_before,
    function_alone,
    function_sentence,
)
from riskmap.assessment.comparing.snapshot import MODEL, EntryState, Snapshot
from riskmap.assessment.comparing.words import (
    by_severity,
    cautions,
    cover_sentence,
    decision_sentence,
    difference,
    headline,
    plan_sentence,
    remark,
    rule_title,
)
from riskmap.cli.common import PLAIN_WIDTH
from riskmap.cli.findings_text import COLOURS
from riskmap.rules.statement import count_word, day, join, mention

SHOWN = 12
"""Lines of one part without --details."""

_FIGURES = "FIGURES"
_LOOKED_AT = "reviewed"
_LEAVING = "exit."

_SIGNS = {
    Tolerance.LOST: ("▲", "red"),
    Tolerance.NO_LONGER_KNOWN: ("▲", "red"),
    Tolerance.NOW_KNOWN: ("◆", "yellow"),
    Tolerance.KEPT: ("◆", "yellow"),
    Tolerance.GAINED: ("●", "green"),
}


def parts(comparison: Comparison, *, details: bool = False) -> RenderableType:
    """Return a comparison for a person.

    Parameters
    ----------
    details : bool
        Every finding and every change, however many.
    """
    return Group(*_parts(comparison, details=details))


def text_of(comparison: Comparison, *, details: bool = False) -> str:
    """Return the same as plain text of a fixed width."""
    stream = io.StringIO()
    plain = Console(file=stream, width=PLAIN_WIDTH, highlight=False, color_system=None)
    plain.print(parts(comparison, details=details))
    return "\n".join(line.rstrip() for line in stream.getvalue().split("\n"))


def _parts(comparison: Comparison, *, details: bool) -> Iterator[RenderableType]:
    yield _side("From", comparison.old)
    yield _side("to", comparison.new)
    yield Text()
    yield Text(headline(comparison), "bold")
    for caution in cautions(comparison):
        yield Text(caution, "yellow")
    sections = (
        ("FUNCTIONS AGAINST WHAT THEY CAN BEAR", _functions(comparison)),
        ("NEW FINDINGS", _whole(comparison, Change.NEW)),
        ("FINDINGS LOOKED FOR THE FIRST TIME", _whole(comparison, Change.NEWLY_LOOKED_FOR)),
        ("FINDINGS THAT GOT WORSE", _whole(comparison, Change.WORSENED)),
        ("FINDINGS WORSE IN ONE WAY AND BETTER IN ANOTHER", _whole(comparison, Change.ALTERED)),
        ("OPEN AGAIN", _decisions(comparison, Decided.EXPIRED, Decided.WITHDRAWN)),
        ("DECIDED ON SINCE", _decisions(comparison, Decided.TAKEN)),
        ("FINDINGS THAT GOT BETTER", _brief(comparison, Change.IMPROVED)),
        ("FINDINGS THAT ARE GONE", _brief(comparison, Change.RESOLVED)),
        ("FINDINGS NO LONGER LOOKED FOR", _brief(comparison, Change.NO_LONGER_LOOKED_FOR)),
        ("PLANS", _plans(comparison)),
        ("CHANGED IN THE MODEL", _model(comparison, details=details)),
        (_FIGURES, _figures(comparison)),
    )
    for head, lines in sections:
        yield from _section(head, lines, whole=details or head == _FIGURES)
    yield from _as_before(comparison, details=details)


def _side(word: str, snapshot: Snapshot) -> Text:
    text = Text(f"{word:<4} ", "dim")
    text.append(snapshot.organisation, "bold")
    return text.append(f", as of {day(snapshot.today)}", "none")


def _section(
    head: str, lines: Iterable[RenderableType], *, whole: bool
) -> Iterator[RenderableType]:
    listed = list(lines)
    if not listed:
        return
    shown = listed if whole or len(listed) <= SHOWN + 1 else listed[:SHOWN]
    yield Text()
    yield Text.assemble((head, "bold"), (f"  {len(listed)}" if len(listed) > 1 else "", "dim"))
    for line in shown:
        yield Padding(line, (0, 0, 0, 2))
    if len(shown) < len(listed):
        yield Text(f"  and {len(listed) - len(shown)} more (--details)", "dim")


def _functions(comparison: Comparison) -> Iterator[RenderableType]:
    for change in comparison.functions:
        sign, colour = _SIGNS[change.tolerance]
        if change.tolerance is Tolerance.KEPT and change.new.standing.beyond:
            sign, colour = "▲", "red"
        text = Text.assemble((f"{sign} ", colour), (change.new.title, "bold"), overflow="fold")
        yield text.append(f"  {function_sentence(comparison, change)}", "none")
    for state in comparison.functions_added:
        yield Text.assemble(("+ ", "dim"), (state.title, "bold"), f"  new; {function_alone(state)}")
    for state in comparison.functions_removed:
        yield Text.assemble(("- ", "dim"), (state.title, "bold"), "  no longer in the model")


def _whole(comparison: Comparison, change: Change) -> Iterator[Text]:
    """Yield findings with all that is to be said about them, and what to do."""
    for found in comparison.of(change):
        state = found.state
        text = _rule(found)
        text.append(f": {state.summary}.", "none")
        more = [difference(comparison, found), remark(comparison, found)]
        if not found.open:
            more.append(f"it is {decision_sentence(found)}")
        text.append("".join(f" {_capital(part)}." for part in more if part), "none")
        text.append(" → ", "dim")
        yield text.append(f"{state.recommendation}.", "italic")


def _brief(comparison: Comparison, change: Change) -> Iterator[Text]:
    """Yield findings in a line each."""
    for found in comparison.of(change):
        text = _head(found)
        more = [difference(comparison, found), remark(comparison, found)]
        said = "; ".join(part for part in more if part)
        yield text.append(f"; {said}" if said else "", "none")


def _decisions(comparison: Comparison, *decided: Decided) -> Iterator[Text]:
    for found in comparison.decided(*decided):
        yield _head(found).append(f"; {decision_sentence(found)}", "none")


def _head(found: FindingChange) -> Text:
    """Return severity, rule and subject."""
    return _rule(found).append(": ", "none").append(found.state.subject_title, "cyan")


def _rule(found: FindingChange) -> Text:
    state = found.state
    text = Text(f"{state.severity}  ", COLOURS[state.severity], overflow="fold")
    return text.append(rule_title(state.rule), "bold").append(f" ({state.rule})", "dim")


def _plans(comparison: Comparison) -> Iterator[Text]:
    for change in comparison.plans:
        text = Text(comparison.new.title(change.plan), "cyan", overflow="fold")
        yield text.append(f": {plan_sentence(change)}", "none")


def _model(comparison: Comparison, *, details: bool) -> Iterator[Text]:
    found = comparison.entries
    for entry in found.added:
        yield _entry("+", comparison.new, entry, "added")
    for entry in found.removed:
        yield _entry("-", comparison.old, entry, "removed")
    for pair in found.renamed:
        said = f"renamed: was {pair.before.id}, is {pair.after.id}"
        yield _entry("~", comparison.new, pair.after, said)
    for change in comparison.covers:
        entry = comparison.new.entries[change.entry]
        yield _entry("~", comparison.new, entry, cover_sentence(comparison, change))
    yield from _facts(comparison, details=details)


def _facts(comparison: Comparison, *, details: bool) -> Iterator[Text]:
    """Yield a line for each entry of which facts changed; those merely looked at again in one."""
    by_entry: dict[str, list[FactChange]] = {}
    for change in comparison.entries.facts:
        by_entry.setdefault(change.entry, []).append(change)
    again = []
    for name, changes in by_entry.items():
        told = changes if details else [c for c in changes if c.fact != _LOOKED_AT]
        said = "; ".join(_clauses(comparison, told, details=details))
        if not told:
            again.append(mention(name, comparison.new))
        elif name == MODEL:
            yield Text(f"~ the model as a whole: {said}", overflow="fold")
        else:
            yield _entry("~", comparison.new, comparison.new.entries[name], said)
    if again:
        yield Text(f"~ looked at again, otherwise as before: {join(again)}", overflow="fold")


def _clauses(comparison: Comparison, changes: list[FactChange], *, details: bool) -> Iterator[str]:
    """Yield a clause for each fact; many facts about leaving are counted, not listed."""
    leaving = [c for c in changes if c.fact.startswith(_LEAVING)]
    listed = details or len(leaving) <= 2
    for change in changes:
        if listed or change not in leaving:
            yield fact_clause(comparison, change)
    if not listed:
        yield f"{count_word(len(leaving))} facts about leaving it changed"


def _entry(sign: str, names: Snapshot, entry: EntryState, said: str) -> Text:
    text = Text(f"{sign} ", "dim", overflow="fold")
    text.append(f"{section_word(entry.section)} ", "none").append(mention(entry.id, names), "cyan")
    return text.append(f": {said}", "none")


def _figures(comparison: Comparison) -> Iterator[Text]:
    for change in comparison.metrics:
        old, new = (metric_value(change.name, value) for value in (change.old, change.new))
        yield Text(f"{metric_label(change.name)}: {new}, before {old}")


def _as_before(comparison: Comparison, *, details: bool) -> Iterator[RenderableType]:
    """Say what is as before, so that silence is not taken for safety."""
    functions = list(as_before(comparison))
    if functions:
        yield Text()
        yield from (Text(sentence) for sentence in functions)
    same = [found for found in comparison.findings if not found.changed]
    still = [found for found in same if found.open]
    if not same:
        return
    if not functions:
        yield Text()
    word = "finding is" if len(same) == 1 else "findings are"
    text = f"{_capital(count_word(len(same)))} {word} as before"
    if not still:
        text += ", and decided on"
    else:
        open_ones = "and open" if len(still) == len(same) else f"{len(still)} of them open"
        text += f"{' ' if len(still) == len(same) else ', '}{open_ones}: {by_severity(still)}"
    yield Text(f"{text}{'.' if details or not still else ' (--details lists them).'}")
    if details:
        for found in still:
            yield Padding(_head(found), (0, 0, 0, 2))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
