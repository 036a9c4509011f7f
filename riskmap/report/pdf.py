"""A report as PDF: the only place that uses WeasyPrint.

Tagged, archival, with bookmarks, its model and its assessment attached. What is printed depends on
the assessment and the brand alone, so the same input gives the same bytes. Whatever the renderer
complains about is an error: a page that is nearly right is worse than none.
"""

import io
import logging
import posixpath
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import UTC, datetime, time
from hashlib import sha256
from typing import Any
from urllib.parse import unquote, urlsplit

from riskmap.assessment import Assessment
from riskmap.assessment.document import ATTACHED, json_text, to_document
from riskmap.epoch import source_date
from riskmap.errors import OutputError
from riskmap.model import PLAIN, Brand
from riskmap.report.archive import finish
from riskmap.report.characters import check_characters
from riskmap.report.document import document_of
from riskmap.report.flow import Trials
from riskmap.report.html import page_for_print
from riskmap.report.profiles import profile as profile_named
from riskmap.report.view.context import NOTHING, Beside
from riskmap.resources import reports_dir

LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0"
"""Debian packages that WeasyPrint needs."""
_OPTIONS = {
    "pdf_variant": "pdf/a-3a",
    "pdf_tags": True,
    "pdf_version": "1.7",
    "pdf_identifier": True,
    "output_intent": "srgb",
}
MOST_INLINE = 2_000_000
"""Characters of a data: address."""


def render_pdf(
    assessment: Assessment,
    profile: str,
    *,
    subject: str | None = None,
    brand: Brand = PLAIN,
    beside: Beside = NOTHING,
) -> bytes:
    """Return a report as PDF.

    Parameters
    ----------
    profile : str
        Name of a profile, such as ``board``.
    subject : str, optional
        What the report is about, for profiles that are about one thing.
    brand : Brand
        Name, logo, colour and classification of the organisation.
    beside : Beside
        An earlier assessment, or proposals, where the report is about these too.

    Raises
    ------
    OutputError
        When the libraries that make PDFs are missing, no font has a character, or a page could not
        be set as it should.
    UnknownNameError
        When the profile or the subject does not exist.
    """
    weasyprint = _weasyprint()
    trials = Trials(profile_named(profile).pages)
    with _complaints() as complaints:
        try:
            for setting in trials:
                document = document_of(assessment, profile, subject, brand, beside, setting)
                page = page_for_print(document)
                check_characters(page, assessment.model)
                trials.tell(_lay_out(weasyprint, page))
            printed = _print(weasyprint, trials.best, assessment)
        except weasyprint.urls.FatalURLFetchingError as error:
            raise OutputError(str(error)) from None
    if complaints:
        raise OutputError(
            f"the page could not be set as it should: {complaints[0]}",
            "the same report as HTML: choose a name that ends in .html",
        )
    return printed


def _lay_out(weasyprint: Any, page: str) -> Any:
    """Return the pages, laid out and not yet printed."""
    source = weasyprint.HTML(
        string=page,
        base_url=f"{reports_dir().as_uri()}/",
        url_fetcher=_fetcher(weasyprint),
    )
    return source.render(**_OPTIONS)


def _print(weasyprint: Any, pages: Any, assessment: Assessment) -> bytes:
    moment = _moment(assessment)
    attached = list(_attached(assessment))
    attachments = [
        weasyprint.Attachment(
            string=text,
            name=name,
            description=about,
            created=moment,
            modified=moment,
            relationship=relation,
        )
        for name, about, text, relation in attached
    ]
    digest = next(sha256(t.encode()).hexdigest() for name, _, t, _ in attached if name == ATTACHED)
    pages.metadata.created = pages.metadata.modified = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    printed: bytes = pages.write_pdf(
        attachments=attachments, finisher=lambda _, pdf: finish(pdf, digest), **_OPTIONS
    )
    return printed


def _weasyprint() -> Any:
    """Import WeasyPrint, which needs libraries that pip cannot bring."""
    try:
        with redirect_stdout(io.StringIO()):  # it prints help before it gives up
            import weasyprint
            import weasyprint.urls
    except (ImportError, OSError) as error:
        raise OutputError(
            "PDF needs libraries of the system that are not installed: Pango",
            f"sudo apt-get install {LIBRARIES}   (or write HTML: choose a name that ends in .html)",
        ) from error
    return weasyprint


def _fetcher(weasyprint: Any) -> Any:
    """Return a fetcher that reads shipped resources and ``data:`` addresses, nothing else."""
    shipped = reports_dir().resolve()

    class Fetcher(weasyprint.urls.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:") and len(url) <= MOST_INLINE:
                return super().fetch(url, headers)
            parts = urlsplit(url)
            if parts.scheme == "file" and not parts.netloc:
                wanted = posixpath.normpath(unquote(parts.path))
                if wanted.startswith(f"{shipped.as_posix()}/"):
                    return super().fetch(url, headers)
            raise weasyprint.urls.FatalURLFetchingError(f"a page may not fetch {url[:200]}")

    return Fetcher(allowed_protocols={"file", "data"}, allow_redirects=False)


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """Collect what the renderer warns of."""
    found: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record.getMessage())

    collector = Collector(logging.WARNING)
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    states = [(logger, logger.propagate, logger.level) for logger in loggers]
    for logger in loggers:
        logger.addHandler(collector)
        logger.propagate = False
        logger.setLevel(logging.WARNING)
    try:
        yield found
    finally:
        for logger, propagate, level in states:
            logger.removeHandler(collector)
            logger.propagate = propagate
            logger.setLevel(level)


def _moment(assessment: Assessment) -> datetime:
    """Return the time written into the file: SOURCE_DATE_EPOCH, else the day assessed."""
    return source_date() or datetime.combine(assessment.today, time(), UTC)


def _attached(assessment: Assessment) -> Iterator[tuple[str, str, str, str]]:
    """Yield name, description, text and relationship of each attachment."""
    taken, names = {ATTACHED}, {}
    for path, text in assessment.model.files:
        name = path.replace("\\", "/").rsplit("/", 1)[-1] or "model.yaml"
        if path.startswith("library:"):  # no name for a file, since it has a colon
            name = path.replace(":", "-") + ".yaml"
        stem, dot, suffix = name.rpartition(".")
        number = 2
        while name in taken:
            name = f"{stem or suffix}-{number}{dot}{suffix if stem else ''}"
            number += 1
        taken.add(name)
        names[path] = name
        yield name, "The model that was assessed", text, "Source"
    document = to_document(assessment)
    for found in document["findings"]:
        if found["location"]:  # not where it lies on the machine of whoever made the report
            found["location"]["file"] = names.get(found["location"]["file"], "")
    text = json_text(document)
    yield ATTACHED, "The whole assessment, for machines", text, "Data"
