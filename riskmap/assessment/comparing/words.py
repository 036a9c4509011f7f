"""What a comparison says in words: sentences that a terminal, a comment and a report share.

Every sentence is a clause without a capital and a full stop, unless it says so.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from riskmap.assessment.comparing.comparison import Comparison
from riskmap.assessment.comparing.entries import CoverChange
from riskmap.assessment.comparing.findings import Change, Decided, FindingChange
from riskmap.assessment.comparing.plans import HeldTest, PlanChange, Shown
from riskmap.assessment.comparing.snapshot import FindingState
from riskmap.assessment.decisions import DECIDED
from riskmap.language import tr, trn
from riskmap.model import Severity, TestResult
from riskmap.rules.registry import RULES
from riskmap.rules.statement import day, duration, join, mention

_TITLES = {rule.id: rule.title for rule in RULES}


def rule_title(rule_id: str) -> str:
    """Return what a rule is called; its id where this riskmap does not know it."""
    return _TITLES.get(rule_id, rule_id)


def length(hours: float) -> str:
    """Write hours as a length of time."""
    return duration(hours * 3600)


# -- the whole ----------------------------------------------------------------------------------


def headline(comparison: Comparison) -> str:
    """Say in one sentence what became of the findings, or that nothing changed; with a stop."""
    if comparison.empty:
        return tr("Nothing changed: the model, what is found and every figure are the same.")
    parts = list(_counts(comparison))
    if not parts:
        return tr("Every finding is as before, and so is every decision about it.")
    total = sum(number for number, _ in parts)
    noun = trn("{count} finding changed", "{count} findings changed", total, count=total)
    same = len([f for f in comparison.findings if not f.changed])
    told = join(f"{number} {what}" for number, what in parts)
    rest = trn("{count} is as before", "{count} are as before", same, count=same)
    return f"{noun}: {told}" + (f"; {rest}." if same else ".")


def _counts(comparison: Comparison) -> Iterator[tuple[int, str]]:
    """Yield how many findings there are of each kind of change, each finding once."""
    named = (
        (Change.NEW, tr("new")),
        (Change.NEWLY_LOOKED_FOR, tr("looked for the first time")),
        (Change.WORSENED, tr("worse")),
        (Change.ALTERED, tr("worse in one way and better in another")),
        (Change.IMPROVED, tr("better")),
        (Change.RESOLVED, tr("gone")),
        (Change.NO_LONGER_LOOKED_FOR, tr("no longer looked for")),
    )
    for change, what in named:
        number = len(comparison.of(change))
        if number:
            yield number, what
    same = [f for f in comparison.of(Change.PERSISTING) if f.changed]
    decided = sum(f.decided is Decided.TAKEN for f in same)
    if decided:
        yield decided, tr("decided on")
    if len(same) - decided:
        yield len(same) - decided, tr("open again")


def by_severity(findings: Iterable[FindingChange]) -> str:
    """Count findings by severity, the worst first: ``2 critical and 1 low``."""
    counted = Counter(found.state.severity for found in findings)
    return join(f"{counted[s]} {s}" for s in reversed(Severity) if counted[s])


def cautions(comparison: Comparison) -> Iterator[str]:
    """Say what makes the two sides hard to compare, or explains every change; whole sentences."""
    old, new = comparison.old, comparison.new
    if comparison.only_time:
        yield tr(
            "The model states the same: whatever changed, changed because the day is another one."
        )
    if new.today < old.today:
        yield tr(
            "The older side is of {old} and the newer of {new}: are they the right way round?",
            old=day(old.today),
            new=day(new.today),
        )
    if old.currency != new.currency:
        yield tr("Amounts are in different currencies.")
    if old.version != new.version:
        yield tr(
            "The two were made by different versions of riskmap ({old} and {new}), which may judge"
            " differently.",
            old=old.version,
            new=new.version,
        )
    yield from _judging(comparison)


def _judging(comparison: Comparison) -> Iterator[str]:
    judging = comparison.judging
    if judging.newly_run:
        yield trn(
            "{rules} ran for the newer side only: what it finds may have been there before.",
            "{rules} ran for the newer side only: what they find may have been there before.",
            len(judging.newly_run),
            rules=join(judging.newly_run),
        )
    if judging.no_longer_run:
        yield trn(
            "{rules} ran for the older side only: what it found may still be there.",
            "{rules} ran for the older side only: what they found may still be there.",
            len(judging.no_longer_run),
            rules=join(judging.no_longer_run),
        )
    for name, before, after in judging.facts:
        yield tr(
            "Not judged alike: “{name}” of the policy was {old} and is {new}.",
            name=_threshold(name),
            old=_setting(name, before),
            new=_setting(name, after),
        )


def _threshold(name: str) -> str:
    return name.removesuffix("_hours").removesuffix("_share")


def _setting(name: str, value: object) -> str:
    if name.endswith("_hours") and isinstance(value, int | float):
        return length(value)
    if name.endswith("_share") and isinstance(value, int | float):
        return f"{value * 100:g}%"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(str, value))}]"
    return {True: tr("on"), False: tr("off"), None: tr("not stated")}.get(value, str(value))  # type: ignore[call-overload,no-any-return]


# -- findings ----------------------------------------------------------------------------------


def difference(comparison: Comparison, change: FindingChange) -> str:
    """Say in what a finding is worse or better; empty for one that only one side has."""
    old, new = change.old, change.new
    if old is None or new is None:
        return ""
    parts = []
    if old.severity is not new.severity:
        parts.append(tr("was {old}, is {new}", old=old.severity, new=new.severity))
    if old.stop != new.stop:
        parts.append(tr("longest stop {new}, before {old}", new=_stopped(new), old=_stopped(old)))
    before = {comparison.renames.id(name) for name in old.functions}
    more = [mention(n, comparison.new) for n in new.functions if n not in before]
    fewer = [
        mention(name, comparison.old)
        for name in old.functions
        if comparison.renames.id(name) not in new.functions
    ]
    if more:
        parts.append(tr("now concerns {functions} too", functions=join(more)))
    if fewer:
        parts.append(tr("no longer concerns {functions}", functions=join(fewer)))
    return "; ".join(parts)


def _stopped(state: FindingState) -> str:
    return length(state.stop)


def remark(comparison: Comparison, change: FindingChange) -> str:
    """Say what is behind a change: the day, an entry that came or went, a tolerance restated."""
    parts = []
    if change.due_to_time and not comparison.only_time:
        parts.append(tr("time alone brought this about"))
    if change.subject_changed and change.new is None:
        parts.append(tr("it is no longer in the model"))
    elif change.subject_changed and change.old is None:
        parts.append(tr("it is new in the model"))
    if change.restated and change.change is not Change.PERSISTING:
        names = join(mention(name, comparison.new) for name in change.restated)
        parts.append(tr("what {functions} can bear was stated anew", functions=names))
    left = _functions_gone(comparison, change)
    if left:
        parts.append(
            trn(
                "{functions} is no longer in the model",
                "{functions} are no longer in the model",
                len(left),
                functions=join(left),
            )
        )
    if change.unseen and change.change in {Change.RESOLVED, Change.IMPROVED}:
        names = join(mention(name, comparison.new) for name in change.unseen)
        parts.append(tr("the model does not say any more what {functions} needs", functions=names))
    return "; ".join(parts)


def _functions_gone(comparison: Comparison, change: FindingChange) -> list[str]:
    """Return the functions of a finding, gone or better, that are no longer in the model."""
    old, new = comparison.old, comparison.new
    if change.old is None or change.change not in {Change.RESOLVED, Change.IMPROVED}:
        return []
    gone = (n for n in change.old.functions if comparison.renames.id(n) not in new.functions)
    return [mention(name, old) for name in gone if name != change.old.subject]


def decision_sentence(change: FindingChange) -> str:
    """Say what was decided about a finding, or why the decision no longer holds."""
    made = change.new.decision if change.new is not None else None
    if change.decided is Decided.WITHDRAWN or made is None:
        return tr("the decision about it is gone: it is open again")
    if change.decided is Decided.EXPIRED:
        ended = f" {tr('on {day}', day=day(made.expires))}" if made.expires else ""
        return tr("the decision about it expired{ended}: it is open again", ended=ended)
    words = DECIDED[made.status]
    until = tr("until {day}", day=day(made.expires)) if made.expires else tr("without an end")
    by = tr(", approved by {role}", role=made.approved_by) if made.approved_by else ""
    reason = f": {made.reason.rstrip('.')}" if made.reason else ""
    return f"{words} {until}{by}{reason}"


# -- plans and contracts -------------------------------------------------------------------------

_RESULTS = {
    TestResult.PASSED: "passed",
    TestResult.PARTIAL: "passed in part",
    TestResult.FAILED: "failed",
}


def plan_sentence(change: PlanChange) -> str:
    """Say which tests of a plan were held, and what they now show."""
    parts = [_test(test) for test in change.held]
    newest = change.newest
    if change.became_overdue and newest is not None:
        parts.append(tr("its last test, on {day}, is too old by now", day=day(newest.date)))
    elif change.before is not change.after:
        parts.append(_SHOWN[change.after])
    return "; ".join(parts)


_SHOWN = {
    Shown.TESTED: "it counts as tested",
    Shown.OVERDUE: "its last passed test is too old",
    Shown.FAILED: "it did not pass its last test",
    Shown.NEVER: "no test of it is known any more",
}


def _test(test: HeldTest) -> str:
    took = "" if test.took is None else tr(", took {length}", length=length(test.took))
    return tr(
        "tested on {day}: {result}{took}",
        day=day(test.date),
        result=_RESULTS[test.result],
        took=took,
    )


def cover_sentence(comparison: Comparison, change: CoverChange) -> str:
    """Say which contracts in force cover something now, and which no longer do."""
    gained = [mention(name, comparison.new) for name in change.gained]
    lost = [mention(name, comparison.old) for name in change.lost]
    parts = []
    if gained:
        parts.append(tr("now covered by {contracts}", contracts=join(gained)))
    if lost:
        parts.append(tr("no longer covered by {contracts}", contracts=join(lost)))
    if not change.covered:
        parts.append(tr("no contract covers it now"))
    return "; ".join(parts)
