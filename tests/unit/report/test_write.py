"""Writing a report: by suffix, whole or not at all."""

import os
from pathlib import Path

import pytest

from riskmap import files
from riskmap.errors import OutputError
from riskmap.report.write import write_report


def test_the_suffix_decides(founding, tmp_path: Path) -> None:
    write_report(founding, "board", tmp_path / "report.HTML")
    assert (tmp_path / "report.HTML").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [path.name for path in tmp_path.iterdir()] == ["report.HTML"]


@pytest.mark.parametrize("name", ["report", "report.docx", "report.pdf.txt"])
def test_another_suffix_is_refused(founding, tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match=r"\.pdf or \.html"):
        write_report(founding, "board", tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_missing_folder_is_named(founding, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="does not exist") as caught:
        write_report(founding, "board", tmp_path / "no" / "report.html")
    assert "mkdir -p" in caught.value.hint


def test_a_folder_is_no_file(founding, tmp_path: Path) -> None:
    folder = tmp_path / "report.html"
    folder.mkdir()
    with pytest.raises(OutputError, match="is a folder"):
        write_report(founding, "board", folder)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to(founding, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="may not be written to"):
        write_report(founding, "board", tmp_path / "report.html")


def test_a_failure_leaves_the_old_file_alone(founding, tmp_path: Path, monkeypatch) -> None:
    target = tmp_path / "report.html"
    target.write_text("old", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OutputError, match="no space left on device"):
        write_report(founding, "board", target)
    assert target.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
