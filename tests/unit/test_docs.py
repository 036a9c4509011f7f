"""The guide pages are complete and lead somewhere."""

import re
import textwrap
from datetime import timedelta
from pathlib import Path

import pytest

from riskmap.formats.rules_page import rules_page
from riskmap.loading import load_model, shape
from riskmap.loading.brand import BrandShape, load_brand
from riskmap.loading.policy import policy_text
from riskmap.model import SHIPPED, iter_needs

ROOT = Path(__file__).parents[2]
HOUR = timedelta(hours=1)
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md")])


def test_the_guide_names_every_key_of_the_language():
    text = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    words = set(re.findall(r"[a-z][a-z_]*", text))
    shapes = [s for s in vars(shape).values() if isinstance(s, type) and issubclass(s, shape.Shape)]
    keys = {key for each in shapes for key in each.model_fields}
    assert keys - words == set()


def test_the_rules_page_is_what_the_rules_say(golden):
    golden(ROOT / "docs" / "rules.md", rules_page())


def test_the_policy_page_shows_the_shipped_policy(golden):
    page = ROOT / "docs" / "policy.md"
    text = page.read_text(encoding="utf-8")
    start = text.index("```yaml\n", text.index("<!-- shipped-policy -->")) + len("```yaml\n")
    end = text.index("```", start)
    golden(page, text[:start] + policy_text(SHIPPED) + text[end:])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_to_files_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page}: {target}"


def test_the_page_on_reports_shows_a_brand_that_loads(tmp_path):
    text = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")
    shown = text.partition("```yaml\n")[2].partition("```")[0]
    (tmp_path / "brand.yaml").write_text(shown, encoding="utf-8")
    (tmp_path / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    brand = load_brand(tmp_path / "brand.yaml")
    assert brand.logo
    assert (brand.accent, brand.classification) == ("#1f5a8c", "Board only")
    assert all(f"{key}:" in shown for key in BrandShape.model_fields)


def test_the_proposal_in_the_guide_changes_a_model(tmp_path):
    text = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    shown = (
        text.partition("\n## A proposal")[2].partition("    riskmap: 1\n")[2].partition("\n\n")[0]
    )
    (tmp_path / "proposal.yaml").write_text(textwrap.dedent("    riskmap: 1\n" + shown))
    (tmp_path / "current.yaml").write_text(
        "riskmap: 1\norganisation: Example Ltd\nfunctions: {writing: {needs: [mail]}}\n"
        "services:\n"
        "  mail: {needs: [old-relay], owner: IT, outage: {typical: 1h, worst: 1d}}\n"
        "  old-relay: {provider: acme}\n"
        "providers: {acme: }\n"
        "contracts: {old-relay-contract: {provider: acme, covers: [old-relay]}}\n"
    )
    model = load_model(tmp_path / "proposal.yaml")
    mail = model.element("mail")
    assert model.ids() == ("acme", "mail", "new-relay", "writing")
    assert [need.target for need in iter_needs(mail.needs)] == ["new-relay"]
    assert (mail.owner, mail.outage.worst, mail.outage.typical) == (None, 4 * HOUR, HOUR)
