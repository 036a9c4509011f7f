"""Exits calculated by hand: who moves, how long, for how much, how firmly held, what loosens it."""

import math
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riskmap.assessment.exit_document import exit_document
from riskmap.model import (
    Confidence,
    ExitFacts,
    Facet,
    IdentityHolder,
    Model,
    Openness,
    Provider,
    Service,
    Skills,
    Substitutability,
)
from riskmap.rules.leaving.costs import CostKind
from riskmap.rules.leaving.limits import LimitKind
from riskmap.rules.leaving.phases import PhaseKind, build_seconds
from riskmap.rules.leaving.plan import ExitPlan, plan_of
from riskmap.rules.leaving.portfolio import Hold, portfolio_of
from riskmap.rules.leaving.scoring import WEIGHTS, Term, score_of
from riskmap.rules.results import Results
from riskmap.rules.statement import render
from tests.support.models import load

DAY = 86400.0
TODAY = date(2026, 6, 1)

CASE = """
currency: EUR
exit_people: 1
functions: {f: {criticality: critical, mtd: 8h, rto: 4h, needs: [mail]}}
services:
  mail:
    provider: p
    market: commodity
    coupled_to:
      - {service: sites, by: [licence], cost: 700}
      - {service: sites, by: [identity], cost: 300}
    exit:
      substitutability: medium-complexity
      procurement: 10d
      effort: 10d
      team: 1
      labour_per_day: {low: 400, likely: 500, high: 600}
      cost: 1000
      retraining: 250
      data: 450 GB
      bandwidth: 50 Mbit/s
      retrieval: 5d
      parallel_run: 7d
      cut_over: 1d
      openness: documented
      identity: federated
      skills: in-house
      facets: {data-syntactic: 3, data-semantic: 0, data-policy: 2}
  sites:
    provider: p
    market: proprietary
    exit:
      procurement: 40d
      build: 50d
      cost: 20000
      retraining: 0
      data: 0 B
      parallel_run: 20d
      cut_over: 2d
      substitutability: highly-complex
providers: {p: {title: P}}
contracts:
  c:
    provider: p
    covers: [mail, sites]
    notice: 30d
    provider_notice: 60d
    annual_cost: 3650
    termination_fee: 800
    switching_charges: 150
"""


def results(folder: Path, text: str = CASE, today: date = TODAY) -> Results:
    return Results(load(folder, text), today)


def plan(folder: Path, subject: str = "mail", text: str = CASE, today: date = TODAY) -> ExitPlan:
    return plan_of(results(folder, text, today).leaving, subject)


def times(found: ExitPlan, kind: PhaseKind, subject: str) -> tuple[float, float]:
    phase = found.timing.phase(kind, subject)
    return phase.start / DAY, phase.end / DAY


def test_who_moves_and_why(tmp_path):
    found = plan(tmp_path)
    assert found.members == ("mail", "sites")
    assert found.holders == ("sites",)
    (along,) = found.along
    assert (along.service, along.chain) == ("sites", ("mail", "sites"))
    assert [str(kind) for kind in along.kinds] == ["identity", "licence"]
    assert found.timing.groups == (("sites",), ("mail",))


def test_the_schedule_by_hand(tmp_path):
    """10 working days are 14 calendar days; 450 GB over 50 Mbit/s take 72,000 s, 20 hours.

    One person: sites can begin on day 40, mail on day 30; mail is built until 44, then sites until
    94; with 20 and 2 days more it ends on day 116.
    """
    found = plan(tmp_path)
    assert times(found, PhaseKind.NOTICE, "c") == (0, 30)
    assert times(found, PhaseKind.BUILD, "mail") == (30, 44)
    assert times(found, PhaseKind.TRANSFER, "mail") == pytest.approx((44, 44 + 20 / 24))
    assert times(found, PhaseKind.BUILD, "sites") == (44, 94)
    assert times(found, PhaseKind.CUT_OVER, "sites") == (114, 116)
    assert (found.timing.whole.seconds / DAY, found.timing.whole.open) == (116, False)
    assert found.timing.critical == (
        "notice:c",
        "build:mail",
        "build:sites",
        "parallel-run:sites",
        "cut-over:sites",
    )


def test_the_move_leaves_our_notice_out(tmp_path):
    """Without notice mail is built from day 10 to 24 and sites from 40: 40 + 50 + 20 + 2."""
    assert plan(tmp_path).timing.move.seconds / DAY == 112


def test_more_people_let_builds_run_side_by_side(tmp_path):
    found = plan(tmp_path, text=CASE.replace("exit_people: 1", "exit_people: 2"))
    assert found.timing.whole.seconds / DAY == 112
    assert found.timing.shortest == found.timing.whole.seconds


def test_the_costs_by_hand(tmp_path):
    """Side by side from the first parallel run (day 44.83) to day 116, at 10 a day."""
    found = plan(tmp_path)
    items = {(item.kind, item.subject): item for item in found.costs}
    labour = items[CostKind.LABOUR, "mail"].amount
    assert (labour.low, labour.likely, labour.high) == (4000, 5000, 6000)
    assert items[CostKind.MOVE, "sites"].amount.likely == 20000
    side_by_side = (116 - 44 - 20 / 24) * 10
    assert items[CostKind.DUAL_RUNNING, "c"].amount.likely == pytest.approx(side_by_side)
    fixed = 1000 + 250 + 20000 + 0 + 800 + 150 + side_by_side
    assert found.cost.low == pytest.approx(fixed + 4000)
    assert found.cost.likely == pytest.approx(fixed + 5000)
    assert found.cost.high == pytest.approx(fixed + 6000)
    assert not found.cost.open


def test_the_score_by_hand(tmp_path):
    """Facets: 3 + 0 + 2 stated and 10 x 3 not, 35 of 39. Data: 20 hours of 120.

    Contract: half of 30/365 and half of 950/3650.
    """
    score = score_of(results(tmp_path).leaving, "mail")
    points = {term.term: term.points for term in score.terms}
    assert points[Term.FACETS] == pytest.approx(25 * 35 / 39)
    assert points[Term.SUBSTITUTABILITY] == pytest.approx(20 / 3)
    assert points[Term.CONTRACT] == pytest.approx(15 * (30 / 365 + 950 / 3650) / 2)
    assert points[Term.FORMAT] == 5
    assert points[Term.DATA] == pytest.approx(10 / 6)
    assert points[Term.IDENTITY] == 10, "tied by identity to sites, which is worse than federated"
    assert points[Term.SKILLS] == 0
    assert score.total == pytest.approx(sum(points.values()))
    assert score.unstated == (Term.FACETS,)


def test_weights_add_up_to_a_hundred():
    assert sum(WEIGHTS.values()) == 100
    assert set(WEIGHTS) == set(Term)


def test_what_nobody_stated_counts_in_full(tmp_path):
    text = "functions: {f: {needs: [x]}}\nservices: {x: {provider: p}}\nproviders: {p: {}}\n"
    found = plan(tmp_path, "x", text)
    assert found.scores[0].total == 100
    assert found.timing.whole.unknown
    assert found.cost.unknown
    assert {gap.fact for gap in found.gaps} >= {
        "procurement",
        "skills",
        "a contract that covers it",
    }


def test_the_cheapest_loosening_by_hand(tmp_path):
    """Both ties to sites are cut, 700 + 300; mail alone leaves in 30 + 14 + 20 h + 7 + 1 days."""
    found = plan(tmp_path)
    (loosening,) = found.loosenings
    assert [(cut.source, cut.target, cut.cost) for cut in loosening.cuts] == [
        ("mail", "sites", 1000)
    ]
    assert loosening.members == ("mail",)
    assert loosening.move.seconds / DAY == pytest.approx(10 + 14 + 20 / 24 + 7 + 1)
    alone = 5000 + 1000 + 250 + 800 + 150 + 8 * 10
    assert loosening.leaving.likely == pytest.approx(alone)
    assert loosening.saving == pytest.approx(found.cost.likely - alone)
    assert loosening.pays is True
    assert loosening.break_even == pytest.approx(1000 / loosening.saving)


def test_a_tie_without_a_price_leaves_it_undecided(tmp_path):
    found = plan(tmp_path, text=CASE.replace("by: [identity], cost: 300", "by: [identity]"))
    (loosening,) = found.loosenings
    assert (loosening.open, loosening.cost, loosening.pays) == (True, 700, None)


def test_a_dear_cut_does_not_pay(tmp_path):
    found = plan(tmp_path, text=CASE.replace("cost: 700", "cost: 70000"))
    assert found.loosenings[0].pays is False
    assert found.loosenings[0].break_even is None


def test_a_cut_further_on_may_be_cheaper(tmp_path):
    """Mail drags login, login drags sites: cutting login from sites costs less than mail's tie."""
    text = CASE.replace("service: sites, by", "service: login, by")
    login = (
        "  login: {provider: p, coupled_to: [{service: sites, by: [data], cost: 20}]}\n  sites:\n"
    )
    found = plan(tmp_path, text=text.replace("  sites:\n", login, 1))
    first, second = found.loosenings
    assert [(cut.source, cut.target) for cut in first.cuts] == [("login", "sites")]
    assert first.members == ("login", "mail")
    assert second.members == ("mail",)
    assert second.cost == 1000


def test_comparisons(tmp_path):
    found = {(item.kind, item.subject): item for item in plan(tmp_path).comparisons}
    assert found[LimitKind.OUR_NOTICE, "c"].fits is False
    assert found[LimitKind.PROVIDER_NOTICE, "c"].short_by / DAY == 52
    assert found[LimitKind.RETRIEVAL, "mail"].fits is True
    assert (LimitKind.RETRIEVAL, "sites") not in found, "it has no data"
    assert found[LimitKind.TOLERANCE, "f"].fits is False
    term = plan(tmp_path, text=CASE.replace("notice: 30d", "ends: 2026-09-01")).comparisons
    assert {i.kind: i for i in term}[LimitKind.REMAINING_TERM].limit == 92 * DAY


def test_a_window_shorter_than_the_transfer(tmp_path):
    found = plan(tmp_path, text=CASE.replace("retrieval: 5d", "retrieval: 12h"))
    back = next(item for item in found.data if item.service == "mail")
    assert (back.takes, back.window, back.fits) == (72000, 43200, False)
    assert any("fetched" in clause.text.template for clause in found.clauses)


@pytest.mark.parametrize(
    ("jurisdiction", "today", "due"),
    [
        ("EU", date(2027, 1, 11), 150),
        ("EU", date(2027, 1, 12), 0),
        ("DE", date(2027, 6, 1), 0),
        ("US", date(2027, 6, 1), 150),
        (None, date(2027, 6, 1), 150),
    ],
)
def test_the_data_act_ends_switching_charges(tmp_path, jurisdiction, today, due):
    head = f"jurisdiction: {jurisdiction}\n" if jurisdiction else ""
    model = load(tmp_path, head + CASE)
    found = plan_of(Results(model, today).leaving, "mail")
    (item,) = [item for item in found.costs if item.kind is CostKind.SWITCHING]
    assert item.amount.likely == due
    how = render(item.how, model)
    assert ("12 January 2027 (EU Data Act, Art. 29)" in how) == (jurisdiction in ("EU", "DE"))


def test_an_unstated_charge_is_no_gap_once_it_is_banned(tmp_path):
    text = "jurisdiction: EU\n" + CASE.replace("    switching_charges: 150\n", "")
    before = plan(tmp_path, text=text)
    after = plan(tmp_path, text=text, today=date(2027, 2, 1))
    assert before.cost.open
    assert not after.cost.open
    assert "switching_charges" in {gap.fact for gap in before.gaps}
    assert "switching_charges" not in {gap.fact for gap in after.gaps}


def test_ending_early_costs_at_most_the_rest_of_the_term(tmp_path):
    """Out on day 116, 25 September 2026; the term runs 97 days longer at 10 a day."""
    text = CASE.replace("    termination_fee: 800\n", "    ends: 2026-12-31\n")
    found = plan(tmp_path, text=text)
    (item,) = [i for i in found.costs if i.kind is CostKind.TERMINATION]
    assert (item.amount.low, item.amount.high, item.open) == (0, 970, True)
    assert found.cost.open
    soon = plan(tmp_path, text=text.replace("2026-12-31", "2026-07-01"))
    (item,) = [i for i in soon.costs if i.kind is CostKind.TERMINATION]
    assert (item.amount.high, item.open) == (0, False)


def test_after_makes_one_wait_for_the_other(tmp_path):
    text = CASE.replace("      procurement: 40d\n", "      procurement: 40d\n      after: mail\n")
    found = plan(tmp_path, text=text)
    left = times(found, PhaseKind.CUT_OVER, "mail")[1]
    assert times(found, PhaseKind.BUILD, "sites")[0] == left


def test_needs_order_the_builds_and_rings_of_needs_do_not(tmp_path):
    text = CASE.replace("exit_people: 1", "exit_people: 9")
    needing = text.replace(
        "    market: proprietary\n", "    market: proprietary\n    needs: [mail]\n"
    )
    found = plan(tmp_path, text=needing)
    assert times(found, PhaseKind.BUILD, "sites")[0] == 44
    ring = needing.replace("market: commodity\n", "market: commodity\n    needs: [sites]\n")
    assert times(plan(tmp_path, text=ring), PhaseKind.BUILD, "sites")[0] == 40


def test_build_time():
    effort = timedelta(days=10)
    assert build_seconds(ExitFacts(effort=effort), 5) == 14 * DAY, "one person unless stated"
    assert build_seconds(ExitFacts(effort=effort, team=2), 5) == 7 * DAY
    assert build_seconds(ExitFacts(effort=effort, team=4), 2) == 7 * DAY, "no more than there are"
    stated = timedelta(days=10)
    assert build_seconds(ExitFacts(effort=effort, build=stated), 5) == 10 * DAY
    assert build_seconds(ExitFacts(effort=effort, build=stated, team=1), 5) == 14 * DAY
    assert build_seconds(ExitFacts(), 5) is None


def test_leaving_a_parent_means_leaving_what_it_owns(tmp_path):
    text = CASE.replace("providers: {p: {title: P}}", "providers: {p: {parent: q}, q: {}}")
    ground = results(tmp_path, text).leaving
    assert plan_of(ground, "q").members == ("mail", "sites")
    assert plan_of(ground, "q").along == ()
    with pytest.raises(KeyError):
        plan_of(ground, "f")


def test_portfolio(tmp_path):
    text = CASE.replace("  sites:\n", "  other: {provider: r, needs: [sites]}\n  sites:\n", 1)
    text = text.replace("{p: {title: P}}", "{p: {}, r: {parent: q}, q: {}}")
    found = portfolio_of(results(tmp_path, text).leaving)
    assert found.rows[0].service == "other"
    assert found.rows[0].score.total == 100
    assert found.rows[0].parent == "q"
    cells = {(cell.provider, cell.service): cell for cell in found.cells}
    assert cells["r", "other"].hold is Hold.RUNS
    assert cells["p", "other"].hold is Hold.NEEDED
    assert cells["p", "other"].through == ("sites",)
    (decision,) = found.decisions
    assert (decision.service, decision.locks_in) == ("sites", ("mail",))
    assert decision.functions == ("f",)
    assert [parent.parent for parent in found.parents] == ["p", "q"]


def test_assumed_facts_mark_the_numbers(tmp_path):
    text = CASE.replace("    market: commodity\n", "    market: commodity\n    assumed: [exit]\n")
    found = plan(tmp_path, text=text)
    assert found.timing.phase(PhaseKind.BUILD, "mail").basis is Confidence.ASSUMED
    assert found.timing.phase(PhaseKind.BUILD, "sites").basis is Confidence.EVIDENCED


def test_the_document_names_every_number(tmp_path):
    made = results(tmp_path)
    document = exit_document(plan_of(made.leaving, "mail"), made.model)
    assert document["schedule"]["whole"] == {"hours": 116 * 24, "at_least": False}
    assert document["cost"]["likely"] == 27911.67
    assert document["gaps"] == [
        {"subject": "mail", "fact": "all facets", "opens": ["score"]},
        *(
            {"subject": "sites", "fact": fact, "opens": ["score"]}
            for fact in ("format, openness", "identity", "skills", "facets")
        ),
    ]


# -- any facts at all ---------------------------------------------------------------------------

DAYS = st.sampled_from([None, timedelta(0), timedelta(days=3), timedelta(days=40)])
FACTS = st.builds(
    ExitFacts,
    substitutability=st.sampled_from([None, *Substitutability]),
    effort=DAYS,
    team=st.sampled_from([None, 1, 3]),
    data=st.sampled_from([None, 0.0, 1e9, 1e15]),
    bandwidth=st.sampled_from([None, 1e6]),
    openness=st.sampled_from([None, *Openness]),
    retrieval=DAYS,
    procurement=DAYS,
    build=DAYS,
    parallel_run=DAYS,
    cut_over=DAYS,
    identity=st.sampled_from([None, *IdentityHolder]),
    skills=st.sampled_from([None, *Skills]),
    facets=st.lists(st.tuples(st.sampled_from(Facet), st.integers(0, 3)), unique_by=lambda f: f[0])
    .map(sorted)
    .map(tuple),
)
FORGOTTEN = ("substitutability", "openness", "identity", "skills", "data", "bandwidth", "retrieval")


def alone(facts: ExitFacts) -> Results:
    service = Service(id="x", title="x", provider="p", exit=facts)
    return Results(
        Model(organisation="X", services=(service,), providers=(Provider(id="p", title="p"),)),
        TODAY,
    )


@given(FACTS, st.sampled_from(FORGOTTEN))
def test_a_score_is_within_bounds_and_forgetting_never_lowers_it(facts, forgotten):
    before = score_of(alone(facts).leaving, "x")
    assert 0 <= before.total <= 100
    after = score_of(alone(replace(facts, **{forgotten: None})).leaving, "x")
    assert after.total >= before.total - 1e-9
    fewer = score_of(alone(replace(facts, facets=facts.facets[1:])).leaving, "x")
    assert fewer.total >= before.total - 1e-9


@given(FACTS, st.sampled_from(["procurement", "build", "effort", "parallel_run", "cut_over"]))
def test_forgetting_a_time_never_makes_an_exit_look_shorter_for_certain(facts, forgotten):
    before = plan_of(alone(facts).leaving, "x").timing.whole
    after = plan_of(alone(replace(facts, **{forgotten: None})).leaving, "x").timing.whole
    assert after.open or after.seconds >= before.seconds or forgotten in ("build", "effort")
    assert math.isfinite(after.seconds)
