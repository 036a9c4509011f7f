"""Every rule's documentation is complete, and its two examples do what they say."""

import re
from pathlib import Path

import pytest

from riskmap.assessment import assess
from riskmap.errors import UnknownNameError
from riskmap.model import Model
from riskmap.rules import catalog
from riskmap.rules.finding import Finding
from riskmap.rules.registry import HEADINGS, RULES, Rule, rule
from tests.support.models import TODAY, load

EVERY_RULE = pytest.mark.parametrize("known", RULES, ids=lambda known: known.id)
FAMILIES = {"0": "model quality", "1": "structure", "2": "recovery", "3": "others", "4": "lock-in"}
NO_FIXES = {"missing", "needs", "should", "must", "add", "fix", "use", "improve", "require"}


def example(known: Rule, heading: str) -> str:
    blocks = re.findall(r"```yaml\n(.*?)```", known.section(heading), re.DOTALL)
    assert len(blocks) == 1, f"one example under {heading!r}"
    return str(blocks[0])


def findings_of(model: Model, known: Rule) -> list[Finding]:
    treated = assess(model, TODAY).findings
    return [t.finding for t in treated if t.finding.rule == known.id]


@EVERY_RULE
def test_all_headings_are_there_in_order_with_text(known: Rule) -> None:
    assert tuple(heading for heading, _ in known.sections) == HEADINGS
    assert all(text for _, text in known.sections)
    assert "{subjects}" in known.brief or "{any_subject}" in known.brief
    assert not known.brief.endswith(".")
    assert known.title
    assert not known.title.endswith(".")


@EVERY_RULE
def test_fires_on_its_example(known: Rule, tmp_path: Path) -> None:
    found = findings_of(load(tmp_path, example(known, "Fires on")), known)
    assert found
    assert all(finding.key.startswith(f"{known.id}@") for finding in found)


@EVERY_RULE
def test_is_silent_on_the_other_example(known: Rule, tmp_path: Path) -> None:
    assert findings_of(load(tmp_path, example(known, "Silent on")), known) == []


@EVERY_RULE
def test_the_two_examples_differ_in_little(known: Rule) -> None:
    fires, silent = (example(known, f"{word} on").splitlines() for word in ("Fires", "Silent"))
    assert fires != silent
    assert len(set(fires) ^ set(silent)) <= 8


def test_ids_are_unique_sorted_and_of_a_family() -> None:
    ids = [known.id for known in RULES]
    assert ids == sorted(set(ids))
    assert all(re.fullmatch(r"RM\d{3}", known) and known[2] in FAMILIES for known in ids)


def test_issue_two_asks_for_these_rules() -> None:
    wanted = [
        "001",
        "101",
        "103",
        "201",
        "202",
        "203",
        "204",
        "206",
        "208",
        "209",
        "301",
        "302",
        "303",
        "401",
    ]
    assert {f"RM{number}" for number in wanted} <= {known.id for known in RULES}


def test_every_file_of_the_catalog_is_a_registered_pattern() -> None:
    folder = Path(str(catalog.__file__)).parent
    files = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    slugs = [known.slug for known in RULES]
    assert sorted(files) == sorted(slug.replace("-", "_") for slug in slugs)
    for slug in slugs:
        words = slug.split("-")
        assert len(words) >= 2, "a pattern has a name of at least two words"
        assert words[0] not in NO_FIXES, "the slug names the pattern, never the fix"


def test_a_rule_is_found_by_its_id_in_any_case() -> None:
    assert rule("rm101") is rule("RM101")
    with pytest.raises(UnknownNameError) as refusal:
        rule("RM109")
    assert "RM101" in str(refusal.value) or "RM101" in refusal.value.near
