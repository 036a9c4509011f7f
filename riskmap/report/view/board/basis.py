"""What was decided, what the conclusions rest on, how old the facts are, what the method cannot."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from riskmap.assessment import Treated
from riskmap.language import trn
from riskmap.model import Severity
from riskmap.report.view.context import Context
from riskmap.report.view.parts import Cell, Mark, bad, fair, gap, good
from riskmap.report.view.words import capital, counted, listed, shorten, tie
from riskmap.rules.assumptions import Assumption, AssumptionKind
from riskmap.rules.registry import rule
from riskmap.rules.statement import count_word

MOST = 8
"""Entries whose facts are listed."""
DECIDED = 5
"""Decisions listed, those that have expired first."""
PATTERNS = 12
"""Patterns listed, the most severe first."""


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision already taken about a finding."""

    what: str
    mark: Mark
    why: Cell
    who: Cell
    until: Cell


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern that was looked for and found."""

    title: str
    found: str
    mark: Mark
    waiting: str


@dataclass(frozen=True, slots=True)
class RestsOn:
    """What is assumed or missing about one entry, and how many findings rest on it."""

    entry: str
    facts: str
    findings: str


@dataclass(frozen=True, slots=True)
class Basis:
    """The ground the report stands on."""

    patterns: tuple[Pattern, ...]
    patterns_more: str
    decided: tuple[Decided, ...]
    decided_more: str
    undecided: str
    orphans: tuple[str, ...]
    rests_title: str
    rests: tuple[RestsOn, ...]
    rests_more: str
    age: tuple[str, ...]
    limits: tuple[str, ...]


def build(context: Context) -> Basis:
    """Return the last section; every report has it."""
    treated = [t for t in context.assessment.findings if t.treatment is not None]
    treated.sort(key=lambda t: (not t.expired, t.finding.key))
    most = context.rows(DECIDED)
    further = len(treated) - most
    ordered = list(context.results.assumptions.values())
    patterns = list(_patterns(context))
    rests = _rests(context, ordered)
    rest = len(rests) - context.rows(MOST)
    more = ""
    if rest > 0:
        more = f"{capital(counted(rest, 'further entry', 'further entries'))} with assumed or"
        more += " missing facts: see the attached assessment."
    return Basis(
        patterns=tuple(patterns[: context.rows(PATTERNS)]),
        patterns_more=_patterns_more(len(patterns) - context.rows(PATTERNS)),
        decided=tuple(_decided(context, t) for t in treated[:most]),
        decided_more=f"{capital(counted(further, 'further decision'))} in the attached assessment."
        if further > 0
        else "",
        undecided=_undecided(context),
        orphans=tuple(
            f"“{shorten(orphan.treatment.title, 60)}” decides about {orphan.treatment.about}, and"
            " there is no such finding."
            for orphan in context.assessment.orphans[:3]
        ),
        rests_title=_rests_title(ordered),
        rests=tuple(rests[: context.rows(MOST)]),
        rests_more=more,
        age=tuple(_age(context)),
        limits=LIMITS,
    )


LIMITS = (
    "Lengths are worst plausible outages, one at a time: what could happen, not how likely it is.",
    "Two failures at once are judged for critical functions; riskmap cutsets lists larger sets.",
    "A fallback counts at the times its plan states, tested or not; without times, as never there.",
    "A missing fact makes a result worse, never better. What the model leaves out, nobody sees.",
)
"""What the method cannot say."""


def _decided(context: Context, treated: Treated) -> Decided:
    words, treatment = context.words, treated.treatment
    assert treatment is not None
    if treated.expired:
        mark = bad("Expired")
    elif treated.open:
        mark = fair(capital(str(treatment.status)))
    else:
        mark = good(capital(str(treatment.status)))
    until = gap("no end stated")
    if treatment.expires is not None:
        until = Cell(words.day(treatment.expires))
    who = Cell(treatment.owner) if treatment.owner else gap("owner to be named")
    if treatment.approved_by:
        who = Cell(who.text, gap=who.gap, note=f"approved by {treatment.approved_by}")
    return Decided(
        what=_ended(shorten(words.sentence(treated.finding.summary), 160)),
        mark=mark,
        why=Cell(tie(treatment.reason)) if treatment.reason else gap("no reason given"),
        who=who,
        until=until,
    )


def _ended(sentence: str) -> str:
    """End a sentence with a full stop, unless it was cut."""
    return sentence if sentence.endswith("…") else f"{sentence}."


_MARKS = {
    Severity.CRITICAL: bad("Critical"),
    Severity.HIGH: bad("High"),
    Severity.MEDIUM: fair("Medium"),
    Severity.LOW: good("Low"),
}


def _patterns(context: Context) -> Iterator[Pattern]:
    """Count the findings of each rule, the most severe first."""
    by_rule: dict[str, list[Treated]] = {}
    for treated in context.assessment.findings:
        by_rule.setdefault(treated.finding.rule, []).append(treated)
    ordered = sorted(
        by_rule.items(), key=lambda i: (-max(t.finding.severity.rank for t in i[1]), i[0])
    )
    for rule_id, found in ordered:
        worst = max((t.finding.severity for t in found), key=lambda severity: severity.rank)
        waiting = sum(1 for treated in found if treated.open)
        title = f"{rule(rule_id).title} ({rule_id})"
        yield Pattern(title, str(len(found)), _MARKS[worst], str(waiting))


def _patterns_more(rest: int) -> str:
    if rest <= 0:
        return ""
    return trn(
        "One further, less severe pattern was found: see the attached assessment.",
        "{count} further, less severe patterns were found: see the attached assessment.",
        rest,
        count=capital(count_word(rest)),
    )


def _undecided(context: Context) -> str:
    """Say how many findings wait for a decision."""
    total = len(context.assessment.findings)
    waiting = sum(1 for treated in context.assessment.findings if treated.open)
    if not total:
        return "There are no findings to decide on."
    if not waiting:
        return f"All {counted(total, 'finding')} have been decided on."
    wait = "waits" if waiting == 1 else "wait"
    if waiting == total > 1:
        return f"All {counted(total, 'finding')} wait for a decision."
    return f"{capital(counted(waiting, 'finding'))} of {total} {wait} for a decision."


def _rests_title(assumptions: list[Assumption]) -> str:
    if not assumptions:
        return "The conclusions rest on stated facts only"
    assumed = sum(1 for a in assumptions if a.kind is AssumptionKind.ASSUMED)
    parts = []
    if assumed:
        parts.append(counted(assumed, "assumption"))
    missing = sum(1 for a in assumptions if a.kind is AssumptionKind.MISSING)
    if missing:
        parts.append(counted(missing, "missing fact"))
    unconfirmed = len(assumptions) - assumed - missing
    if unconfirmed:
        parts.append(counted(unconfirmed, "unconfirmed need"))
    return f"The conclusions rest on {' and '.join(parts)}"


def _rests(context: Context, assumptions: list[Assumption]) -> list[RestsOn]:
    """Gather what is not known by the entry it is about, the weightiest first."""
    used: dict[str, set[str]] = {}
    for treated in context.assessment.findings:
        for key in treated.finding.assumptions:
            used.setdefault(key, set()).add(treated.finding.key)
    by_entry: dict[str, list[Assumption]] = {}
    for assumption in assumptions:
        by_entry.setdefault(assumption.subject, []).append(assumption)
    found = []
    for subject, about in by_entry.items():
        findings = set().union(*(used.get(a.key, set()) for a in about))
        about.sort(key=lambda a: (-len(used.get(a.key, ())), a.fact))
        said = listed([_fact(context, a) for a in about], 5, "fact")
        row = RestsOn(context.words.short(subject, 60), said, str(len(findings) or "none"))
        found.append((-len(findings), subject, row))
    return [row for _, _, row in sorted(found, key=lambda item: item[:2])]


FACTS: Mapping[str, str] = MappingProxyType(
    {
        "": "all that is said about it",
        "acknowledges_after": "when it admits an outage",
        "activate": "time to start",
        "annual_cost": "yearly cost",
        "appeal": "whether it can be contested",
        "automated": "whether a machine decides",
        "capacity": "how much it carries",
        "coupled_to": "what it is tied to",
        "credits": "what the contract pays",
        "criticality": "how much it matters",
        "decide": "time to decide",
        "detect": "time to notice",
        "exit": "what leaving takes",
        "fails": "how long it lasts",
        "liability_cap": "what the contract pays",
        "loss": "what a stop costs",
        "market": "whether others sell it",
        "minimum": "the least it needs",
        "mtd": "how long it can be down",
        "needs": "what it needs",
        "outage": "how long it may be out",
        "owner": "who owns it",
        "rto": "recovery target",
        "shares": "which share goes where",
        "sla": "what is promised",
        "sla.period": "over what time the promise is measured",
        "steps": "its steps",
        "sustains": "how long it holds",
    }
)
"""Facts of the model in the words of a director; others keep their name."""


def _fact(context: Context, assumption: Assumption) -> str:
    section, _, target = assumption.fact.partition(".")
    if section == "needs" and target in context.model:
        said = f"that it needs {context.words.name(target)}"
    else:
        said = FACTS.get(assumption.fact, assumption.fact.replace("_", " "))
    if assumption.kind is AssumptionKind.MISSING:
        return f"{said} (missing)"
    return f"{said} (unconfirmed)" if assumption.kind is AssumptionKind.UNCONFIRMED else said


def _age(context: Context) -> list[str]:
    words, model = context.words, context.model
    stated = words.day(model.as_of) if model.as_of else None
    found = [
        f"The model describes {stated}."
        if stated
        else "The model does not say which day it describes."
    ]
    found.append(f"It was assessed as of {words.day(context.assessment.today)}.")
    entries = [model.entry(name) for name in model.ids()]
    reviewed = [entry.reviewed for entry in entries if entry.reviewed is not None]
    if not reviewed:
        found.append("No entry says when it was last reviewed.")
    else:
        never = len(entries) - len(reviewed)
        found.append(
            f"The oldest review of an entry is of {words.day(min(reviewed))};"
            f" {counted(never, 'entry', 'entries')} of {len(entries)} never had one."
        )
    return found
