"""Writing a report to a file, whole or not at all."""

import os
import tempfile
from pathlib import Path

from riskmap.assessment import Assessment
from riskmap.errors import OutputError


def write_report(
    assessment: Assessment, profile: str, path: str | Path, *, subject: str | None = None
) -> None:
    """Write a report; the suffix of the file says as what.

    Parameters
    ----------
    profile : str
        Name of a profile, such as ``board``.
    path : str or Path
        Ends in ``.pdf`` or ``.html``. A file of this name is replaced once the report is done.
    subject : str, optional
        What the report is about, for profiles that are about one thing.

    Raises
    ------
    OutputError
        When the file cannot be written or the report not made.
    UnknownNameError
        When the profile or the subject does not exist.
    """
    target = Path(path)
    suffix = target.suffix.lower()
    if suffix not in {".pdf", ".html"}:
        raise OutputError(
            f"a report is a .pdf or .html file, and {str(path)!r} is neither",
            "choose a name that ends in .pdf or .html",
        )
    _check_folder(target)
    if suffix == ".pdf":
        from riskmap.report.pdf import render_pdf

        data = render_pdf(assessment, profile, subject=subject)
    else:
        from riskmap.report.html import render_html

        data = render_html(assessment, profile, subject=subject).encode("utf-8")
    _replace(target, data)


def _check_folder(target: Path) -> None:
    """Find out before the work whether its result could be kept."""
    if target.is_dir():
        raise OutputError(f"{str(target)!r} is a folder; a report needs the name of a file")
    folder = target.parent
    if not folder.is_dir():
        raise OutputError(f"the folder {str(folder)!r} does not exist", f"mkdir -p {str(folder)!r}")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise OutputError(f"the folder {str(folder)!r} may not be written to")


def _replace(target: Path, data: bytes) -> None:
    """Write beside the target, then take its place."""
    temporary = None
    try:
        descriptor, name = tempfile.mkstemp(
            prefix=f".{target.name}.", suffix=".tmp", dir=target.parent
        )
        temporary = Path(name)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        temporary.replace(target)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise OutputError(f"{str(target)!r} could not be written: {reason}") from error
