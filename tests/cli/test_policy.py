"""Policies, gates and the choice of rules on the command line."""

import json

MODEL = """
functions: {sell: {criticality: critical, mtd: 8h, rto: 4h, owner: sales, needs: [list]}}
third_parties: {list: {automated: true, outage: {worst: 3d}}}
"""


def rules(ran) -> set[str]:
    return {finding["rule"] for finding in json.loads(ran.out)["findings"]}


def test_a_policy_beside_the_model_holds(riskmap, model):
    path = model(MODEL)
    assert riskmap("assess", path).code == 0
    policy = path.with_name("policy.yaml")
    policy.write_text("riskmap_policy: 1\ngate: {severity: high}\nselect: [RM3]\n")
    ran = riskmap("assess", path, "--format=json")
    assert ran.code == 1
    assert rules(ran) == {"RM301", "RM302", "RM303"}
    assert json.loads(ran.out)["policy"] == str(policy)


def test_another_policy_can_be_named(riskmap, model, tmp_path):
    path = model(MODEL)
    other = tmp_path / "other.yaml"
    other.write_text("riskmap_policy: 1\ngate: {severity: critical, exempt: [RM]}\n")
    assert riskmap("assess", path, "--fail-on=low").code == 1
    assert riskmap("assess", path, "--policy", other, "--fail-on=low").code == 0


def test_rules_are_chosen_for_one_run(riskmap, model):
    path = model(MODEL)
    chosen = riskmap("assess", path, "--format=json", "--select", "rm1,RM30", "--ignore", "RM303")
    assert rules(chosen) == {"RM101", "RM301", "RM302"}
    wrong = riskmap("assess", path, "--select", "RM999")
    assert wrong.code == 2
    assert "there is no rule or family named 'RM999'" in wrong.err


def test_a_broken_policy_is_shown_at_its_line(riskmap, model):
    path = model(MODEL)
    path.with_name("policy.yaml").write_text("riskmap_policy: 1\ngate: {sverity: low}\n")
    ran = riskmap("assess", path)
    assert ran.code == 2
    assert "policy.yaml:2:8: error[unknown-key]" in ran.err
    assert "did you mean 'severity'?" in ran.err


def test_the_shipped_policy_can_be_taken_over_and_changed(riskmap, model):
    path = model(MODEL)
    policy = path.with_name("policy.yaml")
    policy.write_text(riskmap("policy").out)
    assert riskmap("assess", path, "--fail-on=critical").code == 1
    policy.write_text("riskmap_policy: 1\nthresholds: {test_age: 90d}\n")
    assert "test_age: 90d" in riskmap("policy", policy).out


def test_every_rule_is_listed(riskmap):
    listed = json.loads(riskmap("rules", "--format=json").out)
    text = riskmap("rules").out
    assert all(known["id"] in text and known["title"] in text for known in listed)
    assert "## RM101" in riskmap("rules", "--format=markdown").out
