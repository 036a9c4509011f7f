"""The assessment that is attached to a report as PDF: the only place that uses pypdf.

The file is not trusted. It is read strictly: riskmap writes files without a fault, so one with a
fault was changed or cut off since. Nothing is unpacked beyond pypdf's limits (75 million bytes a
stream). The attached assessment must have the digest that the metadata name. That finds what was
changed by accident or without care; whoever changes both is not found, since nothing is signed.
"""

import hashlib
import io
import logging
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from riskmap.assessment.comparing.shapes import DocumentError
from riskmap.assessment.document import ATTACHED, DIGEST_WORD

_DIGEST = re.compile(re.escape(DIGEST_WORD).encode() + rb'\s*=\s*["\']([0-9a-f]{64})["\']')
_AGAIN = "make the report again from its model, or compare with the model or its JSON"
_MADE = "a report made with 'riskmap report MODEL -o report.pdf' holds the assessment"
_MOST_FILES = 1_000
"""Attachments that are looked at; riskmap attaches as many as a model has files, and one."""


def assessment_in(data: bytes) -> bytes:
    """Return the assessment attached to a report, as it was written.

    Parameters
    ----------
    data : bytes
        The whole PDF.

    Raises
    ------
    DocumentError
        When the file is damaged, encrypted or not a report of riskmap, or the assessment in it was
        changed.
    """
    import pypdf  # noqa: PLC0415 - only for those who compare with a report
    from pypdf import errors  # noqa: PLC0415

    locked = (errors.DependencyError, errors.FileNotDecryptedError)
    faults = (errors.PyPdfError, ValueError, LookupError, TypeError, AttributeError)
    others = (RecursionError, zlib.error, OverflowError, AssertionError, NotImplementedError)
    try:
        with _silent():
            reader = pypdf.PdfReader(io.BytesIO(data), strict=True)
            if reader.is_encrypted:
                raise errors.FileNotDecryptedError
            root = reader.root_object
            attached = list(_named(root))
            named = _DIGEST.search(_content(root.get("/Metadata")))
            content = _content(attached[0]) if len(attached) == 1 else b""
    except locked:  # also where a library for deciphering is missing
        raise DocumentError(
            "encrypted-report", "this PDF is encrypted", "save it without a password first"
        ) from None
    except errors.LimitReachedError:
        raise DocumentError(
            "too-large", "what is attached to this PDF unpacks to more than riskmap reads", _AGAIN
        ) from None
    except (*faults, *others):
        raise DocumentError(
            "damaged-report", "this PDF is damaged, or was cut off or changed", _AGAIN
        ) from None
    if len(attached) != 1:
        return _not_ours(len(attached))
    _check(content, named.group(1).decode() if named else None)
    return content


def _not_ours(count: int) -> bytes:
    if count:
        message = f"this PDF holds {count} attachments named {ATTACHED!r}: it was changed"
        raise DocumentError("changed-report", message, _AGAIN)
    message = f"this PDF is not a report of riskmap: it holds no {ATTACHED!r}"
    raise DocumentError("foreign-pdf", message, _MADE)


def _check(content: bytes, digest: str | None) -> None:
    """Hold the attachment against the digest that the metadata name."""
    if digest is None:
        raise DocumentError(
            "unproven-report",
            "this PDF does not say which digest its assessment must have, so nobody can tell"
            " whether it was changed",
            _AGAIN,
        )
    if hashlib.sha256(content).hexdigest() != digest:
        raise DocumentError(
            "changed-report", "the assessment attached to this PDF was changed", _AGAIN
        )


def _named(root: Any) -> Iterator[Any]:
    """Yield the content of every file of the document that bears the assessment's name."""
    listed = root.get("/AF", ())
    for number, reference in enumerate(listed.get_object() if listed else ()):
        if number >= _MOST_FILES:
            raise ValueError("too many attachments")
        file = reference.get_object()
        if ATTACHED in {str(file.get("/UF")), str(file.get("/F"))}:
            yield file["/EF"]["/F"]


def _content(stream: Any) -> bytes:
    """Return what a stream holds, unpacked; nothing where there is none."""
    if stream is None:
        return b""
    found = stream.get_object().get_data()
    return bytes(found) if isinstance(found, bytes | bytearray) else b""


@contextmanager
def _silent() -> Iterator[None]:
    """Keep pypdf from writing to standard error what is said better here."""
    logger = logging.getLogger("pypdf")
    state = logger.propagate, logger.disabled
    logger.propagate, logger.disabled = False, True
    try:
        yield
    finally:
        logger.propagate, logger.disabled = state
