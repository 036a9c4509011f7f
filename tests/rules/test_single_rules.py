"""What single rules say on small models, beyond the examples of their documentation."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from riskmap.analysis import restart
from riskmap.model import Policy, Severity, Thresholds
from riskmap.rules.finding import Finding, Measure
from riskmap.rules.registry import find
from riskmap.rules.results import Results
from riskmap.rules.statement import render
from tests.support.models import TODAY, load


def found(folder: Path, text: str) -> dict[str, Finding]:
    return {finding.key: finding for finding in find(Results(load(folder, text), TODAY))}


def summary(folder: Path, text: str, key: str) -> str:
    model = load(folder, text)
    (finding,) = (f for f in find(Results(model, TODAY)) if f.key == key)
    return render(finding.summary, model)


FUNCTION = """
functions:
  f: {owner: me, criticality: critical, mtd: 8h, rto: 4h, minimum: 50%, needs: [x]}
"""


def test_a_poorer_fallback_makes_nothing_worse(tmp_path: Path) -> None:
    """``x`` needs ``y``; a fallback for ``y`` at 30% must not disarm the one for ``x`` at 80%."""
    system = (
        FUNCTION + "services: {x: {needs: [y], outage: {worst: 1h}}, y: {outage: {worst: 10d}}}\n"
    )
    better = """contingencies:
  better: {covers: x, detect: 2h, decide: 0h, activate: 0h, sustains: 30d, capacity: 80%}
"""
    poorer = "  poorer: {covers: y, detect: 1h, decide: 0h, activate: 0h, sustains: 30d,"
    poorer += " capacity: 30%}\n"
    assert "RM101@y" not in found(tmp_path, system + better)
    assert "RM101@y" not in found(tmp_path, system + better + poorer)
    assert "RM101@y" in found(tmp_path, system + "contingencies:\n" + poorer)


def test_a_second_contract_never_takes_leverage_away(tmp_path: Path) -> None:
    """``y`` is owed under the contract over ``x``; another over ``y`` that pays nothing adds."""
    system = (
        FUNCTION
        + """
services:
  x: {provider: p, needs: [y], outage: {worst: 1d}}
  y: {provider: p, outage: {worst: 1d}}
providers: {p: {fails_alone: false}}
contracts:
  paying: {provider: p, covers: [x], credits: 100}
"""
    )
    unpaid = "  a-first: {provider: p, covers: [y]}\n"
    assert "RM302@p" not in found(tmp_path, system)
    assert "RM302@p" not in found(tmp_path, system + unpaid)
    assert "RM302@p" in found(tmp_path, system.replace("credits: 100", "credits: 0") + unpaid)


def test_fate_is_shared_only_through_what_the_plan_covers(tmp_path: Path) -> None:
    """``z`` stops both the function and the plan, but not through ``a``: nothing is planned."""
    text = """
functions: {f: {criticality: critical, mtd: 8h, rto: 4h, needs: [a, z]}}
services: {a: {outage: {worst: 1d}}, z: {outage: {worst: 1d}}}
contingencies:
  p: {covers: a, uses: [z], detect: 1h, decide: 1h, activate: 1h, sustains: 5d, capacity: 100%}
"""
    keys = found(tmp_path, text)
    assert "RM203@p" not in keys
    assert keys["RM201@f"].involves == ("z",)
    through = found(
        tmp_path,
        text.replace("needs: [a, z]", "needs: [a]").replace("a: {outage", "a: {needs: [z], outage"),
    )
    assert through["RM203@p"].involves == ("z",)
    assert "RM201@f" not in through, "RM203 says it"


@pytest.mark.parametrize(("contracted_by", "rank"), [("[p]", 2), ("[]", None), ("[q]", None)])
def test_a_subcontractor_ranks_below_who_contracted_it(
    tmp_path: Path, contracted_by: str, rank: int | None
) -> None:
    text = (
        FUNCTION
        + f"""
services:
  x: {{provider: p, needs: [y], outage: {{worst: 1d}}}}
third_parties:
  y: {{provider: q, contracted_by: {contracted_by}, outage: {{worst: 1d}}}}
providers: {{p: , q: }}
contracts: {{k: {{provider: p, covers: [x], credits: 100}}}}
"""
    )
    results = Results(load(tmp_path, text), TODAY)
    stands = results.accountability["y"]
    assert stands.rank == rank
    assert stands.payable == 0
    assert stands.chain == (("k", "p") if rank else ())
    assert results.accountability["x"].payable == 100
    assert ("RM301@y" in {f.key for f in find(results)}) == (rank is None)
    assert "RM302@q" in {f.key for f in find(results)}


@pytest.mark.parametrize(
    ("starts", "ends", "binds"),
    [
        ("2026-03-01", "2026-03-01", True),
        ("2026-03-02", "2026-12-31", False),
        ("2025-01-01", "2026-02-28", False),
    ],
)
def test_a_contract_binds_from_its_first_to_its_last_day(
    tmp_path: Path, starts: str, ends: str, binds: bool
) -> None:
    text = (
        FUNCTION
        + f"""
services: {{x: {{provider: p, outage: {{worst: 1d}}}}}}
providers: {{p: }}
contracts: {{k: {{provider: p, covers: [x], starts: {starts}, ends: {ends}}}}}
"""
    )
    assert (Results(load(tmp_path, text), TODAY).accountability["x"].rank == 1) == binds
    assert ("RM301@x" not in found(tmp_path, text)) == binds
    assert date(2026, 3, 1) == TODAY


def test_what_we_run_ourselves_needs_no_contract(tmp_path: Path) -> None:
    keys = found(tmp_path, FUNCTION + "services: {x: {outage: {worst: 1d}}}\n")
    assert set(keys) == {"RM101@x", "RM201@f"}


def test_a_bridged_outage_is_no_single_point_of_failure(tmp_path: Path) -> None:
    text = (
        FUNCTION
        + """
services: {x: {outage: {worst: 5d}}}
contingencies:
  p: {covers: x, detect: 1h, decide: 1h, activate: 2h, sustains: 5d, capacity: 50%, trigger: alarm,
      decides: me, steps: [go], tests: [{date: 2026-01-01, result: passed}]}
"""
    )
    assert found(tmp_path, text) == {}
    late = found(tmp_path, text.replace("activate: 2h", "activate: 3h"))
    assert {key: finding.severity for key, finding in late.items()} == {
        "RM101@x": Severity.MEDIUM,
        "RM202@p": Severity.MEDIUM,
    }
    short = found(tmp_path, text.replace("sustains: 5d", "sustains: 4d"))
    assert set(short) == {"RM101@x", "RM206@p"}
    weak = found(tmp_path, text.replace("capacity: 50%", "capacity: 49%"))
    assert set(weak) == {"RM101@x", "RM209@p"}


@pytest.mark.parametrize("fact", ["detect: 1h, ", "decide: 1h, ", "activate: 2h, "])
def test_a_time_nobody_stated_counts_as_never(tmp_path: Path, fact: str) -> None:
    text = (
        FUNCTION
        + """
services: {x: {outage: {worst: 5d}}}
contingencies:
  p: {covers: x, detect: 1h, decide: 1h, activate: 2h, sustains: 5d, capacity: 50%}
""".replace(fact, "")
    )
    keys = found(tmp_path, text)
    assert keys["RM202@p"].severity is Severity.CRITICAL
    assert keys["RM101@x"].severity is Severity.CRITICAL
    assert "not stated" in summary(tmp_path, text, "RM202@p")


def test_a_plan_that_failed_its_tests_counts_as_untested(tmp_path: Path) -> None:
    text = (
        FUNCTION
        + """
services: {x: {outage: {worst: 5d}}}
contingencies:
  p: {covers: x, detect: 1h, decide: 1h, activate: 2h, sustains: 5d, capacity: 50%,
      tests: [{date: 2026-01-01, result: failed}, {date: 2026-02-01, result: partial}]}
"""
    )
    assert "last test, on 1 February 2026" in summary(tmp_path, text, "RM204@p")
    once = text.replace("2026-01-01, result: failed", "2026-01-01, result: passed")
    assert "last test, on 1 February 2026" in summary(tmp_path, once, "RM204@p")
    assert "RM204@p" not in found(tmp_path, once.replace("partial", "passed"))


def test_an_outage_nobody_gave_a_figure_for_has_no_end(tmp_path: Path) -> None:
    finding = found(tmp_path, FUNCTION + "services: {x: }\n")["RM101@x"]
    assert finding.severity is Severity.CRITICAL
    assert "x.outage" in finding.assumptions
    longest = next(m for m in finding.evidence if isinstance(m, Measure))
    assert longest.value == float("inf")


def test_k_of_n_is_false_redundancy_when_too_many_share_a_cause(tmp_path: Path) -> None:
    text = """
functions: {f: {criticality: critical, mtd: 8h, needs: [{at_least: 2, of: [a, b, c]}]}}
services: {a: {needs: [z]}, b: {needs: [z]}, c: , z: {outage: {worst: 1d}}}
"""
    assert found(tmp_path, text)["RM103@f"].involves == ("a", "b", "z")
    assert "RM103@f" not in found(tmp_path, text.replace("at_least: 2", "at_least: 1"))


def test_a_strong_chain_holds_a_weak_one_does_not(tmp_path: Path) -> None:
    text = (
        FUNCTION
        + """
services:
  x: {provider: p, market: commodity, coupled_to: [{service: y}], outage: {worst: 1d}}
  y: {provider: p, coupled_to: [{service: z}]}
  z: {provider: p, market: proprietary}
providers: {p: }
"""
    )
    assert found(tmp_path, text)["RM401@x"].involves == ("z",)
    weak = text.replace("{service: z}", "{service: z, strength: weak}")
    assert "RM401@x" not in found(tmp_path, weak)


STOPS_AGAIN = """
functions: {f: {criticality: critical, mtd: 4h, rto: 3h, minimum: 50%, needs: [x]}}
services: {x: {outage: {worst: 12h}}}
contingencies:
  p: {covers: x, detect: 1h, decide: 1h, activate: 1h, sustains: 1h, capacity: 100%}
  q: {covers: x, detect: 3h, decide: 3h, activate: 1h, sustains: 2h, capacity: 100%}
"""


def test_stops_in_between_add_up(tmp_path: Path) -> None:
    """Down 0-3, 4-7 and 9-12 hours: no stop is longer than 3 hours, and 9 of 12 are lost."""
    findings = found(tmp_path, STOPS_AGAIN)
    assert findings["RM101@x"].severity is Severity.CRITICAL
    assert "for 9 hours in three stops" in summary(tmp_path, STOPS_AGAIN, "RM101@x")
    assert "RM206@p" in findings


def test_a_measured_time_beats_the_stated_one(tmp_path: Path) -> None:
    text = """
functions: {f: {criticality: critical, mtd: 4h, rto: 3h, needs: [x]}}
services: {x: {outage: {worst: 3d}}}
contingencies:
  p: {covers: x, detect: 1h, decide: 1h, activate: 1h, sustains: 30d, capacity: 100%,
      tests: [{date: 2026-01-01, result: passed, took: 20h}]}
"""
    assert "carries only after 20 hours" in summary(tmp_path, text, "RM202@p")


def test_an_ended_contract_is_named(tmp_path: Path) -> None:
    text = """
functions: {f: {criticality: critical, mtd: 4h, needs: [x]}}
services: {x: {provider: p, outage: {worst: 3d}}}
providers: {p: {title: P Ltd, outage: {worst: 1h}}}
contracts: {old: {provider: p, covers: x, ends: 2020-01-01, credits: 5}}
"""
    assert "old is not in force on" in summary(tmp_path, text, "RM301@x")


def test_a_function_of_which_nothing_is_known_is_not_fine(tmp_path: Path) -> None:
    findings = found(tmp_path, "functions: {f: {criticality: critical, mtd: 4h}}\n")
    assert findings["RM006@f"].severity is Severity.HIGH


def test_a_policy_may_ask_fallbacks_for_more_than_the_minimum(tmp_path: Path) -> None:
    text = (
        FUNCTION
        + """
services: {x: {outage: {worst: 5d}}}
contingencies:
  p: {covers: x, detect: 1h, decide: 1h, activate: 2h, sustains: 5d, capacity: 60%}
"""
    )
    model = load(tmp_path, text)
    assert "RM209@p" not in {f.key for f in find(Results(model, TODAY))}
    asked = Policy(thresholds=Thresholds(fallback_capacity=Fraction(4, 5)))
    (finding,) = (f for f in find(Results(model, TODAY, asked)) if f.key == "RM209@p")
    assert finding.severity is Severity.LOW
    assert (
        render(finding.summary, model) == "With p running, f works at 60%; the policy asks for 80%"
    )


def circle(folder: Path, services: str) -> str:
    """Return what to do about the one restart deadlock of a few services that ``f`` needs."""
    text = "functions: {f: {criticality: critical, mtd: 4h, needs: [a]}}\nservices:\n" + services
    model = load(folder, text)
    (finding,) = (f for f in find(Results(model, TODAY)) if f.rule == "RM104")
    return render(finding.recommendation, model)


def test_the_fewest_that_must_be_started_from_outside_are_named(tmp_path: Path) -> None:
    start = "Prepare a way to start {} without the others, and try it"
    two = "  a: {needs: [b]}\n  b: {needs: [a]}\n"
    assert circle(tmp_path, two) == start.format("a") + "; b would do as well"
    three = "  a: {needs: [b]}\n  b: {needs: [c]}\n  c: {needs: [a]}\n"
    more = "; two other choices of as many would do as well"
    assert circle(tmp_path, three) == start.format("a") + more
    hub = "  a: {needs: [b, c]}\n  b: {needs: [a]}\n  c: {needs: [a]}\n"
    assert circle(tmp_path, hub) == start.format("a")
    chain = "  a: {needs: [b]}\n  b: {needs: [a, c]}\n  c: {needs: [b, d]}\n  d: {needs: [c]}\n"
    other = "; two other choices of as many would do as well"
    assert circle(tmp_path, chain) == start.format("a and c") + other


def test_a_circle_too_large_to_search_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = restart._Search.__init__
    monkeypatch.setattr(
        restart._Search, "__init__", lambda self, s, members: made(self, s, members, left=9)
    )
    chain = "  a: {needs: [b]}\n  b: {needs: [a, c]}\n  c: {needs: [b, d]}\n  d: {needs: [c]}\n"
    expected = "; the search for fewer was cut off, at least one must be started"
    assert circle(tmp_path, chain).endswith(" b and c without the others, and try it" + expected)


def test_what_is_left_of_one_function_may_be_too_little_for_another(tmp_path: Path) -> None:
    """Half of ``part`` is enough for itself; ``whole`` needs all of it, and says so by silence."""
    text = """
functions:
  part: {criticality: critical, mtd: 4h, rto: 1h, minimum: 30%, shares: {x: 50%, y: 50%}}
  whole: {criticality: critical, mtd: 4h, rto: 1h, needs: [part]}
services: {x: {outage: {worst: 5d}}, y: {outage: {worst: 5d}}}
"""
    findings = found(tmp_path, text)
    assert findings["RM101@x"].functions == ("whole",)
    assert findings["RM101@y"].functions == ("whole",)
    assert "RM101@x" not in found(tmp_path, text.replace("rto: 1h, needs", "minimum: 50%, needs"))
