"""How much hangs on one organisation: functions lost with it, and how evenly money is spread."""

from collections.abc import Iterator
from dataclasses import dataclass

from riskmap.language import tr, trn
from riskmap.report.figures.shares import ShareRow, share_bars
from riskmap.report.view.context import Context
from riskmap.report.view.parts import Picture
from riskmap.report.view.words import LONGEST, mark
from riskmap.rules.accountability import in_force
from riskmap.rules.concentration import (
    Concentration,
    Kind,
    concentrations,
    function_index,
    spend_index,
    weight_of,
)
from riskmap.rules.statement import count_word, percent

MOST = 8
"""Organisations shown."""
LEAST_FUNCTIONS = 2
"""With one function, whatever it needs has all of it."""


@dataclass(frozen=True, slots=True)
class Concentrated:
    """What hangs on each organisation.

    Attributes
    ----------
    lines : tuple of str
        How evenly money and functions are spread, a sentence each.
    more : str
        What is left out, empty when nothing is.
    """

    title: str
    text: str
    picture: Picture
    more: str
    lines: tuple[str, ...]


def build(context: Context) -> Concentrated | None:
    """Return the section, or None when no function needs anybody, or there is but one."""
    found = _ranked(context)
    total = len(context.functions)
    if total < LEAST_FUNCTIONS or not found:
        return None
    shown = found[: context.rows(MOST)]
    rows = [_row(context, c, total) for c in shown]
    rest = len(found) - len(shown)
    return Concentrated(
        title=_title(context, shown[0]),
        text=tr(
            "Each bar counts the functions that use an organisation, what it owns and all they run:"
            " those that stop while it is lost, whatever contract there is, and those that go on."
        ),
        picture=Picture(share_bars(rows, total), _alt(rows, total), _caption(rows)),
        more=trn(
            "One further organisation with less: see the attached assessment.",
            "{count} further organisations with less: see the attached assessment.",
            rest,
            count=count_word(rest).capitalize(),
        )
        if rest > 0
        else "",
        lines=tuple(_spread(context)),
    )


def _ranked(context: Context) -> list[Concentration]:
    """Return every organisation, and third parties nobody is named for, the worst first."""
    nobody = (c for c in concentrations(context.results, Kind.THIRD_PARTY) if not c.whole.members)
    found = [*concentrations(context.results, Kind.PROVIDER), *nobody]
    return sorted(found, key=lambda c: (-c.stopped.weighted, -c.reached.weighted, c.whole.id))


def _stopped(context: Context, found: Concentration) -> list[str]:
    """Return the functions that stop, the one that matters most first."""
    functions = context.results.functions
    return sorted(found.stopped.functions, key=lambda name: (-weight_of(functions[name]), name))


def _title(context: Context, found: Concentration) -> str:
    words = context.words
    stopped = _stopped(context, found)
    if not stopped:
        return tr("No organisation takes a function down with it, as far as the model knows")
    template = "Losing {party} with all it runs stops {functions}"
    if len(found.whole.elements) == 1:
        template = "Losing {party} stops {functions}"
    return tr(template, party=words.name(found.whole.id), functions=words.functions(stopped, 2))


# -- the figure -------------------------------------------------------------------------------


def _row(context: Context, found: Concentration, total: int) -> ShareRow:
    stopped = set(found.stopped.functions)
    direct = len(stopped & set(found.direct.functions))
    owned = [name for name in found.whole.members if name != found.whole.id]
    return ShareRow(
        label=context.words.short(found.whole.id, LONGEST),
        direct=direct,
        indirect=len(stopped) - direct,
        spared=len(set(found.reached.functions) - stopped),
        words=_words(len(stopped), total),
        note=_with_plans(context, found),
        label_note=trn(
            "with one organisation it owns",
            "with {count} organisations it owns",
            len(owned),
            count=count_word(len(owned)),
        )
        if owned
        else "",
    )


def _words(stopped: int, total: int) -> str:
    if not stopped:
        return tr("stops none")
    return tr("stops {count} of {total}", count=stopped, total=total)


def _with_plans(context: Context, found: Concentration) -> str:
    """Say what plans save, once they run."""
    stopped, planned = len(found.stopped.functions), len(found.stopped_with_plans.functions)
    if not context.model.contingencies or not stopped:
        return ""
    if planned >= stopped:
        return tr("no plan helps")
    if not planned:
        return tr("none once plans run")
    return tr("{count} once plans run", count=planned)


def _caption(rows: list[ShareRow]) -> str:
    parts = []
    if any(row.direct for row in rows):
        parts.append(tr("Solid: stops, and needs it with nobody between."))
    if any(row.indirect for row in rows):
        parts.append(tr("Hatched: stops, and needs it only through others."))
    if any(row.spared for row in rows):
        parts.append(tr("Outline: uses it and goes on."))
    return " ".join(parts)


def _alt(rows: list[ShareRow], total: int) -> str:
    """Say what the figure shows, organisation by organisation."""
    parts = [
        tr(
            "{party} {finding}, {direct} directly and {indirect} through others; {spared} use it"
            " and go on",
            party=row.label,
            finding=row.words,
            direct=row.direct,
            indirect=row.indirect,
            spared=row.spared,
        )
        for row in rows
    ]
    return tr(
        "Functions, of {total}, that hang on each organisation. {rows}.",
        total=total,
        rows=". ".join(parts),
    )


# -- how evenly -------------------------------------------------------------------------------


def _spread(context: Context) -> Iterator[str]:
    """Say how evenly money and functions are spread over organisations, with the index."""
    yield from _money(context)
    index = function_index(context.results)
    if len(index.shares) > 1:
        yield tr(
            "What functions need is spread over {count} organisations; weighted by how much each"
            " function matters, the index reads {points}.",
            count=count_word(len(index.shares)),
            points=f"{index.points:,.0f}",
        )


def _money(context: Context) -> Iterator[str]:
    results, words = context.results, context.words
    contracts = [c for c in context.model.contracts if in_force(c, context.assessment.today)]
    unpriced = sum(1 for c in contracts if c.annual_cost is None)
    if not contracts:
        return
    index = spend_index(results)
    if not index.shares:
        yield tr("No contract in force states what it costs, so how evenly we spend is not known.")
        return
    party, share = index.shares[0]
    facts = [fact for c in contracts for fact in (c.id, f"{c.id}.annual_cost")]
    assumed = words.assumed(*facts)
    sentence = trn(
        "Of what the contract in force costs a year, {share} goes to {party}: {points} on the"
        " Herfindahl-Hirschman index, which runs to 10,000 where one organisation has everything.",
        "Of what {count} contracts in force cost a year, {share} goes to {party}: {points} on the"
        " Herfindahl-Hirschman index, which runs to 10,000 where one organisation has everything.",
        index.count,
        count=count_word(index.count),
        share=mark(percent(share), assumed),
        party=words.name(party),
        points=mark(f"{index.points:,.0f}", assumed),
    )
    if unpriced:
        sentence += " " + trn(
            "One more contract states no cost and is not counted.",
            "{count} more contracts state no cost and are not counted.",
            unpriced,
            count=count_word(unpriced).capitalize(),
        )
    yield sentence
