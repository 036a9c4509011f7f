"""An assessment for machines and other programs; each format is a view, one per file.

Every writer is a pure function from an assessment to bytes: the same assessment gives the same
bytes. A writer is imported when it is used, so that a format costs nothing to those who never ask
for it. Text for a terminal is not here: it needs to know the terminal, and so belongs to the
command line.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from riskmap.assessment import Assessment


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    Attributes
    ----------
    name : str
        What ``--format`` calls it.
    suffix : str
        The ending of its files, by which it is recognised.
    module : str
        Module of this package with a function ``write(assessment) -> bytes``.
    binary : bool
        Whether it makes no sense on a terminal.
    """

    name: str
    suffix: str
    module: str
    binary: bool = False

    def write(self, assessment: "Assessment") -> bytes:
        """Return the whole file."""
        writer: Callable[[Assessment], bytes] = import_module(
            f"riskmap.formats.{self.module}"
        ).write
        return writer(assessment)


FORMATS = {
    form.name: form
    for form in (
        Format("json", ".json", "json_format"),
        Format("sarif", ".sarif", "sarif"),
        Format("junit", ".xml", "junit"),
        Format("markdown", ".md", "markdown"),
        Format("xlsx", ".xlsx", "xlsx", binary=True),
        Format("csv", ".csv", "csv_format"),
    )
}
"""Every format by name."""


def by_suffix(suffix: str) -> Format | None:
    """Return the format that a file name ending means, None when it means none.

    >>> by_suffix(".XML").name
    'junit'
    """
    return next((form for form in FORMATS.values() if form.suffix == suffix.lower()), None)
