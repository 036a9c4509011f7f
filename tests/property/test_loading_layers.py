"""Layers obey a plain rule: a later one replaces keys of an earlier one, and nothing else matters.

The truth is a merge of plain values written here by hand; models are compared by all they say.
"""

import copy
import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from riskmap.errors import ModelError
from riskmap.loading import load_model
from riskmap.loading.document import Document
from riskmap.loading.problems import Problems
from riskmap.loading.shape import SECTIONS
from riskmap.loading.source import parse_document
from riskmap.model import Model

FULL = Path(__file__).parents[1] / "unit" / "loading" / "full.yaml"
LIBRARY = Path(__file__).parents[1] / "support" / "library"


def plain_values() -> dict[str, Any]:
    document = parse_document(FULL.read_bytes(), Document("full.yaml"), Problems())
    assert document is not None
    return dict(document.root)


ROOT = plain_values()


def facts(model: Model) -> tuple[Any, ...]:
    """Return everything a model says but where it says it."""
    header = (model.organisation, model.as_of, model.currency, model.jurisdiction)
    sections = tuple(getattr(model, section) for section in SECTIONS)
    return (*header, model.exit_people, model.not_applicable, model.library, *sections)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("layers")


def load(folder: Path, **files: Any) -> tuple[Any, ...]:
    for name, values in files.items():
        text = yaml.safe_dump(values, sort_keys=False, allow_unicode=True)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return facts(load_model(folder / f"{next(iter(files))}.yaml", library=LIBRARY))


def over(base: Any, change: Any) -> Any:
    """Return what the language says a change makes of a base."""
    if not isinstance(base, dict) or not isinstance(change, dict):
        return change
    merged = dict(base)
    for key, value in change.items():
        if value is None and key in merged:
            del merged[key]
        else:
            merged[key] = over(merged[key], value) if key in merged else value
    return merged


def test_extending_with_nothing_is_the_base(folder: Path) -> None:
    expected = load(folder, base=ROOT)
    assert load(folder, empty={"riskmap": 1, "extends": "base.yaml"}, base=ROOT) == expected


ENTRIES = [(section, name) for section in SECTIONS for name in ROOT.get(section, {})]


@st.composite
def splits(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """Cut the full model in two: some entries, and some keys of entries, go into the change.

    What the change says about a key that the base keeps as well, the base says otherwise.
    """
    base, change = copy.deepcopy(ROOT), {"riskmap": 1, "extends": "base.yaml"}
    for section, name in ENTRIES:
        entry = base[section][name]
        where = draw(st.integers(0, 4))
        if where == 0:
            change.setdefault(section, {})[name] = base[section].pop(name)
        elif where == 1 and entry:
            keys = draw(st.lists(st.sampled_from(sorted(entry)), unique=True, min_size=1))
            moved = {key: entry.pop(key) for key in keys}
            change.setdefault(section, {})[name] = moved
        elif where == 2 and entry:
            entry["notes"] = "to be taken away or replaced"
            change.setdefault(section, {})[name] = {"notes": ROOT[section][name].get("notes")}
    for key in ("currency", "jurisdiction", "exit_people", "as_of"):
        if draw(st.booleans()):
            change[key] = base[key]
            base[key] = {"currency": "USD", "jurisdiction": "DE", "exit_people": 99}.get(key)
    return base, change


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_model_cut_in_two_is_the_model(folder: Path, data: st.DataObject) -> None:
    base, change = data.draw(splits())
    assert load(folder, change=change, base=base) == load(folder, whole=ROOT)


NEW = {
    "services": {"new-service": {"provider": "new-provider", "needs": ["shop"]}},
    "providers": {"new-provider": {"title": "New"}},
    "contracts": {"new-contract": {"provider": "new-provider", "covers": ["new-service"]}},
    "contingencies": {"new-plan": {"covers": ["shop"], "uses": ["new-service"]}},
}


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_adding_and_taking_away_again_is_the_base(folder: Path, rng: random.Random) -> None:
    names = [name for entries in NEW.values() for name in entries]
    rng.shuffle(names)
    added = {"riskmap": 1, "extends": "base.yaml", **NEW}
    removed = {"riskmap": 1, "extends": "added.yaml", "remove": names}
    assert load(folder, removed=removed, added=added, base=ROOT) == load(folder, base=ROOT)
    assert load(folder, added=added, base=ROOT) != load(folder, base=ROOT)


VALUES = st.recursive(
    st.sampled_from(["x", "y", 1, ["a"], ["a", "b"], None]),
    lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)
GROUPS = st.dictionaries(st.sampled_from("abc"), VALUES, max_size=3)


@settings(max_examples=150, deadline=None)
@given(GROUPS, GROUPS, GROUPS)
def test_merging_any_values(first: Any, second: Any, third: Any) -> None:
    from riskmap.loading.merge import Body, merge_bodies

    def body(name: str, values: Any) -> Body:
        text = yaml.safe_dump({"services": {"s": values}}, sort_keys=False)
        document = parse_document(text.encode(), Document(name), Problems())
        assert document is not None
        return Body("services", "s", document.root["services"]["s"], document)

    merged = merge_bodies(merge_bodies(body("1", first), body("2", second)), body("3", third))
    assert merged.facts == over(over(first, second), third)
    assert merged.document.at(merged.path) == merged.facts
    _placed(merged.document, merged.path, merged.facts, {"1": first, "2": second, "3": third})


def _placed(document: Document, path: Any, node: Any, said: dict[str, Any]) -> None:
    """Every value is shown in the last file that says just this of it, or below."""
    for key, value in node.items() if isinstance(node, dict) else ():
        here = (*path, key)
        (home, mark), exact = document.find(here)
        assert exact
        assert home.line(mark.key_line)[mark.key_column :].startswith(f"{key}:")
        if not isinstance(value, dict):
            told = said[home.name]
            for step in here[2:]:
                told = told[step]
            assert told == value
        _placed(document, here, value, said)


USING = {
    "riskmap": 1,
    "organisation": "X",
    "include": ["library:organisations", "library:mail-suite", "library:gatekeepers"],
    "functions": {
        "writing": {"needs": ["mail-suite/outgoing", "gatekeepers/clock"]},
        "meeting": {"needs": ["mail-suite/calendar"]},
    },
    "services": {"mail-suite/sign-in": {"outage": {"worst": "4h"}}},
    "contracts": {
        "mail": {"provider": "organisations/mail-ltd", "covers": ["mail-suite/outgoing"]}
    },
}


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_includes_and_entries_changes_nothing(
    folder: Path, rng: random.Random
) -> None:
    values = copy.deepcopy(USING)
    rng.shuffle(values["include"])
    for section in ("functions", "services", "contracts"):
        items = list(values[section].items())
        rng.shuffle(items)
        values[section] = dict(items)
    keys = list(values)
    rng.shuffle(keys)
    assert load(folder, shuffled={key: values[key] for key in keys}) == load(folder, using=USING)


def test_a_library_element_is_as_if_written_out_by_hand(folder: Path) -> None:
    """Copied into the model with its prefix, each element says the same."""
    using = load_model(_written(folder, "using", USING), library=LIBRARY)
    own: dict[str, Any] = {}
    for path in sorted(LIBRARY.glob("*.yaml")):
        values = parse_document(path.read_bytes(), Document("x"), Problems()).root
        for section in ("services", "third_parties", "providers"):
            for name, entry in values.get(section, {}).items():
                own.setdefault(section, {})[f"{path.stem}/{name}"] = _full(entry, path.stem)
    by_hand = copy.deepcopy(USING) | {"include": []}
    by_hand["services"] = own["services"]
    by_hand["services"]["mail-suite/sign-in"]["outage"] = {"worst": "4h"}
    text = yaml.safe_dump(by_hand | {k: own[k] for k in ("third_parties", "providers")})
    path = folder / "by-hand.yaml"
    path.write_text(text.replace("/", "."), encoding="utf-8")
    written = load_model(path, library=LIBRARY)
    assert {i.replace("/", ".") for i in using.ids()} == set(written.ids())
    for entry_id in using.ids():
        one, other = using.entry(entry_id), written.entry(entry_id.replace("/", "."))
        assert repr(_without_places(one)).replace("/", ".") == repr(_without_places(other))


def _without_places(entry: Any) -> Any:
    return {name: getattr(entry, name) for name in _fields(entry) if name != "where"}


def _fields(entry: Any) -> list[str]:
    from dataclasses import fields

    return [field.name for field in fields(entry)]


def _written(folder: Path, name: str, values: Any) -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(yaml.safe_dump(values, sort_keys=False), encoding="utf-8")
    return path


def _full(entry: Any, prefix: str) -> Any:
    """Write the prefix before every mention inside an element, by hand."""
    entry = copy.deepcopy(entry)
    for key in ("provider", "parent"):
        if key in entry and "/" not in entry[key]:
            entry[key] = f"{prefix}/{entry[key]}"
    for need in entry.get("needs", ()):
        if "/" not in need["need"]:
            need["need"] = f"{prefix}/{need['need']}"
    return entry


JUNK = st.recursive(
    st.sampled_from([None, 5, "x", "", "shop", "acme", "5d", "45%", True, [], {}, "2012-05-14"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["need", "of", "worst", "provider", "x", "shop"]), inner)
    ),
    max_leaves=4,
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_change_is_a_model_or_is_explained(folder: Path, data: st.DataObject) -> None:
    change: dict[str, Any] = {"riskmap": 1, "extends": "base.yaml"}
    for _ in range(data.draw(st.integers(1, 4))):
        section, name = data.draw(st.sampled_from(ENTRIES))
        keys = sorted(SECTIONS[section].model_fields)
        entry = change.setdefault(section, {}).setdefault(name, {})
        entry[data.draw(st.sampled_from(keys))] = data.draw(JUNK)
    change["remove"] = data.draw(st.lists(st.sampled_from([name for _, name in ENTRIES])))
    _written(folder, "base", ROOT)
    try:
        load_model(_written(folder, "change", change), library=LIBRARY)
    except ModelError as error:
        for problem in error.problems:
            lines = Path(problem.location.file).read_text("utf-8").splitlines()
            assert lines[problem.location.line - 1] == problem.source
            assert problem.location.column <= len(problem.source)
