"""Comparing two assessments: edits are reported exactly, and exchanging the sides mirrors them."""

import json
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from riskmap.assessment import Assessment, assess
from riskmap.assessment.comparing import Change, Comparison, Decided, Tolerance, compare
from riskmap.assessment.comparing import snapshot_of as snapshot
from riskmap.assessment.document import to_document
from riskmap.model import Model
from tests.support.edits import Edits, covered, document_with_former_ids, edited
from tests.support.models import TODAY, models

LATER = date(2027, 3, 1)
DAYS = st.sampled_from([TODAY, TODAY, LATER])


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Model, Edits]:
    model = draw(models())
    return model, draw(edited(model))


def run(model: Model, log: Edits, day: date) -> tuple[Assessment, Assessment, Comparison]:
    old, new = assess(model, TODAY), assess(log.model, day)
    written: Any = json.loads(json.dumps(document_with_former_ids(new, log)))
    return old, new, compare(snapshot(to_document(old)), snapshot(written))


@settings(max_examples=60)
@given(model=models(), day=DAYS)
def test_a_model_does_not_differ_from_itself(model: Model, day: date) -> None:
    found = snapshot(to_document(assess(model, day)))
    again = snapshot(json.loads(json.dumps(to_document(assess(model, day)))))
    assert found == again
    assert compare(found, again).empty


@settings(max_examples=200)
@given(pair=pairs(), day=DAYS)
def test_edits_of_the_model_are_reported_exactly(pair: tuple[Model, Edits], day: date) -> None:
    model, log = pair
    _, _, found = run(model, log, day)
    kept = {now for old, now in log.names.items() if now in log.model}
    assert {e.id for e in found.entries.added} == set(log.model.ids()) - kept
    gone = {old for old, now in log.names.items() if now not in log.model}
    assert {e.id for e in found.entries.removed} == gone
    assert {(p.before.id, p.after.id) for p in found.entries.renamed} == {
        (old, now) for old, now in log.names.items() if now in kept and now != old
    }
    assert {(c.entry, c.fact) for c in found.entries.facts} == facts_changed(model, log)


def facts_changed(model: Model, log: Edits) -> set[tuple[str, str]]:
    """The facts that were set and differ from those of the first model."""
    first = {now: old for old, now in log.names.items()}

    def fact(held: Model, name: str, key: str) -> Any:
        entry: Any = held.entry(name)
        if key == "mtd_hours":
            return entry.objectives.mtd
        value = getattr(entry, key)
        if key == "provider" and held is model and value is not None:
            return log.names[value]
        return sorted(value, key=repr) if key == "tests" else value

    return {
        (name, key)
        for name, key in log.touched
        if name in first
        and name in log.model
        and fact(model, first[name], key) != fact(log.model, name, key)
    }


@settings(max_examples=200)
@given(pair=pairs(), day=DAYS)
def test_what_contracts_cover_is_reported_exactly(pair: tuple[Model, Edits], day: date) -> None:
    model, log = pair
    _, _, found = run(model, log, day)
    before, after = covered(model), covered(log.model, day)
    expected = {}
    for old, now in log.names.items():
        if now in log.model:
            had = {log.names[contract]: contract for contract in before.get(old, ())}
            has = after.get(now, set())
            if had.keys() != has:
                lost = {contract for moved, contract in had.items() if moved not in has}
                expected[now] = (has - had.keys(), lost)
    told = {c.entry: (set(c.gained), set(c.lost)) for c in found.covers}
    assert told == expected


@settings(max_examples=200)
@given(pair=pairs(), day=DAYS)
def test_findings_differ_as_the_two_assessments_do(pair: tuple[Model, Edits], day: date) -> None:
    """Held against the differences of two sets, without the code that compares."""
    model, log = pair
    old, new, found = run(model, log, day)
    before = {f"{t.finding.rule}@{log.called(t.finding.subject)}": t for t in old.findings}
    after = {t.finding.key: t for t in new.findings}
    assert len(before) == len(old.findings)
    told = {change.key: change for change in found.findings}
    assert told.keys() == before.keys() | after.keys()
    assert {k for k, c in told.items() if c.change is Change.NEW} == after.keys() - before.keys()
    gone = before.keys() - after.keys()
    assert {k for k, c in told.items() if c.change is Change.RESOLVED} == gone
    for key in before.keys() & after.keys():
        was, now = before[key], after[key]
        rise = now.finding.severity.rank - was.finding.severity.rank
        if rise:
            assert told[key].change is (Change.WORSENED if rise > 0 else Change.IMPROVED)
        taken = was.open and not now.open
        again = now.open and not was.open
        assert (told[key].decided is Decided.TAKEN) == taken
        assert (told[key].decided in {Decided.EXPIRED, Decided.WITHDRAWN}) == again
        if told[key].decided is Decided.EXPIRED:
            assert now.expired


@settings(max_examples=200)
@given(pair=pairs(), day=DAYS)
def test_functions_fare_as_the_two_assessments_say(pair: tuple[Model, Edits], day: date) -> None:
    model, log = pair
    old, new, found = run(model, log, day)
    told = {change.new.id: change for change in found.functions}
    for function in model.functions:
        now = log.names[function.id]
        if now not in log.model:
            assert now not in told
            continue
        fate = [
            (impact.stopped if impact else 0.0, a.results.functions[name].objectives.mtd)
            for a, name in ((old, function.id), (new, now))
            for impact in [a.worst_impacts[name]]
        ]
        assert (now in told) == (fate[0] != fate[1])


MIRROR = {
    Change.NEW: Change.RESOLVED,
    Change.NEWLY_LOOKED_FOR: Change.NO_LONGER_LOOKED_FOR,
    Change.WORSENED: Change.IMPROVED,
    Change.ALTERED: Change.ALTERED,
    Change.PERSISTING: Change.PERSISTING,
    Change.IMPROVED: Change.WORSENED,
    Change.RESOLVED: Change.NEW,
    Change.NO_LONGER_LOOKED_FOR: Change.NEWLY_LOOKED_FOR,
    Tolerance.LOST: Tolerance.GAINED,
    Tolerance.GAINED: Tolerance.LOST,
    Tolerance.KEPT: Tolerance.KEPT,
    Tolerance.NOW_KNOWN: Tolerance.NO_LONGER_KNOWN,
    Tolerance.NO_LONGER_KNOWN: Tolerance.NOW_KNOWN,
}


@settings(max_examples=200)
@given(pair=pairs(), day=DAYS)
def test_exchanging_the_sides_mirrors_everything(pair: tuple[Model, Edits], day: date) -> None:
    model, log = pair
    _, _, there = run(model, log, day)
    back = compare(there.new, there.old)
    assert {
        (c.old and c.old.key, c.new and c.new.key, MIRROR[c.change]) for c in there.findings
    } == {(c.new and c.new.key, c.old and c.old.key, c.change) for c in back.findings}
    assert {(c.old, c.new, MIRROR[c.tolerance]) for c in there.functions} == {
        (c.new, c.old, c.tolerance) for c in back.functions
    }
    assert [e.id for e in there.entries.added] == [e.id for e in back.entries.removed]
    assert [e.id for e in there.entries.removed] == [e.id for e in back.entries.added]
    assert {(p.before.id, p.after.id) for p in there.entries.renamed} == {
        (p.after.id, p.before.id) for p in back.entries.renamed
    }
    assert sorted((c.fact, str(c.old), str(c.new)) for c in there.entries.facts) == sorted(
        (c.fact, str(c.new), str(c.old)) for c in back.entries.facts
    )
    assert {(c.gained, c.lost) for c in there.covers} == {(c.lost, c.gained) for c in back.covers}
    assert {(m.name, m.old, m.new) for m in there.metrics} == {
        (m.name, m.new, m.old) for m in back.metrics
    }
    assert there.empty == back.empty
