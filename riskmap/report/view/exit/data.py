"""How the data comes back: volume, time, window, format."""

from dataclasses import dataclass

from riskmap.report.view.exit.subject import ExitContext
from riskmap.report.view.parts import Cell, Mark, bad, fair, gap, good
from riskmap.report.view.words import NBSP, capital, counted, mark
from riskmap.rules.leaving.limits import DataReturn

MOST = 14
"""Rows of the table."""
_SIZES = ((1e15, "PB"), (1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB"))
_RATES = ((1e9, "Gbit/s"), (1e6, "Mbit/s"), (1e3, "kbit/s"))


@dataclass(frozen=True, slots=True)
class DataRow:
    """The data of one service."""

    service: str
    volume: Cell
    takes: Cell
    window: Cell
    form: Cell
    mark: Mark


@dataclass(frozen=True, slots=True)
class Data:
    """The data of everything that leaves."""

    title: str
    text: str
    rows: tuple[DataRow, ...]
    more: str


def build(context: ExitContext) -> Data:
    """Return the section."""
    found = context.plan.data
    rest = len(found) - MOST
    return Data(
        title=_title(found),
        text="The window is how long after the end of the contract data can still be fetched. The"
        " EU Data Act (Art. 25(2)(g)) asks for at least 30 days.",
        rows=tuple(_row(context, item) for item in found[:MOST]),
        more=f"{capital(counted(rest, 'further service'))} in the output of riskmap exit."
        if rest > 0
        else "",
    )


def _title(found: tuple[DataReturn, ...]) -> str:
    late = [item for item in found if item.fits is False]
    if late:
        which = counted(len(late), "service")
        return f"The data of {which} cannot be fetched within its window"
    unknown = [item for item in found if item.fits is None]
    if len(unknown) == len(found):
        return "Nobody has stated whether the data can be fetched in time"
    if unknown:
        which = counted(len(unknown), "service")
        return f"Whether the data of {which} can be fetched in time is not known"
    if all(item.volume == 0 for item in found):
        return "There is no data to fetch"
    return "The data can be fetched within its window"


def _row(context: ExitContext, item: DataReturn) -> DataRow:
    words, facts = context.words, (f"{item.service}.exit", item.service)
    held = words.assumed(*facts)
    if item.volume == 0:
        none = Cell(mark("none", held))
        plain = Mark("plain", "●", "No data")
        return DataRow(words.short(item.service, 60), none, Cell(""), Cell(""), Cell(""), plain)
    volume = gap("volume to be measured")
    if item.volume is not None:
        rate = "" if item.bandwidth is None else f"at {_scaled(item.bandwidth, _RATES, 'bit/s')}"
        volume = Cell(mark(_scaled(item.volume, _SIZES, "bytes"), held), note=rate)
    openness = str(item.openness) if item.openness else ""
    form = gap("format to be agreed")
    if item.data_format or openness:
        told = item.data_format or openness
        form = Cell(told, note=openness if openness != told else "")
    return DataRow(
        service=words.short(item.service, 60),
        volume=volume,
        takes=gap("not known") if item.takes is None else Cell(words.span(item.takes, *facts)),
        window=gap("not stated") if item.window is None else Cell(words.span(item.window, *facts)),
        form=form,
        mark={True: good("In time"), False: bad("Too late"), None: fair("Not decided")}[item.fits],
    )


def _scaled(value: float, units: tuple[tuple[float, str], ...], least: str) -> str:
    """Write a large number with its unit.

    >>> _scaled(500e9, _SIZES, "bytes").replace(NBSP, " "), _scaled(12, _RATES, "bit/s")[:2]
    ('500 GB', '12')
    """
    for size, unit in units:
        if value >= size:
            return f"{value / size:,.4g}{NBSP}{unit}"
    return f"{value:,.4g}{NBSP}{least}"
