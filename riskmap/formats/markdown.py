"""The assessment as Markdown for a comment on a pull request.

Short on top: a table of the functions against what they can bear, and how many findings there are;
every finding folded away below. Text from the model is made harmless: it can start no markup, no
link, no mention and no reference to an issue, on GitHub and GitLab alike. A comment may hold 65,536
characters on GitHub; what does not fit is left out, and counted.
"""

import re
from collections.abc import Iterator

from riskmap.assessment import Assessment, Treated
from riskmap.formats.wording import counts, length, orphans, printable, said, stop, verdict
from riskmap.rules.statement import day

MOST = 60_000
"""Characters of one comment; GitHub refuses more than 65,536."""

_HEADS = (
    "Function",
    "It can bear",
    "One failure stops it for",
    "Worst single failure",
    "Verdict",
)

_GAP = "\u200b"
"""A space of no width: it keeps a sign and the word after it from being read together."""

_SIGNS = re.compile(r"(?<=[@#!&~%^$:])(?=[\w+-])|(?<=://)|(?<=:)(?=//)|(?<=GH)(?=-)|(?<=www)(?=\.)")
_MARKUP = re.compile(r"([\\`*_\[\]|~$])")


def escape(text: str) -> str:
    r"""Return text that Markdown shows as it is.

    >>> escape("*[x](y)* | <b>")
    '\\*\\[x\\](y)\\* \\| &lt;b&gt;'
    """
    return _MARKUP.sub(r"\\\1", _harmless(text))


def _harmless(text: str) -> str:
    """Return text for inside HTML, where a backslash is a backslash."""
    line = _SIGNS.sub(_GAP, " ".join(printable(text).split()))
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def write(assessment: Assessment) -> bytes:
    """Return the whole comment, ending in a newline."""
    head = "\n".join(_head(assessment))
    tail = "\n".join(_tail(assessment))
    room = MOST - len(head) - len(tail)
    blocks = list(_blocks(assessment))
    shown: list[str] = []
    for block, _ in blocks:
        room -= len(block) + 2
        if room < 0:
            break
        shown.append(block)
    left = sum(number for _, number in blocks[len(shown) :])
    if left:
        word = "finding is" if left == 1 else "findings are"
        shown.append(f"**{left} more {word} left out here**, since a comment holds only so much.")
    return ("\n\n".join([head, *shown, tail]).strip() + "\n").encode()


def _head(assessment: Assessment) -> Iterator[str]:
    yield f"### riskmap: {escape(assessment.model.organisation)}, {day(assessment.today)}"
    yield ""
    if assessment.functions:
        yield f"| {' | '.join(_HEADS)} |"
        yield "|---" * len(_HEADS) + "|"
    for function in assessment.functions:
        impact = assessment.worst_impacts[function.id]
        mtd = function.objectives.mtd
        stopped = stop(impact)
        cause = escape(assessment.model.title(impact.element)) if impact and stopped else ""
        cells = (
            escape(function.title),
            length(None if mtd is None else mtd.total_seconds(), "not stated"),
            stopped,
            cause,
            verdict(function, impact),
        )
        yield f"| {' | '.join(cells)} |"
    yield ""
    yield f"**{counts(assessment)}.**"


def _blocks(assessment: Assessment) -> Iterator[tuple[str, int]]:
    """Yield each folded block with how many findings it holds: open ones, then those decided on."""
    for concern in assessment.concerns:
        findings = concern.findings
        number = "1 finding" if len(findings) == 1 else f"{len(findings)} findings"
        title = _harmless(assessment.model.title(concern.subject))
        head = f"<b>{title}</b>: {concern.severity}, {number}"
        yield _folded(head, [_open(assessment, treated) for treated in findings]), len(findings)
    decided = [treated for treated in assessment.findings if not treated.open]
    if decided:
        head = f"<b>Decided on</b>: {len(decided)}"
        yield _folded(head, [_decided(assessment, t) for t in decided]), len(decided)


def _folded(head: str, lines: list[str]) -> str:
    inside = "\n".join(f"- {line}" for line in lines)
    return f"<details>\n<summary>{head}</summary>\n\n{inside}\n\n</details>"


def _open(assessment: Assessment, treated: Treated) -> str:
    words, finding = said(assessment, treated), treated.finding
    text = f"**{words.title}** ({finding.rule}, {finding.severity}): {escape(words.summary)}."
    if words.decision:
        text += f" {escape(words.decision)}."
    return f"{text} *What to do:* {escape(words.recommendation)}."


def _decided(assessment: Assessment, treated: Treated) -> str:
    words, severity = said(assessment, treated), treated.finding.severity
    named = f"**{escape(words.subject)}**: {words.title} ({treated.finding.rule}, {severity})"
    return f"{named}. {escape(words.decision)}."


def _tail(assessment: Assessment) -> Iterator[str]:
    for text in orphans(assessment):
        yield f"- {escape(text)}"
    count = len(assessment.results.assumptions)
    if count:
        rests = "1 fact is" if count == 1 else f"{count} facts are"
        yield ""
        yield f"{rests} assumed or missing."
