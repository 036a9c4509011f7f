"""The HTML form: self-contained, escaped, the same every time."""

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from riskmap import __version__
from riskmap.report import html
from riskmap.report.html import render_html

GOLDEN = Path(__file__).parents[2] / "golden" / "report"
HOSTILE = "</style><script>alert(1)</script> {{ 7 * 7 }} {% raw %} \"><img src=x onerror=y> & '"


@pytest.fixture
def no_faces(monkeypatch) -> None:
    """Leave the typeface out, which takes most of the time and is not looked at."""
    monkeypatch.setattr(html, "subset", lambda *_: b"")


@pytest.mark.usefixtures("no_faces")
@pytest.mark.parametrize("profile", ["board", "plan", "exit"])
def test_words_of_the_founding_case(founding, golden, text_of, profile: str) -> None:
    _compare(founding, golden, text_of, f"model-{profile}", profile)


@pytest.mark.usefixtures("no_faces")
@pytest.mark.parametrize("profile", ["board", "plan", "exit"])
def test_words_of_the_proposal(proposal, golden, text_of, profile: str) -> None:
    _compare(proposal, golden, text_of, f"proposal-{profile}", profile)


@pytest.mark.usefixtures("no_faces")
@pytest.mark.parametrize("subject", ["exchange-outbound", "microsoft"])
def test_words_of_an_exit_plan(founding, golden, text_of, subject: str) -> None:
    _compare(founding, golden, text_of, f"model-exit-{subject}", "exit", subject)


def _compare(
    assessment, golden, text_of, name: str, profile: str, subject: str | None = None
) -> None:
    text = text_of(render_html(assessment, profile, subject=subject))
    text = text.replace(assessment.model.digest[:8], "DIGEST").replace(__version__, "VERSION")
    golden(GOLDEN / f"{name}.txt", f"{text}\n")


def test_it_refers_to_nothing_outside(founding) -> None:
    page = render_html(founding, "board")
    addresses = re.findall(r"(?:src|href|action)\s*=\s*[\"']([^\"']*)|url\(\"?([^\")]*)", page)
    found = {first or second for first, second in addresses}
    assert found
    assert all(address.startswith("data:font/woff2;base64,") for address in found)
    assert "<link" not in page
    assert "<script" not in page
    assert "default-src 'none'" in page


@pytest.mark.usefixtures("no_faces")
@pytest.mark.parametrize("profile", ["board", "plan", "exit"])
def test_hostile_titles_stay_text(make, text_of, profile: str) -> None:
    page = render_html(
        make(
            {
                "riskmap": 1,
                "organisation": HOSTILE,
                "functions": {"f": {"title": HOSTILE, "mtd": "4h", "needs": ["s"]}},
                "services": {
                    "s": {"title": HOSTILE, "provider": "p", "outage": {"worst": "3d"}},
                    "t": {"title": HOSTILE},
                },
                "providers": {"p": {"title": HOSTILE, "outage": {"worst": "2d"}}},
                "contingencies": {
                    "c": {
                        "title": HOSTILE,
                        "covers": ["s"],
                        "uses": ["t"],
                        "trigger": {"when": HOSTILE},
                        "side_effects": [HOSTILE],
                        "steps": [{"do": HOSTILE, "owner": HOSTILE}],
                    }
                },
            }
        ),
        profile,
    )
    assert "<script" not in page
    assert "<img" not in page
    assert "49" not in text_of(page)
    assert "{{ 7 * 7 }} {% raw %}" in text_of(page)


def test_same_bytes_twice(founding) -> None:
    assert render_html(founding, "board") == render_html(founding, "board")


@pytest.mark.usefixtures("no_faces")
def test_every_table_has_heads_with_a_scope(founding) -> None:
    page = render_html(founding, "board")
    heads = re.findall(r"<th\b[^>]*>", page)
    assert heads
    assert all('scope="col"' in head or 'scope="row"' in head for head in heads)


@pytest.mark.usefixtures("no_faces")
@pytest.mark.parametrize("profile", ["board", "plan", "exit"])
def test_headings_go_down_one_level_at_a_time(founding, profile: str) -> None:
    levels = [int(level) for level in re.findall(r"<h(\d)", render_html(founding, profile))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.usefixtures("no_faces")
def test_language_and_title(founding) -> None:
    page = render_html(founding, "board")
    assert '<html lang="en">' in page
    assert "Government contractor (2012)</title>" in page


@pytest.mark.usefixtures("no_faces")
@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("profile", ["board", "plan", "exit"])
def test_no_sentence_is_clumsy(make, random_model, text_of, profile: str, seed: int) -> None:
    text = text_of(render_html(make(random_model(30, seed), date(2026, 11, 2)), profile))
    for clumsy in (
        r"\b1 (functions|services|findings|entries|points|days|hours)\b",
        r"\bone (functions|services|findings|entries)\b",
        r"\d\.\d{2,} (hours|days)",
        r"\b(None|nan|inf|timedelta|Fraction)\b(?! nobody)",
        r"\.\.|,,| ,|\( | \)",
        r"\bno time\b",
    ):
        assert not re.search(clumsy, re.sub(r"▲ None", "", text)), clumsy


@pytest.mark.usefixtures("no_faces")
@pytest.mark.parametrize("profile", ["board", "plan", "exit"])
def test_each_cell_knows_the_head_of_its_column(founding, profile: str) -> None:
    page = render_html(founding, profile)
    for table in re.findall(r"<table.*?</table>", page, re.DOTALL):
        heads = re.findall(r'<th scope="col">(.*?)</th>', table)
        for row in re.findall(r"<tr.*?</tr>", table.partition("<tbody>")[2], re.DOTALL):
            cells = re.findall(r'<(td|th)\b(?: data-label="([^"]*)")?', row)
            if heads and "colspan" not in row:
                labels = [
                    label if kind == "td" else head
                    for (kind, label), head in zip(cells, heads, strict=True)
                ]
                assert labels == heads
