"""The review memo and its rule, held against proposals whose answers are plain."""

import io
import re
from pathlib import Path

import pikepdf
import pytest

from riskmap import api
from riskmap.assessment.reviewing import Recommendation
from riskmap.report.html import render_html
from riskmap.report.pdf import render_pdf
from riskmap.report.view.context import Beside
from tests.support.pdf_checks import faults

BASE = """
riskmap: 1
organisation: Shop
as_of: 2026-11-02
functions:
  sell: {title: Sell, owner: sales, criticality: critical, mtd: 8h, rto: 4h, needs: [pay]}
services:
  pay: {title: Payment, provider: old, outage: {typical: 1h, worst: 2h, confidence: evidenced}}
providers:
  old: {title: Old Pay, outage: {worst: 2h, confidence: evidenced}}
contracts:
  deal: {provider: old, covers: [pay]}
"""
SAME = "riskmap: 1\nextends: base.yaml\n"
WORSE = SAME + "services: {pay: {outage: {worst: 3d}}}\n"
SECOND = (
    SAME
    + """
services:
  spare: {title: Spare, provider: new, outage: {worst: 1h, confidence: evidenced}, needs: [gate]}
functions: {sell: {needs: [{any_of: [pay, spare]}]}}
providers: {new: {title: New Pay, outage: {worst: 1h, confidence: evidenced}}}
third_parties: {gate: {title: The gate, kind: card-scheme, provider: old, automated: true}}
contracts: {second: {title: Second deal, provider: new, covers: [spare], clauses: {audit: refused}}}
"""
)


@pytest.fixture
def review(tmp_path: Path):
    def run(*proposals: str):
        (tmp_path / "base.yaml").write_text(BASE)
        base = api.load(tmp_path / "base.yaml")
        found = []
        for number, text in enumerate(proposals):
            path = tmp_path / f"proposal-{number}.yaml"
            path.write_text(text)
            found.append((f"Proposal {number}", api.assess(api.load(path), base.as_of)))
        return api.review(api.assess(base, base.as_of), found)

    return run


def test_what_changes_nothing_is_a_go(review):
    (same,) = review(SAME).proposals
    assert same.recommendation is Recommendation.GO
    assert same.comparison.functions == ()
    assert (same.brought, same.gone, same.pressing, same.gaps) == ((), (), (), ())


def test_what_makes_a_function_worse_is_a_no_go(review):
    (worse,) = review(WORSE).proposals
    assert worse.recommendation is Recommendation.NO_GO
    assert [change.new.id for change in worse.worse] == ["sell"]


def test_a_second_way_is_conditional_on_its_contract(review):
    (second,) = review(SECOND).proposals
    assert second.recommendation is Recommendation.CONDITIONAL
    assert second.worse == ()
    (gaps,) = second.gaps
    assert (gaps.contract.id, gaps.have, gaps.refused) == ("second", 0, ("audit",))
    assert len(gaps.unchecked) == 15
    brought = {found.element.id: found for found in second.brought}
    assert brought["gate"].shared, "Old Pay runs something we use today"
    assert brought["gate"].gatekeeper
    assert not brought["spare"].shared
    assert brought["spare"].rank == 1
    assert second.questions > 10
    assert second.too_many_questions


def test_a_function_that_is_dropped_is_no_improvement(review, text_of):
    """Whatever stopped it is gone with it, so that nothing but this would be said."""
    other = "functions: {ask: {title: Ask, mtd: 9d, rto: 9d, needs: [pay]}}\n"
    found = review(SAME + other + "remove: [sell]\n")
    (dropped,) = found.proposals
    assert dropped.recommendation is Recommendation.CONDITIONAL
    assert dropped.dropped == ("Sell",)
    assert "Sell: the proposal no longer has it." in text_of(page(found))


def test_no_condition_but_findings_is_left_out(review, text_of):
    many = "".join(
        f"  c{n}: {{title: Deal {n}, provider: old, covers: [pay]}}\n" for n in range(12)
    )
    stops = "".join(f"  g{n}: {{outage: {{worst: 3d}}}}\n" for n in range(12))
    needs = ", ".join(["pay", *(f"g{n}" for n in range(12))])
    text = SAME + f"functions: {{sell: {{needs: [{needs}]}}}}\nservices:\n{stops}contracts:\n{many}"
    shown = text_of(page(review(text)))
    assert all(f"“Deal {n}”: 0 refused, 0 missing, 16 not checked." in shown for n in range(12))
    assert re.search(r"[A-Z0-9]\w* further findings are in the attached assessment\.", shown)


def test_the_best_of_several_is_the_one_with_fewest_objections(review):
    assert review(WORSE, SECOND, SAME).best.name == "Proposal 2"
    assert review(WORSE, SECOND).best.name == "Proposal 1"


def page(found):
    return render_html(found.best.assessment, "review", beside=Beside(review=found))


def test_the_memo_says_it(review, text_of):
    text = text_of(page(review(SECOND)))
    assert "Proposal 0: go on" in text
    assert "1 refused, 0 missing, 15 not checked" in text
    assert "shared with what we use already" in text
    assert "Of three new dependencies, one under no contract" in text
    several = text_of(page(review(WORSE, SECOND)))
    assert "Proposal 0: No-go" in several
    assert "Sell: no longer within what it can bear" in several


def test_the_memo_has_at_most_five_pages_and_no_faults(review):
    for found in (review(SECOND), review(WORSE, SECOND, SAME)):
        data = render_pdf(found.best.assessment, "review", beside=Beside(review=found))
        document = pikepdf.open(io.BytesIO(data))
        assert faults(document) == []
        assert len(document.pages) <= 5


def test_from_the_command_line(tmp_path: Path, monkeypatch, capsys):
    from riskmap.cli.guard import run
    from riskmap.cli.main import cli

    (tmp_path / "base.yaml").write_text(BASE)
    (tmp_path / "worse.yaml").write_text(WORSE)
    (tmp_path / "second.yaml").write_text(SECOND)
    base, worse, second = (str(tmp_path / f"{n}.yaml") for n in ("base", "worse", "second"))
    monkeypatch.setattr("sys.argv", ["riskmap", "review", base, "--with", worse])
    assert run(cli) == 1
    assert "no-go  worse" in capsys.readouterr().out.replace("▲ ", "")
    memo = str(tmp_path / "memo.pdf")
    arguments = ["riskmap", "review", base, "--with", worse, "--with", second, "-o", memo]
    monkeypatch.setattr("sys.argv", arguments)
    assert run(cli) == 0
    monkeypatch.setattr("sys.argv", ["riskmap", "report", base, "--profile", "review", "-o", memo])
    assert run(cli) == 2


def test_an_audit_since_a_report_of_last_year(tmp_path: Path, monkeypatch, text_of):
    from riskmap.cli.guard import run
    from riskmap.cli.main import cli

    (tmp_path / "base.yaml").write_text(BASE)
    (tmp_path / "worse.yaml").write_text(
        WORSE.replace("riskmap: 1", "riskmap: 1\nas_of: 2027-11-02")
    )
    base, worse = str(tmp_path / "base.yaml"), str(tmp_path / "worse.yaml")
    last, now = str(tmp_path / "last.pdf"), tmp_path / "now.html"
    for arguments in (
        ["report", base, "-o", last],
        ["audit", worse, "--since", last, "-o", str(now)],
    ):
        monkeypatch.setattr("sys.argv", ["riskmap", *arguments])
        assert run(cli) == 0
    text = text_of(now.read_text(encoding="utf-8"))
    assert "Compared with the assessment of 2 November 2026." in text
    assert "No longer within what it can bear (8 hours)" in text
