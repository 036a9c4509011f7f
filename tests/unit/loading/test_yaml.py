"""What the YAML text means: scalars, anchors, merges, places."""

from pathlib import Path
from typing import Any

import pytest

from riskmap.errors import ModelError
from riskmap.loading import load_model
from riskmap.loading.document import Document
from riskmap.loading.problems import Problems
from riskmap.loading.scalars import resolve_plain
from riskmap.loading.source import parse_document
from riskmap.model import Model


def read(text: str) -> Document:
    problems = Problems()
    document = parse_document(text.encode(), Document("model.yaml"), problems)
    problems.raise_if_any()
    assert document is not None
    return document


def model_of(tmp_path: Path, body: str) -> Model:
    path = tmp_path / "model.yaml"
    path.write_text("riskmap: 1\norganisation: Example Ltd\n" + body, encoding="utf-8")
    return load_model(path)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("off", "off"),
        ("y", "y"),
        ("010", "010"),
        ("0o10", "0o10"),
        ("0x1F", "0x1F"),
        ("1:30", "1:30"),
        ("1_000", "1_000"),
        ("2012-05-14", "2012-05-14"),
        ("1e", "1e"),
        (".", "."),
        ("<<", "<<"),
        ("true", True),
        ("True", True),
        ("FALSE", False),
        ("tRUE", "tRUE"),
        ("null", None),
        ("~", None),
        ("", None),
        ("nUll", "nUll"),
        ("0", 0),
        ("-7", -7),
        ("+7", 7),
        ("8.", 8.0),
        (".5", 0.5),
        ("1e-4", 1e-4),
        ("1.5E3", 1500.0),
    ],
)
def test_plain_scalars_follow_yaml_1_2(text: str, value: Any) -> None:
    found = resolve_plain(text)
    assert (type(found), found) == (type(value), value)


def test_numbers_are_not_finite() -> None:
    assert resolve_plain("-.inf") == float("-inf")
    assert str(resolve_plain(".NaN")) == "nan"


def test_quotes_make_text() -> None:
    root = read("a: '5'\nb: \"true\"\nc: !!str 5\nd: |\n  null\ne: >-\n  1.5\n").root
    assert root == {"a": "5", "b": "true", "c": "5", "d": "null\n", "e": "1.5"}


def test_keys_are_text() -> None:
    assert read("365: a\nno: b\n~: c\n").root == {"365": "a", "no": "b", "~": "c"}


def test_places_of_keys_and_values() -> None:
    document = read("a:\n  - x\n  - {key: 'value', list: [1, 22]}\n  - b: 5\nempty:\n")
    place, exact = document.find(("a", 1, "key"))
    assert exact
    assert place.mark == (2, 5, 3, 2, 10, 7)
    assert document.find(("a", 1, "list"))[0].mark == (2, 19, 4, 2, 25, 7)
    assert document.find(("a",))[0].mark == (0, 0, 1, 0, 0, 1)
    assert document.find(("empty",))[0].mark == (4, 0, 5, 4, 0, 5)
    assert document.find(("a", 1, "nothing", "there")) == (document.find(("a", 1))[0], False)
    where = document.where(("a", 2, "b"))
    assert (where.line, where.column) == (4, 5)


def test_at_returns_values_and_a_default() -> None:
    document = read("a: [x, {b: 5}]\n")
    assert document.at(("a", 1, "b")) == 5
    assert document.at(("a", 2), "none") == "none"
    assert document.at(("a", "b"), "none") == "none"


def test_lines_end_where_yaml_ends_them() -> None:
    document = read("a: 1\r\nb: 2\rc: 3\n")
    assert document.root == {"a": 1, "b": 2, "c": 3}
    assert [document.line(i) for i in range(4)] == ["a: 1", "b: 2", "c: 3", ""]
    assert document.where(("c",)).line == 3


def test_anchors_repeat_values(tmp_path: Path) -> None:
    model = model_of(
        tmp_path,
        "functions:\n"
        "  orders: {mtd: &day 1d, rto: *day, needs: &both [shop, till]}\n"
        "  invoices: {needs: *both}\n"
        "services: {shop: &empty {}, till: *empty}\n",
    )
    orders, invoices = model.functions[1], model.functions[0]
    assert orders.objectives.mtd == orders.objectives.rto
    assert orders.needs == invoices.needs


def test_merges_fill_in_what_is_not_written(tmp_path: Path) -> None:
    model = model_of(
        tmp_path,
        "functions: {orders: {needs: [shop]}}\n"
        "services:\n"
        "  shop: &base\n"
        "    owner: Sales\n"
        "    tags: [core]\n"
        "    outage: {typical: 1h}\n"
        "  till:\n"
        "    <<: *base\n"
        "    owner: Finance\n"
        "  desk:\n"
        "    <<: [{owner: First}, *base]\n",
    )
    desk, shop, till = model.services
    assert (till.owner, till.tags, till.outage) == ("Finance", ("core",), shop.outage)
    assert (desk.owner, desk.tags) == ("First", ("core",))


def test_a_quoted_merge_key_is_a_key() -> None:
    assert read("a: {'<<': 5}\n").root == {"a": {"<<": 5}}


def test_anchor_of_a_key_may_be_used() -> None:
    assert read("&name shop: 1\nother: *name\n").root == {"shop": 1, "other": "shop"}


def test_alias_as_key() -> None:
    assert read("a: &name shop\nb: {*name : 1}\n").root["b"] == {"shop": 1}


def test_all_problems_come_at_once_and_in_order(tmp_path: Path) -> None:
    body = "functions:\n  b: {mtd: 5, needs: [x]}\n  a: {owner: 5}\nas_of: 5\n"
    with pytest.raises(ModelError) as caught:
        model_of(tmp_path, body)
    found = [(p.location.line, p.code) for p in caught.value.problems]
    assert found == [(4, "bad-duration"), (4, "unknown-id"), (5, "wrong-type"), (6, "bad-date")]
    assert caught.value.problems[0].path == ("functions", "b", "mtd")


def test_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    body = "functions:\n  orders: {needs: [shop]}\nservices:\n  shop:\n"
    plain = model_of(tmp_path, body)
    text = ("riskmap: 1\norganisation: Example Ltd\n" + body).replace("\n", "\r\n")
    path = tmp_path / "windows.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    windows = load_model(path)
    assert (windows.functions, windows.services) == (plain.functions, plain.services)
