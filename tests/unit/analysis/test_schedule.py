"""Schedules against sums done by hand and against trying every order."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskmap.analysis.schedule import Task, schedule


def test_the_longest_path_sets_the_time():
    tasks = [
        Task("notice", 30),
        Task("procure", 14),
        Task("build", 8.5, ("notice", "procure")),
        Task("move", 0.5, ("build",)),
        Task("aside", 35),
    ]
    found = schedule(tasks)
    assert found.length == 39
    assert found.critical == ("notice", "build", "move")
    assert found.times["move"] == (38.5, 39)
    assert found.exact


def test_two_builds_and_one_person():
    """Whoever still has a parallel run of 10 after it goes first: 4 + 6 + 1, or 4 + 10."""
    tasks = [Task("a", 4, people=1), Task("run", 10, ("a",)), Task("b", 6, people=1)]
    found = schedule(tasks, people=1)
    assert found.length == 14
    assert found.times["b"] == (4, 10)
    assert found.exact


def test_the_chain_shows_who_waited_for_people():
    found = schedule([Task("a", 4, people=1), Task("b", 6, people=1)], people=1)
    assert found.length == 10
    assert found.critical == ("b", "a")


def test_a_task_for_more_people_than_there_are_takes_all_of_them():
    found = schedule([Task("a", 4, people=3), Task("b", 6, people=1)], people=2)
    assert found.length == 10


def test_rings_and_strangers_are_refused():
    with pytest.raises(ValueError, match="wait for one another: a, b"):
        schedule([Task("a", 1, ("b",)), Task("b", 1, ("a",))])
    with pytest.raises(ValueError, match="no such task: z"):
        schedule([Task("a", 1, ("z",))])


def test_no_tasks_take_no_time():
    assert schedule([]).length == 0


@st.composite
def projects(draw):
    names = [f"t{n}" for n in range(draw(st.integers(1, 5)))]
    return [
        Task(
            name,
            draw(st.integers(0, 4)),
            tuple(draw(st.sets(st.sampled_from(names[:index])))) if index else (),
            draw(st.integers(0, 2)),
        )
        for index, name in enumerate(names)
    ]


def shortest(tasks, people):
    """Every order in which tasks are placed as early as possible; one of them is the shortest."""
    best = math.inf
    for order in itertools.permutations(tasks):
        times = {}
        for task in order:
            if any(before not in times for before in task.after):
                break
            start = max((times[b][1] for b in task.after), default=0)
            while not fits(task, start, times, tasks, people):
                start += 1
            times[task.id] = (start, start + task.length)
        else:
            best = min(best, max(end for _, end in times.values()))
    return best


def fits(task, start, times, tasks, people):
    need = {t.id: min(t.people, people) for t in tasks}
    for moment in range(start, start + task.length):
        busy = sum(need[n] for n, (s, e) in times.items() if s <= moment < e)
        if busy + need[task.id] > people:
            return False
    return True


@given(projects(), st.integers(1, 3))
def test_never_shorter_than_the_shortest_and_exact_means_exact(tasks, people):
    found, best = schedule(tasks, people), shortest(tasks, people)
    assert found.bound <= best <= found.length
    if found.exact:
        assert found.length == best
    for task in tasks:
        start, end = found.times[task.id]
        assert end == start + task.length
        assert all(found.times[before][1] <= start for before in task.after)
    for moment in {start for start, _ in found.times.values()}:
        running = [t for t in tasks if found.times[t.id][0] <= moment < found.times[t.id][1]]
        assert sum(min(t.people, people) for t in running) <= people


@given(projects())
def test_without_a_limit_the_longest_path(tasks):
    found = schedule(tasks)
    ends = {}
    for task in tasks:
        ends[task.id] = max((ends[b] for b in task.after), default=0) + task.length
    assert found.length == max(ends.values())
    chain = [found.times[name] for name in found.critical]
    assert chain[-1][1] == found.length
    assert all(a[1] == b[0] for a, b in itertools.pairwise(chain))
    assert chain[0][0] == 0
