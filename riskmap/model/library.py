"""What a model took from the library of models that ships with riskmap."""

import datetime as dt
from dataclasses import dataclass

SEPARATOR = "/"
"""Between the file of the library and the id inside it: ``some-file/some-element``."""


@dataclass(frozen=True, slots=True)
class LibraryUse:
    """One file of the library that elements of the model come from.

    Attributes
    ----------
    name : str
        The prefix of its ids, ``some-file``.
    as_of : date
        The day its makers last looked at its facts.
    entries : tuple of str
        Ids in the model that come from it, sorted.
    changed : tuple of (str, tuple of str)
        Ids of those that the model says something of its own about, sorted, each with the keys
        that are the model's own, sorted.
    """

    name: str
    title: str
    as_of: dt.date
    entries: tuple[str, ...]
    changed: tuple[tuple[str, tuple[str, ...]], ...] = ()
