"""What to find out first: on models where the order is obvious, and on random ones."""

from dataclasses import replace
from itertools import combinations
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from riskmap.model import Confidence, Model
from riskmap.rules.results import Results
from riskmap.rules.statement import render
from riskmap.rules.support import within_tolerance, worst_impacts
from riskmap.rules.unknowns import unknowns
from riskmap.rules.variation import Direction, alone_enough, together_enough, varied
from tests.support.models import TODAY, load, models

TEXT = """
functions:
  pay: {owner: head of finance, criticality: critical, mtd: 8h, rto: 4h, needs: [bank, fine]}
  read: {criticality: normal, mtd: 8h, rto: 4h, needs: [news]}
services:
  bank: {title: The bank, provider: bank-co, outage: {typical: 1h, worst: 2d, confidence: assumed}}
  fine: {outage: {worst: 1h, confidence: evidenced}}
  news: {owner: librarian, outage: {typical: 1h, worst: 2d, confidence: assumed}}
  idle: {outage: {worst: 2d, confidence: assumed}}
providers: {bank-co: {title: Bank Co, fails_alone: false}}
"""


def test_what_decides_a_critical_function_comes_first(tmp_path: Path) -> None:
    found = unknowns(Results(load(tmp_path, TEXT), TODAY))
    assert [fact.assumption.key for fact in found.facts] == [
        "bank.outage",
        "news.outage",
        "idle.outage",
    ]
    bank, news, idle = found.facts
    assert (bank.weight.decides, news.weight.decides, idle.weight.order) == (64, 4, (0, 0, 0))
    assert (bank.ask, bank.ask_provider, news.ask) == (None, "bank-co", "librarian")
    assert bank.functions == ("pay",)
    assert bank.better is not None
    assert bank.worse is not None
    assert {"RM101@bank", "RM201@pay"} <= set(bank.better.gone)
    assert [(v.before, v.after) for v in bank.better.verdicts] == [("breached", "tolerable")]
    assert bank.worse.verdicts[0].after == "unbounded"
    assert not any(key.startswith("RM0") for f in found.facts for key in f.better.gone if f.better)


def test_a_calm_function_that_one_fact_decides_is_seen(tmp_path: Path) -> None:
    """No finding but RM003 rests on the fact; it is tried first all the same."""
    text = TEXT.replace("typical: 1h, worst: 2d", "typical: 1h, worst: 2h", 1)
    text = text.replace("provider: bank-co, ", "")
    found = unknowns(Results(load(tmp_path, text), TODAY), 1)
    assert [fact.assumption.key for fact in found.facts] == ["bank.outage"]
    assert found.untried == ("idle.outage", "news.outage")
    (fact,) = found.facts
    assert fact.worse is not None
    assert "RM101@bank" in fact.worse.come
    assert fact.resting == ("RM003@pay",)


def test_a_missing_fact_counts_as_its_worst(tmp_path: Path) -> None:
    model = load(
        tmp_path, TEXT.replace("outage: {typical: 1h, worst: 2d, confidence: assumed}", "")
    )
    found = unknowns(Results(model, TODAY))
    fact = next(f for f in found.facts if f.assumption.key == "bank.outage")
    assert fact.worse is None
    assert render(fact.question, model) == "How long may “The bank” be out at worst"
    assert render(fact.counted, model) == "Nothing known ends its outage"


@st.composite
def doubtful(draw: st.DrawFn) -> Model:
    """A random model of which somebody assumed much."""
    model = draw(models(cyclic=False))
    assumed = {}
    for element in (*model.services, *model.third_parties):
        if draw(st.booleans()):
            outage = replace(element.outage, confidence=Confidence.ASSUMED)
            assumed[element.id] = replace(element, outage=outage)
    for plan in model.contingencies:
        named = ("detect", "decide", "activate", "sustains", "capacity")
        given_facts = [name for name in named if getattr(plan, name) is not None]
        marked = tuple(name for name in given_facts if draw(st.booleans()))
        assumed[plan.id] = replace(plan, assumed=marked)
    return model.with_entries(assumed)


def decides(results: Results, key: str) -> bool:
    """Whether a function crosses its tolerance when one fact is worse or better: the slow way."""
    now = {f: within_tolerance(i) for f, i in worst_impacts(results).items()}
    for direction in Direction:
        model = varied(results.model, [results.assumptions[key]], direction)
        then = worst_impacts(Results(model, TODAY))
        if any(within_tolerance(then[f]) != now[f] for f in now):
            return True
    return False


@given(doubtful())
@settings(max_examples=25)
def test_a_fact_nothing_rests_on_never_outranks_one_that_decides(model: Model) -> None:
    results = Results(model, TODAY)
    found = unknowns(results, 1000)
    assert found.untried == ()
    ranks = [decides(results, fact.assumption.key) for fact in found.facts]
    assert ranks == sorted(ranks, reverse=True), "all that decide come before all that do not"
    empty = [not fact.resting and fact.weight.changes == 0 for fact in found.facts]
    assert empty == sorted(empty), "those on which nothing hangs come last"


@given(doubtful())
@settings(max_examples=25)
def test_at_their_worst_facts_never_make_a_function_fine(model: Model) -> None:
    results = Results(model, TODAY)
    worse = Results(varied(model, results.assumptions.values(), Direction.WORSE), TODAY)
    then = worst_impacts(worse)
    for function, impact in worst_impacts(results).items():
        if not within_tolerance(impact):
            assert not within_tolerance(then[function])


FAMILIES = st.lists(st.frozensets(st.integers(0, 6), min_size=1, max_size=3), max_size=4)


@given(FAMILIES)
def test_search_for_what_decides_against_every_subset(family: list[frozenset[int]]) -> None:
    """A conclusion that falls when any of these groups is changed as a whole."""

    def breaks(tried: tuple[int, ...]) -> bool:
        return any(group <= set(tried) for group in family)

    items = tuple(range(7))
    singles = tuple(i for i in items if frozenset({i}) in family)
    assert alone_enough(items, breaks, 7) == singles
    assert alone_enough(items, breaks, 1) == singles[:1]
    if family:
        found = together_enough(items, breaks)
        assert breaks(found)
        assert not any(breaks(part) for part in combinations(found, len(found) - 1))
