"""Facts of one entry that are impossible or contradict each other."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from pydantic_core import PydanticCustomError

from riskmap.loading import fields
from riskmap.loading import shape as raw
from riskmap.loading.document import Path
from riskmap.loading.durations import parse_duration
from riskmap.loading.problems import did_you_mean
from riskmap.loading.validation import RawEntry
from riskmap.model import Hardness

Complaint = tuple[Path, str, str, str]
"""Path below the entry, code, message, hint."""


def complaints(entry: RawEntry, as_of: date | None) -> Iterator[Complaint]:
    shape = entry.shape
    yield from _assumed_keys(entry)
    if isinstance(shape, raw.ElementShape):
        yield from _element_facts(shape)
        yield from _need_facts(shape.needs, ("needs",), entry.id)
    if isinstance(shape, raw.FunctionShape):
        yield from _function_facts(shape, entry.id)
    if isinstance(shape, raw.ServiceShape):
        yield from _self_reference(
            [(("coupled_to", i, "service"), c.service) for i, c in enumerate(shape.coupled_to)],
            entry.id,
        )
    if isinstance(shape, raw.ContractShape):
        yield from _contract_facts(shape)
    if isinstance(shape, raw.ContingencyShape):
        yield from _need_facts(shape.uses, ("uses",), entry.id)
        for index, test in enumerate(shape.tests):
            if as_of is not None and test.date > as_of:
                message = f"this test is dated after the day the model describes, {as_of}"
                hint = "correct the date, or move 'as_of' forward"
                yield ("tests", index, "date"), "contradiction", message, hint
    if shape.reviewed is not None and as_of is not None and shape.reviewed > as_of:
        message = f"reviewed after the day the model describes, {as_of}"
        yield ("reviewed",), "contradiction", message, "correct the date, or move 'as_of' forward"


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


def _function_facts(shape: raw.FunctionShape, own_id: str) -> Iterator[Complaint]:
    if shape.rto is not None and shape.mtd is not None and shape.rto > shape.mtd:
        message = "the recovery time objective is longer than the maximum tolerable downtime"
        yield ("rto",), "contradiction", message, "rto is a target inside mtd: make it shorter"
    if not shape.fails_alone or shape.outage.model_fields_set:
        key = "outage" if shape.outage.model_fields_set else "fails_alone"
        if shape.fails_alone:
            message = "a function has no failure of its own; it stops when its needs do"
            yield (key,), "contradiction", message, "put the outage on what it needs"
    if shape.availability is not None or shape.unavailability is not None:
        key = "availability" if shape.availability is not None else "unavailability"
        message = "a function has no failure of its own; it stops when its needs do"
        yield (key,), "contradiction", message, "put the figure on what it needs"
    total = sum(shape.shares.values(), Fraction(0))
    if total > 1:
        message = f"the shares add up to {float(total * 100):g}%, more than 100%"
        yield ("shares",), "impossible", message, "make them add up to 100%"
    if shape.shares and shape.minimum is not None and total < shape.minimum:
        message = (
            f"the shares add up to {float(total * 100):g}%, less than the minimum of "
            f"{float(shape.minimum * 100):g}%: it could never work"
        )
        yield ("minimum",), "impossible", message, "add the missing shares"
    yield from _self_reference(
        [(("shares", target), target) for target in shape.shares], own_id
    )


def _self_reference(
    mentions: list[tuple[Path, str]], own_id: str
) -> Iterator[Complaint]:
    for path, target in mentions:
        if target == own_id:
            yield path, "impossible", f"{own_id!r} refers to itself", "name another entry"


def _contract_facts(shape: raw.ContractShape) -> Iterator[Complaint]:
    if shape.starts is not None and shape.ends is not None and shape.ends < shape.starts:
        message = f"the contract ends on {shape.ends}, before it starts on {shape.starts}"
        yield ("ends",), "impossible", message, "swap the dates, or correct one"
