"""``riskmap exit`` as a user sees it."""

import json

import pytest
from rich.cells import cell_len

EXAMPLE = "examples/office-365-2012/model.yaml"


def test_the_founding_case_says_why_how_long_and_for_how_much(riskmap):
    ran = riskmap("exit", EXAMPLE, "exchange-outbound")
    assert ran.code == 0
    text = " ".join(ran.out.split())
    assert "It cannot leave alone: “SharePoint sites of the back office” must move with it." in text
    assert "tied by identity and licence" in text
    assert "From notice to the last day: 158 days." in text
    assert "Cost: 105,564 USD (80,384 to 146,244)." in text
    assert "Cutting costs 4,700 USD. Leaving then takes 32 days without notice" in text
    assert "the chance of ever leaving is below 5%" in text
    assert "None: everything asked for is stated." in text


def test_json_of_one_service(riskmap):
    ran = riskmap("exit", EXAMPLE, "exchange-outbound", "--format=json")
    document = json.loads(ran.out)
    assert document["exit_set"] == ["exchange-outbound", "sharepoint-online"]
    assert document["held_by"] == ["sharepoint-online"]
    assert document["cost"]["at_least"] is False
    assert document["loosenings"][0]["pays"] is True
    assert document["gaps"] == []
    phases = document["schedule"]["phases"]
    assert all(phase["basis"] == "assumed" for phase in phases)


def test_a_provider_and_everything(riskmap):
    assert "Leaving Microsoft" in riskmap("exit", EXAMPLE, "microsoft").out
    document = json.loads(riskmap("exit", EXAMPLE, "--format=json").out)
    assert document["decisions"][0]["service"] == "sharepoint-online"
    assert document["decisions"][0]["locks_in"] == ["exchange-inbound", "exchange-outbound"]
    assert len(document["tornado"]) == 14
    text = " ".join(riskmap("exit", EXAMPLE).out.split())
    assert "The choice that locks in most is “SharePoint sites of the back office”" in text
    assert "100 (100 not stated)" in text


@pytest.mark.parametrize("width", [40, 80, 140])
@pytest.mark.parametrize("subject", ["exchange-inbound", "microsoft", "nsmail-pro", None])
def test_no_line_is_wider_than_the_terminal(riskmap, monkeypatch, width, subject):
    monkeypatch.setenv("COLUMNS", str(width))
    ran = riskmap("exit", EXAMPLE, *([subject] if subject else []))
    assert ran.code == 0
    assert max(cell_len(line) for line in ran.out.splitlines()) <= width
    assert "…" not in ran.out


def test_what_is_not_known_is_said(riskmap):
    text = " ".join(riskmap("exit", EXAMPLE, "nsmail-pro").out.split())
    assert "It can leave alone. From notice to the last day: not known. Cost: not known." in text
    assert "leaves open: time and cost" in text


@pytest.mark.parametrize("name", ["exchange-outbond", "senderbase", "outlook-desktop", "cisco"])
def test_what_cannot_be_left_is_refused(riskmap, name):
    ran = riskmap("exit", EXAMPLE, name)
    assert (ran.code, ran.out) == (2, "")
    assert f"there is no bought service or provider named '{name}'" in ran.err
    if name == "exchange-outbond":
        assert "did you mean 'exchange-outbound'?" in ran.err


def test_nothing_bought(riskmap, model):
    ran = riskmap("exit", model("functions: {f: {needs: [x]}}\nservices: {x: {}}\n"))
    assert "No service is bought" in ran.out


def test_the_day_decides_about_switching_charges(riskmap, model):
    path = model(
        "jurisdiction: EU\nfunctions: {f: {needs: [x]}}\nservices: {x: {provider: p}}\n"
        "providers: {p: {}}\ncontracts: {c: {provider: p, covers: x, switching_charges: 900}}\n"
    )
    before = riskmap("exit", path, "x", "--today=2027-01-11").out
    after = riskmap("exit", path, "x", "--today=2027-01-12").out
    assert "none is due from 12 January 2027" in " ".join(before.split())
    assert "none is due since 12 January 2027" in " ".join(after.split())
