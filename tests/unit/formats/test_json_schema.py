"""The schema of the JSON form: it describes every key, and holds for every assessment."""

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from riskmap import api
from riskmap.assessment import Assessment, assess
from riskmap.assessment.document import to_document
from riskmap.cli.guard import run
from riskmap.cli.main import cli
from riskmap.model import Model
from tests.support.models import TODAY, models

ROOT = Path(__file__).parents[3]
GOLDEN = sorted(
    path
    for path in ROOT.glob("examples/*/expected/*.json")
    if "riskmap_assessment" in path.read_text(encoding="utf-8")[:100]
)


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """Every part of a schema that names the keys of an object."""
    if isinstance(schema, dict):
        if "properties" in schema and schema.get("type") == "object":
            yield schema
        for part in schema.values():
            yield from objects(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from objects(part)


@pytest.fixture(scope="module")
def strict() -> jsonschema.Draft202012Validator:
    """The schema with new keys forbidden: a key added without a word about it is a mistake."""
    schema = copy.deepcopy(api.assessment_schema())
    for part in objects(schema):
        part["additionalProperties"] = False
    return jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(api.assessment_schema())


def test_every_key_is_required_and_described() -> None:
    for part in objects(api.assessment_schema()):
        assert sorted(part["required"]) == sorted(part["properties"])
        for name, inside in part["properties"].items():
            assert inside.get("description") or "$ref" in inside, name


def test_every_key_is_in_the_guide() -> None:
    guide = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    words = set(re.findall(r"\w+", guide.split("# The JSON of `riskmap cutsets`")[0]))
    names = {name for part in objects(api.assessment_schema()) for name in part["properties"]}
    assert names - words == set()


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: f"{path.parts[-3]}/{path.stem}")
def test_golden_assessments(strict: jsonschema.Draft202012Validator, path: Path) -> None:
    strict.validate(json.loads(path.read_text(encoding="utf-8")))


def test_there_are_golden_assessments() -> None:
    assert len(GOLDEN) >= 2


def test_decisions_of_every_kind(
    strict: jsonschema.Draft202012Validator, assessment: Assessment
) -> None:
    document = to_document(assessment)
    strict.validate(document)
    assert document["orphaned_treatments"]
    assert {f["treatment"]["status"] for f in document["findings"] if f["treatment"]} == {
        "accepted",
        "disputed",
        "mitigating",
    }


@settings(max_examples=60)
@given(model=models())
def test_random_models(strict: jsonschema.Draft202012Validator, model: Model) -> None:
    strict.validate(json.loads(json.dumps(to_document(assess(model, TODAY)))))


def test_a_new_key_is_noticed(
    strict: jsonschema.Draft202012Validator, assessment: Assessment
) -> None:
    document = to_document(assessment)
    document["findings"][0]["new"] = 1
    with pytest.raises(jsonschema.ValidationError):
        strict.validate(document)
    jsonschema.validate(document, api.assessment_schema())


def test_the_command_prints_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["riskmap", "schema", "--assessment"])
    assert run(cli) == 0
    assert json.loads(capsys.readouterr().out) == api.assessment_schema()
