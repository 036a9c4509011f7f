"""The workbook, opened again."""

import io
import time
import zipfile
from datetime import datetime

import pytest
from hypothesis import given, settings
from openpyxl import Workbook, load_workbook

from riskmap.assessment import Assessment, assess
from riskmap.formats.xlsx import write
from riskmap.model import Model
from tests.support.models import TODAY, edit, models

SHEETS = ["Summary", "Findings", "Functions", "Dependencies", "Contracts", "Without contract"]


def opened(assessment: Assessment) -> Workbook:
    return load_workbook(io.BytesIO(write(assessment)))


def records(book: Workbook, title: str) -> list[dict[str, object]]:
    heads, *rows = book[title].iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


def test_six_sheets_with_filters_frozen_heads_and_print_set_up(assessment: Assessment) -> None:
    book = opened(assessment)
    assert book.sheetnames == SHEETS
    for sheet in book:
        assert sheet.freeze_panes in {"A2", "B2"}
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$1"
        assert bool(sheet.auto_filter.ref) is (sheet.title != "Summary")


def test_a_row_for_each_finding_with_its_decision(assessment: Assessment) -> None:
    found = records(opened(assessment), "Findings")
    assert [row["Key"] for row in found] == [t.finding.key for t in assessment.findings]
    agreed = next(row for row in found if row["Key"] == "RM101@shop")
    assert agreed["Decision expires"] == datetime.fromisoformat("2026-12-31")
    assert agreed["Open"] == "no"


def test_numbers_are_numbers_and_words_stand_for_what_is_not_known(assessment: Assessment) -> None:
    book = opened(assessment)
    (sell, idle) = records(book, "Functions")
    assert (sell["Can bear (hours)"], sell["Aims for (hours)"]) == (8, 4)
    assert sell["It stops the function for (hours)"] == "no known end"
    assert sell["Worst single failure"] == "mail"
    assert idle["Verdict"] == "not known: the model does not say what it needs"
    (contract,) = records(book, "Contracts")
    assert contract["Starts"] == datetime.fromisoformat("2025-01-01")
    assert contract["Notice (days)"] == 90
    assert contract["Annual cost (EUR)"] == 1200
    assert contract["Availability promised"] == 0.995
    assert contract["Liability cap (EUR)"] == "not stated"
    assert contract["Clauses missing"] == "audit"
    by_id = {row["Id"]: row for row in records(book, "Dependencies")}
    assert by_id["shop"]["Worst outage (hours)"] == 72
    assert by_id["mail"]["Worst outage (hours)"] == "not stated"
    assert by_id["mail"]["Run by"] == "ourselves"
    head = [cell.value for cell in book["Contracts"][1]]
    promised = book["Contracts"].cell(2, head.index("Availability promised") + 1)
    assert promised.number_format.endswith("%")


def test_the_register_holds_what_no_contract_covers(assessment: Assessment) -> None:
    (row,) = records(opened(assessment), "Without contract")
    assert row["Id"] == "score"
    assert row["Kind"] == "third party (reputation)"
    assert row["Worst outage (hours)"] == 144
    assert row["Severity of losing it"] == "critical"
    assert row["Decides by itself"] == "yes"
    assert row["Appeal"] == "no known way"
    assert str(row["How it is reached"]).endswith("→ mail → [score](https://example.com) #12 a@b")


@settings(max_examples=40)
@given(model=models())
def test_the_register_and_the_rule_agree(model: Model) -> None:
    assessment = assess(model, TODAY)
    found = [t.finding for t in assessment.findings if t.finding.rule == "RM301"]
    listed = records(opened(assessment), "Without contract")
    assert {(row["Id"], row["Severity of losing it"]) for row in listed} == {
        (finding.subject, str(finding.severity)) for finding in found
    }


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(1)", "#N/A", "2026-01-01", "a\x07b"])
def test_text_stays_text(assessment: Assessment, text: str) -> None:
    model = edit(assessment.model, "score", title=text)
    book = opened(assess(model, TODAY))
    shown = text.replace("\x07", "\ufffd")
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value == shown]
    assert cells
    for cell in cells:
        assert cell.data_type == "s"
        assert bool(cell.quotePrefix) is text.startswith(("=", "+", "-", "@"))


def test_no_formula_anywhere(assessment: Assessment) -> None:
    for sheet in opened(assessment):
        assert not any(cell.data_type in {"f", "e"} for row in sheet for cell in row)


def test_severity_is_a_word_and_a_colour(assessment: Assessment) -> None:
    sheet = opened(assessment)["Findings"]
    colours = {cell.value: cell.fill.fgColor.rgb for cell in sheet["A"][1:]}
    assert "critical" in colours
    assert len(set(colours.values())) == len(colours)


def test_the_same_bytes_whatever_the_clock_says(assessment: Assessment) -> None:
    first = write(assessment)
    time.sleep(1.1)  # the library writes the time of saving, in seconds
    assert write(assess(assessment.model, TODAY)) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert core.count("2026-03-01T00:00:00Z") == 2


def test_the_summary_counts(assessment: Assessment) -> None:
    found = {row["What"]: row["Value"] for row in records(opened(assessment), "Summary")}
    assert found["Day of the assessment"] == datetime.fromisoformat("2026-03-01")
    assert found["Decided on"] == 1
    assert found["Decisions expired"] == 1
    assert found["Dependencies without a contract"] == 1
    assert "RM301@scores" in str(found["Decision about nothing"])
