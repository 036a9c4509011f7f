"""Finding what ships."""

from pathlib import Path

import pytest

from riskmap import resources
from riskmap.errors import OutputError


def test_in_a_checkout() -> None:
    assert (resources.reports_dir() / "fonts" / "Inter-Regular.otf").is_file()
    assert resources.models_dir().name == "models"


def test_an_installation_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "riskmap"
    (package / "_data" / "reports").mkdir(parents=True)
    (tmp_path / "reports").mkdir()
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert resources.reports_dir() == package / "_data" / "reports"


def test_a_folder_of_that_name_outside_a_checkout_is_not_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "models").mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "riskmap")
    with pytest.raises(OutputError, match="missing") as raised:
        resources.models_dir()
    assert "install" in raised.value.hint
