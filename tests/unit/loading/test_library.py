"""The library offers; what a model names comes in, with everything that hangs on it."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from riskmap import api
from riskmap.errors import ModelError, UnknownNameError
from riskmap.loading import load_model
from riskmap.loading.library import library_entries, library_entry
from riskmap.loading.library_check import check_library
from riskmap.model import Hardness, LibraryUse, Model, ServiceLevel, iter_needs

LIBRARY = Path(__file__).parents[2] / "support" / "library"
HEAD = "riskmap: 1\norganisation: Example Ltd\n"
SUITE = HEAD + "include: ['library:mail-suite']\n"
WRITING = "functions: {writing: {needs: [mail-suite/outgoing]}}\n"

CLOSURE = (
    "gatekeepers/standing",
    "mail-suite/outgoing",
    "mail-suite/sign-in",
    "organisations/gate-inc",
    "organisations/holding",
    "organisations/mail-ltd",
    "organisations/sign-ltd",
    "writing",
)
"""By hand: outgoing mail, its sign-in, its standing, and who runs and owns these."""


def load(folder: Path, text: str, library: Path = LIBRARY, **more: str) -> Model:
    for name, other in more.items():
        (folder / f"{name}.yaml").write_text(other, encoding="utf-8")
    path = folder / "model.yaml"
    path.write_text(text, encoding="utf-8")
    return load_model(path, library=library)


def problems(folder: Path, text: str, library: Path = LIBRARY, **more: str) -> list[str]:
    with pytest.raises(ModelError) as caught:
        load(folder, text, library, **more)
    return [
        f"{Path(p.location.file).name}:{p.location.line}:{p.location.column} "
        f"{p.code}: {p.message} ({p.hint})"
        for p in caught.value.problems
    ]


def test_what_is_named_comes_in_with_what_it_hangs_on(tmp_path: Path) -> None:
    model = load(tmp_path, SUITE + WRITING)
    assert model.ids() == CLOSURE
    assert model.provider_of("mail-suite/outgoing") == "organisations/mail-ltd"
    needs = {n.target: n.hardness for n in iter_needs(model.element("mail-suite/outgoing").needs)}
    assert needs == {"mail-suite/sign-in": Hardness.HARD, "gatekeepers/standing": Hardness.HARD}
    where = model.entry("mail-suite/sign-in").where
    assert (where.file, where.line, where.column) == ("library:mail-suite", 26, 3)


def test_what_nothing_names_stays_out(tmp_path: Path) -> None:
    own = "functions: {writing: {needs: [pen]}}\nservices: {pen: }\n"
    model = load(tmp_path, SUITE + own)
    assert model.ids() == ("pen", "writing")
    assert model.library == ()
    assert [Path(name).name for name, _ in model.files] == ["model.yaml"]


def test_the_model_knows_what_it_took(tmp_path: Path) -> None:
    model = load(tmp_path, SUITE + WRITING)
    assert model.library == (
        LibraryUse("gatekeepers", "Gatekeepers", date(2025, 12, 1), ("gatekeepers/standing",)),
        LibraryUse(
            "mail-suite",
            "Mail suite",
            date(2026, 1, 15),
            ("mail-suite/outgoing", "mail-suite/sign-in"),
        ),
        LibraryUse("organisations", "Organisations", date(2026, 1, 15), CLOSURE[3:7]),
    )
    assert model.from_library("gatekeepers/standing") is model.library[0]
    assert model.from_library("writing") is None
    names = [name for name, _ in model.files[1:]]
    assert names == ["library:gatekeepers", "library:mail-suite", "library:organisations"]
    assert model.files[2][1] == (LIBRARY / "mail-suite.yaml").read_text("utf-8")


def test_another_text_of_the_library_is_another_digest(tmp_path: Path) -> None:
    other = tmp_path / "library"
    other.mkdir()
    for path in LIBRARY.glob("*.yaml"):
        (other / path.name).write_text(path.read_text("utf-8"), encoding="utf-8")
    before = load(tmp_path, SUITE + WRITING, other).digest
    assert before == load(tmp_path, SUITE + WRITING).digest
    with (other / "gatekeepers.yaml").open("a", encoding="utf-8") as stream:
        stream.write("# another word\n")
    assert load(tmp_path, SUITE + WRITING, other).digest != before


def test_contracts_plans_and_included_files_name_it_too(tmp_path: Path) -> None:
    text = SUITE + "functions: {writing: {needs: [pen]}}\ninclude: [more.yaml]\n"
    text = text.replace("include: ['library:mail-suite']\n", "")
    more = "include: 'library:mail-suite'\nservices: {pen: {needs: [mail-suite/calendar]}}\n"
    model = load(tmp_path, text, more=more)
    assert "mail-suite/sign-in" in model
    assert "mail-suite/outgoing" not in model


def test_the_user_says_more_about_an_element(tmp_path: Path) -> None:
    own = (
        "services:\n"
        "  mail-suite/outgoing:\n"
        "    notes: Ours since 2020\n"
        "    outage: {worst: 4h}\n"
        "    sla: {availability: 99%, date: ~}\n"
        "  mail-suite/calendar:\n"
    )
    model = load(tmp_path, SUITE + WRITING + own)
    outgoing = model.element("mail-suite/outgoing")
    assert outgoing.title == "Mail suite, outgoing"
    assert outgoing.outage.worst is not None
    assert outgoing.sla == ServiceLevel(
        availability=Fraction(99, 100),
        measures="accepted messages",
        period=outgoing.sla.period,
        source="https://example.org/sla",
    )
    assert outgoing.where.file.endswith("model.yaml")
    assert outgoing.where.line == 6
    assert model.own_facts("mail-suite/outgoing") == {"notes", "outage", "sla"}
    assert model.own_facts("mail-suite/sign-in") == frozenset()
    assert "mail-suite/calendar" in model  # its id alone names it


def test_needs_of_ones_own_replace_those_of_the_library(tmp_path: Path) -> None:
    own = "services: {mail-suite/outgoing: {needs: [mail-suite/sign-in]}}\n"
    model = load(tmp_path, SUITE + WRITING + own)
    assert "gatekeepers/standing" not in model
    assert "organisations/gate-inc" not in model


def test_a_proposal_takes_away_what_the_library_says(tmp_path: Path) -> None:
    base = SUITE + WRITING + "services: {mail-suite/outgoing: {sla: {availability: 99%}}}\n"
    change = "riskmap: 1\nextends: base.yaml\nservices: {mail-suite/outgoing: {sla: ~}}\n"
    assert load(tmp_path, change, base=base).element("mail-suite/outgoing").sla is None


def test_mentions_that_may_not_stand(tmp_path: Path) -> None:
    text = (
        SUITE
        + "functions:\n"
        + "  writing:\n"
        + "    needs:\n"
        + "      - mail-suite/outgoin\n"
        + "      - gatekeepers/clock\n"
        + "      - no-such/thing\n"
        + "      - outgoing\n"
        + "contracts:\n"
        + "  paper: {provider: organisations/mail-ltd, covers: [organisations/holding]}\n"
    )
    assert problems(tmp_path, text) == [
        (
            "model.yaml:7:9 unknown-id: 'library:mail-suite' has no element 'mail-suite/outgoin' "
            "(did you mean 'mail-suite/outgoing'?)"
        ),
        (
            "model.yaml:8:9 not-included: 'gatekeepers/clock' is in the library, but not included "
            "here (add 'library:gatekeepers' to 'include:')"
        ),
        (
            "model.yaml:9:9 unknown-id: nothing here has the id 'no-such/thing' "
            "(add it as a function, a service, a third party or a provider)"
        ),
        (
            "model.yaml:10:9 unknown-id: nothing here has the id 'outgoing' "
            "(did you mean 'mail-suite/outgoing', from the library?)"
        ),
        (
            "model.yaml:12:21 not-included: 'organisations/mail-ltd' is in the library, but not "
            "included here (add 'library:organisations' to 'include:')"
        ),
        (
            "model.yaml:12:54 not-included: 'organisations/holding' is in the library, but not "
            "included here (add 'library:organisations' to 'include:')"
        ),
    ]


def test_entries_under_an_id_of_the_library_that_may_not_stand(tmp_path: Path) -> None:
    text = (
        SUITE
        + WRITING
        + "services:\n"
        + "  mail-suite/zebra: {notes: x}\n"
        + "  gatekeepers/clock: {notes: x}\n"
        + "  my/own: {notes: x}\n"
        + "third_parties:\n"
        + "  mail-suite/calendar: {notes: x}\n"
    )
    assert problems(tmp_path, text) == [
        (
            "model.yaml:6:3 unknown-id: 'library:mail-suite' has no element 'mail-suite/zebra' "
            "(leave it out)"
        ),
        (
            "model.yaml:7:3 not-included: 'gatekeepers/clock' is in the library, but not included "
            "here (add 'library:gatekeepers' to 'include:')"
        ),
        (
            "model.yaml:8:3 bad-id: 'my/own' is not a good id "
            "(use small letters a-z, digits and hyphens: my-own)"
        ),
        (
            "model.yaml:10:3 conflict: 'mail-suite/calendar' is a service, at "
            "library:mail-suite:30; here it is written as a third party "
            "(write it under 'services:')"
        ),
    ]


def test_an_element_of_the_library_cannot_be_removed(tmp_path: Path) -> None:
    change = "riskmap: 1\nextends: base.yaml\nremove: [mail-suite/outgoing]\n"
    assert problems(tmp_path, change, base=SUITE + WRITING) == [
        (
            "model.yaml:3:10 impossible: 'mail-suite/outgoing' comes from the library, as long as "
            "something names it (take away what names it instead)"
        ),
    ]


def test_a_misspelt_file_of_the_library(tmp_path: Path) -> None:
    text = SUITE.replace("mail-suite", "mail-siute") + WRITING
    assert problems(tmp_path, text)[0] == (
        "model.yaml:3:11 unknown-include: the library that ships with riskmap has no 'mail-siute' "
        "(did you mean 'mail-suite'?)"
    )


def test_what_contradicts_the_library_is_shown_with_the_line_that_does(tmp_path: Path) -> None:
    own = "services:\n  mail-suite/outgoing: {fails_alone: false, outage: {worst: 1h}, owner: 5}\n"
    found = problems(tmp_path, SUITE + WRITING + own)
    assert [line.partition(" ")[0] for line in found] == ["model.yaml:6:53", "model.yaml:6:73"]


# -- for a list -----------------------------------------------------------------------------------


def test_entries() -> None:
    found = library_entries(LIBRARY)
    assert [entry.name for entry in found] == ["gatekeepers", "mail-suite", "organisations"]
    suite = found[1]
    assert (suite.title, suite.kind, suite.as_of) == ("Mail suite", "services", date(2026, 1, 15))
    assert suite.not_known == ("Where its second site is",)
    assert suite.decide == ("Which contract covers it?",)
    assert [(element.id, element.title) for element in suite.elements] == [
        ("mail-suite/calendar", "Mail suite, calendar"),
        ("mail-suite/outgoing", "Mail suite, outgoing"),
        ("mail-suite/sign-in", "Mail suite, sign-in"),
    ]
    assert [suite.count(section) for section in ("services", "providers")] == [3, 0]
    assert library_entry("mail-suite", LIBRARY) == suite
    with pytest.raises(UnknownNameError) as caught:
        library_entry("mail-siute", LIBRARY)
    assert caught.value.near == ("mail-suite",)


# -- what is asked of a file that ships -----------------------------------------------------------


def test_what_ships_is_fit() -> None:
    check_library()


def test_the_library_of_these_tests_is_fit() -> None:
    check_library(LIBRARY)


def test_unfit_files(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text(
        "riskmap: 1\n"
        "library: service\n"
        "as_of: 2026-01-01\n"
        "services:\n"
        "  a:\n"
        "    title: A\n"
        "    outage: {worst: 1h}\n"
        "    needs: [b, {need: c}, other/d]\n"
        "    sla: {availability: 99%}\n"
        "    evidence: {source: hearsay, confidence: assumed}\n"
        "third_parties:\n"
        "  b: {kind: clock, evidence: {source: 'http://example.org', confidence: evidenced}}\n",
        encoding="utf-8",
    )
    with pytest.raises(ModelError) as caught:
        check_library(tmp_path)
    found = [f"{p.location} {p.message}" for p in caught.value.problems]
    assert found == [
        "library:bad:1:1 'title' is missing",
        "library:bad:2:10 'service' is not a choice for 'library'",
        "library:bad:7:13 'outage' is not for the library",
        "library:bad:8:13 this need has no source",
        "library:bad:8:16 this has no source that can be looked up",
        "library:bad:8:16 this is not said to be shown by its source",
        "library:bad:8:16 this need does not say why",
        "library:bad:8:23 'library:bad' has no element 'bad/c'",
        "library:bad:8:27 this need has no source",
        "library:bad:8:27 nothing here has the id 'other/d'",
        "library:bad:9:5 this has no source that can be looked up",
        "library:bad:10:24 this has no source that can be looked up",
        "library:bad:10:45 this is not said to be shown by its source",
        "library:bad:12:3 it has no title",
        "library:bad:12:13 'clock' is not a kind that is known",
        "library:bad:12:39 this has no source that can be looked up",
    ]


def test_a_file_that_ships_is_found(tmp_path: Path) -> None:
    path = tmp_path / "model.yaml"
    text = HEAD + "include: 'library:time'\nfunctions: {logging: {needs: [time/ntp-pool]}}\n"
    path.write_text(text, encoding="utf-8")
    model = load_model(path)
    assert [use.name for use in model.library] == ["time"]
    assert model.files[1][0] == "library:time"
    assert "time" in [entry.name for entry in api.library_entries()]
    assert api.library_entry("time").kind == "third-parties"
