"""A comparison as Markdown for a comment on a pull request, made harmless as an assessment is.

What asks for attention stands open; what got better, what changed in the model and the figures are
folded away. A comment holds only so much: what does not fit is left out part by part, and counted.
"""

from collections.abc import Iterable, Iterator

from riskmap.assessment.comparing import Change, Comparison, Decided, FindingChange
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
from riskmap.formats.markdown import MOST, escape
from riskmap.rules.statement import day

_ROOM = 200
"""Characters kept for saying what was left out."""


def write(comparison: Comparison) -> bytes:
    """Return the whole comment, ending in a newline."""
    blocks = [_head(comparison)]
    room = MOST - len(blocks[0]) - _ROOM
    left = 0
    for head, lines, folded in _parts(comparison):
        for block, number in _blocks(head, list(lines), folded=folded, room=room):
            room -= len(block) + 2
            left += number
            blocks.append(block)
    if left:
        word = "line is" if left == 1 else "lines are"
        blocks.append(f"**{left} more {word} left out here**, since a comment holds only so much.")
    return ("\n\n".join(block for block in blocks if block) + "\n").encode()


def _blocks(head: str, lines: list[str], *, folded: bool, room: int) -> Iterator[tuple[str, int]]:
    """Yield a part as far as there is room, with the number of its lines that are left out."""
    if not lines:
        return
    shown: list[str] = []
    room -= len(head) + 60
    for line in lines:
        room -= len(line) + 3
        if room < 0:
            break
        shown.append(f"- {line}")
    title = f"{head} ({len(lines)})"
    inside = "\n".join(shown)
    if folded:
        block = f"<details>\n<summary><b>{title}</b></summary>\n\n{inside}\n\n</details>"
    else:
        block = f"**{title}**\n\n{inside}"
    yield block if shown else "", len(lines) - len(shown)


def _head(comparison: Comparison) -> str:
    old, new = comparison.old, comparison.new
    sides = (f"{escape(side.organisation)}, {day(side.today)}" for side in (old, new))
    lines = [f"### riskmap: {' → '.join(sides)}", "", f"**{headline(comparison)}**"]
    lines += [f"\n> {escape(caution)}" for caution in cautions(comparison)]
    return "\n".join(lines)


def _parts(comparison: Comparison) -> Iterator[tuple[str, Iterable[str], bool]]:
    """Yield the head of each part, its lines, and whether it is folded away."""
    yield "What functions can bear", _functions(comparison), False
    yield "New findings", _findings(comparison, Change.NEW), False
    fresh = _findings(comparison, Change.NEWLY_LOOKED_FOR)
    yield "Findings looked for the first time", fresh, False
    yield "Findings that got worse", _findings(comparison, Change.WORSENED), False
    altered = _findings(comparison, Change.ALTERED)
    yield "Findings worse in one way and better in another", altered, False
    again = _decided(comparison, Decided.EXPIRED, Decided.WITHDRAWN)
    yield "Open again", again, False
    yield "Decided on since", _decided(comparison, Decided.TAKEN), False
    yield "Findings that got better", _findings(comparison, Change.IMPROVED), True
    yield "Findings that are gone", _findings(comparison, Change.RESOLVED), True
    silent = _findings(comparison, Change.NO_LONGER_LOOKED_FOR)
    yield "Findings no longer looked for", silent, True
    yield "Plans", _plans(comparison), True
    yield "Changed in the model", _model(comparison), True
    yield "Figures", _figures(comparison), True
    still = [found for found in comparison.findings if not found.changed and found.open]
    if still:
        yield f"Open as before: {by_severity(still)}", map(_named, still), True


def _functions(comparison: Comparison) -> Iterator[str]:
    for change in comparison.functions:
        said = function_sentence(comparison, change)
        yield f"**{escape(change.new.title)}**: {escape(said)}."
    yield from (escape(sentence) for sentence in as_before(comparison))
    for state in comparison.functions_added:
        yield f"**{escape(state.title)}**: new; {escape(function_alone(state))}."
    for state in comparison.functions_removed:
        yield f"**{escape(state.title)}**: no longer in the model."


def _named(found: FindingChange) -> str:
    state = found.state
    return (
        f"{state.severity}: **{escape(rule_title(state.rule))}** ({state.rule}),"
        f" {escape(state.subject_title)}"
    )


def _findings(comparison: Comparison, change: Change) -> Iterator[str]:
    for found in comparison.of(change):
        text = _named(found)
        if found.fresh:
            text += f": {escape(found.state.summary)}"
        more = [difference(comparison, found), remark(comparison, found)]
        text += "".join(f"; {escape(part)}" for part in more if part)
        if found.fresh:
            text += f". *What to do:* {escape(found.state.recommendation)}"
        yield f"{text}."


def _decided(comparison: Comparison, *decided: Decided) -> Iterator[str]:
    for found in comparison.decided(*decided):
        yield f"{_named(found)}: {escape(decision_sentence(found))}."


def _plans(comparison: Comparison) -> Iterator[str]:
    for change in comparison.plans:
        title = escape(comparison.new.title(change.plan))
        yield f"**{title}**: {escape(plan_sentence(change))}."


def _model(comparison: Comparison) -> Iterator[str]:
    found, new = comparison.entries, comparison.new
    for entry in found.added:
        yield f"{_entry(entry)}: added"
    for entry in found.removed:
        yield f"{_entry(entry)}: removed"
    for pair in found.renamed:
        was, now = escape(pair.before.id), escape(pair.after.id)
        yield f"{_entry(pair.after)}: renamed from {was} to {now}"
    for cover in comparison.covers:
        said = escape(cover_sentence(comparison, cover))
        yield f"{_entry(new.entries[cover.entry])}: {said}"
    for change in found.facts:
        yield f"{_about(new, change.entry)}: {escape(fact_clause(comparison, change))}"


def _about(new: Snapshot, entry: str) -> str:
    return "the model as a whole" if entry == MODEL else _entry(new.entries[entry])


def _entry(entry: EntryState) -> str:
    return f"{section_word(entry.section)} **{escape(entry.title)}**"


def _figures(comparison: Comparison) -> Iterator[str]:
    for change in comparison.metrics:
        old, new = (metric_value(change.name, value) for value in (change.old, change.new))
        yield f"{metric_label(change.name)}: {new}, before {old}"
