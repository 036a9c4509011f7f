"""What would embarrass on paper: empty pages, headings left alone, split rows, words out of place.

Measured on the boxes that WeasyPrint laid out, apart from the code that chose the layout.
"""

from collections.abc import Iterator
from typing import Any

LEAST_LAST, LEAST_OTHER = 1 / 3, 0.5
"""How much of the last page, and of every other, is to be filled."""
LINES_BELOW_HEADING = 2
SLACK = 1.0
"""Pixels that are rounding."""
HEADINGS = {"h1", "h2", "h3"}


def faults(document: Any) -> list[str]:
    """Return what is wrong with a document, in words; empty when nothing is."""
    found: list[str] = []
    rows: dict[int, int] = {}
    last = len(document.pages)
    for number, page in enumerate(document.pages, 1):
        box = page._page_box
        content = [child for child in box.children if type(child).__name__ != "MarginBox"]
        boxes = [inner for child in content for inner in walk(child)]
        least = LEAST_LAST if number == last else LEAST_OTHER
        problems = [
            *(_emptiness(box, boxes, least) if last > 1 else ()),
            *_beyond(box, boxes),
            *_alone(boxes),
            *_out_of_cells(boxes),
            *_left_over(boxes),
        ]
        problems += [
            f"a row of a table goes on here: {words(row)[:60]}"
            for row in _body_rows(boxes)
            if rows.setdefault(id(row.element), number) != number
        ]
        found += [f"page {number}: {problem}" for problem in problems]
    return found


def walk(box: Any) -> Iterator[Any]:
    """Yield a box and everything in it, in reading order."""
    yield box
    for child in getattr(box, "children", ()):
        yield from walk(child)


def kind(box: Any) -> str:
    return type(box).__name__


def words(box: Any) -> str:
    """Return the text of a box."""
    return "".join(inner.text for inner in walk(box) if kind(inner) == "TextBox")


def lines(boxes: list[Any]) -> list[Any]:
    """Return lines of text and pictures, each the height of what is seen."""
    return [
        box
        for box in boxes
        if (kind(box) == "LineBox" and words(box).strip()) or "Replaced" in kind(box)
    ]


def low(box: Any) -> float:
    return float(box.position_y + box.margin_height())


def filled(box: Any, boxes: list[Any]) -> float:
    """Return how far down a page is filled, from zero to one."""
    top = box.content_box_y()
    return (max((low(line) for line in lines(boxes)), default=top) - top) / box.height


def _emptiness(box: Any, boxes: list[Any], least: float) -> Iterator[str]:
    share = filled(box, boxes)
    if share < least:
        yield f"only {share:.0%} of it is filled"


def _beyond(box: Any, boxes: list[Any]) -> Iterator[str]:
    left, top = box.content_box_x(), box.content_box_y()
    right, bottom = left + box.width, top + box.height
    for inner in boxes:
        if kind(inner) != "TextBox" and "Replaced" not in kind(inner):
            continue
        if kind(inner) == "TextBox" and not inner.text.strip():
            continue
        over = max(
            left - inner.position_x,
            inner.position_x + inner.width - right,
            inner.position_y + inner.height - bottom,
        )
        if over > SLACK:
            yield f"{words(inner)[:40]!r} reaches {over:.0f} pixels beyond the text"


def _alone(boxes: list[Any]) -> Iterator[str]:
    """Find headings with less than two lines, or a figure, below them on the page."""
    seen = lines(boxes)
    for heading in (b for b in boxes if b.element_tag in HEADINGS and kind(b) == "BlockBox"):
        below = [line for line in seen if line.position_y >= low_of(heading) - SLACK]
        figures = [line for line in below if "Replaced" in kind(line)]
        if len(below) < LINES_BELOW_HEADING and not figures:
            yield f"a heading alone at the end: {words(heading)[:60]}"


def low_of(box: Any) -> float:
    """Return where the lines of a box end, without its margin."""
    return float(box.position_y + box.margin_top + box.border_height())


def _out_of_cells(boxes: list[Any]) -> Iterator[str]:
    for cell in (b for b in boxes if kind(b) == "TableCellBox"):
        right = cell.position_x + cell.border_width()
        for inner in walk(cell):
            if kind(inner) == "TextBox" and inner.text.strip():
                over = inner.position_x + inner.width - right
                if over > SLACK:
                    yield f"{inner.text[:40]!r} reaches {over:.0f} pixels out of its cell"


def _left_over(boxes: list[Any]) -> Iterator[str]:
    """Find a line at the top of a page that only closes a table on the page before."""
    first = next((b for b in boxes if b.element_tag == "p" and words(b).strip()), None)
    seen = lines(boxes)
    if first is None or not seen or first.element.get("class") != "more":
        return
    if all(line.position_y >= first.position_y - SLACK for line in seen):
        yield f"the end of a table alone at the top: {words(first)[:60]}"


def _body_rows(boxes: list[Any]) -> Iterator[Any]:
    for group in (b for b in boxes if kind(b) == "TableRowGroupBox" and b.element_tag == "tbody"):
        yield from (row for row in group.children if kind(row) == "TableRowBox")
