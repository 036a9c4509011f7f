"""Writing a report to a file, whole or not at all."""

from pathlib import Path

from riskmap.assessment import Assessment
from riskmap.assessment.comparing import Comparison
from riskmap.errors import OutputError
from riskmap.files import check_writable, write_atomically
from riskmap.model import PLAIN, Brand


def write_report(
    assessment: Assessment,
    profile: str,
    path: str | Path,
    *,
    subject: str | None = None,
    brand: Brand = PLAIN,
    comparison: Comparison | None = None,
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
    brand : Brand
        Name, logo, colour and classification of the organisation.
    comparison : Comparison, optional
        What changed since an earlier assessment, which an audit tells.

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
    check_writable(target)
    if suffix == ".pdf":
        from riskmap.report.pdf import render_pdf

        data = render_pdf(assessment, profile, subject=subject, brand=brand, comparison=comparison)
    else:
        from riskmap.report.html import render_html

        page = render_html(assessment, profile, subject=subject, brand=brand, comparison=comparison)
        data = page.encode("utf-8")
    write_atomically(target, data)
