"""Where the files that ship with riskmap are: installed, or in a checkout.

A wheel carries ``models/`` and ``reports/`` inside the package, under ``_data``; in a checkout, and
in an editable install, they stand beside ``pyproject.toml``.
"""

from pathlib import Path

from riskmap.errors import OutputError

_PACKAGE = Path(__file__).resolve().parent


def models_dir() -> Path:
    """Return the folder of shipped models: libraries, incidents, schema.

    Raises
    ------
    OutputError
        When the installation lacks it.
    """
    return _find("models")


def reports_dir() -> Path:
    """Return the folder of shipped templates, styles and fonts.

    Raises
    ------
    OutputError
        When the installation lacks it.
    """
    return _find("reports")


def _find(name: str) -> Path:
    installed = _PACKAGE / "_data" / name
    if installed.is_dir():
        return installed
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    raise OutputError(
        f"the folder {name!r} that ships with riskmap is missing: neither {installed} "
        f"nor {checkout / name} is there",
        "install riskmap again: pip install --force-reinstall riskmap",
    )
