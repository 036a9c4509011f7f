"""A proposal is a base and what is different about it."""

from pathlib import Path

import pytest

from riskmap.errors import ModelError
from riskmap.loading import load_model
from riskmap.model import ClauseStatus, Model, Need

HEAD = "riskmap: 1\n"
BASE = """\
riskmap: 1
organisation: Example Ltd
as_of: 2026-01-01
currency: EUR
not_applicable: {sanctions: One country, time: No clock}
functions:
  orders:
    title: Take orders
    mtd: 8h
    needs: [shop, till]
services:
  shop: {title: Web shop, provider: acme, tags: [a, b], outage: {typical: 1h, worst: 1d}}
  till: {title: Till}
providers:
  acme: {title: Acme}
contracts:
  hosting:
    provider: acme
    covers: [shop]
    clauses: {audit: have, exit-help: missing}
"""


def load(folder: Path, change: str, base: str = BASE, **more: str) -> Model:
    for name, text in {"base": base, **more, "model": change}.items():
        path = folder / (name.replace("__", "/") + ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load_model(folder / "model.yaml")


def test_entries_are_merged_key_by_key(tmp_path: Path) -> None:
    change = HEAD + (
        "extends: base.yaml\n"
        "services:\n"
        "  shop:\n"
        "    tags: [c]\n"
        "    outage: {worst: 2d}\n"
        "contracts:\n"
        "  hosting: {clauses: {exit-help: have, audit: ~, training: refused}}\n"
    )
    model = load(tmp_path, change)
    shop = model.element("shop")
    assert (shop.title, shop.tags, shop.provider) == ("Web shop", ("c",), "acme")
    assert shop.outage.typical is not None
    assert (shop.outage.typical.total_seconds(), shop.outage.worst.days) == (3600, 2)
    assert model.entry("hosting").clauses == (
        ("exit-help", ClauseStatus.HAVE),
        ("training", ClauseStatus.REFUSED),
    )


def test_a_key_without_a_value_takes_the_base_s_away(tmp_path: Path) -> None:
    change = HEAD + "extends: base.yaml\nservices: {shop: {provider: ~, outage: {worst: ~}}}\n"
    shop = load(tmp_path, change).element("shop")
    assert shop.provider is None
    assert shop.outage.worst is None
    assert shop.outage.typical is not None
    assert shop.title == "Web shop"


def test_the_header_of_the_proposal_has_the_last_word(tmp_path: Path) -> None:
    change = HEAD + (
        "extends: base.yaml\norganisation: Example Ltd, otherwise\ncurrency: USD\n"
        "not_applicable: {time: ~, cdn: None needed}\n"
    )
    model = load(tmp_path, change)
    assert (model.organisation, model.currency) == ("Example Ltd, otherwise", "USD")
    assert str(model.as_of) == "2026-01-01"
    assert model.not_applicable == (("cdn", "None needed"), ("sanctions", "One country"))


def test_a_kind_that_a_proposal_brings_is_applicable_again(tmp_path: Path) -> None:
    change = HEAD + "extends: base.yaml\nthird_parties: {clock: {kind: time}}\n"
    with pytest.raises(ModelError) as caught:
        load(tmp_path, change)
    place = caught.value.problems[0].location
    assert (Path(place.file).name, place.line, place.column) == ("base.yaml", 5, 42)
    model = load(tmp_path, change + "not_applicable: {time: ~}\n")
    assert model.not_applicable == (("sanctions", "One country"),)


def test_what_is_removed_is_gone(tmp_path: Path) -> None:
    change = HEAD + "extends: base.yaml\nremove: till\nfunctions: {orders: {needs: [shop]}}\n"
    model = load(tmp_path, change)
    assert model.ids() == ("acme", "hosting", "orders", "shop")


def test_what_is_removed_and_written_anew_is_replaced(tmp_path: Path) -> None:
    change = HEAD + "extends: base.yaml\nremove: [till]\nthird_parties:\n  till: {owner: Us}\n"
    model = load(tmp_path, change)
    assert [party.id for party in model.third_parties] == ["till"]
    assert (model.entry("till").title, model.entry("till").owner) == ("till", "Us")


def test_a_rename_says_what_it_was(tmp_path: Path) -> None:
    change = HEAD + (
        "extends: base.yaml\nremove: [till]\nfunctions: {orders: {needs: [shop, desk]}}\n"
        "services: {desk: {was: till}}\n"
    )
    assert load(tmp_path, change).entry("desk").was == "till"


def test_a_chain_with_includes_in_other_folders(tmp_path: Path) -> None:
    change = HEAD + "extends: old/newer.yaml\nservices: {shop: {owner: Us}}\n"
    newer = HEAD + "extends: ../base.yaml\ninclude: parts.yaml\nservices: {shop: {notes: Newer}}\n"
    parts = "services: {booth: {notes: Part}}\n"
    base = BASE.replace("needs: [shop, till]", "needs: [shop, till, booth]")
    model = load(tmp_path, change, base, old__newer=newer, old__parts=parts)
    shop = model.entry("shop")
    assert (shop.title, shop.notes, shop.owner) == ("Web shop", "Newer", "Us")
    assert "booth" in model
    names = [Path(name).relative_to(tmp_path).as_posix() for name, _ in model.files]
    assert names == ["model.yaml", "old/newer.yaml", "old/parts.yaml", "base.yaml"]


def test_a_file_that_both_include_counts_once(tmp_path: Path) -> None:
    base = BASE + "include: parts.yaml\n"
    change = HEAD + "extends: base.yaml\ninclude: [parts.yaml]\nservices: {booth: {owner: Us}}\n"
    with pytest.raises(ModelError, match="1 problem"):  # twice in one layer
        load(tmp_path, change, base, parts="services: {booth: {notes: Part}}\n")
    change = change.replace("services: {booth: {owner: Us}}\n", "")
    model = load(tmp_path, change, base, parts="services: {booth: {notes: Part}}\n")
    assert model.entry("booth").notes == "Part"
    assert [Path(name).name for name, _ in model.files] == ["model.yaml", "parts.yaml", "base.yaml"]


def test_places_of_merged_facts(tmp_path: Path) -> None:
    change = HEAD + (
        "extends: base.yaml\n"
        "functions:\n"
        "  orders:\n"
        "    needs: [till, shop]\n"
        "services: {till: {needs: [shop]}}\n"
    )
    model = load(tmp_path, change)
    orders = model.element("orders")
    needs = {n.target: n.where for n in orders.needs if isinstance(n, Need)}
    assert needs["till"] is not None
    assert needs["till"].file.endswith("model.yaml")
    assert (needs["till"].line, needs["till"].column) == (5, 13)
    where = model.entry("shop").where
    assert where is not None
    assert (Path(where.file).name, where.line, where.column) == ("base.yaml", 12, 3)


def test_a_fact_of_the_base_that_no_longer_holds_is_shown_there(tmp_path: Path) -> None:
    change = HEAD + "extends: base.yaml\nremove: [acme]\nservices: {shop: {title: Shop}}\n"
    with pytest.raises(ModelError) as caught:
        load(tmp_path, change)
    found = [
        (Path(p.location.file).name, p.location.line, p.location.column, p.source[:8], p.hint)
        for p in caught.value.problems
    ]
    hint = f"it is taken away at {tmp_path / 'model.yaml'}:3; say there what to need instead"
    assert found == [
        ("base.yaml", 12, 37, "  shop: ", hint),
        ("base.yaml", 18, 15, "    prov", hint),
    ]


def test_every_text_is_in_the_digest(tmp_path: Path) -> None:
    change = HEAD + "extends: base.yaml\n"
    before = load(tmp_path, change).digest
    assert load(tmp_path, change, BASE + "# a word\n").digest != before
    assert load(tmp_path, change + "# a word\n").digest != before
