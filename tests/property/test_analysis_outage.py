"""Outages over time against a simulation hour by hour, on random models."""

import math
from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from riskmap.analysis.outage import Ended, Evolution, evolve
from riskmap.analysis.propagation import propagate
from riskmap.analysis.translation import structure_of
from riskmap.model import Model
from tests.support import clock_oracle as clock
from tests.support import logic_oracle
from tests.support.models import failures, models

HOUR = 3600
HORIZON = 130
"""Past every failure, lead and exhaustion that a random model can have."""


def evolution_of(model: Model, failed: clock.Failures) -> Evolution:
    times = {
        name: [(start * HOUR, end * HOUR) for start, end in spans] for name, spans in failed.items()
    }
    return evolve(structure_of(model), times)


def agree(model: Model, failed: clock.Failures, story: clock.Story) -> Evolution:
    evolution = evolution_of(model, failed)
    for name, levels in story.levels.items():
        course = evolution.course(name)
        found = [course.level_at(now * HOUR) for now in range(HORIZON)]
        assert found == levels, name
        assert all(start % HOUR == 0 and start < HORIZON * HOUR for start, _ in course.steps)
    services = {
        (s.standby, s.node, round(s.start / HOUR), round(min(s.end / HOUR, HORIZON)))
        for s in evolution.services
    }
    assert services == story.services()
    return evolution


@given(data=st.data())
@settings(max_examples=80)
def test_partial_fallbacks_without_cycles(data: st.DataObject) -> None:
    model = data.draw(models(cyclic=False, contracts=False))
    failed = data.draw(failures(model))
    agree(model, failed, clock.course_without_cycles(model, failed, HORIZON))


@given(data=st.data())
@settings(max_examples=100)
def test_full_fallbacks_with_cycles(data: st.DataObject) -> None:
    model = data.draw(models(full=True, shares=False, contracts=False))
    failed = data.draw(failures(model))
    story = clock.course_all_or_nothing(model, failed, HORIZON, holding=False)
    other = clock.course_all_or_nothing(model, failed, HORIZON, holding=True)
    if story.services() == other.services():  # no plan lives on what it keeps alive itself
        agree(model, failed, story)


@given(data=st.data())
@settings(max_examples=40)
def test_interruptions_and_reasons_follow_from_the_course(data: st.DataObject) -> None:
    model = data.draw(models(cyclic=False, contracts=False))
    failed = data.draw(failures(model))
    story = clock.course_without_cycles(model, failed, HORIZON)
    evolution = evolution_of(model, failed)
    for function in model.functions:
        runs = [0]
        for level in story.levels[function.id]:
            runs.append(runs[-1] + 1 if clock.stopped(function, level) else 0)
        assert evolution.longest_down(function.id) == max(runs) * HOUR
    for service in evolution.services:
        end = service.end / HOUR
        memory = next(
            m for m in story.plans if (m.plan.id, m.covers) == (service.standby, service.node)
        )
        if service.ended is Ended.EXHAUSTED:
            limit = clock.in_hours(memory.plan.sustains)
            assert end - service.start / HOUR <= limit
        if service.ended is Ended.FAILED:
            visible = {
                e.id: Fraction(0) if clock.stopped(e, level) else level
                for e in model.elements()
                for level in [story.levels[e.id][int(end)]]
            }
            assert any(clock.level_of(use, visible) == 0 for use in memory.plan.uses)


@given(data=st.data())
@settings(max_examples=40)
def test_without_plans_every_moment_is_the_logic_of_what_fails_then(data: st.DataObject) -> None:
    model = data.draw(models(most_plans=0, nested=False, contracts=False))
    failed = data.draw(failures(model))
    evolution = evolution_of(model, failed)
    for now in range(45):
        out = {name for name in failed if clock.fails(failed, name, now)}
        down = logic_oracle.down_set(model, out, set())
        for element in model.elements():
            level = evolution.course(element.id).level_at(now * HOUR)
            assert clock.stopped(element, level) == (element.id in down)


@given(data=st.data())
@settings(max_examples=40)
def test_instant_and_endless_plans_are_the_residual_reading(data: st.DataObject) -> None:
    model = data.draw(models(full=True, nested=False, contracts=False))
    structure = structure_of(model)
    instant = replace(
        structure,
        standbys={
            name: replace(standby, lead=0.0, sustains=math.inf)
            for name, standby in structure.standbys.items()
        },
    )
    names = [element.id for element in model.elements() if element.fails_alone]
    if not names:
        return
    out = data.draw(st.sets(st.sampled_from(names), min_size=1, max_size=3))
    evolution = evolve(instant, {name: [(0.0, math.inf)] for name in out})
    down = propagate(structure, dict.fromkeys(out, 1), 1)
    for element in model.elements():
        if element.id in evolution.courses:
            assert bool(evolution.down(element.id)) == bool(down[element.id])
        else:
            assert not down[element.id]
