"""``riskmap library``: what ships can be found, and a model can take it in."""


def test_everything_that_ships_is_listed_and_shown(riskmap):
    listed = riskmap("library", "list").out
    names = [line.split()[0] for line in listed.splitlines() if line and not line.startswith("ris")]
    assert "microsoft-365" in names
    assert names == sorted(names)
    for name in names:
        assert riskmap("library", "show", f"library:{name}").code == 0


def test_an_entry_says_what_it_does_not_know(riskmap):
    shown = riskmap("library", "show", "microsoft-365").out
    assert "microsoft-365/exchange-outbound" in shown
    assert "What no public source says" in shown
    assert "What you must decide" in shown


def test_a_search_names_elements(riskmap):
    found = riskmap("library", "search", "microsoft", "outgoing")
    assert found.code == 0
    assert "microsoft-365/exchange-outbound" in found.out
    nothing = riskmap("library", "search", "zeppelin")
    assert (nothing.code, nothing.out) == (1, "")


def test_a_typing_error_is_told(riskmap):
    ran = riskmap("library", "show", "strpe")
    assert ran.code == 2
    assert "did you mean 'stripe'" in ran.err


def test_a_model_that_includes_it_finds_what_nobody_thought_of(riskmap, model):
    path = model(
        """
include: [library:microsoft-365]
functions:
  write: {title: Write, criticality: critical, mtd: 1d, rto: 4h,
          needs: [microsoft-365/exchange-outbound]}
"""
    )
    said = riskmap("assess", path, "--details", "--today=2026-11-24").out
    assert "Standing of Exchange Online's sending addresses at block lists" in said
    assert "Microsoft Entra ID, sign-in" in said
