"""What contracts promise: RM306, RM307 and RM308, against figures worked out by hand."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from riskmap.model import BASIC_CLAUSES, CLAUSE_IDS, SHIPPED, ClauseStatus, Model, Policy, Severity
from riskmap.rules.finding import Finding, Measure
from riskmap.rules.registry import find
from riskmap.rules.results import Results
from riskmap.rules.statement import Statement, render
from tests.support.models import TODAY, edit, load

OURS = ("RM306", "RM307", "RM308")
FUNCTION = "functions: {f: {title: Sell, criticality: critical, mtd: 8h, rto: 4h, needs: [x]}}\n"
SERVICE = "services: {x: {title: Shop, provider: acme, outage: {worst: 5d}}}\n"
PROVIDER = "providers: {acme: {title: Acme, fails_alone: false}}\n"
SYSTEM = FUNCTION + SERVICE + PROVIDER


def contract(facts: str) -> str:
    return f"contracts: {{k: {{title: Hosting, provider: acme, covers: [x], {facts}}}}}\n"


def sla(text: str) -> str:
    return SYSTEM + contract(f"sla: {{{text}}}")


def found(model: Model, policy: Policy = SHIPPED) -> dict[str, Finding]:
    every = find(Results(model, TODAY, policy))
    return {finding.key: finding for finding in every if finding.rule in OURS}


def words(model: Model, statement: Statement) -> str:
    return render(statement, model)


def measure(finding: Finding, name: str) -> float:
    (value,) = (m.value for m in finding.evidence if isinstance(m, Measure) and m.name == name)
    return value


# -- RM306 -------------------------------------------------------------------------------------


def test_a_year_at_three_nines_allows_more_than_eight_hours(tmp_path: Path) -> None:
    """0.1% of 365 days is 8.76 hours."""
    model = load(tmp_path, sla("availability: 99.9%, period: year"))
    finding = found(model)["RM306@f"]
    assert measure(finding, "stop_allowed") == pytest.approx(8.76)
    assert finding.severity is Severity.HIGH, "one step below the stop itself"
    assert finding.cause == "x"
    assert set(finding.involves) == {"x", "k"}
    assert words(model, finding.summary) == (
        "99.9% is promised for Shop, which allows a stop of 8 hours 46 minutes in one piece "
        "each year; Sell tolerates 8 hours"
    )
    assert words(model, finding.because) == (
        "Sell is critical and would stop for 8 hours 46 minutes; it tolerates 8 hours, "
        "and the promise would be kept"
    )
    assert words(model, finding.recommendation) == (
        "Have the 99.9% for Shop measured by the month: it then allows 45 minutes at most"
    )


@pytest.mark.parametrize(
    ("level", "mtd", "fires"),
    [
        # longest stop: year 8760 h, quarter 2208 h, month 744 h
        ("availability: 99.9%, period: year", "9h", False),
        ("availability: 99.9%", "8h", True),
        ("availability: 99.9%", "8h46m", False),
        ("availability: 99.9%, period: quarter", "2h12m", True),
        ("availability: 99.9%, period: quarter", "2h13m", False),
        ("availability: 99.9%, period: month", "44m", True),
        ("availability: 99.9%, period: month", "45m", False),
        ("availability: 99%, period: month", "8h", False),
        ("availability: 98.9%, period: month", "8h", True),
        ("availability: 100%", "1m", False),
        ("measures: log-in", "1m", False),
    ],
)
def test_the_period_sets_the_longest_stop(
    tmp_path: Path, level: str, mtd: str, fires: bool
) -> None:
    text = sla(level).replace("mtd: 8h, rto: 4h", f"mtd: {mtd}")
    assert ("RM306@f" in found(load(tmp_path, text))) is fires


def test_an_unknown_period_is_said_and_listed(tmp_path: Path) -> None:
    model = load(tmp_path, sla("availability: 99.9%"))
    finding = found(model)["RM306@f"]
    assert "over a year, since nobody stated a period" in words(model, finding.summary)
    assert "k.sla.period" in finding.assumptions
    stated = load(tmp_path, sla("availability: 99.9%, period: year"))
    assert "k.sla.period" not in found(stated)["RM306@f"].assumptions


def test_exactly_what_is_tolerated_is_kept(tmp_path: Path) -> None:
    """1% of 365 days is 87 h 36 min, to the second."""
    text = sla("availability: 99%, period: year").replace("8h, rto: 4h", "87h36m")
    assert "RM306@f" not in found(load(tmp_path, text))
    assert "RM306@f" in found(load(tmp_path, text.replace("87h36m", "87h35m")))


def test_nobody_stated_the_tolerance(tmp_path: Path) -> None:
    text = sla("availability: 99.9%, period: month").replace("mtd: 8h, rto: 4h, ", "")
    model = load(tmp_path, text)
    finding = found(model)["RM306@f"]
    assert words(model, finding.summary).endswith("nobody stated how long Sell tolerates")
    assert "f.mtd" in finding.assumptions


def test_the_stop_is_no_longer_than_the_worst_outage(tmp_path: Path) -> None:
    assert "RM306@f" not in found(load(tmp_path, sla("availability: 99%").replace("5d", "2h")))
    unknown = sla("availability: 99%").replace("outage: {worst: 5d}", "market: commodity")
    assert "RM306@f" in found(load(tmp_path, unknown))
    parts = sla("availability: 99%").replace(
        "outage: {worst: 5d}}}", "needs: [y], outage: {worst: 2h}}, y: {provider: acme}}"
    )
    assert "RM306@f" in found(load(tmp_path, parts)), "a part of it has no known end"


def test_an_alternative_or_a_plan_in_time_makes_the_promise_enough(tmp_path: Path) -> None:
    base = sla("availability: 99.9%")
    other = base.replace("needs: [x]", "needs: [{any_of: [x, y]}]").replace(
        "services: {", "services: {y: {outage: {worst: 1h}}, "
    )
    assert "RM306@f" not in found(load(tmp_path, other))
    plan = (
        "contingencies: {p: {covers: x, detect: 1h, decide: 1h, activate: 1h, sustains: 30d,"
        " capacity: 100%}}\n"
    )
    assert "RM306@f" not in found(load(tmp_path, base + plan))
    assert "RM306@f" in found(load(tmp_path, base + plan.replace("detect: 1h", "detect: 8h")))


def test_an_ended_contract_promises_nothing(tmp_path: Path) -> None:
    text = SYSTEM + contract("ends: 2025-01-01, sla: {availability: 99.9%}")
    assert not {"RM306@f", "RM307@k", "RM308@k"} & set(found(load(tmp_path, text)))


def series(count: int, mtd: str, period: str = "year") -> str:
    names = [f"s{n}" for n in range(count)]
    services = ", ".join(f"{n}: {{provider: {n}p, outage: {{worst: 5d}}}}" for n in names)
    parties = ", ".join(f"{n}p: {{fails_alone: false}}" for n in names)
    deals = ", ".join(
        f"{n}k: {{provider: {n}p, covers: {n}, sla: {{availability: 99.9%, period: {period}}}}}"
        for n in names
    )
    return (
        f"functions: {{f: {{title: Sell, criticality: critical, mtd: {mtd}, needs: "
        f"[{', '.join(names)}]}}}}\n"
        f"services: {{{services}}}\nproviders: {{{parties}}}\ncontracts: {{{deals}}}\n"
    )


def test_five_at_three_nines_in_series(tmp_path: Path) -> None:
    """0.999 ** 5 is 99.50%, which leaves 43.7 hours a year; no single one is past ten hours."""
    model = load(tmp_path, series(5, "10h"))
    finding = found(model)["RM306@f"]
    assert measure(finding, "promised_together") == pytest.approx(0.9950, abs=5e-5)
    assert measure(finding, "allowed_a_year") == pytest.approx(43.7, abs=0.05)
    assert finding.severity is Severity.MEDIUM, "it takes one stop after another"
    assert words(model, finding.summary) == (
        "No single promise behind Sell is too low, but it needs all of s0, s1, s2, s3 and s4, "
        "and five promises in a row come to 99.50% together: 44 hours a year, where it tolerates "
        "10 hours at once"
    )
    assert "one after another" in words(model, finding.because)
    alone = found(load(tmp_path, series(5, "8h")))["RM306@f"]
    assert measure(alone, "allowed_a_year") == pytest.approx(43.7, abs=0.05)
    assert alone.severity is Severity.HIGH


@pytest.mark.parametrize(
    ("count", "mtd", "period", "fires"),
    [
        (5, "43h", "year", True),  # five stops of 8.76 h are 43.8 h
        (5, "44h", "year", False),
        (5, "4h", "month", False),  # five stops of 44.6 min are 3.72 h
        (5, "3h", "month", True),
        (1, "9h", "year", False),
        (2, "9h", "year", True),
    ],
)
def test_series_stops_one_after_another(
    tmp_path: Path, count: int, mtd: str, period: str, fires: bool
) -> None:
    assert ("RM306@f" in found(load(tmp_path, series(count, mtd, period)))) is fires


def test_a_part_of_the_same_party_counts_with_what_it_is_part_of(tmp_path: Path) -> None:
    nested = """
functions: {f: {criticality: critical, mtd: 9h, needs: [x]}}
services: {x: {provider: acme, needs: [y], outage: {worst: 5d}}, y: {provider: acme}}
providers: {acme: {fails_alone: false}, other: {fails_alone: false}}
contracts: {k: {provider: acme, covers: [x, y], sla: {availability: 99.9%}}}
"""
    assert "RM306@f" not in found(load(tmp_path, nested))
    apart = nested.replace("y: {provider: acme}", "y: {provider: other}")
    assert "RM306@f" in found(load(tmp_path, apart))


def test_the_better_of_two_contracts_counts_and_the_services_own_level_where_it_is_worse(
    tmp_path: Path,
) -> None:
    two = sla("availability: 99.9%").replace(
        "contracts: {", "contracts: {b: {provider: acme, covers: [x], sla: {availability: 99%}}, "
    )
    model = load(tmp_path, two)
    assert measure(found(model)["RM306@f"], "stop_allowed") == pytest.approx(8.76)
    better = load(
        tmp_path, two.replace("title: Shop,", "title: Shop, sla: {availability: 99.99%},")
    )
    assert measure(found(better)["RM306@f"], "stop_allowed") == pytest.approx(8.76)
    worse = load(tmp_path, two.replace("title: Shop,", "title: Shop, sla: {availability: 99.8%},"))
    assert measure(found(worse)["RM306@f"], "stop_allowed") == pytest.approx(17.52)


# -- RM307 -------------------------------------------------------------------------------------

BLIND = """
functions: {f: {title: Write, criticality: critical, mtd: 8h, rto: 4h, needs: [mail]}}
services:
  mail: {title: Mail, fails_alone: false, needs: [x, gate]}
  x: {title: Mailbox, provider: acme, outage: {worst: 1h}}
third_parties:
  gate: {title: Gateway, outage: {worst: 5d}}
providers: {acme: {title: Acme, fails_alone: false}, other: {fails_alone: false}}
contracts:
  k:
    {title: Mail contract, provider: acme, covers: [x],
     sla: {availability: 99.9%, measures: log-in}}
"""


def test_what_fails_beside_the_measured_service(tmp_path: Path) -> None:
    model = load(tmp_path, BLIND)
    finding = found(model)["RM307@k"]
    assert words(model, finding.summary) == (
        "“Mail contract” promises 99.9% for Mailbox, measured on “log-in”; that would read as met "
        "while Write is stopped by Gateway"
    )
    assert words(model, finding.because) == (
        "Write is critical and would stop for 5 days; it tolerates 8 hours, with the promise kept"
    )
    assert finding.severity is Severity.HIGH
    assert finding.cause == "gate"
    assert set(finding.involves) == {"acme", "gate", "x"}
    assert measure(finding, "promised") == pytest.approx(0.999)
    silent = load(tmp_path, BLIND.replace(", measures: log-in", ""))
    assert "on a measure not stated" in words(silent, found(silent)["RM307@k"].summary)


def test_a_contract_is_not_said_to_promise_what_the_service_states(tmp_path: Path) -> None:
    text = BLIND.replace("title: Mailbox,", "title: Mailbox, sla: {availability: 99.5%},")
    model = load(tmp_path, text)
    assert words(model, found(model)["RM307@k"].summary).startswith(
        "99.5% is promised for Mailbox, which “Mail contract” covers, on a measure not stated;"
    )


def test_not_every_failure_stops_every_function(tmp_path: Path) -> None:
    """The gateway stops writing, the drum stops printing; neither stops both."""
    text = BLIND.replace(
        "needs: [mail]}}",
        "needs: [mail]},"
        " g: {title: Print, criticality: critical, mtd: 8h, rto: 4h, needs: [printer]}}",
    )
    text = text.replace("  gate: {", "  drum: {title: Drum, outage: {worst: 5d}}\n  gate: {")
    text = text.replace(
        "services:\n", "services:\n  printer: {fails_alone: false, needs: [x, drum]}\n"
    )
    model = load(tmp_path, text)
    assert words(model, found(model)["RM307@k"].summary).endswith(
        "while at least one of Write and Print is stopped by any of Gateway and Drum"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("worst: 5d", "worst: 8h"),
        ("title: Gateway,", "title: Gateway, contracted_by: [acme], needed_by_x: 0,"),
        ("covers: [x]", "covers: [x, gate]"),
        ("needs: [x, gate]", "needs: [x, {any_of: [gate, y]}]"),
        ("sla: {availability: 99.9%, measures: log-in}", "credits: 1"),
        ("contracts:", "contracts:\n  g: {provider: other, covers: [gate]}"),
    ],
    ids=["tolerated", "subcontracted", "covered", "alternative", "no-sla", "another-contract"],
)
def test_silent_where_somebody_answers_or_nothing_stops(tmp_path: Path, old: str, new: str) -> None:
    text = BLIND.replace(old, new).replace("services:\n", "services:\n  y: {outage: {worst: 1h}}\n")
    if "needed_by_x" in text:  # the chain of contracts follows what the contracted service needs
        text = text.replace(" needed_by_x: 0,", "").replace(
            "title: Mailbox,", "title: Mailbox, needs: [gate],"
        )
    assert "RM307@k" not in found(load(tmp_path, text))


def test_our_own_failures_are_no_blind_spot_of_a_contract(tmp_path: Path) -> None:
    text = BLIND.replace("third_parties:\n  gate:", "  gate:")
    assert "RM307@k" not in found(load(tmp_path, text))


def test_only_the_nearest_contracts_are_named(tmp_path: Path) -> None:
    """A contract over something else of the same function is not the one that misleads."""
    text = BLIND.replace("needs: [mail]", "needs: [mail, books]").replace(
        "services:\n", "services:\n  books: {provider: other, outage: {worst: 1h}}\n"
    )
    text = text.replace(
        "contracts:\n",
        "contracts:\n  b: {provider: other, covers: [books], sla: {availability: 99%}}\n",
    )
    assert {"RM307@k"} == {key for key in found(load(tmp_path, text)) if "RM307" in key}
    beside = text.replace("needs: [mail, books]", "needs: [x, gate, books]")
    assert {"RM307@b", "RM307@k"} == {
        key for key in found(load(tmp_path, beside)) if "RM307" in key
    }
    above = text.replace("title: Mailbox,", "title: Mailbox, needs: [gate],").replace(
        "needs: [x, gate]", "needs: [x, books]"
    )
    assert {"RM307@k"} == {key for key in found(load(tmp_path, above)) if "RM307" in key}


def test_many_failures_are_named_and_then_counted(tmp_path: Path) -> None:
    names = [f"g{n}" for n in range(5)]
    text = BLIND.replace("needs: [x, gate]", f"needs: [x, {', '.join(names)}]").replace(
        "  gate: {title: Gateway, outage: {worst: 5d}}",
        "\n".join(f"  {name}: {{outage: {{worst: 5d}}}}" for name in names),
    )
    model = load(tmp_path, text)
    said = words(model, found(model)["RM307@k"].summary)
    assert said.endswith("Write is stopped by any of g0, g1 and g2, or by two other failures")


def test_the_founding_case() -> None:
    """The account: mailboxes could be reached for all the days on which mail was refused."""
    from riskmap.loading import load_model

    folder = Path(__file__).parents[2] / "examples" / "office-365-2012"
    model = load_model(folder / "model.yaml")
    every = find(Results(model, date(2012, 5, 14)))
    (finding,) = (f for f in every if f.rule == "RM307")
    assert finding.subject == "office-365-subscription"
    assert {"office-365-standing", "senderbase"} <= set(finding.involves)
    assert finding.functions == ("client-email",)
    said = words(model, finding.summary)
    assert "measured on “access to the mailbox and to the sites”" in said
    (unchecked,) = (f for f in every if f.rule == "RM308")
    assert unchecked.severity is Severity.MEDIUM, "two steps below: not in the EU"


# -- RM308 -------------------------------------------------------------------------------------


def clauses(**status: str) -> str:
    """All clauses agreed but those given, with ``_`` for ``-``; 'unknown' leaves one out."""
    given = dict.fromkeys(CLAUSE_IDS, "have")
    given |= {name.replace("_", "-"): value for name, value in status.items()}
    listed = ", ".join(f"{n}: {value}" for n, value in given.items() if value != "unknown")
    return "jurisdiction: DE\n" + SYSTEM + contract(f"clauses: {{{listed}}}")


def headed(folder: Path, text: str) -> Model:
    return load(folder, "riskmap: 1\norganisation: X\n" + text)


def test_every_clause_agreed_is_silent(tmp_path: Path) -> None:
    assert "RM308@k" not in found(headed(tmp_path, clauses()))


@pytest.mark.parametrize("clause", CLAUSE_IDS)
@pytest.mark.parametrize("status", ["missing", "refused", "unknown"])
def test_every_clause_counts_behind_a_critical_function(
    tmp_path: Path, clause: str, status: str
) -> None:
    model = headed(tmp_path, clauses(**{clause: status}))
    finding = found(model)["RM308@k"]
    name = "unchecked" if status == "unknown" else status
    assert measure(finding, f"clauses_{name}") == 1
    assert (
        sum(m.value for m in finding.evidence if isinstance(m, Measure) and m.unit == "count") == 1
    )


def test_paragraph_three_is_for_critical_and_important_functions(tmp_path: Path) -> None:
    text = clauses(audit="missing")
    for criticality, fires in (("critical", True), ("important", True), ("normal", False)):
        model = headed(
            tmp_path, text.replace("criticality: critical", f"criticality: {criticality}")
        )
        assert ("RM308@k" in found(model)) is fires, criticality
    unstated = headed(tmp_path, text.replace("criticality: critical, ", ""))
    assert "RM308@k" in found(unstated), "unknown counts as critical"
    basic = clauses(training="missing").replace("criticality: critical", "criticality: normal")
    assert "RM308@k" in found(headed(tmp_path, basic))


def test_refused_missing_and_unchecked_are_told_apart(tmp_path: Path) -> None:
    model = headed(tmp_path, clauses(audit="refused", exit_help="missing", training="unknown"))
    finding = found(model)["RM308@k"]
    assert words(model, finding.summary) == (
        "Acme refused “right to audit and inspect” in Hosting; it lacks “help with leaving and a "
        "transition period”; nobody has checked whether it has “part in security training”; Sell "
        "depends on it"
    )
    assert words(model, finding.recommendation) == (
        "Ask Acme again when Hosting is renewed, or plan to do without"
    )
    assert finding.severity is Severity.HIGH
    assert words(model, finding.because).endswith("financial firm buys (DORA Art. 30)")


def test_no_clauses_at_all_is_one_plain_finding(tmp_path: Path) -> None:
    model = headed(tmp_path, "jurisdiction: DE\n" + SYSTEM + contract("ends: 2027-01-31"))
    finding = found(model)["RM308@k"]
    assert words(model, finding.summary) == (
        "Nobody has checked the clauses of Hosting, on which Sell depends"
    )
    assert words(model, finding.recommendation) == (
        "Go through Hosting with the list of clauses; write down which it has; "
        "it ends on 31 January 2027"
    )


@pytest.mark.parametrize(
    ("law", "severity", "said"),
    [
        ("DE", Severity.HIGH, "DORA Art. 30"),
        ("EU", Severity.HIGH, "DORA Art. 30"),
        ("Germany", Severity.HIGH, "DORA Art. 30"),
        ("", Severity.HIGH, "nobody stated whose law applies"),
        ("US", Severity.MEDIUM, "good practice only"),
        ("US-NY", Severity.MEDIUM, "good practice only"),
        ("GB", Severity.MEDIUM, "good practice only"),
    ],
)
def test_outside_the_eu_it_is_good_practice(
    tmp_path: Path, law: str, severity: Severity, said: str
) -> None:
    text = clauses(audit="missing").replace("jurisdiction: DE", f"jurisdiction: {law}")
    model = headed(tmp_path, text)
    finding = found(model)["RM308@k"]
    assert finding.severity is severity
    assert said in words(model, finding.because)
    everything = (finding.summary, finding.because, finding.recommendation)
    assert not any(
        w in words(model, s) for s in everything for w in ("must", "breach of", "illegal")
    )


def test_a_policy_says_which_clauses_are_wanted(tmp_path: Path) -> None:
    text = clauses(audit="missing", training="missing").replace(
        "jurisdiction: DE", "jurisdiction: US"
    )
    model = headed(tmp_path, text)
    assert "RM308@k" not in found(model, replace(SHIPPED, clauses=("exit-help",)))
    finding = found(model, replace(SHIPPED, clauses=("audit", "x-step-in")))["RM308@k"]
    assert (measure(finding, "clauses_missing"), measure(finding, "clauses_unchecked")) == (1, 1)
    assert finding.severity is Severity.HIGH, "your own policy is no mere good practice"
    assert "your policy asks" in words(model, finding.because)


def test_an_own_clause_is_reported_when_it_is_not_there(tmp_path: Path) -> None:
    model = headed(tmp_path, clauses(x_step_in="refused"))
    assert "Acme refused “step in”" in words(model, found(model)["RM308@k"].summary)
    assert "RM308@k" not in found(headed(tmp_path, clauses(x_step_in="have")))


def test_contracts_behind_no_function_are_left_alone(tmp_path: Path) -> None:
    text = clauses(audit="missing").replace("needs: [x]", "needs: [y]")
    text = text.replace("services: {", "services: {y: {outage: {worst: 1h}}, ")
    assert "RM308@k" not in found(headed(tmp_path, text))


def test_a_harmless_outage_leaves_a_clause_low(tmp_path: Path) -> None:
    text = clauses(audit="missing").replace("worst: 5d", "worst: 1h")
    assert found(headed(tmp_path, text))["RM308@k"].severity is Severity.LOW


@pytest.mark.parametrize("clause", ["audit", "training"])
def test_knowing_less_of_a_clause_never_looks_better(tmp_path: Path, clause: str) -> None:
    model = headed(tmp_path, clauses(**{clause: "missing"}))
    kept = dict(model.contracts[0].clauses)
    assert kept[clause] is ClauseStatus.MISSING
    del kept[clause]
    vaguer = edit(model, "k", clauses=tuple(sorted(kept.items())))
    bare = edit(model, "k", clauses=())
    severities = [found(m)["RM308@k"].severity.rank for m in (model, vaguer, bare)]
    assert severities == sorted(severities)


def test_the_basic_clauses_are_part_of_all() -> None:
    assert set(BASIC_CLAUSES) < set(CLAUSE_IDS)
