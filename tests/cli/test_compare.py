"""``riskmap compare``: the same whatever a side was read from, and exit codes by policy."""

import json
import re
from itertools import product
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CASE = ROOT / "examples" / "office-365-2012"
OLD, NEW = CASE / "model.yaml", CASE / "proposal.yaml"
NOTHING = "Nothing changed: the model, what is found and every figure are the same."
MODEL = """
functions: {sell: {criticality: critical, mtd: 8h, rto: 4h, owner: sales, needs: [list]}}
third_parties: {list: {automated: true, outage: {worst: 3h}}}
"""


@pytest.mark.parametrize(
    ("form", "suffix"), [("text", "txt"), ("markdown", "md"), ("json", "json")]
)
def test_the_founding_case_and_its_proposal(riskmap, golden, tmp_path, form, suffix):
    target = tmp_path / "out"
    ran = riskmap("compare", OLD, NEW, "--format", form, "-o", target)
    assert ran.code == 0
    golden(CASE / "expected" / f"comparison.{suffix}", target.read_text(encoding="utf-8"))


def test_a_model_its_json_and_its_report_are_the_same(riskmap, tmp_path):
    pytest.importorskip("weasyprint", exc_type=(ImportError, OSError))
    written, printed = tmp_path / "a.json", tmp_path / "a.pdf"
    assert riskmap("assess", OLD, "-o", written).code == 0
    assert riskmap("report", OLD, "-o", printed).code == 0
    for one, other in product((OLD, written, printed), repeat=2):
        ran = riskmap("compare", one, other, "--fail-on-new", "low")
        assert ran.code == 0
        assert NOTHING in ran.out


@pytest.mark.parametrize("path", sorted(ROOT.glob("examples/*/*.yaml")), ids=lambda p: p.stem)
def test_no_example_differs_from_itself(riskmap, path):
    if "riskmap:" not in path.read_text(encoding="utf-8"):
        pytest.skip("not a model")
    ran = riskmap("compare", path, path, "--format=json")
    assert ran.code == 0
    assert json.loads(ran.out)["empty"] is True


def test_narrow_and_in_full(riskmap, monkeypatch):
    monkeypatch.setenv("COLUMNS", "48")
    ran = riskmap("compare", OLD, NEW, "--details")
    assert ran.code == 0
    assert max(len(line.rstrip()) for line in ran.out.splitlines()) <= 48


def test_the_gate_of_the_policy_and_of_the_command_line(riskmap, model, tmp_path):
    old = model(MODEL)
    worse = tmp_path / "worse.yaml"
    worse.write_text(old.read_text().replace("3h", "3d"))
    assert riskmap("compare", old, worse).code == 0
    assert riskmap("compare", old, worse, "--fail-on-new", "high").code == 1
    assert riskmap("compare", worse, old, "--fail-on-new", "high").code == 0
    assert riskmap("compare", worse, worse, "--fail-on-new", "low").code == 0
    policy = worse.with_name("policy.yaml")
    policy.write_text("riskmap_policy: 1\ngate: {new: high}\n")
    assert riskmap("compare", old, worse).code == 1
    policy.write_text("riskmap_policy: 1\ngate: {new: high, exempt: [RM]}\n")
    assert riskmap("compare", old, worse).code == 0
    policy.write_text("riskmap_policy: 1\ngate: {new: hgh}\n")
    ran = riskmap("compare", old, worse)
    assert ran.code == 2
    assert "'hgh' is not a severity" in ran.err


def test_one_model_on_two_days(riskmap, model):
    path = model(
        MODEL + "treatments: {ok: {finding: RM301@list, status: accepted, expires: 2026-06-01}}\n"
    )
    days = ("--old-today", "2026-05-01", "--today", "2026-07-01")
    ran = riskmap("compare", path, path, *days)
    assert ran.code == 0
    assert "The model states the same: whatever changed" in ran.out
    assert "OPEN AGAIN" in ran.out
    assert "the decision about it expired on 1 June 2026" in ran.out
    assert NOTHING in riskmap("compare", path, path, "--today", "2026-07-01").out


def test_what_is_wrong_with_both_sides_is_said_at_once(riskmap, tmp_path):
    broken, listed = tmp_path / "a.json", tmp_path / "b.yaml"
    broken.write_text("{")
    listed.write_text("- a\n- b\n")
    ran = riskmap("compare", broken, listed)
    assert ran.code == 2
    assert "a.json:1:1: error[not-json]" in ran.err
    assert "b.yaml:1:1: error[not-a-model]" in ran.err
    assert "2 problems" in ran.err
    assert not ran.out


def test_a_comparison_is_no_workbook(riskmap, tmp_path):
    ran = riskmap("compare", OLD, NEW, "-o", tmp_path / "out.xlsx")
    assert ran.code == 2
    assert "a comparison is not written as .xlsx" in ran.err


def test_markdown_is_harmless_and_bounded(riskmap, tmp_path):
    many = "".join(f"  s{n}: {{title: '@team *{n}*', outage: {{worst: 3d}}}}\n" for n in range(900))
    needs = ", ".join(f"s{n}" for n in range(900))
    head = "riskmap: 1\norganisation: X\nfunctions:\n  f: {mtd: 1h, rto: 1h, needs: ["
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(f"{head}s0]}}\nservices:\n  s0: {{}}\n")
    new.write_text(f"{head}{needs}]}}\nservices:\n{many}")
    ran = riskmap("compare", old, new, "--format", "markdown")
    assert ran.code == 0
    assert len(ran.out) < 65_536
    assert re.search(r"\*\*[0-9]+ more lines are left out here\*\*", ran.out)
    assert "@team" not in ran.out


def test_every_key_of_the_json_is_in_the_guide():
    guide = set(re.findall(r"\w+", (ROOT / "docs" / "compare.md").read_text(encoding="utf-8")))
    written = json.loads((CASE / "expected" / "comparison.json").read_text(encoding="utf-8"))

    def keys(value):
        if isinstance(value, dict):
            yield from value
            for inside in value.values():
                yield from keys(inside)
        elif isinstance(value, list):
            for inside in value:
                yield from keys(inside)

    assert set(keys(written)) - guide == set()


def test_an_entry_that_says_which_id_it_had_is_the_same(riskmap, model, tmp_path):
    old, new = model(MODEL), tmp_path / "new.yaml"
    text = old.read_text().replace("[list]", "[score]")
    new.write_text(text.replace("{list: {", "{score: {title: list, was: list, "))
    found = json.loads(riskmap("compare", old, new, "--format=json").out)
    assert [(e["old"], e["id"]) for e in found["entries"]["renamed"]] == [("list", "score")]
    assert not found["entries"]["added"]
    assert not found["entries"]["facts"]
    assert {f["change"] for f in found["findings"]} == {"persisting"}
    assert "renamed: was list, is score" in riskmap("compare", old, new).out
    back = json.loads(riskmap("compare", new, old, "--format=json").out)
    assert [(e["old"], e["id"]) for e in back["entries"]["renamed"]] == [("score", "list")]


def test_looked_at_again_is_one_line(riskmap, model, tmp_path):
    old, new = model(MODEL.replace("owner:", "reviewed: 2026-01-01, owner:")), tmp_path / "new.yaml"
    new.write_text(old.read_text().replace("reviewed: 2026-01-01", "reviewed: 2026-02-01"))
    days = ("--today", "2026-03-01")
    assert "~ looked at again, otherwise as before: sell" in riskmap("compare", old, new, *days).out
    details = riskmap("compare", old, new, *days, "--details").out
    assert "~ function sell: reviewed: was 1 January 2026, is 1 February 2026" in details
