"""The guide pages are complete and lead somewhere."""

import re
from pathlib import Path

import pytest

from riskmap.loading import shape

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md")])


def test_the_guide_names_every_key_of_the_language():
    text = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    words = set(re.findall(r"[a-z][a-z_]*", text))
    shapes = [s for s in vars(shape).values() if isinstance(s, type) and issubclass(s, shape.Shape)]
    keys = {key for each in shapes for key in each.model_fields}
    assert keys - words == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_to_files_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page}: {target}"
