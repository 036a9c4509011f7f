"""Every command as a user types it: what it prints, where, and its exit code."""

import json
from pathlib import Path

import pytest

EXAMPLE = "examples/office-365-2012/model.yaml"

ONE = """
functions:
  sell: {criticality: critical, mtd: 8h, rto: 4h, needs: [shop]}
services:
  shop: {provider: host, outage: {worst: 3d}}
providers:
  host: {outage: {worst: 1h}}
"""
FINE = """
functions:
  sell: {owner: me, criticality: critical, mtd: 8h, rto: 4h, needs: [shop]}
services:
  shop: {outage: {worst: 1h}}
"""


def test_validate_counts_what_it_read(riskmap, model):
    ran = riskmap("validate", model(ONE))
    assert (ran.code, ran.err) == (0, "")
    assert "well-formed; 1 function, 1 service, 0 third parties, 1 provider" in ran.out


def test_a_missing_file_is_bad_input(riskmap, tmp_path):
    ran = riskmap("assess", tmp_path / "none.yaml")
    assert ran.code == 2
    assert ran.out == ""
    assert "no-such-file" in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("threshold", "text", "code"),
    [
        ("critical", ONE, 1),
        ("low", ONE, 1),
        ("low", FINE, 0),
    ],
)
def test_fail_on(riskmap, model, threshold, text, code):
    assert riskmap("assess", model(text), "--fail-on", threshold).code == code


def test_without_fail_on_findings_are_no_failure(riskmap, model):
    assert riskmap("assess", model(ONE)).code == 0


def test_an_accepted_finding_passes_the_gate_until_it_expires(riskmap, model):
    keys = [
        f["key"] for f in json.loads(riskmap("assess", model(ONE), "--format=json").out)["findings"]
    ]
    treatments = "treatments:\n" + "".join(
        f"  t{index}: {{finding: '{key}', status: accepted, expires: 2026-06-30}}\n"
        for index, key in enumerate(keys)
    )
    path = model(ONE + treatments)
    before = riskmap("assess", path, "--fail-on=low", "--today=2026-06-29")
    assert before.code == 0
    assert "No open finding" in before.out
    after = riskmap("assess", path, "--fail-on=low", "--today=2026-06-30")
    assert after.code == 1
    assert "expired on 30 June 2026" in after.out


def test_a_decision_about_nothing_is_reported(riskmap, model):
    path = model(FINE + "treatments:\n  t: {finding: RM101@nothing, status: accepted}\n")
    assert "there is no finding RM101@nothing" in riskmap("assess", path).out


def test_json_goes_to_a_file_in_one_step(riskmap, model, tmp_path):
    target = tmp_path / "out.json"
    ran = riskmap("assess", model(ONE), "--format", "json", "-o", target)
    assert (ran.code, ran.out) == (0, "")
    document = json.loads(target.read_text())
    assert document["riskmap_assessment"] == 1
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_an_output_that_cannot_be_written_is_exit_code_3(riskmap, model, tmp_path):
    ran = riskmap("assess", model(ONE), "-o", tmp_path / "no" / "such" / "folder.txt")
    assert ran.code == 3
    assert "does not exist" in ran.err
    assert "mkdir -p" in ran.err


def test_simulate_tells_the_course(riskmap):
    ran = riskmap("simulate", EXAMPLE, "--fail", "office-365-standing=10d")
    assert ran.code == 0
    assert "works at 20%, below the 90% it needs" in ran.out
    assert "after 4 days 16 hours" in ran.out
    assert "untouched: Receive mail from clients and Run the back office" in ran.out


def test_simulate_takes_several_failures_and_an_unknown_end(riskmap, model):
    ran = riskmap("simulate", model(ONE), "--fail", "shop=1h", "--fail", "host=unknown")
    assert ran.code == 0
    assert "stopped with no known end" in ran.out


def test_simulate_json(riskmap):
    ran = riskmap("simulate", EXAMPLE, "--scenario", "may-2012", "--format", "json")
    course = json.loads(ran.out)["functions"]["client-email"]
    assert course["steps"] == [
        {"from_hours": 0.0, "capacity_share": 0.2},
        {"from_hours": 112.0, "capacity_share": 0.84},
        {"from_hours": 240.0, "capacity_share": 1.0},
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--fail", "senderbas=5d"], "did you mean 'senderbase'?"),
        (["--fail", "senderbase"], "write senderbase=5d"),
        (["--fail", "senderbase=5"], "not a duration"),
        (["--fail", "senderbase=0h"], "lasts no time at all"),
        (["--scenario", "may-2021"], "did you mean 'may-2012'?"),
        ([], "say what fails"),
        (["--fail", "senderbase=5d", "-o", "x.png"], "ending in .svg"),
    ],
)
def test_simulate_refuses_in_words(riskmap, arguments, said):
    ran = riskmap("simulate", EXAMPLE, *arguments)
    assert ran.code == 2
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_simulate_draws(riskmap, tmp_path):
    target = tmp_path / "course.svg"
    assert riskmap("simulate", EXAMPLE, "--scenario", "may-2012", "-o", target).code == 0
    assert target.read_text().count("<text") > 5


def test_explain_a_rule_shows_every_part(riskmap):
    ran = riskmap("explain", "rm203")
    assert ran.code == 0
    for heading in ("What it finds", "When it is wrong", "Fires on", "References"):
        assert heading in ran.out


def test_explain_an_element_shows_paths_contract_and_consequence(riskmap):
    out = " ".join(riskmap("explain", EXAMPLE, "senderbase").out.split())
    assert "reaches the VA → The VA's gateway lets Office 365 in → SenderBase's score" in out
    assert "reaches the prime contractor → The prime contractor's gateway" in out
    assert "nobody owes us its repair" in out
    assert "stopped for 5 days; it can bear 8 hours" in out
    assert "RM203@net-domain" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([EXAMPLE, "sendrbase"], "did you mean 'senderbase'?"),
        (["RM999"], "no rule named 'RM999'"),
        ([EXAMPLE], "name an entry as well"),
        ([EXAMPLE, "a", "b"], "a model and one id"),
    ],
)
def test_explain_refuses_in_words(riskmap, arguments, said):
    ran = riskmap("explain", *arguments)
    assert ran.code == 2
    assert said in ran.err


@pytest.mark.parametrize(
    "entry",
    [
        "client-email",
        "net-domain",
        "microsoft",
        "exchange-outbound",
        "office-365-subscription",
        "may-2012",
        "outlook-desktop",
    ],
)
def test_every_kind_of_entry_can_be_explained(riskmap, entry):
    ran = riskmap("explain", EXAMPLE, entry)
    assert ran.code == 0
    assert entry in ran.out


@pytest.mark.parametrize("width", ["40", "80", "140"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("assess", EXAMPLE),
        ("explain", EXAMPLE, "senderbase"),
        ("simulate", EXAMPLE, "--fail", "senderbase=5d"),
    ],
)
def test_output_keeps_to_the_width_of_the_terminal(riskmap, monkeypatch, width, arguments):
    monkeypatch.setenv("COLUMNS", width)
    lines = riskmap(*arguments).out.splitlines()
    assert max(map(len, lines)) <= int(width)


def test_help_lists_every_command_with_what_it_does(riskmap):
    ran = riskmap("--help")
    assert ran.code == 0
    for name in ("validate", "assess", "report", "explain", "simulate", "schema"):
        assert f"\n  {name}" in ran.out
        assert riskmap(name, "--help").code == 0


def test_a_typing_error_is_bad_input(riskmap):
    assert riskmap("asses", EXAMPLE).code == 2


def test_report_needs_a_suffix_it_knows(riskmap, tmp_path):
    ran = riskmap("report", EXAMPLE, "-o", tmp_path / "board.docx")
    assert ran.code == 3
    assert ".pdf" in ran.err
    assert ".html" in ran.err


def test_today_changes_which_contracts_count(riskmap, model):
    path = model(
        ONE + "contracts:\n  k: {provider: host, covers: shop, ends: 2026-01-31, credits: 5}\n"
    )

    def keys(day: str) -> set[str]:
        out = riskmap("assess", path, "--format=json", f"--today={day}").out
        return {finding["key"] for finding in json.loads(out)["findings"]}

    assert "RM301@shop" not in keys("2026-01-31")
    assert "RM301@shop" in keys("2026-02-01")


def test_written_files_have_ordinary_permissions(riskmap, model, tmp_path):
    target = tmp_path / "a.txt"
    riskmap("assess", model(ONE), "-o", target)
    sibling = tmp_path / "b.txt"
    sibling.write_text("x")
    assert Path(target).stat().st_mode == sibling.stat().st_mode


def test_a_brand_beside_the_model_holds(riskmap, model, tmp_path):
    path = model("functions: {sell: {mtd: 8h}}\n")
    beside = path.with_name("brand.yaml")
    beside.write_text("riskmap_brand: 1\nname: Sons\n", encoding="utf-8")
    page = tmp_path / "report.html"
    assert riskmap("report", path, "-o", page).code == 0
    assert "Sons · Board report" in page.read_text(encoding="utf-8")
    beside.write_text("riskmap_brand: 1\naccent: '#ffff00'\n", encoding="utf-8")
    ran = riskmap("report", path, "-o", page)
    assert ran.code == 2
    assert "brand.yaml:2:9: error[low-contrast]" in ran.err
