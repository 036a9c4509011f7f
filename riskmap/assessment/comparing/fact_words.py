"""What changed in the model and in the figures, in words: a clause for each."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from riskmap.assessment.comparing.comparison import Comparison
from riskmap.assessment.comparing.entries import FactChange
from riskmap.assessment.comparing.snapshot import Snapshot
from riskmap.language import tr
from riskmap.rules.statement import day, duration, join, mention, percent

LONGEST = 120
"""Characters of a text that are shown."""
MOST = 6
"""Items of a list that are named."""

_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "mtd_hours": "what it can bear (mtd)",
        "rto_hours": "recovery objective (rto)",
        "rpo_hours": "data it can lose, as time (rpo)",
        "minimum_share": "least it needs (minimum)",
        "outage.worst_hours": "worst outage",
        "outage.typical_hours": "usual outage",
        "outage.per_year": "outages a year",
        "outage.confidence": "how its outages are known",
        "outage.source": "source of its outages",
        "fails_alone": "has failures of its own",
        "unavailability_share": "share of time it is down",
        "contracted_by": "known to be contracted by",
        "coupled_to": "tied to",
        "starts": "first day",
        "ends": "last day",
        "notice_hours": "our notice",
        "provider_notice_hours": "the provider's notice",
        "annual_cost": "cost a year",
        "liability_cap": "most that damages reach",
        "credits": "most that credits reach",
        "detect_hours": "time to notice",
        "decide_hours": "time to decide",
        "activate_hours": "time to get it running",
        "sustains_hours": "how long it can be kept up",
        "capacity_share": "share of the work it carries",
        "section": "kind of entry",
        "assumed": "marked as assumed",
        "exit_people": "people who can work on leaving",
    }
)
"""What a fact is called where its key does not say it."""

_SECTIONS: Mapping[str, str] = MappingProxyType(
    {
        "functions": "function",
        "services": "service",
        "third_parties": "third party",
        "providers": "provider",
        "contracts": "contract",
        "contingencies": "plan",
        "scenarios": "scenario",
        "treatments": "decision",
    }
)


def section_word(section: str) -> str:
    """Return what an entry of a section is."""
    return _SECTIONS.get(section, section)


def fact_clause(comparison: Comparison, change: FactChange) -> str:
    """Say what a fact was and is."""
    label = _label(change.fact)
    if isinstance(change.old, list | None) and isinstance(change.new, list | None):
        return f"{label}: {_listed(comparison, change)}"
    if change.old is None:
        return tr(
            "{fact}: now stated, {new}", fact=label, new=_said(change, change.new, comparison.new)
        )
    if change.new is None:
        return tr(
            "{fact}: no longer stated (was {old})",
            fact=label,
            old=_said(change, change.old, comparison.old),
        )
    return tr(
        "{fact}: was {old}, is {new}",
        fact=label,
        old=_said(change, change.old, comparison.old),
        new=_said(change, change.new, comparison.new),
    )


def _label(fact: str) -> str:
    if fact in _LABELS:
        return _LABELS[fact]
    plain = fact.removesuffix("_hours").removesuffix("_share")
    return plain.replace(".", ", ").replace("_", " ")


def _said(change: FactChange, value: Any, names: Snapshot) -> str:
    fact = change.fact
    match value:
        case bool():
            return tr("yes") if value else tr("no")
        case int() | float() if fact.endswith("_hours"):
            return duration(value * 3600)
        case int() | float() if fact.endswith("_share"):
            return percent(Fraction(value))
        case int() | float():
            return f"{value:,.10g}"
        case str() if fact == "section":
            return section_word(value)
        case str():
            return _text(value, names)
    return tr("written otherwise")


def _text(value: str, names: Snapshot) -> str:
    if value in names:
        return mention(value, names)
    try:
        return day(date.fromisoformat(value))
    except ValueError:
        line = " ".join(value.split())
        return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _listed(comparison: Comparison, change: FactChange) -> str:
    """Say what came into a list and what went out of it, or what is stated otherwise in it."""
    old, new = comparison.old, comparison.new
    pairs_before, pairs_now = _pairs(change.old), _pairs(change.new)
    if pairs_before is not None and pairs_now is not None:
        return join(_restated(pairs_before, pairs_now)) or tr("details changed")
    moved = comparison.renames.value(change.old or [])
    had = Counter(_item(item, new if _in(item, new) else old) for item in moved)
    has = Counter(_item(item, new) for item in change.new or [])
    came, went = _shown(has - had), _shown(had - has)
    parts = []
    if came:
        parts.append(tr("now with {items}", items=came))
    if went:
        parts.append(tr("no longer with {items}", items=went))
    return "; ".join(parts) if parts else tr("details changed")


def _pairs(value: Any) -> dict[str, Any] | None:
    """Return a list of names with a value each as a mapping, None where it is something else."""
    found = {}
    for item in value or []:
        if not (isinstance(item, list) and len(item) == 2 and isinstance(item[0], str)):
            return None
        found[item[0]] = item[1]
    return found


def _restated(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    unstated = tr("not stated")
    for name in sorted({*old, *new}):
        before, after = (
            str(held[name]) if isinstance(held.get(name), str | int) else unstated
            for held in (old, new)
        )
        if before != after:
            yield tr("{name} was {old}, is {new}", name=name, old=before, new=after)


def _shown(items: Counter[str]) -> str:
    """Name some items; those that have no name are left out."""
    listed = sorted(item for item in items.elements() if item)
    if len(listed) > MOST + 1:
        listed[MOST:] = [tr("{count} more", count=len(listed) - MOST)]
    return join(listed)


def _in(item: Any, names: Snapshot) -> bool:
    named = _named(item)
    return named is not None and named in names


def _named(item: Any) -> str | None:
    """Return the id that an item of a list is about."""
    if isinstance(item, str):
        return item
    if isinstance(item, dict):
        found = (item.get(key) for key in ("target", "service", "element"))
        return next((name for name in found if isinstance(name, str)), None)
    return None


def _item(item: Any, names: Snapshot) -> str:
    match item:
        case str():
            return _text(item, names)
        case {"target": str(target), "share": int() | float() as share}:
            return f"{_text(target, names)} ({percent(Fraction(share))})"
        case {"target": str(target), "hardness": str(hardness)}:
            return f"{_text(target, names)} ({hardness})"
        case {"count": int(count), "members": list(members)}:
            inside = join((_item(member, names) for member in members), last="or")
            return tr("{count} of {members}", count=count, members=inside)
        case {"date": str(held), "result": str(result)}:
            return tr("one on {day} ({result})", day=_text(held, names), result=result)
        case {"action": str(told)} | {"audience": str(told)}:
            return f"“{_text(told, names)}”"
    named = _named(item)
    return "" if named is None else _text(named, names)


# -- figures -----------------------------------------------------------------------------------

_METRICS: Mapping[str, str] = MappingProxyType(
    {
        "functions": "Functions",
        "functions_beyond_tolerance": "Functions beyond what they can bear",
        "functions_unknown": "Functions of which nobody said what they need",
        "single_points": "Single points of failure",
        "single_points_with_plans": "Single points of failure, plans counted",
        "double_points": "Double points of failure",
        "double_points_with_plans": "Double points of failure, plans counted",
        "open_findings": "Open findings",
        "open_critical": "Open findings, critical",
        "open_high": "Open findings, high",
        "open_medium": "Open findings, medium",
        "open_low": "Open findings, low",
        "decided_findings": "Findings decided on",
        "uncontracted": "Dependencies on others without a contract",
        "plans": "Plans",
        "plans_tested": "Plans that count as tested",
        "spend_index": "Concentration of spending (index up to 10,000)",
        "function_index": "Concentration of functions (index up to 10,000)",
        "lowest_promise_share": "Least availability promised",
        "assumptions": "Facts assumed or missing",
    }
)
"""What each figure is called.

None is called better or worse: fewer findings may come from a tolerance restated, or from a model
that says less.
"""


def metric_label(name: str) -> str:
    """Return what a figure is called."""
    return _METRICS.get(name) or _label(name)


def metric_value(name: str, value: float | None) -> str:
    """Write a figure."""
    if value is None:
        return tr("nothing to measure")
    if name.endswith("_share"):
        return percent(Fraction(value))
    return f"{value:,.0f}"
