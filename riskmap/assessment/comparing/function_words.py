"""How functions fare otherwise against what they can bear, in words, and why."""

import math
from collections.abc import Iterator

from riskmap.assessment.comparing.comparison import Comparison
from riskmap.assessment.comparing.functions import Driver, FunctionChange, Tolerance
from riskmap.assessment.comparing.snapshot import FunctionState
from riskmap.assessment.comparing.words import length
from riskmap.language import tr, trn
from riskmap.rules.statement import join, mention


def function_sentence(comparison: Comparison, change: FunctionChange) -> str:
    """Say how a function fares against what it can bear, how it did, and why that changed."""
    parts = [_verdict(change), _stop(change), _cause(comparison, change)]
    stated = join(_restated(change))
    if stated and change.on_paper and change.tolerance in {Tolerance.GAINED, Tolerance.LOST}:
        parts[0] = tr("{verdict}, because {stated}", verdict=parts[0], stated=stated)
        parts.append(
            tr("by what was stated before it would still be beyond that")
            if change.tolerance is Tolerance.GAINED
            else tr("by what was stated before it would still be within that")
        )
    elif stated:
        parts.append(stated)
    return "; ".join(part for part in parts if part)


def _verdict(change: FunctionChange) -> str:
    bearable = change.new.standing.bearable
    limit = ""
    if change.new.mtd is not None and change.old.mtd == change.new.mtd:
        limit = tr(" ({limit})", limit=length(change.new.mtd))
    match change.tolerance:
        case Tolerance.LOST:
            text = tr("no longer within what it can bear")
        case Tolerance.GAINED:
            text = tr("now within what it can bear")
        case Tolerance.NO_LONGER_KNOWN:
            return tr("no longer known: the model does not say any more what it needs")
        case Tolerance.NOW_KNOWN:
            text = (
                tr("now known, and within what it can bear")
                if bearable
                else tr("now known, and beyond what it can bear")
            )
        case Tolerance.KEPT if bearable:
            text = tr("still within what it can bear")
        case Tolerance.KEPT if change.new.standing.beyond:
            text = tr("still beyond what it can bear")
        case _:
            return tr("still not known: the model does not say what it needs")
    return text + limit


def _stop(change: FunctionChange) -> str:
    new, old = change.new, change.old
    if change.tolerance is Tolerance.NO_LONGER_KNOWN:
        return tr("before, {stop}", stop=_was_stopped(old))
    if not new.standing.bearable and not new.standing.beyond:
        return ""
    now = stop_clause(new)
    if change.tolerance is Tolerance.NOW_KNOWN:
        return now
    if change.driver is Driver.STATED or new.stopped == old.stopped:
        return tr("{stop}, as before", stop=now)
    if math.isinf(old.stopped):
        return tr("{stop} (before: with no known end)", stop=now)
    before = length(old.stopped) if old.stopped else tr("no single failure did")
    return tr("{stop} (before: {old})", stop=now, old=before)


def _cause(comparison: Comparison, change: FunctionChange) -> str:
    """Say whose failure hurts most, where that is another one now."""
    old, new = change.old.element, change.new.element
    if new is None or change.tolerance is Tolerance.NO_LONGER_KNOWN:
        return ""
    if old is not None and comparison.renames.id(old) == new:
        return ""
    return tr("what hurts it most is now {element}", element=mention(new, comparison.new))


def stop_clause(state: FunctionState) -> str:
    """Say for how long one failure stops a function."""
    if not state.stopped:
        return tr("no single failure stops it")
    if math.isinf(state.stopped):
        return tr("one failure stops it with no known end")
    return tr("one failure stops it for up to {length}", length=length(state.stopped))


def _was_stopped(state: FunctionState) -> str:
    if not state.stopped:
        return tr("no single failure stopped it")
    if math.isinf(state.stopped):
        return tr("one failure stopped it with no known end")
    return tr("one failure stopped it for up to {length}", length=length(state.stopped))


def _restated(change: FunctionChange) -> Iterator[str]:
    old, new = change.old, change.new
    if old.mtd != new.mtd:
        yield tr(
            "its stated tolerance went from {old} to {new}",
            old=_stated(old.mtd),
            new=_stated(new.mtd),
        )
    if old.rto != new.rto:
        yield tr(
            "its recovery objective went from {old} to {new}",
            old=_stated(old.rto),
            new=_stated(new.rto),
        )
    if old.minimum != new.minimum:
        yield tr(
            "the least it is said to need went from {old} to {new}",
            old=_share(old.minimum),
            new=_share(new.minimum),
        )


def _stated(hours: float | None) -> str:
    return tr("nothing stated") if hours is None else length(hours)


def _share(share: float | None) -> str:
    return tr("nothing stated") if share is None else f"{share * 100:g}%"


def function_alone(state: FunctionState) -> str:
    """Say how a function fares that only one side has."""
    match state.standing.bearable, state.standing.beyond:
        case True, _:
            fares = tr("within what it can bear")
        case _, True:
            fares = tr("beyond what it can bear")
        case _:
            return tr("the model does not say what it needs")
    return f"{fares}; {stop_clause(state)}"


def as_before(comparison: Comparison) -> Iterator[str]:
    """Say which functions are badly off as they were, lest silence pass for safety; sentences."""
    told = {change.new.id for change in comparison.functions}
    told |= {state.id for state in comparison.functions_added}
    same = [state for name, state in comparison.new.functions.items() if name not in told]
    beyond = [mention(state.id, comparison.new) for state in same if state.standing.beyond]
    if beyond:
        yield trn(
            "{functions} is beyond what it can bear, as before.",
            "{functions} are beyond what they can bear, as before.",
            len(beyond),
            functions=join(beyond),
        )
    unknown = [s for s in same if not s.standing.beyond and not s.standing.bearable]
    if unknown:
        names = join(mention(state.id, comparison.new) for state in unknown)
        yield tr("The model does not say what {functions} needs, as before.", functions=names)
