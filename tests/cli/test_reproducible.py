"""The same reports, byte for byte, whoever makes them and wherever."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODEL = "riskmap: 1\norganisation: Łódź & Söhne\nfunctions:\n  sell: {mtd: 8h, needs: [desk]}\n"
MODEL += "services:\n  desk: {outage: {worst: 3d}}\n"
PLACES = [
    {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "3", "TZ": "America/Adak", "LC_ALL": "de_DE.UTF-8", "LANG": "de_DE"},
]


def report(model: Path, output: Path, place: dict[str, str], *more: str) -> str:
    kept = {key: value for key, value in os.environ.items() if key != "SOURCE_DATE_EPOCH"}
    subprocess.run(
        [sys.executable, "-m", "riskmap", "report", model, "-o", output, *more],
        env={**kept, "PYTHONPATH": str(ROOT), **place},
        cwd=output.parent,
        check=True,
        capture_output=True,
    )
    return hashlib.sha256(output.read_bytes()).hexdigest()


@pytest.mark.parametrize("suffix", ["pdf", "html"])
def test_same_bytes_in_other_processes_zones_and_locales(tmp_path: Path, suffix: str) -> None:
    if suffix == "pdf":
        reason = "PDF is NOT tested: WeasyPrint cannot load here"
        pytest.importorskip("weasyprint", reason=reason, exc_type=(ImportError, OSError))
    seen = set()
    for number, place in enumerate(PLACES):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "model.yaml").write_text(MODEL, encoding="utf-8")
        output = folder / f"report.{suffix}"
        seen.add(report(folder / "model.yaml", output, place, "--today", "2026-11-02"))
    assert len(seen) == 1


def test_a_build_says_what_day_it_is(tmp_path: Path) -> None:
    model, page = tmp_path / "model.yaml", tmp_path / "report.html"
    model.write_text(MODEL, encoding="utf-8")
    report(model, page, {"SOURCE_DATE_EPOCH": "86400"})
    assert 'content="1970-01-02"' in page.read_text(encoding="utf-8")
    report(model, page, {"SOURCE_DATE_EPOCH": "86400"}, "--today", "2026-11-02")
    assert 'content="2026-11-02"' in page.read_text(encoding="utf-8")
