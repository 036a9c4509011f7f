"""Facts of one entry that are impossible or contradict each other."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from riskmap.loading import fields, leaving
from riskmap.loading import shape as raw
from riskmap.loading.document import Path
from riskmap.loading.durations import parse_duration
from riskmap.loading.problems import did_you_mean
from riskmap.loading.validation import RawEntry
from riskmap.model import Hardness

Complaint = tuple[Path, str, str, str]
"""Path below the entry, code, message, hint."""


def complaints(entry: RawEntry, as_of: date | None) -> Iterator[Complaint]:
    """Yield everything about one entry that cannot be, or that says two things at once."""
    shape = entry.shape
    yield from _assumed_keys(entry)
    if isinstance(shape, raw.ElementShape):
        yield from _need_facts(shape.needs, ("needs",), entry.id)
    if isinstance(shape, raw.FunctionShape):
        yield from _function_facts(shape)
        yield from _same_durations(entry, ("loss", "after"), start="'per_hour' counts from 0h")
        yield from _self_reference(((("shares", t), t) for t in shape.shares), entry.id)
    elif isinstance(shape, raw.ElementShape):
        yield from _element_facts(shape)
    if isinstance(shape, raw.ServiceShape):
        couplings = enumerate(shape.coupled_to)
        mentions = ((("coupled_to", i, "service"), c.service) for i, c in couplings)
        yield from _self_reference(mentions, entry.id)
        if shape.exit is not None:
            yield from _exit_facts(shape.exit, entry.id, as_of)
    if isinstance(shape, raw.ContractShape):
        yield from _contract_facts(entry, shape)
    if isinstance(shape, raw.TreatmentShape):
        yield from _treatment_facts(entry, shape)
    if isinstance(shape, raw.ContingencyShape):
        yield from _need_facts(shape.uses, ("uses",), entry.id)
        yield from _same_durations(entry, ("horizons",))
        for index, test in enumerate(shape.tests):
            yield from _in_the_future(("tests", index, "date"), test.date, as_of, "this test is")
    yield from _in_the_future(("reviewed",), shape.reviewed, as_of, "the review is")


def _in_the_future(
    path: Path, day: date | None, as_of: date | None, what: str
) -> Iterator[Complaint]:
    if day is not None and as_of is not None and day > as_of:
        message = f"{what} dated after the day the model describes, {as_of}"
        yield path, "contradiction", message, "correct the date, or move 'as_of' forward"


def _same_durations(entry: RawEntry, path: Path, *, start: str = "") -> Iterator[Complaint]:
    """Find keys that are the same length of time though written differently: 24h and 1d."""
    if path[0] in entry.dropped:
        return
    first: dict[timedelta, str] = {timedelta(0): ""} if start else {}
    for key in entry.document.at((entry.section, entry.id, *path)) or {}:
        length = parse_duration(key)
        same = first.setdefault(length, key)
        if same == "":
            yield (*path, key), "contradiction", start, f"remove {key!r}, or give a later time"
        elif same != key:
            message = f"{key!r} is as long as {same!r}, which is given already"
            yield (*path, key), "contradiction", message, "keep one of them"


def _assumed_keys(entry: RawEntry) -> Iterator[Complaint]:
    known = [name for name in type(entry.shape).model_fields if name != "assumed"]
    for index, name in enumerate(entry.shape.assumed):
        if name not in known:
            hint = did_you_mean(name, known) or "name keys of this entry"
            yield ("assumed", index), "unknown-key", f"{name!r} is not a key of this entry", hint
        elif name not in entry.shape.model_fields_set | entry.dropped:
            message = f"{name!r} is marked as assumed but not given"
            yield ("assumed", index), "contradiction", message, f"give {name!r}, or unmark it"


def _element_facts(shape: raw.ElementShape) -> Iterator[Complaint]:
    typical, worst = shape.outage.typical, shape.outage.worst
    if typical is not None and worst is not None and typical > worst:
        message = "the typical outage is longer than the worst"
        yield ("outage", "typical"), "contradiction", message, "swap them, or correct one"
    if shape.availability is not None and shape.unavailability is not None:
        message = "availability and unavailability say the same thing twice"
        yield ("unavailability",), "contradiction", message, "keep one of them"
    own = [
        name
        for name in ("outage", "availability", "unavailability")
        if name in shape.model_fields_set
    ]
    if not shape.fails_alone and own:
        message = f"an element that does not fail by itself cannot have {own[0]!r}"
        yield (own[0],), "contradiction", message, f"remove {own[0]!r}, or 'fails_alone: false'"


def _need_facts(
    items: Iterable[Any], path: Path, own_id: str, *, grouped: bool = False
) -> Iterator[Complaint]:
    hardness: dict[str, Hardness] = {}
    for index, item in enumerate(items):
        here = (*path, index)
        if isinstance(item, fields.AtLeastShape) and item.at_least > len(item.of):
            count = len(item.of)
            message = f"at least {item.at_least} of {count} can never be met"
            yield (*here, "at_least"), "impossible", message, f"at most {count}, or add members"
        for key in ("any_of", "of", "all_of"):
            members = getattr(item, key, None)
            if members is not None:
                yield from _need_facts(members, (*here, key), own_id, grouped=True)
                yield from _repeated_members(members, (*here, key))
        target = item if isinstance(item, str) else getattr(item, "need", None)
        if target is None:
            continue
        if target == own_id:
            yield here, "impossible", f"{own_id!r} needs itself", "remove this need"
        level = getattr(item, "hardness", Hardness.HARD)
        if grouped and level is Hardness.SOFT:
            message = "an alternative cannot be soft: the group is met by it or it is not"
            yield (*here, "hardness"), "contradiction", message, "make it a need of its own"
        if hardness.setdefault(target, level) is not level:
            message = f"{target!r} is needed twice, once {hardness[target]} and once {level}"
            yield here, "contradiction", message, "keep one of them"


def _repeated_members(items: Iterable[Any], path: Path) -> Iterator[Complaint]:
    seen: set[str] = set()
    for index, item in enumerate(items):
        target = item if isinstance(item, str) else getattr(item, "need", None)
        if target is not None and target in seen:
            message = f"{target!r} is listed twice; it is no alternative to itself"
            yield (*path, index), "contradiction", message, "remove one of them"
        if target is not None:
            seen.add(target)


def _function_facts(shape: raw.FunctionShape) -> Iterator[Complaint]:
    if shape.rto is not None and shape.mtd is not None and shape.rto > shape.mtd:
        message = "the recovery time objective is longer than the maximum tolerable downtime"
        yield ("rto",), "contradiction", message, "rto is a target inside mtd: make it shorter"
    for key in ("outage", "availability", "unavailability"):
        if key in shape.model_fields_set:
            message = "a function has no failure of its own; it stops when its needs do"
            yield (key,), "contradiction", message, f"put {key!r} on what it needs"
    total = sum(shape.shares.values(), Fraction(0))
    if total > 1:
        message = f"the shares add up to {_percent(total)}, more than 100%"
        yield ("shares",), "impossible", message, "make them add up to 100%"
    if shape.shares and shape.minimum is not None and total < shape.minimum:
        message = (
            f"the shares add up to {_percent(total)}, less than the minimum of "
            f"{_percent(shape.minimum)}: it could never work"
        )
        yield ("minimum",), "impossible", message, "add the missing shares"


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):.10g}%"


def _self_reference(mentions: Iterable[tuple[Path, str]], own_id: str) -> Iterator[Complaint]:
    for path, target in mentions:
        if target == own_id:
            yield path, "impossible", f"{own_id!r} refers to itself", "name another entry"


def _contract_facts(entry: RawEntry, shape: raw.ContractShape) -> Iterator[Complaint]:
    if shape.starts is not None and shape.ends is not None and shape.ends < shape.starts:
        message = f"the contract ends on {shape.ends}, before it starts on {shape.starts}"
        yield ("ends",), "impossible", message, "swap the dates, or correct one"
    for key in ("notice", "provider_notice"):
        written = entry.document.at((entry.section, entry.id, key))
        minutes = re.fullmatch(r"\s*([0-9]+)\s*m\s*", written) if isinstance(written, str) else None
        given = getattr(shape, key)
        if minutes is not None and given is not None and given < timedelta(days=1):
            message = f"a notice of {minutes[1]} minutes: 'm' stands for minutes"
            yield (key,), "impossible", message, f"write {minutes[1]}mo for months"
    for key in ("termination_fee", "switching_charges"):
        yield from _ordered_range(getattr(shape, key), (key,))


def _exit_facts(shape: leaving.ExitShape, own_id: str, as_of: date | None) -> Iterator[Complaint]:
    mentions = ((("exit", "after", i), name) for i, name in enumerate(shape.after))
    yield from _self_reference(mentions, own_id)
    for key in leaving.RANGES:
        yield from _ordered_range(getattr(shape, key), ("exit", key))
    for index, test in enumerate(shape.plan.tests if shape.plan else ()):
        path = ("exit", "plan", "tests", index, "date")
        yield from _in_the_future(path, test.date, as_of, "this test is")


def _ordered_range(shape: leaving.RangeShape | None, path: Path) -> Iterator[Complaint]:
    if shape is None:
        return
    if shape.low is not None and shape.low > shape.likely:
        message = "the least amount is more than the likely one"
        yield (*path, "low"), "contradiction", message, "swap them, or correct one"
    if shape.high is not None and shape.high < shape.likely:
        message = "the most it may be is less than the likely amount"
        yield (*path, "high"), "contradiction", message, "swap them, or correct one"


def _treatment_facts(entry: RawEntry, shape: raw.TreatmentShape) -> Iterator[Complaint]:
    wide = [name for name in ("rule", "subject", "tag") if getattr(shape, name)]
    if shape.finding is not None and wide:
        message = f"'finding' names one finding already; {wide[0]!r} would name more"
        yield (wide[0],), "contradiction", message, f"keep 'finding' or {wide[0]!r}"
    elif shape.finding is None and not wide and not entry.dropped & {"finding", "rule", "subject"}:
        hint = "write 'finding: RM301@some-id', or 'rule:', 'subject:' or 'tag:'"
        yield (), "missing-key", "nothing says which finding this decision is about", hint
