"""The JSON Schema accepts what the loader accepts, and refuses what it can see."""

import copy
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from riskmap import api
from riskmap.cli.guard import run
from riskmap.cli.main import cli
from riskmap.loading.document import Document
from riskmap.loading.problems import Problems
from riskmap.loading.source import parse_document

ROOT = Path(__file__).parents[3]
BAD_INPUTS = ROOT / "tests" / "bad_inputs"
FULL = Path(__file__).with_name("full.yaml")

SHAPE_CODES = {
    "bad-date",
    "bad-duration",
    "bad-id",
    "bad-share",
    "bad-value",
    "missing-key",
    "not-a-model",
    "unknown-key",
    "unsupported-version",
    "wrong-type",
}
"""Codes of problems that one value shows by itself."""

BEYOND_SCHEMA = {
    "assumed-not-given": "which words 'assumed' may hold depends on the entry",
    "date-not-in-calendar": "the calendar; 'format' is only a note",
    "duration-of-ages": "adding up",
    "extends-without-organisation": "the file it extends may have it",
    "no-functions": "an included file may have them",
    "no-functions-empty-section": "an included file may have them",
    "organisation-left-empty": "an included file has none",
    "share-of-nothing": "zero has many spellings",
}
"""Bad inputs with such a code that the schema lets pass, and why."""

SEEN_EARLIER = {
    "dangling-ids-in-one-text",
    "dangling-other-spelling",
    "dangling-title-instead-of-id",
}
"""Dangling references that the schema refuses because they cannot be ids at all."""


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(api.schema())


def plain_values(path: Path) -> Any:
    document = parse_document(path.read_bytes(), Document(path.name), Problems())
    return None if document is None else document.root


def bad_models() -> Iterator[tuple[str, Any, set[str]]]:
    for folder in sorted(BAD_INPUTS.iterdir()):
        if not (folder / "model.yaml").is_file():
            continue
        shown = (folder / "stderr.txt").read_text("utf-8")
        codes = set(re.findall(r"^model\.yaml:\d+:\d+: error\[([a-z0-9-]+)\]", shown, re.MULTILINE))
        values = plain_values(folder / "model.yaml")
        if values is not None:
            yield folder.name, values, codes


BAD_MODELS = list(bad_models())


def test_it_is_a_json_schema() -> None:
    schema = api.schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert {"$id", "title", "description"} <= set(schema)


def test_committed_copy(golden: Callable[[Path, str], None]) -> None:
    text = json.dumps(api.schema(), indent=2, ensure_ascii=False) + "\n"
    golden(ROOT / "models" / "schema" / "riskmap-1.schema.json", text)


def test_command_prints_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["riskmap", "schema"])
    assert run(cli) == 0
    assert json.loads(capsys.readouterr().out) == api.schema()


def test_every_group_is_closed_and_every_key_explained() -> None:
    schema = api.schema()
    groups = [d for d in schema["$defs"].values() if d.get("type") == "object"]
    assert len(groups) > 20
    for group in (schema, *groups):
        assert group["additionalProperties"] is False
        assert group["description"]
        undescribed = [k for k, v in group["properties"].items() if not v.get("description")]
        assert undescribed in ([], ["evidence"])


def test_full_model_is_accepted(validator: jsonschema.Draft202012Validator) -> None:
    validator.validate(plain_values(FULL))


@pytest.mark.parametrize(
    "path", sorted((ROOT / "examples").glob("*/*.yaml")), ids=lambda path: path.parent.name
)
def test_examples_are_accepted(path: Path, validator: jsonschema.Draft202012Validator) -> None:
    validator.validate(plain_values(path))


@pytest.mark.parametrize(
    ("values", "codes"),
    [pytest.param(values, codes, id=name) for name, values, codes in BAD_MODELS],
)
def test_bad_inputs(
    values: Any,
    codes: set[str],
    validator: jsonschema.Draft202012Validator,
    request: pytest.FixtureRequest,
) -> None:
    name = request.node.callspec.id
    refused = not validator.is_valid(values)
    if BEYOND_SCHEMA.get(name):
        assert not refused
    elif codes & SHAPE_CODES or name in SEEN_EARLIER:
        assert refused
    elif not codes & {"non-finite", "unsupported-tag", "duplicate-key", "bad-merge"}:
        assert not refused


@pytest.mark.parametrize(
    "change",
    [
        {"services": {"shop": {"covers": "x"}}},
        {"services": {"Shop": None}},
        {"services": ["shop"]},
        {"functions": {"orders": {"needs": [{"any_of": []}]}}},
        {"functions": {"orders": {"needs": [{"at_least": 0, "of": ["shop"]}]}}},
        {"functions": {"orders": {"loss": {"per_hour": 1, "after": {"later": 1}}}}},
        {"functions": {"orders": {"mtd": "soon"}}},
        {"contracts": {"hosting": None}},
        {"scenarios": {"storm": {"fails": {"shop": "a week"}}}},
        {"scenarios": {"storm": {"fails": {"shop": None}}}},
        {"contingencies": {"plan": {"covers": "shop", "horizons": {"unknown": "wait"}}}},
        {"riskmap": 2},
        {"organisation": 5},
    ],
    ids=str,
)
def test_refused(change: dict[str, Any], validator: jsonschema.Draft202012Validator) -> None:
    values = copy.deepcopy(plain_values(FULL))
    validator.validate(values)
    values.update(change)
    assert not validator.is_valid(values)


@pytest.mark.parametrize(
    "change",
    [
        {"services": {"shop": None, "till": {}}},
        {"services": None},
        {"functions": {"orders": None}},
        {"functions": {"orders": {"needs": "shop", "tags": "core", "mtd": "unknown"}}},
        {"functions": {"orders": {"loss": {"per_hour": 1, "after": {"PT24H": 1, "1d 2h": 2}}}}},
        {"functions": {"orders": {"needs": [{"any_of": [{"all_of": ["a", {"need": "b"}]}]}]}}},
        {"contingencies": {"plan": {"covers": "shop", "steps": ["Call"], "trigger": "no mail"}}},
        {"scenarios": {"storm": {"fails": {"shop": "5d", "till": {"lasts": "unknown"}}}}},
        {"include": "more.yaml"},
        {"include": None, "currency": None},
    ],
    ids=str,
)
def test_accepted(change: dict[str, Any], validator: jsonschema.Draft202012Validator) -> None:
    values = copy.deepcopy(plain_values(FULL))
    values.update(change)
    validator.validate(values)
