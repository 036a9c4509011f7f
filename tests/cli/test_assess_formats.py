"""``riskmap assess --format`` and ``-o``: which format, where it goes, and the exit code."""

import csv
import io
import json
import xml.etree.ElementTree as ET
import zipfile

import pytest

from riskmap.formats import FORMATS

TEXT = """
functions:
  sell: {criticality: critical, mtd: 8h, rto: 4h, needs: [shop]}
services:
  shop: {provider: host, outage: {worst: 3d}}
providers:
  host: {outage: {worst: 1h}}
"""


def looks_like(content: bytes) -> str:
    if content.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(content)):
        return "xlsx"
    text = content.decode()
    if text.startswith("\ufeff"):
        return "csv" if next(csv.reader(io.StringIO(text[1:])))[0] == "key" else "?"
    if text.startswith("<?xml"):
        root = ET.fromstring(text)  # noqa: S314 - riskmap wrote it
        return "junit" if root.tag == "testsuites" else "?"
    if text.startswith("{"):
        return "sarif" if "runs" in json.loads(text) else "json"
    return "markdown" if text.startswith("### ") else "text"


@pytest.mark.parametrize("name", FORMATS)
def test_the_ending_says_the_format(riskmap, model, tmp_path, name):
    target = tmp_path / f"out{FORMATS[name].suffix}"
    ran = riskmap("assess", model(TEXT), "-o", target)
    assert (ran.code, ran.out, ran.err) == (0, "", f"written: {target}\n")
    assert looks_like(target.read_bytes()) == name


@pytest.mark.parametrize("name", [*FORMATS, "text"])
def test_format_wins_over_the_ending(riskmap, model, tmp_path, name):
    target = tmp_path / "out.csv"
    assert riskmap("assess", model(TEXT), "--format", name, "-o", target).code == 0
    assert looks_like(target.read_bytes()) == name


@pytest.mark.parametrize("name", [name for name in FORMATS if not FORMATS[name].binary])
def test_what_is_printed_is_what_is_written(riskmap, model, tmp_path, name):
    target = tmp_path / "out"
    path = model(TEXT)
    riskmap("assess", path, "--format", name, "-o", target)
    assert riskmap("assess", path, "--format", name).out.encode() == target.read_bytes()


@pytest.mark.parametrize("name", [*FORMATS, "text"])
def test_the_gate_holds_whatever_the_format(riskmap, model, tmp_path, name):
    target = tmp_path / "out"
    path = model(TEXT)
    ran = riskmap("assess", path, "--format", name, "-o", target, "--fail-on", "critical")
    assert ran.code == 1
    assert target.exists()


def test_endings_without_a_format_of_their_own_are_text(riskmap, model, tmp_path):
    for name in ("out.txt", "out.log", "out"):
        riskmap("assess", model(TEXT), "-o", tmp_path / name)
        assert looks_like((tmp_path / name).read_bytes()) == "text"


@pytest.mark.parametrize("where", [(), ("-o", "-")])
def test_a_workbook_needs_a_file(riskmap, model, where):
    ran = riskmap("assess", model(TEXT), "--format", "xlsx", *where)
    assert (ran.code, ran.out) == (2, "")
    assert "say where to write it: -o findings.xlsx" in ran.err


@pytest.mark.parametrize(
    ("name", "hint"),
    [("a.pdf", "riskmap report"), ("a.html", "riskmap report"), ("a.xls", "write .xlsx")],
)
def test_an_ending_that_promises_something_else(riskmap, model, tmp_path, name, hint):
    ran = riskmap("assess", model(TEXT), "-o", tmp_path / name)
    assert (ran.code, ran.out) == (2, "")
    assert hint in ran.err
    assert not (tmp_path / name).exists()


def test_a_model_is_not_written_over(riskmap, model):
    path = model(TEXT)
    before = path.read_bytes()
    assert riskmap("assess", path, "-o", path).code == 2
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", FORMATS)
def test_a_folder_that_does_not_exist(riskmap, model, tmp_path, name):
    target = tmp_path / "none" / f"out{FORMATS[name].suffix}"
    ran = riskmap("assess", model(TEXT), "-o", target)
    assert ran.code == 3
    assert "does not exist" in ran.err
    assert "Traceback" not in ran.err


def test_an_unknown_format(riskmap, model):
    ran = riskmap("assess", model(TEXT), "--format", "yaml")
    assert ran.code == 2
    assert "sarif" in ran.err
