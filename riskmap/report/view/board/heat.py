"""What one failure can stop: the parties we depend on against the functions.

One row gathers everything that one organisation runs, and one what we run ourselves; a third party
that nobody is named for stands for itself. A cell is the worst that any single failure there does.
"""

from dataclasses import dataclass

from riskmap.language import tr, trn
from riskmap.model import Function
from riskmap.report.figures.heat import HeatCell, HeatColumn, HeatRow, heat_map
from riskmap.report.view.context import Context
from riskmap.report.view.parts import Picture, mark_of
from riskmap.report.view.words import LONGEST, capital, mark
from riskmap.rules.concentration import weight_of
from riskmap.rules.statement import count_word, duration, percent
from riskmap.rules.support import harmful
from riskmap.rules.verdict import Impact, Verdict, tolerated

MOST_ROWS, MOST_COLUMNS = 10, 8
LEAST_CELLS = 4
"""With fewer, sentences and the table of single points say the same without a figure."""
OWN = ""
"""Stands for ourselves where others have their id."""


@dataclass(frozen=True, slots=True)
class Heat:
    """Which party can stop which function.

    Attributes
    ----------
    more : str
        What is left out, empty when nothing is.
    """

    title: str
    text: str
    picture: Picture
    more: str


@dataclass(frozen=True, slots=True)
class Party:
    """One party with the worst single failure at it, by function.

    Attributes
    ----------
    id : str
        :data:`OWN` for what we run ourselves.
    """

    id: str
    impacts: dict[str, Impact]


def build(context: Context) -> Heat | None:
    """Return the section, or None when no failure harms, or there is too little for a figure."""
    parties = _parties(context)
    own = [party for party in parties if party.id == OWN]
    shown = [*(p for p in parties if p.id != OWN)][: context.rows(MOST_ROWS) - len(own)] + own
    functions = context.functions[:MOST_COLUMNS]
    lead = next((party for party in shown if harmful(party.impacts.values())), None)
    if len(shown) * len(functions) < LEAST_CELLS or lead is None:
        return None
    columns = [_column(context, function) for function in functions]
    rows = [_row(context, party, functions) for party in shown]
    return Heat(
        title=_title(context, lead),
        text=_text(context, shown),
        picture=Picture(heat_map(columns, rows), _alt(context, shown, functions), _caption(rows)),
        more=_more(len(parties) - len(shown), len(context.functions) - len(functions)),
    )


def _parties(context: Context) -> list[Party]:
    """Return who can take anything from a function: others, who stop most first, then we."""
    found: dict[str, dict[str, list[Impact]]] = {}
    for (function, element), impact in context.results.impacts.items():
        found.setdefault(_party(context, element), {}).setdefault(function, []).append(impact)
    parties = [
        Party(name, {f: max(hits, key=lambda i: _worst(context, i)) for f, hits in by.items()})
        for name, by in found.items()
    ]

    def key(party: Party) -> tuple[float | str, ...]:
        harmed = harmful(party.impacts.values())
        beyond = [i for i in harmed if i.verdict.rank >= Verdict.BREACHED.rank]
        weights = [
            sum(weight_of(context.results.functions[i.function]) for i in impacts)
            for impacts in (beyond, harmed)
        ]
        longest = max((i.stopped for i in party.impacts.values()), default=0.0)
        return -weights[0], -weights[1], -longest, party.id

    return sorted(parties, key=lambda party: (party.id == OWN, *key(party)))


def _party(context: Context, element: str) -> str:
    stands = context.results.accountability.get(element)
    if stands is None or stands.own:
        return OWN
    return stands.party or element


def _worst(context: Context, impact: Impact) -> tuple[object, ...]:
    """Sort key: the worst is the largest, and of two alike the one under no contract."""
    return impact.order, not _contracted(context, impact.element), impact.element


def _contracted(context: Context, element: str) -> bool:
    stands = context.results.accountability.get(element)
    return stands is None or stands.own or stands.rank is not None


# -- the figure -------------------------------------------------------------------------------


def _column(context: Context, function: Function) -> HeatColumn:
    limit = context.words.tolerance(function)
    note = tr("bears {length}", length=limit) if limit else tr("tolerance not stated")
    return HeatColumn(context.words.short(function.id, LONGEST), note)


def _row(context: Context, party: Party, functions: tuple[Function, ...]) -> HeatRow:
    cells = (party.impacts.get(function.id) for function in functions)
    return HeatRow(
        _label(context, party),
        _behind(context, party),
        tuple(None if impact is None else _cell(context, impact) for impact in cells),
    )


def _label(context: Context, party: Party) -> str:
    if party.id == OWN:
        return tr("What we run ourselves")
    return context.words.short(party.id, LONGEST)


def _behind(context: Context, party: Party) -> str:
    """Name what fails there, where that is not the organisation as a whole."""
    elements = sorted({impact.element for impact in party.impacts.values()} - {party.id})
    if not elements:
        return ""
    if len(elements) == 1:
        return context.words.short(elements[0], LONGEST)
    return trn(
        "one single failure",
        "the worst of {count} single failures",
        len(elements),
        count=count_word(len(elements)),
    )


def _cell(context: Context, impact: Impact) -> HeatCell:
    assumed = context.words.assumed(*context.words.facts_of_stop(impact))
    if impact.down:
        words = duration(impact.stopped)
    else:
        words = tr("{share} left", share=percent(impact.lowest))
    return HeatCell(str(impact.verdict), mark(words, assumed), _contracted(context, impact.element))


# -- the words --------------------------------------------------------------------------------


def _title(context: Context, party: Party) -> str:
    """Say what stops: by one failure only where one failure stops all of it."""
    stopped = context.ranked(harmful(party.impacts.values()))
    functions = context.words.functions([impact.function for impact in stopped], 2)
    elements = {impact.element for impact in stopped}
    if party.id == OWN:
        return trn(
            "One failure of our own can stop {functions}",
            "Single failures of our own can, between them, stop {functions}",
            len(elements),
            functions=functions,
        )
    name = context.words.name(party.id)
    if elements == {party.id}:
        return tr(
            "The failure of {party} alone can stop {functions}", party=name, functions=functions
        )
    return trn(
        "One failure at {party} can stop {functions}",
        "Single failures at {party} can, between them, stop {functions}",
        len(elements),
        party=name,
        functions=functions,
    )


def _text(context: Context, parties: list[Party]) -> str:
    """Say how many of the outside parties no contract reaches."""
    outside = [party for party in parties if party.id != OWN]
    open_ = [
        party
        for party in outside
        if any(not _contracted(context, impact.element) for impact in party.impacts.values())
    ]
    opening = tr(
        "Each cell is the worst that one single failure at a party does to a function, and how"
        " long the function then stops."
    )
    if not outside:
        return opening
    if not open_:
        return f"{opening} " + tr("A contract covers everything shown that others run.")
    if len(open_) == len(outside):
        rest = trn(
            "No contract covers what fails at the one outside party shown.",
            "At each of the {count} outside parties shown, something fails that no contract"
            " covers.",
            len(outside),
            count=count_word(len(outside)),
        )
    else:
        rest = trn(
            "At one of the {all} outside parties shown, something fails that no contract covers.",
            "At {count} of the {all} outside parties shown, something fails that no contract"
            " covers.",
            len(open_),
            count=count_word(len(open_)),
            all=count_word(len(outside)),
        )
    return f"{opening} {rest}"


def _caption(rows: list[HeatRow]) -> str:
    cells = [cell for row in rows for cell in row.cells if cell is not None]
    seen = {cell.verdict for cell in cells}
    parts = []
    if any(not cell.contracted for cell in cells):
        parts.append(
            tr("Filled: a contract covers what fails. Hollow, with a broken outline: none does.")
        )
    signs = {
        "breached": tr("▲ outside tolerance"),
        "unbounded": tr("▶ no known end"),
        "strained": tr("◆ late, within tolerance"),
        "tolerable": tr("● within its target"),
    }
    parts.append(
        tr("{signs}, · carries on.", signs=", ".join(s for v, s in signs.items() if v in seen))
    )
    return " ".join(parts)


def _more(parties: int, functions: int) -> str:
    """Count what is left out."""
    found = []
    if parties > 0:
        found.append(
            trn(
                "One further party takes less: see the attached assessment.",
                "{count} further parties take less: see the attached assessment.",
                parties,
                count=capital(count_word(parties)),
            )
        )
    if functions > 0:
        found.append(
            trn(
                "One further function fares better and is left out here.",
                "{count} further functions fare better and are left out here.",
                functions,
                count=capital(count_word(functions)),
            )
        )
    return " ".join(found)


def _alt(context: Context, parties: list[Party], functions: tuple[Function, ...]) -> str:
    """Say what the figure shows, party by party."""
    rows = []
    for party in parties:
        hit = [party.impacts[f.id] for f in functions if f.id in party.impacts]
        if not hit:
            rows.append(tr("{party}: none of these functions", party=_label(context, party)))
            continue
        cells = [_spoken(context, impact) for impact in hit]
        rows.append(tr("{party}: {cells}", party=_label(context, party), cells=", ".join(cells)))
    return tr("What one failure can stop, party by party. {rows}.", rows="; ".join(rows))


def _spoken(context: Context, impact: Impact) -> str:
    function = context.results.functions[impact.function]
    word = mark_of(impact, bool(tolerated(function, "mtd"))).word.lower()
    name, words = function.title, _cell(context, impact).words
    if _contracted(context, impact.element):
        return tr("{function} {length} ({state})", function=name, length=words, state=word)
    return tr("{function} {length} ({state}, no contract)", function=name, length=words, state=word)
