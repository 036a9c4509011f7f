"""What hangs on the weak point: the needs of the function hit worst, left to right."""

from dataclasses import dataclass
from itertools import pairwise

from riskmap.model import (
    AtLeast,
    Element,
    Function,
    Hardness,
    Need,
    NeedExpression,
    Provider,
    Service,
    ThirdParty,
    iter_needs,
)
from riskmap.report.figures.dependency import Arrow, Box, dependency_picture
from riskmap.report.view.context import Context
from riskmap.report.view.parts import Picture
from riskmap.report.view.words import LONGEST, shorten
from riskmap.rules.statement import count_word

MOST = 26
"""Boxes that stay readable on a page."""
ROOTS = 4
"""Functions drawn beside the one hit worst."""
HEIGHT_MM = 120.0


@dataclass(frozen=True, slots=True)
class Needs:
    """The dependency picture with the path told in words."""

    title: str
    text: str
    picture: Picture


def build(context: Context) -> Needs | None:
    """Return the section, or None when nothing could fail."""
    focus = context.focus
    if focus is None:
        return None
    path = context.results.paths[focus.function].get(focus.element)
    if path is None or len(path) < 2:
        return None
    roots = [impact.function for impact in context.hits(focus.element)][:ROOTS]
    roots = list(dict.fromkeys([focus.function, *roots]))
    lit = frozenset[str]().union(*(context.results.between(r, focus.element) for r in roots))
    shown, left_out = _shown(context, roots, lit, path)
    boxes, arrows = _drawing(context, shown, lit)
    figure = dependency_picture(boxes, arrows, max_height_mm=HEIGHT_MM)
    return Needs(
        title=_title(context, focus.element, path),
        text=_path_sentence(context, path),
        picture=Picture(figure, _alt(context, path, shown), _caption(context, shown, left_out)),
    )


def _title(context: Context, element: str, path: tuple[str, ...]) -> str:
    steps = len(path) - 1
    away = f"{count_word(steps)} {'step' if steps == 1 else 'steps'} away"
    stands = context.results.accountability.get(element)
    if stands is None or stands.own:
        return f"The weak point is {away}, and ours"
    if stands.rank is None:
        return f"The weak point is {away}, and no contract reaches it"
    if stands.rank == 1:
        return f"The weak point is {away}, with a party to our contract"
    return f"The weak point is {away}, with a subcontractor of our provider"


def _path_sentence(context: Context, path: tuple[str, ...]) -> str:
    words = context.words
    sentence = f"{words.name(path[0])} needs {words.name(path[1])}"
    for name in path[2:7]:
        sentence += f", which needs {words.name(name)}"
    if len(path) > 7:
        sentence += f", and so on to {words.name(path[-1])}"
    reasons = [
        need.why.rstrip(".")
        for source, target in pairwise(path)
        for need in iter_needs(context.model.element(source).needs)
        if need.target == target and need.why
    ]
    why = f" Why: {reasons[-1][:1].lower()}{reasons[-1][1:]}." if reasons else ""
    return f"{sentence}.{why}"


def _shown(
    context: Context, roots: list[str], lit: frozenset[str], path: tuple[str, ...]
) -> tuple[list[str], int]:
    """Choose what to draw: the failing paths first, then what is needed beside them."""
    results = context.results
    order = list(dict.fromkeys([*path, *roots, *sorted(lit)]))
    seen = set(order)
    for name in order:
        for target in results.structure.successors[name]:
            if target not in seen and _worth(context, target):
                seen.add(target)
                order.append(target)
    kept = [name for name in order if _worth(context, name)][:MOST]
    closure = frozenset[str]().union(*(results.closures[root] for root in roots))
    return kept, sum(1 for name in closure if _worth(context, name)) - len(kept)


def _worth(context: Context, name: str) -> bool:
    """Leave out organisations whose own failure is not in the model."""
    element = context.model.element(name)
    return not isinstance(element, Provider) or element.fails_alone


def _drawing(
    context: Context, shown: list[str], lit: frozenset[str]
) -> tuple[list[Box], list[Arrow]]:
    boxes, arrows = [], []
    inside = set(shown)
    for name in shown:
        boxes.append(_box(context, context.model.element(name), name in lit))
        for target, kind, label in _needs(context.model.element(name)):
            if target in inside:
                arrows.append(Arrow(name, target, name in lit and target in lit, kind, label))
    return boxes, arrows


def _box(context: Context, element: Element, lit: bool) -> Box:
    stands = context.results.accountability.get(element.id)
    own = stands is None or stands.own
    kind = "service"
    if isinstance(element, Function):
        kind = "function"
    elif isinstance(element, ThirdParty):
        kind = "third-party"
    elif isinstance(element, Provider):
        kind = "provider"
    contracted = own or (stands is not None and stands.rank is not None)
    return Box(element.id, shorten(element.title, LONGEST), kind, lit, contracted, own)


def _needs(element: Element) -> list[tuple[str, str, str]]:
    """Return target, kind and label of each arrow that leaves an element."""
    found = [item for need in element.needs for item in _expression(need, "")]
    if isinstance(element, Function):
        total = len(element.shares)
        found.extend(
            (share.target, "need", f"{float(share.share) * 100:.3g}%" if total > 1 else "")
            for share in element.shares
        )
    if isinstance(element, Service | ThirdParty) and element.provider is not None:
        found.append((element.provider, "need", ""))
    return found


def _expression(need: NeedExpression, label: str) -> list[tuple[str, str, str]]:
    if isinstance(need, Need):
        if label:
            return [(need.target, "alternative", label)]
        return [(need.target, "soft" if need.hardness is Hardness.SOFT else "need", "")]
    assert isinstance(need, AtLeast)
    word = "or" if need.count == 1 else f"{need.count} of {len(need.members)}"
    return [item for member in need.members for item in _expression(member, word)]


def _caption(context: Context, shown: list[str], left_out: int) -> str:
    parts = ["Read from left to right: each box needs those that its arrows reach."]
    parts.append("The lit path is the one that fails.")
    dashed = [
        name
        for name in shown
        if (stands := context.results.accountability.get(name)) is not None
        and not stands.own
        and stands.rank is None
    ]
    if dashed:
        parts.append("Dashed boxes stand under no contract of ours or of our providers.")
    if left_out > 0:
        parts.append(f"{left_out} more, further from the path, are left out.")
    return " ".join(parts)


def _alt(context: Context, path: tuple[str, ...], shown: list[str]) -> str:
    titles = " needs ".join(context.words.title(name) for name in path)
    return f"Dependencies, {len(shown)} boxes. The failing path: {titles}."
