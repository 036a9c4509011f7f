"""Reports and JSON files read back: the assessment in them, or a clear refusal."""

import hashlib
import json
import zlib
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from riskmap.assessment import Assessment, assess
from riskmap.assessment.comparing import compare, snapshot_of
from riskmap.assessment.document import to_document
from riskmap.assessment.reading import Kind, kind_of, read_snapshot
from riskmap.errors import ModelError
from riskmap.loading import load_model
from riskmap.report.pdf import render_pdf

EXAMPLE = Path(__file__).parents[3] / "examples" / "office-365-2012"

weasyprint = pytest.importorskip(
    "weasyprint",
    reason="PDF is NOT tested: WeasyPrint cannot load here",
    exc_type=(ImportError, OSError),
)


@pytest.fixture(scope="module")
def founding() -> Assessment:
    return assess(load_model(EXAMPLE / "model.yaml"), date(2012, 5, 14))


@pytest.fixture(scope="module")
def report(founding: Assessment) -> bytes:
    return render_pdf(founding, "board")


def refusal(path: Path) -> str:
    with pytest.raises(ModelError) as caught:
        read_snapshot(path)
    (problem,) = caught.value.problems
    assert problem.location.file == str(path)
    return problem.code


@pytest.mark.parametrize("profile", ["board", "plan", "exit"])
def test_a_report_holds_its_assessment(founding, tmp_path: Path, profile: str) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(render_pdf(founding, profile))
    assert compare(read_snapshot(path), snapshot_of(to_document(founding))).empty


def test_the_name_does_not_matter(report: bytes, tmp_path: Path) -> None:
    path = tmp_path / "last year"
    path.write_bytes(report)
    assert kind_of(path) is Kind.PDF
    assert read_snapshot(path).organisation == "Government contractor (2012)"


def test_the_metadata_name_the_digest(report: bytes, tmp_path: Path) -> None:
    """Found by another library, and computed here."""
    path = tmp_path / "report.pdf"
    path.write_bytes(report)
    with pikepdf.open(path) as pdf:
        digest = hashlib.sha256(_attachment(pdf).read_bytes()).hexdigest()
        metadata = pdf.Root.Metadata.read_bytes().decode()
    assert f'xmlns:riskmap="urn:riskmap:report:1:" riskmap:assessmentSHA256="{digest}"' in metadata


def _attachment(pdf: Pdf) -> Any:
    (file,) = (spec for spec in pdf.Root.AF if str(spec.UF) == "assessment.json")
    return file.EF.F


def _nothing(pdf: Pdf) -> None:
    """Other programs write the same report otherwise."""


def _alter(pdf: Pdf) -> None:
    stream = _attachment(pdf)
    stream.write(stream.read_bytes().replace(b'"critical"', b'"low"'))


def _alter_with_checksum(pdf: Pdf) -> None:
    _alter(pdf)
    stream = _attachment(pdf)
    data = stream.read_bytes()
    stream.Params.CheckSum = hashlib.md5(data).digest()  # noqa: S324 - as PDF defines it
    stream.Params.Size = len(data)


def _swell(pdf: Pdf) -> None:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(2**24)) for _ in range(32)) + packer.flush()
    _attachment(pdf).write(packed, filter=Name.FlateDecode)


def _drop_files(pdf: Pdf) -> None:
    del pdf.Root.AF


def _drop_metadata(pdf: Pdf) -> None:
    del pdf.Root.Metadata


def _twice(pdf: Pdf) -> None:
    pdf.Root.AF.append(next(s for s in pdf.Root.AF if str(s.UF) == "assessment.json"))


def _around(pdf: Pdf) -> None:
    ring = pdf.make_indirect(Dictionary(UF="assessment.json"))
    ring.EF = Dictionary(F=ring)
    pdf.Root.AF = Array([ring])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_nothing, None),
        (_alter, "changed-report"),
        (_alter_with_checksum, "changed-report"),
        (_twice, "changed-report"),
        (_swell, "too-large"),
        (_drop_files, "foreign-pdf"),
        (_drop_metadata, "unproven-report"),
        (_around, "damaged-report"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_what_was_changed_is_noticed(
    report: bytes, tmp_path: Path, change: Callable[[Pdf], None], code: str | None
) -> None:
    path, given = tmp_path / "changed.pdf", tmp_path / "given.pdf"
    given.write_bytes(report)
    with pikepdf.open(given) as pdf:
        change(pdf)
        pdf.save(path)
    if code is None:
        assert compare(read_snapshot(given), read_snapshot(path)).empty
    else:
        assert refusal(path) == code


@pytest.mark.parametrize("password", ["", "secret"])
def test_encrypted(report: bytes, tmp_path: Path, password: str) -> None:
    path, given = tmp_path / "locked.pdf", tmp_path / "given.pdf"
    given.write_bytes(report)
    with pikepdf.open(given) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="owner", user=password))
    assert refusal(path) == "encrypted-report"


def test_a_pdf_of_somebody_else(tmp_path: Path) -> None:
    path = tmp_path / "other.pdf"
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(path)
    assert refusal(path) == "foreign-pdf"


@pytest.mark.parametrize("kept", [0.0, 0.001, 0.3, 0.9, 0.9995])
def test_cut_off(report: bytes, tmp_path: Path, kept: float) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(report[: int(len(report) * kept)])
    assert refusal(path) == "damaged-report"


def test_bytes_gone_wrong(report: bytes, tmp_path: Path) -> None:
    """Wherever a file is damaged: refused, or what it holds is what was written; no other error."""
    path = tmp_path / "report.pdf"
    path.write_bytes(report)
    whole = read_snapshot(path)
    step = len(report) // 60
    for start in range(0, len(report), step):
        spoiled = bytearray(report)
        for at in range(start, min(start + 40, len(report))):
            spoiled[at] ^= 0x55
        path.write_bytes(spoiled)
        with suppress(ModelError):
            assert read_snapshot(path) == whole


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not-json"),
        (b'{"a": ', "not-json"),
        (b"\xff\xfe\x00", "not-json"),
        (b"[" * 100_000, "not-json"),
        (b'{"riskmap_assessment": NaN}', "not-json"),
        (b'{"a": ' + b"9" * 10_000 + b"}", "not-json"),
        (b'{"riskmap_assessment": 1, "organisation": "a\\u001b[2J"}', "not-json"),
        (b"[1, 2]", "not-an-assessment"),
        (b'{"name": "x"}', "not-an-assessment"),
        (b'{"riskmap_assessment": 2}', "unsupported-version"),
        (b'{"riskmap_assessment": "1"}', "unsupported-version"),
        (b'{"riskmap_assessment": 1}', "damaged-assessment"),
    ],
)
def test_json_that_is_none_of_ours(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "assessment.json"
    path.write_bytes(content)
    assert refusal(path) == code


def test_facts_nested_beyond_reason(founding, tmp_path: Path) -> None:
    document = to_document(founding)
    nested: Any = []
    for _ in range(300):
        nested = [nested]
    document["entries"][0]["facts"]["needs"] = nested
    path = tmp_path / "assessment.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert refusal(path) == "damaged-assessment"


def test_what_is_no_file(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nowhere.json") == "no-such-file"
    assert refusal(tmp_path) == "not-a-file"
    page = tmp_path / "report.html"
    page.write_text("<html></html>")
    assert refusal(page) == "html-report"


def test_too_large_to_be_one(tmp_path: Path) -> None:
    path = tmp_path / "assessment.json"
    with path.open("wb") as stream:
        stream.truncate(129 * 2**20)  # takes no room on the disk
    assert refusal(path) == "too-large"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.yaml", b"{riskmap: 1}", Kind.MODEL),
        ("a.txt", b"riskmap: 1", Kind.MODEL),
        ("a.json", b"", Kind.JSON),
        ("a", b'  {"riskmap_assessment": 1}', Kind.JSON),
        ("a.yaml", b"%PDF-1.7", Kind.PDF),
        ("a.pdf", b"nothing of the kind", Kind.PDF),
    ],
)
def test_what_a_file_is(tmp_path: Path, name: str, content: bytes, kind: Kind) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert kind_of(path) is kind
