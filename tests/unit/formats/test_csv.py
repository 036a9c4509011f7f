"""CSV as a spreadsheet reads it."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from riskmap.assessment import Assessment, assess
from riskmap.formats.csv_format import COLUMNS, write
from tests.support.models import TODAY, edit


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def test_one_row_for_each_finding_in_order(assessment: Assessment) -> None:
    found = rows(write(assessment))
    assert [row["key"] for row in found] == [t.finding.key for t in assessment.findings]
    assert all(list(row) == list(COLUMNS) for row in found)
    decided = next(row for row in found if row["key"] == "RM101@shop")
    assert (decided["open"], decided["treatment"], decided["treatment_expires"]) == (
        "no",
        "agreed",
        "2026-12-31",
    )
    late = next(row for row in found if row["key"] == "RM101@score")
    assert (late["open"], late["treatment_expired"], late["ticket"]) == ("yes", "yes", "T-1")


def test_excel_finds_the_encoding_and_the_lines(assessment: Assessment) -> None:
    content = write(assessment)
    assert content.startswith(b"\xef\xbb\xbfkey,")
    assert content.count(b"\r\n") == content.count(b"\n") == len(assessment.findings) + 1


@settings(max_examples=50)
@given(title=st.text(st.characters(), min_size=1, max_size=20))
def test_no_cell_begins_like_a_formula(title: str) -> None:
    model = edit(MODEL, "s", title=title)
    for row in rows(write(assess(model, TODAY))):
        assert not any(value.startswith(("=", "+", "-", "@", "\t", "\r")) for value in row.values())


def test_a_title_that_looks_like_a_formula(assessment: Assessment) -> None:
    found = rows(write(assessment))
    titles = {row["function_titles"] for row in found}
    assert "'=SUM(1) @everyone | *sell* <script>" in titles


def _model():
    from riskmap.model import Function, Model, Need, Service

    return Model(
        organisation="X",
        functions=(Function(id="f", title="f", fails_alone=False, needs=(Need("s"),)),),
        services=(Service(id="s", title="s"),),
    )


MODEL = _model()
