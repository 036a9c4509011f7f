"""What the account of May 2012 says, held against what riskmap says of its model.

Names stand in this test and in the example only: no rule may know them, and two tests below check
that.
"""

import random
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import riskmap
from riskmap.assessment import Assessment, assess
from riskmap.model import Model, Severity
from riskmap.rules.finding import Finding, Measure, Witness
from riskmap.rules.leaving.plan import plan_of
from riskmap.rules.statement import render
from riskmap.rules.verdict import Verdict
from tests.support.models import load

EXAMPLE = Path(__file__).parents[2] / "examples" / "office-365-2012"
TODAY = date(2012, 5, 14)
POOL = "office-365-standing"
"""The standing of the sending addresses with the reputation network."""
NETWORK = "senderbase"
HOUR = 3600


@pytest.fixture(scope="module")
def base() -> dict[str, Any]:
    text = (EXAMPLE / "model.yaml").read_text(encoding="utf-8")
    return dict(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - plain strings only


@pytest.fixture(scope="module")
def case() -> Assessment:
    from riskmap.loading import load_model

    return assess(load_model(EXAMPLE / "model.yaml"), TODAY)


@pytest.fixture(scope="module")
def proposal() -> Assessment:
    from riskmap.loading import load_model

    return assess(load_model(EXAMPLE / "proposal.yaml"), date(2012, 9, 1))


Changed = Callable[..., Assessment]


@pytest.fixture
def changed(base: dict[str, Any], tmp_path: Path) -> Changed:
    """Assess the founding case after ``change(document)``, through the real loader."""

    def with_change(change: Callable[[dict[str, Any]], None], today: date = TODAY) -> Assessment:
        document = yaml.load(yaml.safe_dump(base), Loader=yaml.BaseLoader)  # noqa: S506
        change(document)
        return assess(load(tmp_path, as_yaml(document)), today)

    return with_change


def as_yaml(document: dict[str, Any]) -> str:
    """Write plain strings without quotes, so that numbers and flags are read as such again."""

    class Plain(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            return True

    def text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
        plain = re.fullmatch(r"true|false|[\d.]+", value)
        tag = yaml.resolver.Resolver.DEFAULT_SCALAR_TAG
        if not plain:
            return dumper.represent_scalar(tag, value)
        kind = "bool" if value[0] in "tf" else "float" if "." in value else "int"
        return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", value)

    Plain.add_representer(str, text)
    return yaml.dump(document, Dumper=Plain, sort_keys=False, allow_unicode=True, width=10_000)


def findings(assessment: Assessment) -> dict[str, Finding]:
    return {treated.finding.key: treated.finding for treated in assessment.findings}


def measures(finding: Finding) -> dict[str, float]:
    return {item.name: item.value for item in finding.evidence if isinstance(item, Measure)}


def paths(finding: Finding) -> list[tuple[str, ...]]:
    return [item.path for item in finding.evidence if isinstance(item, Witness)]


# -- what the account says ---------------------------------------------------------------------


def test_the_standing_of_the_pool_is_a_single_point_of_failure_of_writing(case: Assessment) -> None:
    finding = findings(case)[f"RM101@{POOL}"]
    assert finding.severity is Severity.CRITICAL
    assert finding.functions == ("client-email",)
    assert (POOL,) in [c.members for c in case.results.inherent if c.top == "client-email"]


def test_it_is_reached_through_each_recipients_policy_and_no_contract_covers_it(
    case: Assessment,
) -> None:
    finding = findings(case)[f"RM301@{POOL}"]
    policies = ("prime-accepts-office-365", "va-accepts-office-365")
    assert finding.involves == policies
    assert {path[-2] for path in paths(finding)} == set(policies)
    assert all(path[0] == "client-email" and path[-1] == POOL for path in paths(finding))
    assert all(len(path) == 4 for path in paths(finding)), "three links behind the function"
    assert case.results.accountability[POOL].rank is None
    assert "no contract" in render(finding.summary, case.model)


def test_the_workaround_survives_a_dropped_score_but_not_the_network(case: Assessment) -> None:
    results = case.results
    assert POOL in results.inherent_singles["client-email"]
    assert POOL not in results.residual_singles["client-email"]
    assert NETWORK in results.inherent_singles["client-email"]
    assert NETWORK in results.residual_singles["client-email"]
    finding = findings(case)["RM203@net-domain"]
    assert finding.involves == (NETWORK,)
    assert paths(finding)[0] == (
        "net-domain",
        "prime-accepts-nsmail",
        "nsmail-standing",
        NETWORK,
    ) or paths(finding)[0] == ("net-domain", "va-accepts-nsmail", "nsmail-standing", NETWORK)
    text = render(finding.summary, case.model)
    assert re.search(
        r"survives losing.*SenderBase's score of Office 365.*but falls.*SenderBase", text
    )


def test_receiving_mail_and_sharepoint_are_untouched(case: Assessment) -> None:
    evolution = case.results.simulate({POOL: [(0, 240 * HOUR)]}).evolution
    for untouched in ("client-replies", "back-office", "exchange-inbound", "sharepoint-online"):
        assert evolution.course(untouched).lowest == 1
    assert {function for function, element in case.results.impacts if element == POOL} == {
        "client-email"
    }


def test_four_fifths_of_the_clients_are_out_of_reach(case: Assessment) -> None:
    impact = case.results.impacts["client-email", POOL]
    assert 1 - impact.lowest == pytest.approx(0.8)
    assert "80% of it is lost" in render(findings(case)[f"RM101@{POOL}"].summary, case.model)


def test_240_hours_against_8_and_a_fallback_at_84_percent_from_hour_112(case: Assessment) -> None:
    impact = case.results.impacts["client-email", POOL]
    assert impact.down == ((0, 240 * HOUR),)
    assert impact.longest == 240 * HOUR
    assert impact.verdict is Verdict.BREACHED
    assert impact.fallback_from == 112 * HOUR
    assert impact.carried == pytest.approx(0.84)
    function = case.results.functions["client-email"]
    assert function.objectives.minimum == pytest.approx(0.9)
    shown = measures(findings(case)[f"RM101@{POOL}"])
    assert shown["longest_interruption"] == 240
    assert shown["tolerated"] == 8
    assert shown["fallback_from"] == 112
    assert shown["capacity_on_fallback"] == pytest.approx(0.84)
    assert shown["loss"] == pytest.approx(24 * 450 + 96 * 900 + 120 * 1500)


def test_the_scenario_of_the_model_is_that_outage(case: Assessment) -> None:
    (scenario,) = case.model.scenarios
    simulation = case.results.scenario(scenario)
    assert simulation.evolution.longest_down("client-email") == 240 * HOUR
    assert set(simulation.impacts) == {"client-email"}


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("RM202", ["4 days 16 hours", "8 hours"]),
        ("RM204", ["never been tested"]),
        ("RM208", ["no sign that starts it", "nobody who decides", "6 days"]),
        ("RM209", ["84%", "90%"]),
    ],
)
def test_the_workaround_is_late_untested_unowned_and_for_part_of_the_staff(
    case: Assessment, rule: str, words: list[str]
) -> None:
    text = render(findings(case)[f"{rule}@net-domain"].summary, case.model)
    assert all(word in text for word in words), text


def test_the_acknowledgement_came_after_six_days(case: Assessment) -> None:
    assert measures(findings(case)["RM208@net-domain"])["acknowledgement_delay"] == 6 * 24


def test_the_gatekeepers_are_machines_without_contract_or_appeal(case: Assessment) -> None:
    found = findings(case)
    for gatekeeper in (POOL, NETWORK, "va-accepts-office-365"):
        assert found[f"RM301@{gatekeeper}"].severity is Severity.CRITICAL
        assert found[f"RM303@{gatekeeper}"].severity is Severity.CRITICAL
    assert "RM301@prime-accepts-office-365" in found
    assert "RM303@prime-accepts-office-365" not in found, "its mail team could be asked"


def test_nobody_who_could_repair_it_owes_anything(case: Assessment) -> None:
    found = findings(case)
    for party in ("cisco", "va", "prime-contractor"):
        assert measures(found[f"RM302@{party}"])["payable"] == 0
    assert set(found["RM302@cisco"].involves) == {POOL, NETWORK}
    assert "RM302@microsoft" not in found, "its contract pays credits"


def test_email_is_held_by_sharepoint(case: Assessment) -> None:
    finding = findings(case)["RM401@exchange-outbound"]
    assert finding.involves == ("sharepoint-online",)
    exit_set = case.results.exit_sets["exchange-outbound"]
    assert exit_set.members == ("exchange-outbound", "sharepoint-online")
    assert exit_set.holders == ("sharepoint-online",)
    shown = measures(finding)
    assert shown["exit_cost:sharepoint-online"] == 60000
    assert shown["exit_effort:sharepoint-online"] == 90 * 24
    inbound = case.results.exit_sets["exchange-inbound"]
    assert inbound.chains["sharepoint-online"] == (
        "exchange-inbound",
        "exchange-outbound",
        "sharepoint-online",
    )


def test_what_leaving_takes_is_worked_out(case: Assessment) -> None:
    """Notice runs beside procurement of 60 days; then build, 200 GB over 10 Mbit/s, 30 and 3 days.

    90 working days for two people are 63 calendar days; 160,000 s are 1.85 days.
    """
    ground = case.results.leaving
    plan = plan_of(ground, "exchange-outbound")
    assert plan.members == ("exchange-outbound", "sharepoint-online")
    days = 60 + 63 + 160_000 / 86_400 + 30 + 3
    assert plan.timing.whole.seconds / 86_400 == pytest.approx(days)
    assert not plan.timing.whole.open
    assert not plan.cost.open
    (loosening,) = plan.loosenings
    assert loosening.cost == 4700
    assert loosening.members == ("exchange-outbound",)
    assert loosening.pays is True
    assert findings(case)["RM402@office-365-subscription"].severity is Severity.HIGH
    assert "RM403@sharepoint-online" in findings(case)
    assert "RM404@sharepoint-online" not in findings(case)


def test_what_was_made_up_for_the_example_is_said_to_be_assumed(case: Assessment) -> None:
    rests = findings(case)[f"RM101@{POOL}"].assumptions
    assert {f"{POOL}.outage", "client-email.mtd", "client-email.shares"} <= set(rests)


# -- the proposal ------------------------------------------------------------------------------


def test_the_proposal_takes_these_findings_away(case: Assessment, proposal: Assessment) -> None:
    gone = findings(case).keys() - findings(proposal).keys()
    gates = (POOL, "prime-accepts-office-365", "va-accepts-office-365")
    expected = {f"RM101@{gate}" for gate in gates}
    expected |= {f"RM{rule}@net-domain" for rule in ("202", "204", "208", "209")}
    expected |= {"RM302@prime-contractor", "RM302@va"}
    expected |= {f"RM303@{gate}" for gate in (POOL, "va-accepts-office-365")}
    assert gone == expected
    assert findings(proposal).keys() - findings(case).keys() == {"RM203@relay-for-refused"}


def test_with_the_proposal_three_hours_remain(proposal: Assessment) -> None:
    impact = proposal.results.impacts["client-email", POOL]
    assert impact.longest == 3 * HOUR
    assert impact.verdict is Verdict.TOLERABLE
    assert impact.carried == 1
    assert findings(proposal)[f"RM301@{POOL}"].severity is Severity.LOW


def test_with_the_proposal_the_network_as_a_whole_remains(proposal: Assessment) -> None:
    found = findings(proposal)
    assert found[f"RM101@{NETWORK}"].severity is Severity.CRITICAL
    assert found["RM203@relay-for-refused"].involves == (NETWORK,)
    assert proposal.results.impacts["client-email", NETWORK].longest == 120 * HOUR


def test_the_decision_to_stay_is_taken_into_account_while_it_holds(proposal: Assessment) -> None:
    held = {t.finding.key: t for t in proposal.findings}["RM401@exchange-outbound"]
    assert held.treatment is not None
    assert not held.open
    later = assess(proposal.model, date(2013, 6, 30))
    held = {t.finding.key: t for t in later.findings}["RM401@exchange-outbound"]
    assert held.expired
    assert held.open


# -- other facts, other findings ---------------------------------------------------------------


def contract_with_the_network(pays: str) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        document["contracts"]["reputation"] = {
            "provider": "cisco",
            "covers": [POOL, NETWORK],
            "credits": pays,
        }

    return change


def test_a_contract_that_pays_ends_rm301_and_rm302(case: Assessment, changed: Changed) -> None:
    after = changed(contract_with_the_network("1000"))
    gone = findings(case).keys() - findings(after).keys()
    assert gone == {f"RM301@{POOL}", f"RM301@{NETWORK}", "RM302@cisco"}
    new = findings(after).keys() - findings(case).keys()
    assert new == {"RM308@reputation"}, "nobody has checked the clauses of a contract just signed"


def test_a_contract_that_pays_nothing_ends_rm301_only(case: Assessment, changed: Changed) -> None:
    after = changed(contract_with_the_network("0"))
    gone = findings(case).keys() - findings(after).keys()
    assert gone == {f"RM301@{POOL}", f"RM301@{NETWORK}"}
    text = render(findings(after)["RM302@cisco"].summary, after.model)
    assert "our contract pays nothing" in text


def test_a_contract_that_ended_counts_as_none(case: Assessment, changed: Changed) -> None:
    def change(document: dict[str, Any]) -> None:
        contract_with_the_network("1000")(document)
        document["contracts"]["reputation"]["ends"] = "2012-05-13"

    assert findings(changed(change)).keys() == findings(case).keys()
    the_day_before = changed(change, date(2012, 5, 13))
    assert f"RM301@{POOL}" not in findings(the_day_before), "its last day still binds"


def quick_and_tested(document: dict[str, Any]) -> None:
    plan = document["contingencies"]["net-domain"]
    plan |= {
        "detect": "1h",
        "decide": "30m",
        "activate": "30m",
        "capacity": "100%",
        "trigger": {"when": "two refused messages within an hour", "signal": "own"},
        "decides": "IT lead",
        "tests": [{"date": "2012-05-01", "result": "passed", "took": "2h"}],
        "steps": [{"do": "Make the .net address the default sender", "takes": "30m"}],
    }


def test_a_tested_plan_that_starts_in_two_hours(case: Assessment, changed: Changed) -> None:
    after = changed(quick_and_tested)
    found = findings(after)
    assert after.results.impacts["client-email", POOL].longest == 2 * HOUR
    for rule in ("RM202", "RM204", "RM208", "RM209"):
        assert f"{rule}@net-domain" not in found
    assert f"RM101@{POOL}" not in found
    assert f"RM303@{POOL}" not in found
    assert f"RM101@{NETWORK}" in found
    assert "RM203@net-domain" in found
    assert not found.keys() - findings(case).keys()


def second_pool(document: dict[str, Any]) -> None:
    """A second sending pool with a standing of its own at the same network, used by itself."""
    for recipient in ("va", "prime"):
        policy = document["third_parties"][f"{recipient}-accepts-office-365"]
        policy["needs"] = [{"any_of": [POOL, "second-standing"]}]
    document["third_parties"]["second-standing"] = {
        **document["third_parties"][POOL],
        "title": "The network's score of the second pool",
    }


def test_a_second_pool_takes_the_pool_away_and_leaves_the_network(
    case: Assessment, changed: Changed
) -> None:
    found = findings(changed(second_pool))
    assert f"RM101@{POOL}" not in found
    assert f"RM303@{POOL}" not in found
    assert found[f"RM301@{POOL}"].severity is Severity.LOW
    assert f"RM101@{NETWORK}" in found
    for recipient in ("va", "prime"):
        false = found[f"RM103@{recipient}-accepts-office-365"]
        assert NETWORK in false.involves, "both pools hang on the same network"


def test_without_coupling_email_is_free_to_leave(case: Assessment, changed: Changed) -> None:
    def change(document: dict[str, Any]) -> None:
        for service in ("exchange-outbound", "exchange-inbound"):
            del document["services"][service]["coupled_to"]
            del document["services"][service]["assumed"]

    after = changed(change)
    gone = findings(case).keys() - findings(after).keys()
    assert gone == {"RM401@exchange-outbound", "RM401@exchange-inbound"}
    assert not findings(after).keys() - findings(case).keys()


def treatment(**facts: str) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        document["treatments"] = {"decided": {"finding": f"RM101@{POOL}", **facts}}

    return change


@pytest.mark.parametrize(
    ("status", "expires", "is_open", "expired"),
    [
        ("accepted", "2012-06-01", False, False),
        ("accepted", "2012-05-15", False, False),
        ("accepted", "2012-05-14", True, True),
        ("mitigating", "2012-06-01", False, False),
        ("transferred", "2012-06-01", False, False),
        ("disputed", "2012-06-01", True, False),
    ],
)
def test_a_treatment_holds_until_it_expires(
    case: Assessment, changed: Changed, status: str, expires: str, is_open: bool, expired: bool
) -> None:
    after = changed(treatment(status=status, expires=expires))
    assert findings(after) == findings(case), "a decision changes no finding"
    treated = {t.finding.key: t for t in after.findings}[f"RM101@{POOL}"]
    assert (treated.open, treated.expired) == (is_open, expired)
    assert after.orphans == ()


def test_a_treatment_of_what_is_not_found_is_an_orphan(changed: Changed) -> None:
    def change(document: dict[str, Any]) -> None:
        treatment(status="accepted")(document)
        quick_and_tested(document)

    after = changed(change)
    assert [orphan.treatment.id for orphan in after.orphans] == ["decided"]


# -- no rule knows a name ----------------------------------------------------------------------


def entries(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for section in ("functions", "services", "third_parties", "providers", "contracts",
                    "contingencies", "scenarios", "treatments"):  # fmt: skip
        yield from document.get(section, {}).items()


def test_no_code_knows_the_example(base: dict[str, Any]) -> None:
    names = {entry_id for entry_id, _ in entries(base)}
    names |= {str(entry["title"]) for _, entry in entries(base)}
    package = Path(str(riskmap.__file__)).parent
    code = {
        path: path.read_text(encoding="utf-8").lower()
        for folder in ("analysis", "rules", "assessment", "model")
        for path in (package / folder).rglob("*.py")
    }
    common = {"senderbase", "va"}  # one stands in docstrings as a sample key, one is in words
    for name in (name for name in names if name.lower() not in common):
        for path, text in code.items():
            assert not re.search(rf"\b{re.escape(name.lower())}\b", text), f"{path}: {name}"
    for path, text in code.items():
        without_docs = re.sub(r'"""(.*?)"""', "", text, flags=re.DOTALL)
        for name in common:
            assert not re.search(rf"\b{name}\b", without_docs), f"{path}: {name}"


def renamed(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {names.get(key, key): renamed(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [renamed(item, names) for item in value]
    rule, at, subject = value.partition("@")
    return f"{rule}@{names.get(subject, subject)}" if at else names.get(value, value)


@pytest.mark.parametrize("seed", range(5))
def test_other_names_give_the_same_findings(
    base: dict[str, Any], case: Assessment, tmp_path: Path, seed: int
) -> None:
    rng = random.Random(seed)
    ids = [entry_id for entry_id, _ in entries(base)]
    letters = [f"{rng.choice('bcdfghjk')}{number}{rng.choice('xyz')}" for number in range(len(ids))]
    rng.shuffle(letters)
    names = dict(zip(ids, letters, strict=True))
    document = renamed(base, names)
    for _, entry in entries(document):
        entry["title"] = f"Thing {rng.randrange(10**9)}"
        entry.pop("notes", None)
    other = assess(load(tmp_path, as_yaml(document)), TODAY)

    def shape(assessment: Assessment, names: dict[str, str]) -> dict[str, Any]:
        return {
            f"{finding.rule}@{names[finding.subject]}": (
                finding.severity,
                {names[function] for function in finding.functions},
                {names[entry] for entry in finding.involves},
                {k.split(".")[0] in names and names[k.split(".")[0]] for k in finding.assumptions},
                len(finding.assumptions),
                len(finding.evidence),
                finding.summary.template,
            )
            for finding in findings(assessment).values()
        }

    same = {name: name for name in names.values()}
    assert shape(case, names) == shape(other, same)
    for reading in ("inherent", "residual"):
        mine = {(names[c.top], frozenset(names[m] for m in c.members))
                for c in getattr(case.results, reading)}  # fmt: skip
        theirs = {(c.top, frozenset(c.members)) for c in getattr(other.results, reading)}
        assert mine == theirs


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_entries_changes_nothing(
    base: dict[str, Any], case: Assessment, tmp_path: Path, seed: int
) -> None:
    rng = random.Random(seed)

    def shuffled(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            items = [(name, shuffled(item, name)) for name, item in value.items()]
            rng.shuffle(items)
            return dict(items)
        if isinstance(value, list) and key != "steps":
            return rng.sample(value, len(value))
        return value

    other: Model = load(tmp_path, as_yaml(shuffled(base)))
    assert findings(assess(other, TODAY)) == findings(case)
