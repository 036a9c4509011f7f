"""The incidents that ship: sources, times, ids; and each replays against what it hit."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from riskmap import api
from riskmap.errors import ModelError
from riskmap.loading.incidents import load_incidents

EVERY = load_incidents()

GOOD = """
riskmap: 1
incidents:
  one:
    title: One
    start: 2021-06-08T09:47:00Z
    end: 2021-06-08T10:36:00Z
    lasted: 49m
    precision: minute
    scope: all
    fails: {fastly/cdn: {}}
    how: so
    affected: many
    sources: [{url: "https://example.org/a", title: A, kind: primary, shows: [start]}]
    lesson: Look.
"""


def test_there_are_enough_of_them_and_none_twice():
    assert len(EVERY) >= 40
    assert len({incident.id for incident in EVERY}) == len(EVERY)
    assert EVERY[0].day.year == 2012


def test_every_element_is_in_the_library():
    known = {e.id for entry in api.library_entries() for e in entry.elements}
    missing = {name for incident in EVERY for name in incident.elements} - known
    assert missing == set()


@pytest.mark.parametrize("incident", EVERY, ids=lambda incident: incident.id)
def test_every_incident_replays_against_what_it_hit(incident, tmp_path: Path):
    files = sorted({name.partition("/")[0] for name in incident.elements})
    included = ", ".join(f"library:{name}" for name in files)
    path = tmp_path / "model.yaml"
    path.write_text(
        f"riskmap: 1\norganisation: One\ninclude: [{included}]\n"
        f"functions: {{work: {{mtd: 1m, needs: [{', '.join(incident.elements)}]}}}}\n"
    )
    assessment = api.assess(api.load(path), date(2026, 11, 24))
    (found,) = api.replay(assessment, incident=incident.id)
    assert set(found.elements) == set(incident.elements)
    (impact,) = found.impacts
    lasts = [hit.lasts for hit in incident.hits]
    if incident.lasted is None:
        assert impact.stopped == float("inf")
    else:
        longest = max(length or timedelta(0) for length in lasts).total_seconds()
        assert longest <= impact.stopped <= incident.lasted.total_seconds() + 1


def test_a_model_without_library_elements_is_not_touched(tmp_path: Path):
    path = tmp_path / "model.yaml"
    path.write_text(
        "riskmap: 1\norganisation: One\nfunctions: {f: {needs: [s]}}\nservices: {s: }\n"
    )
    assert api.replay(api.assess(api.load(path), date(2026, 11, 24))) == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("lasted: 49m", "lasted: 3h"), "its times say"),
        (("sources: [{url:", "notes: [{url:"), "there is no source"),
        (("https://example.org/a", "ftp://example.org/a"), "no https link"),
        (("fails: {fastly/cdn: {}}", "fails: {}"), "nothing fails"),
        (("end: 2021-06-08T10:36:00Z", "end: later"), "days or moments"),
        (("lesson: Look.", "lesson: "), "lesson is missing"),
        (("scope: all", "scoop: all"), "scoop"),
    ],
)
def test_what_is_not_fit_is_refused(tmp_path: Path, change, said):
    (tmp_path / "2021.yaml").write_text(GOOD)
    assert len(load_incidents(tmp_path)) == 1
    (tmp_path / "2021.yaml").write_text(GOOD.replace(*change))
    with pytest.raises(ModelError) as caught:
        load_incidents(tmp_path)
    assert said in " ".join(problem.message for problem in caught.value.problems)


def test_a_known_outage_has_its_known_length(tmp_path: Path):
    """Fastly's own summary: 09:47 to 10:36 UTC on 8 June 2021."""
    (fastly,) = [i for i in EVERY if i.id == "fastly-2021-06-08"]
    assert (fastly.day, fastly.lasted) == (date(2021, 6, 8), timedelta(minutes=49))
