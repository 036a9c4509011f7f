"""Side by side with SCRAM on random and published trees: agreement first, then CPU time.

SCRAM's time is that of the whole process, ours that of reading the same file, solving it, counting
by order and computing the probability, in one process; what starting an interpreter would add is
printed too. Both are the least of several runs. SCRAM lists every cut set it counts, which we do
not: so that this stays fair, it is asked only for orders that together hold few sets.
"""

import gc
import math
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from riskmap.analysis.exact.quantify import importance, probability
from riskmap.analysis.exact.solution import solve
from riskmap.analysis.limits import BudgetExceededError, Limits
from tests.benchmarks import scram, trees

LONG = os.environ.get("RISKMAP_BENCH") == "long"
RANDOM_TREES = 2400 if LONG else 100
TIMED = 100
"""Random trees measured with all runs; the rest run once, for agreement, with less patience."""
RUNS = 6
PATIENCE = {RUNS: 20, 1: 5}
"""CPU seconds after which a run of SCRAM is stopped, by number of runs."""
NODES = {RUNS: Limits().nodes, 1: 300_000}
"""Our node budget, by number of runs."""
MOST_LISTED = 50_000
SHOWN, BEHIND = 6, 3
"""How many of the slowest trees are shown besides all that take so many times SCRAM's time."""
PUBLISHED = {"baobab1": 46_188, "baobab2": 4_805, "chinese": 392}
"""Counts of the Aralia benchmark, as in openpra-org/generic-openpsa-models."""
START = "import riskmap.analysis.exact.solution, riskmap.analysis.exact.quantify"


@dataclass
class Row:
    """One tree: our time, SCRAM's, and what SCRAM was asked."""

    name: str
    events: int
    count: int
    ours: float
    theirs: float | None
    whole: bool
    with_importance: float | None = None
    """Our time with the importance of every event in place of the probability alone."""

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs if self.theirs else 0.0


@dataclass
class Solved:
    """What we say about a tree, and the least CPU seconds."""

    tree: trees.Tree
    by_order: tuple[int, ...]
    chance: float | None
    seconds: float
    with_importance: float | None


def solved(paths: list[Path], name: str, runs: int) -> Solved:
    """Solve a tree from its files."""
    best = more = float("inf")
    for _ in range(runs):
        gc.collect()
        start = time.process_time()
        tree = trees.read(paths, name)
        solution = solve(*tree.formulas(), Limits(nodes=NODES[runs]))
        by_order = solution.by_order
        counted = time.process_time()
        chance = probability(solution, tree.p) if tree.p.keys() >= set(solution.variables) else None
        used = time.process_time() - start
        best = min(best, used)
        if chance is not None and runs > 1:
            before = time.process_time()
            importance(solution, tree.p)
            more = min(more, counted - start + time.process_time() - before)
        del solution
        if best > 1:
            break
    return Solved(tree, by_order, chance, best, None if math.isinf(more) else more)


def compare(paths: list[Path], name: str, runs: int, problems: list[str]) -> Row | None:
    """Run both engines on one tree; disagreements join the problems."""
    try:
        answer = solved(paths, name, runs)
    except BudgetExceededError:
        print(f"  {name}: past our node budget")
        return None
    by_order, chance = answer.by_order, answer.chance
    listed, most_order = 0, 0
    for number in by_order:
        listed += number
        if listed > MOST_LISTED and most_order:
            break
        most_order += 1
    whole = most_order == len(by_order)
    row = Row(
        name,
        len(answer.tree.p),
        sum(by_order),
        answer.seconds,
        None,
        whole,
        answer.with_importance,
    )
    if scram.PROGRAM is None:
        return row
    for _ in range(runs):
        other = scram.ask(paths, most_order, PATIENCE[runs], probability=chance is not None)
        if other is None:
            waited = f"no answer from SCRAM in {PATIENCE[runs]} s"
            print(f"  {name}: {waited}; ours took {row.ours:.2f} s")
            return row
        row.theirs = min(row.theirs or other.seconds, other.seconds)
        theirs = other.by_order + (0,) * (most_order - len(other.by_order))
        if theirs != by_order[:most_order]:
            problems.append(f"{name}: {by_order} here, {theirs} in SCRAM")
        if chance and other.probability != pytest.approx(chance, rel=1e-5):
            problems.append(f"{name}: probability {chance} here, {other.probability} in SCRAM")
        if other.seconds > 1:
            break
    return row


def interpreter_start() -> float:
    """Return the least CPU seconds of a process that only imports the engine."""
    best = float("inf")
    for _ in range(RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", START], check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        best = min(best, used)
    return best


def report(title: str, rows: list[Row]) -> None:
    """Print totals and the worst ratios."""
    timed = [row for row in rows if row.theirs is not None]
    ours = sum(row.ours for row in rows)
    print(f"{title}: {len(rows)} trees, ours {ours:.2f} s CPU")
    if not timed:
        return
    both = [(row.with_importance, row.ours) for row in rows if row.with_importance is not None]
    if both:
        more, less = sum(pair[0] for pair in both), sum(pair[1] for pair in both)
        print(
            f"  solving and importance of every event: {more / less:.3f} times solving and the"
            f" probability alone, {max(a / b for a, b in both):.3f} at most"
        )
    start = interpreter_start()
    for label, some in (
        ("every set listed by SCRAM", [row for row in timed if row.whole]),
        ("only lower orders listed by SCRAM", [row for row in timed if not row.whole]),
        ("all with an answer", timed),
    ):
        ours, theirs = sum(r.ours for r in some), sum(r.theirs or 0 for r in some)
        if some:
            print(
                f"  {label}: {len(some)} trees, ours {ours:.3f} s, SCRAM {theirs:.3f} s,"
                f" ratio {ours / theirs:.3f};"
                f" with one interpreter start ({start:.3f} s) {(ours + start) / theirs:.3f},"
                f" with one for each tree {(ours + start * len(some)) / theirs:.3f}"
            )
    slowest = sorted(timed, key=lambda row: -row.ratio)
    for row in [row for at, row in enumerate(slowest) if at < SHOWN or row.ratio > BEHIND]:
        print(
            f"    {row.name}: {row.events} events, {row.count:.4g} sets"
            f"{'' if row.whole else ' of which lower orders are compared'},"
            f" {row.ours:.3f} s against {row.theirs:.3f} s, ratio {row.ratio:.2f}"
        )
    above = sum(row.ratio > BEHIND for row in timed)
    whole = sum(row.ours + start > BEHIND * (row.theirs or 0) for row in timed)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"    above {BEHIND} times SCRAM: {above}, with an interpreter start for each tree {whole};"
        f" peak memory of this process {memory} MB"
    )


@pytest.fixture(autouse=True)
def _say_when_scram_is_missing() -> None:
    if scram.PROGRAM is None:
        print("\nSCRAM IS NOT INSTALLED (apt-get install scram): only our own times follow")


def test_random_trees(tmp_path: Path) -> None:
    rows, problems = [], []
    print()
    for seed in range(RANDOM_TREES):
        path = tmp_path / f"{seed}.xml"
        trees.write(trees.random_tree(seed), path)
        row = compare([path], f"random tree {seed}", RUNS if seed < TIMED else 1, problems)
        path.unlink()
        if row is not None:
            rows.append(row)
    report("random trees, timed", rows[:TIMED])
    if len(rows) > TIMED:
        report("random trees, run once", rows[TIMED:])
    print(f"disagreements: {len(problems)}", *problems, sep="\n")
    assert not problems


def test_trees_that_come_with_scram() -> None:
    """Published trees in SCRAM's input folder, read from there and never copied."""
    rows, problems = [], []
    print()
    if scram.PROGRAM is None or not scram.INPUTS.is_dir():
        pytest.skip("SCRAM's inputs are not installed (apt-get install scram)")
    for path in sorted(scram.INPUTS.glob("*/*.xml")):
        if path.stem.endswith("-basic-events"):
            continue
        paths = [path]
        events = path.with_name(f"{path.stem}-basic-events.xml")
        if events.is_file():
            paths.append(events)
        try:
            row = compare(paths, path.stem, RUNS, problems)
        except (trees.UnsupportedTreeError, KeyError, StopIteration) as reason:
            print(f"  {path.parent.name}/{path.stem}: left out, {reason!r}")
            continue
        if row is not None:
            rows.append(row)
            if row.count != PUBLISHED.get(row.name, row.count):
                problems.append(f"{row.name}: {row.count} here, {PUBLISHED[row.name]} published")
            took = "no answer" if row.theirs is None else f"{row.theirs:.3f} s"
            print(
                f"  {row.name}: {row.events} events, {row.count:,} sets, {row.ours:.4f} s, {took}"
            )
    report("trees that come with SCRAM", rows)
    print(f"disagreements: {len(problems)}", *problems, sep="\n")
    assert not problems
