"""What riskmap says about the examples, word for word, and that the README shows it truly."""

import re
from pathlib import Path

import pikepdf
import pytest

from tests.support.pdf_checks import faults

ROOT = Path(__file__).parents[2]
CASE = ROOT / "examples" / "office-365-2012"
README = ROOT / "README.md"


@pytest.mark.parametrize("name", ["model", "proposal"])
@pytest.mark.parametrize("form", ["text", "json"])
def test_assessment_of_the_founding_case(riskmap, golden, tmp_path, name, form):
    target = tmp_path / "out"
    source = f"examples/office-365-2012/{name}.yaml"
    assert riskmap("assess", source, "--format", form, "-o", target).code == 0
    suffix = {"text": "txt", "json": "json"}[form]
    golden(CASE / "expected" / f"{name}.{suffix}", target.read_text(encoding="utf-8"))


def _block(text: str, name: str, language: str) -> str:
    found = re.search(rf"<!-- {name} -->\n```{language}\n(.*?)```", text, re.DOTALL)
    assert found is not None
    return found.group(1)


def test_the_readme_shows_what_riskmap_says(riskmap, golden, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "96")
    text = README.read_text(encoding="utf-8")
    model = tmp_path / "model.yaml"
    model.write_text(_block(text, "quickstart-model", "yaml"), encoding="utf-8")
    out = "\n".join(line.rstrip() for line in riskmap("assess", model).out.splitlines()) + "\n"
    shown = _block(text, "quickstart-output", "text")
    golden(README, text.replace(f"```text\n{shown}```", f"```text\n{out}```"))


def test_every_command_the_readme_names_exists(riskmap):
    named = set(re.findall(r"`riskmap ([a-z]+)", README.read_text(encoding="utf-8")))
    commands = riskmap("--help").out.partition("Commands:")[2]
    listed = set(re.findall(r"^  ([a-z]+) ", commands, re.MULTILINE))
    assert named == listed


def test_the_vendor_review_is_a_memo_of_at_most_five_pages(riskmap, tmp_path):
    memo = tmp_path / "memo.pdf"
    folder = "examples/vendor-review"
    vendors = [f"--with={folder}/vendor-{letter}.yaml" for letter in "ab"]
    ran = riskmap("review", f"{folder}/current.yaml", *vendors, "-o", memo)
    assert ran.code == 0, ran.err
    assert re.findall(r"^◆ conditional  (.*)$", ran.out, re.MULTILINE) == ["Vendor A", "Vendor B"]
    assert len(pikepdf.open(memo).pages) <= 5


def test_the_annual_audit_says_what_the_year_brought(riskmap, tmp_path):
    folder = "examples/annual-audit"
    page = tmp_path / "audit.html"
    since = f"--since={folder}/2025.yaml"
    assert riskmap("audit", f"{folder}/2026.yaml", since, "-o", page).code == 0
    text = " ".join(page.read_text(encoding="utf-8").replace("\u00a0", " ").split())
    assert "Compared with the assessment of 3 November 2025." in text
    assert "because its stated tolerance went from 10 days to 5 days" in text
    assert "The one decision about a finding has run out" in text


def test_a_comparison_is_a_report_that_stands_on_its_own(riskmap, tmp_path):
    old, new = (f"examples/annual-audit/{year}.yaml" for year in (2025, 2026))
    changes = tmp_path / "changes.pdf"
    assert riskmap("compare", old, new, "-o", changes).code == 0
    document = pikepdf.open(changes)
    assert str(document.docinfo["/Title"]).startswith("45 findings changed: 9 new, 5 worse")
    assert faults(document) == []
    last = tmp_path / "last.json"
    assert riskmap("assess", old, "-o", last).code == 0
    assert riskmap("compare", last, new, "-o", tmp_path / "since.html").code == 0
    backwards = riskmap("compare", new, last, "-o", tmp_path / "none.pdf")
    assert backwards.code == 3
    assert "made from the newer model" in backwards.err
