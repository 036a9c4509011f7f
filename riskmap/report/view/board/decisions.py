"""What the board is asked to decide: open findings, gathered by what one decision would settle."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from riskmap.assessment import Treated
from riskmap.report.view.board import advice, asks
from riskmap.report.view.context import Context
from riskmap.report.view.words import capital, counted
from riskmap.rules.finding import Finding

MOST = 5
"""Decisions on the first page; a board decides no more in one sitting."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions asked for.

    Attributes
    ----------
    more : str
        What is left for the attached file, empty when nothing is.
    """

    rows: tuple[asks.Decision, ...]
    more: str


def decisions(context: Context) -> Decisions:
    """Return what the board is asked to decide, the most pressing first."""
    open_findings = [t for t in context.assessment.findings if t.open]
    groups: dict[tuple[str, ...], list[Treated]] = {}
    for treated in open_findings:
        for topic, rules, group_key in _TOPICS:
            if treated.finding.rule in rules:
                groups.setdefault((topic, *group_key(context, treated.finding)), []).append(treated)
    groups = {key: found for key, found in groups.items() if not _planned(key, found, groups)}
    ranked = sorted(groups.items(), key=lambda item: _weight(context, item[0], item[1]))
    rows = [_WRITERS[key[0]](context, [t.finding for t in found]) for key, found in ranked]
    expired = [treated for treated in open_findings if treated.expired]
    if expired:
        rows.insert(0, asks.decide_again(context, expired))
    rest = len(rows) - MOST
    more = ""
    if rest > 0:
        rows = rows[:MOST]
        more = f"{capital(counted(rest, 'further recommendation'))} {'is' if rest == 1 else 'are'} "
        more += "in the attached assessment."
    return Decisions(tuple(rows), more)


def _planned(
    key: tuple[str, ...], found: list[Treated], groups: Mapping[tuple[str, ...], object]
) -> bool:
    """Tell whether a plan that the board is asked for anyway settles what is advised."""
    causes = {t.finding.cause or t.finding.subject for t in found}
    return key[0] == "advice" and all(("plan", cause) in groups for cause in causes)


# -- which findings one decision settles -----------------------------------------------------

_Key = Callable[[Context, Finding], tuple[str, ...]]


def _by_subject(_: Context, finding: Finding) -> tuple[str, ...]:
    return (finding.subject,)


def _by_rule_and_subject(_: Context, finding: Finding) -> tuple[str, ...]:
    return (finding.rule, finding.subject)


def _by_first(_: Context, finding: Finding) -> tuple[str, ...]:
    return (asks.first_named(finding),)


def _by_involved(_: Context, finding: Finding) -> tuple[str, ...]:
    return finding.involves


def _together(_: Context, __: Finding) -> tuple[str, ...]:
    return ()


_TOPICS: tuple[tuple[str, frozenset[str], _Key], ...] = (
    ("ready", frozenset({"RM202", "RM204", "RM205", "RM206", "RM208", "RM209"}), _by_subject),
    ("plan", frozenset({"RM201"}), _by_first),
    ("second", frozenset({"RM203"}), _by_involved),
    ("watch", frozenset({"RM301", "RM302", "RM303"}), _together),
    ("loosen", frozenset({"RM401"}), _by_involved),
    ("advice", frozenset(advice.GAINS), _by_rule_and_subject),
    ("confirm", advice.QUESTIONS, _together),
)


def _weight(
    context: Context, key: tuple[str, ...], found: list[Treated]
) -> tuple[int, bool, int, float, tuple[str, ...]]:
    """Sort key: severity, then what settles the headline, the kind of decision, how bad."""
    worst = max(t.finding.severity.rank for t in found)
    order = [name for name, _, _ in _TOPICS].index(key[0])
    impacts = [context.worst(name) for t in found for name in t.finding.functions[:1]]
    longest = max((i.stopped for i in impacts if i is not None), default=0.0)
    return -worst, not _settles_headline(context, key, found), order, -longest, key


def _settles_headline(context: Context, key: tuple[str, ...], found: list[Treated]) -> bool:
    """Tell whether a decision is about the weak point of the headline."""
    focus = context.focus
    if focus is None or key[0] not in {"ready", "plan", "second"}:
        return False
    named = {*key[1:], *(e for t in found for e in asks.concerned(context, t.finding))}
    if key[0] == "plan":
        named = set(key[1:])
    return focus.element in named


_WRITERS: dict[str, Callable[[Context, list[Finding]], asks.Decision]] = {
    "ready": asks.make_ready,
    "plan": asks.write_plan,
    "second": asks.second_way,
    "watch": asks.watch,
    "loosen": asks.loosen,
    "advice": advice.follow,
    "confirm": advice.confirm,
}
