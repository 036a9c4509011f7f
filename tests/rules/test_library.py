"""What rules say of elements that come from the library, which the user did not write."""

from datetime import date
from pathlib import Path

from riskmap.assessment import assess
from riskmap.loading import load_model
from riskmap.model import Model
from riskmap.rules.availability import promises
from riskmap.rules.finding import Finding
from riskmap.rules.results import Results
from riskmap.rules.statement import render

LIBRARY = Path(__file__).parents[1] / "support" / "library"
TODAY = date(2026, 2, 1)
MODEL = """\
riskmap: 1
organisation: Example Ltd
include: ['library:mail-suite', 'library:organisations']
functions:
  writing:
    {title: Write to clients, owner: Sales, criticality: critical, mtd: 8h, rto: 4h,
     needs: [mail-suite/outgoing]}
"""
CONTRACT = """\
contracts:
  mail:
    {provider: organisations/mail-ltd, covers: [mail-suite/outgoing],
     sla: {availability: 99.5%, period: month}}
"""


def load(folder: Path, more: str = "") -> Model:
    path = folder / "model.yaml"
    path.write_text(MODEL + more, encoding="utf-8")
    return load_model(path, library=LIBRARY)


def findings(model: Model, rule: str, today: date = TODAY) -> dict[str, Finding]:
    found = [treated.finding for treated in assess(model, today).findings]
    return {finding.subject: finding for finding in found if finding.rule == rule}


def test_what_nobody_contracted_is_said_of_the_library_too(tmp_path: Path) -> None:
    model = load(tmp_path, CONTRACT)
    found = findings(model, "RM301")
    assert set(found) == {"gatekeepers/standing", "mail-suite/sign-in"}
    assert "no contract in force covers it" in render(found["gatekeepers/standing"].summary, model)
    assert set(findings(model, "RM303")) == {"gatekeepers/standing"}


def test_nothing_of_the_library_is_unused(tmp_path: Path) -> None:
    assert findings(load(tmp_path), "RM004") == {}


def test_facts_of_the_library_are_as_old_as_its_file(tmp_path: Path) -> None:
    """The document of 2025-06-01 behind a need is no reason: its makers looked in 2026."""
    model = load(tmp_path)
    assert findings(model, "RM002", date(2027, 5, 1)) == {}
    found = findings(model, "RM002", date(2027, 7, 1))
    assert set(found) == {"gatekeepers/standing"}  # as of 1 December 2025, 577 days before
    found = findings(model, "RM002", date(2028, 1, 1))
    assert len(found) == 3  # one for each file, not one for each of its elements
    said = [render(finding.summary, model) for finding in found.values()]
    assert (
        "What the library of riskmap says about “Mail suite, outgoing” and one other entry was"
        " last looked at on 15 January 2026" in said
    )


def test_an_element_that_the_user_looked_at_is_not_stale(tmp_path: Path) -> None:
    own = "third_parties: {gatekeepers/standing: {reviewed: 2027-06-01}}\n"
    text = own + "include: ['library:mail-suite', 'library:organisations', 'library:gatekeepers']\n"
    path = tmp_path / "model.yaml"
    path.write_text(
        MODEL.replace("include: ['library:mail-suite', 'library:organisations']\n", "") + text,
        encoding="utf-8",
    )
    model = load_model(path, library=LIBRARY)
    assert findings(model, "RM002", date(2027, 7, 1)) == {}


def test_a_contract_knows_better_than_what_is_promised_to_everybody(tmp_path: Path) -> None:
    model = load(tmp_path, CONTRACT)
    assert promises(Results(model, TODAY))["mail-suite/outgoing"].source == "mail"
    assert findings(model, "RM007") == {}
    without = load(tmp_path)
    assert promises(Results(without, TODAY))["mail-suite/outgoing"].source == "mail-suite/outgoing"


def test_what_the_user_states_is_held_against_the_contract(tmp_path: Path) -> None:
    own = "services: {mail-suite/outgoing: {sla: {availability: 99%}}}\n"
    model = load(tmp_path, CONTRACT + own)
    assert promises(Results(model, TODAY))["mail-suite/outgoing"].source == "mail-suite/outgoing"
    assert set(findings(model, "RM007")) == {"mail"}


def test_outages_of_ones_own_are_held_against_the_promise(tmp_path: Path) -> None:
    own = "services: {mail-suite/outgoing: {outage: {typical: 1d, worst: 2d, per_year: 3}}}\n"
    assert set(findings(load(tmp_path, own), "RM007")) == {"mail-suite/outgoing"}
