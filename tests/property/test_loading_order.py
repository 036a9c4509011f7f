"""The order in which a model is written changes nothing."""

import random
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from riskmap.loading import load_model
from riskmap.loading.document import Document
from riskmap.loading.problems import Problems
from riskmap.loading.source import parse_document
from riskmap.model import Model

FULL = Path(__file__).parents[1] / "unit" / "loading" / "full.yaml"
ORDERED = {"steps", "communications", "back_to_normal", "side_effects", "alternatives"}
"""Lists whose order means something."""


def shuffled(node: Any, rng: random.Random, key: str = "") -> Any:
    """Return the same facts in another order."""
    if isinstance(node, dict):
        items = [(name, shuffled(value, rng, name)) for name, value in node.items()]
        rng.shuffle(items)
        return dict(items)
    if isinstance(node, list):
        items = [shuffled(value, rng) for value in node]
        if key not in ORDERED:
            rng.shuffle(items)
        return items
    return node


def facts(model: Model) -> tuple[Any, ...]:
    """Return everything a model says but where it says it."""
    sections = [
        getattr(model, name)
        for name in (
            "functions",
            "services",
            "third_parties",
            "providers",
            "contracts",
            "contingencies",
            "scenarios",
            "treatments",
        )
    ]
    header = (model.organisation, model.as_of, model.currency, model.jurisdiction)
    return (*header, *sections)


def plain_values() -> Any:
    document = parse_document(FULL.read_bytes(), Document("full.yaml"), Problems())
    assert document is not None
    return document.root


ROOT = plain_values()
EXPECTED = facts(load_model(FULL))


@settings(max_examples=40)
@given(st.randoms(use_true_random=False))
def test_order_of_entries_keys_and_lists(tmp_path_factory: Any, rng: random.Random) -> None:
    text = yaml.safe_dump(shuffled(ROOT, rng), sort_keys=False, allow_unicode=True)
    path = tmp_path_factory.getbasetemp() / "shuffled.yaml"
    path.write_text(text, encoding="utf-8")
    assert facts(load_model(path)) == EXPECTED


def test_shuffling_shuffles() -> None:
    changed = shuffled(ROOT, random.Random(1))
    assert list(changed) != list(ROOT)
    assert changed == changed | {key: changed[key] for key in ROOT}
