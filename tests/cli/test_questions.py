"""``riskmap questions`` and ``riskmap answers``: there and back, as Markdown and as a workbook."""

import io
import re
from pathlib import Path

import openpyxl
import pytest
import yaml

TEXT = """
functions:
  pay: {owner: finance, criticality: critical, mtd: 8h, rto: 4h, needs: [gate]}
  read: {owner: library, criticality: normal, mtd: 30d, rto: 30d, needs: [news]}
services:
  gate: {title: The gate, provider: vendor, needs: [own, {any_of: [left, right]}],
         outage: {worst: 3d, confidence: assumed}}
  news: {title: The news, provider: vendor, outage: {worst: 1h, confidence: evidenced},
         exit: {format: CSV}}
  idle: {title: Idle, provider: vendor}
  own: {outage: {worst: 1h, confidence: evidenced}}
  left: {}
  right: {}
providers:
  vendor: {title: Vendor, fails_alone: false}
  cloud-co: {title: Cloud Co}
contracts:
  deal: {title: The deal, provider: vendor, covers: [gate], clauses: {audit: have}, notice: 3mo}
"""


def keys(text):
    return re.findall(r"- Key: `(.+)`", text)


def answered(text, **answers):
    for key, (answer, source, day) in answers.items():
        block = (
            f"- Key: `{key.replace('__', '.').replace('_of_', '-')}`\n- Answer:\n- Source:\n- Date:"
        )
        assert block in text, block
        filled = block.replace("Answer:", f"Answer: {answer}").replace(
            "Source:", f"Source: {source}"
        )
        text = text.replace(block, filled.replace("Date:", f"Date: {day}"))
    return text


def test_what_hurts_most_is_asked_first_and_what_is_known_is_not(riskmap, model):
    found = keys(riskmap("questions", model(TEXT), "vendor", "--most=200").out)
    assert found[0] == "gate.outage.worst", "an assumption that decides a critical function"
    assert "news.outage.worst" not in found, "it is evidenced"
    assert "news.exit.format" not in found
    assert "news.exit.retrieval" in found
    assert not [key for key in found if key.startswith("idle.")], "nothing hangs on it"
    assert "deal.clauses.audit" not in found
    assert "deal.notice" not in found
    assert found.index("gate.needs.hosting") < found.index("news.needs.hosting")
    assert found.index("deal.clauses.exit-help") < found.index("gate.outage.typical"), "a detail"


def test_a_long_list_is_cut_and_says_so(riskmap, model):
    path = model(TEXT)
    whole = len(keys(riskmap("questions", path, "vendor", "--most=200").out))
    short = riskmap("questions", path, "vendor", "--most=3").out
    assert len(keys(short)) == 3
    assert f"{whole - 3} further questions are left for later." in short


def test_answers_come_back_as_attested_facts(riskmap, model, tmp_path: Path):
    sheet = riskmap("questions", model(TEXT), "vendor", "--most=200").out
    answers = {
        "gate__outage__worst": ("6h", "Status page", "2026-02-01"),
        "gate__needs__hosting": ("Cloud Co; Other Host", "", ""),
        "gate__needs__identity": ("none", "", ""),
        "deal__clauses__exit_of_help": ("no", "The contract", ""),
        "gate__sla__availability": ("99.5%", "Service terms", ""),
    }
    filled = tmp_path / "filled.md"
    filled.write_text(answered(sheet, **answers))
    ran = riskmap("answers", filled, "-o", tmp_path / "answers.yaml", "--today=2026-03-01")
    assert ran.code == 0, ran.err
    assert "5 answers read" in ran.err
    written = yaml.safe_load((tmp_path / "answers.yaml").read_text())
    assert written["extends"] == "model.yaml"
    gate = written["services"]["gate"]
    assert gate["outage"] == {"worst": "6h", "confidence": "attested", "source": "Status page"}
    assert gate["sla"] == {"availability": "99.5%"}
    assert gate["needs"][:2] == ["own", {"any_of": ["left", "right"]}], "known needs are kept"
    assert [need["need"] for need in gate["needs"][2:]] == [
        "cloud-co-hosting",
        "other-host-hosting",
    ]
    parties = written["third_parties"]
    assert parties["cloud-co-hosting"]["provider"] == "cloud-co", "already known here"
    assert parties["other-host-hosting"]["contracted_by"] == ["vendor"]
    assert list(written["providers"]) == ["other-host"]
    assert written["contracts"]["deal"]["clauses"] == {"exit-help": "missing"}
    assert "identity" not in str(written), "none hangs on nobody"


def test_the_workbook_gives_the_same_answers(riskmap, model, tmp_path: Path):
    path = tmp_path / "questions.xlsx"
    assert riskmap("questions", model(TEXT), "vendor", "-o", path, "--most=200").code == 0
    book = openpyxl.load_workbook(path)
    sheet = book["Questions"]
    for row in sheet.iter_rows(min_row=2):
        if row[7].value == "gate.sla.availability":
            row[4].value, row[4].number_format = 0.995, "0.0%"
        if row[7].value == "gate.outage.worst":
            row[4].value = "6h"
    book.save(path)
    written = yaml.safe_load(riskmap("answers", path).out)["services"]["gate"]
    assert written["sla"] == {"availability": "99.5%"}
    assert written["outage"]["worst"] == "6h"


def test_the_workbook_is_the_same_every_time(riskmap, model, tmp_path: Path):
    path = model(TEXT)
    one, two = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    for target in (one, two):
        riskmap("questions", path, "vendor", "-o", target, "--today=2026-03-01")
    assert one.read_bytes() == two.read_bytes()


def test_every_answer_that_cannot_be_read_is_named_at_its_place(riskmap, model, tmp_path: Path):
    sheet = riskmap("questions", model(TEXT), "vendor", "--most=200").out
    answers = {
        "gate__outage__worst": ("a fortnight", "", ""),
        "deal__clauses__exit_of_help": ("perhaps", "", ""),
        "gate__sla__availability": ("99.5%", "", "last May"),
    }
    filled = tmp_path / "filled.md"
    filled.write_text(answered(sheet, **answers).replace("gate.needs.mail", "gate.needs.mial"))
    ran = riskmap("answers", filled)
    assert ran.code == 2
    assert ran.out == ""
    line = filled.read_text().splitlines().index("- Answer: a fortnight") + 1
    assert f"filled.md:{line}:" in ran.err
    for word in ("a fortnight", "perhaps", "last May"):
        assert word in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04", b"\xff\xfe\x00"])
@pytest.mark.parametrize("suffix", [".md", ".xlsx"])
def test_a_foreign_file_is_refused(riskmap, tmp_path: Path, content: bytes, suffix: str):
    path = tmp_path / f"foreign{suffix}"
    path.write_bytes(content)
    ran = riskmap("answers", path)
    assert ran.code == 2, ran.err
    assert "riskmap questions" in ran.err
    assert "Traceback" not in ran.err


def test_another_workbook_is_refused(riskmap, tmp_path: Path):
    book, stream = openpyxl.Workbook(), io.BytesIO()
    book.save(stream)
    path = tmp_path / "other.xlsx"
    path.write_bytes(stream.getvalue())
    assert riskmap("answers", path).code == 2


def test_an_unknown_provider_is_named(riskmap, model):
    ran = riskmap("questions", model(TEXT), "vendr")
    assert ran.code == 2
    assert "did you mean 'vendor'" in ran.err
