"""In which language a report speaks, and the sentences of that language.

English is written in the code; a translation is a file, ``reports/languages/de.po``. Whoever writes
a report says once which language it is in (:func:`speaking`); every sentence below goes through
:func:`tr` or :func:`trn`. Values are filled in after the translation, so that a language may put
them in an order of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

ENGLISH = "en"

_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Write everything within in a language, by its code (``en``, ``de``)."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def spoken() -> str:
    """Return the code of the language that is being written."""
    return _spoken.get()


def tr(text: str, /, **values: object) -> str:
    """Return a sentence in the language spoken, with its values.

    >>> tr("{name} stops", name="“a”")
    '“a” stops'
    """
    return text.format(**values) if values else text


def trn(one: str, many: str, number: int, /, **values: object) -> str:
    """Return the form of a sentence that goes with a number of things.

    >>> trn("one function stops", "{count} functions stop", 3, count="three")
    'three functions stop'
    """
    return tr(one if number == 1 else many, **values)
