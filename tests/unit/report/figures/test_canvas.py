"""What a figure is as a file: one svg element, the same bytes every time, nothing that clashes."""

import math
import os
import re
import subprocess
import sys
import warnings
from xml.etree import ElementTree as ET

import matplotlib as mpl
import pytest

from riskmap.report.figures.canvas import Area, Canvas, Figure
from riskmap.report.figures.clashes import clashes
from riskmap.report.figures.dependency import Arrow, Box, dependency_picture
from riskmap.report.figures.dumbbell import DumbbellRow, tolerance_dumbbell
from riskmap.report.figures.outage import Span, TimelineRow, outage_timeline
from riskmap.report.figures.typography import LABEL

SVG = "{http://www.w3.org/2000/svg}"


def figures(title: str | None = None) -> dict[str, Figure]:
    rows = [
        DumbbellRow("Write to clients", 8, 240, False, True, "breached", "plan never tested"),
        DumbbellRow("Платежи & <расчёты>", None, math.inf, True, False, "unbounded", ""),
        DumbbellRow("Back office", 72, 0, True, False, "tolerable", ""),
        DumbbellRow("Cost of $5 or $6", 24, 20, True, False, "strained", ""),
    ]
    times = [
        TimelineRow("SenderBase", "cause", (Span(0, math.inf, "failed", "score ○"),), None),
        TimelineRow(
            "Write to clients",
            "function",
            (Span(0, 112, "down", "stopped"), Span(112, 240, "degraded", "80%")),
            8,
        ),
        TimelineRow("Back office", "function", (), 72),
        TimelineRow("nsMail", "fallback", (Span(112, 240, "carried", "80%"),), None, tested=False),
    ]
    boxes = [
        Box("a", "Write to clients", "function", True, True, True),
        Box("b", "Ours", "service", True, True, True),
        Box("c", "SenderBase", "third-party", True, False, False),
        Box("d", "Plan", "contingency", False, True, True),
        Box("e", "Alone", "provider", False, True, False),
    ]
    arrows = [
        Arrow("a", "b", True, "need"),
        Arrow("b", "c", True, "need", "scored by"),
        Arrow("c", "a", False, "soft"),
        Arrow("d", "b", False, "covers"),
        Arrow("b", "c", False, "coupling"),
        Arrow("e", "e", False, "need"),
    ]
    return {
        "dumbbell": tolerance_dumbbell(rows, title=title),
        "timeline": outage_timeline(times, horizon_hours=240, title=title),
        "dependency": dependency_picture(boxes, arrows, title=title),
    }


@pytest.fixture(params=["dumbbell", "timeline", "dependency"])
def figure(request: pytest.FixtureRequest) -> Figure:
    return figures()[request.param]


def parsed(figure: Figure) -> ET.Element:
    return ET.fromstring(figure.svg)  # noqa: S314 - riskmap wrote it


def words(figure: Figure) -> str:
    texts = parsed(figure).iter(f"{SVG}text")
    return " ".join("".join(text.itertext()) for text in texts)


def test_one_element_in_millimetres(figure: Figure) -> None:
    root = parsed(figure)
    assert root.tag == f"{SVG}svg"
    assert root.attrib["width"] == "170mm"
    assert root.attrib["height"] == f"{figure.height_mm:g}mm"
    width, height = map(float, root.attrib["viewBox"].split()[2:])
    assert width / height == pytest.approx(figure.width_mm / figure.height_mm, rel=1e-4)


def test_nothing_that_clashes_inside_a_page(figure: Figure) -> None:
    assert not re.search(r"<\?xml|<!|metadata|<style|\bid=|url\(|href|<defs|\bdate\b", figure.svg)


def test_all_text_is_text_in_inter(figure: Figure) -> None:
    found = list(parsed(figure).iter(f"{SVG}text"))
    assert found
    assert all("'Inter'" in text.attrib["style"] for text in found)
    sizes = [re.search(r"font-size: ([\d.]+)px", t.attrib["style"]) for t in found]
    assert all(size and float(size[1]) >= 7 for size in sizes)


def test_only_a_stand_alone_figure_has_title_and_legend() -> None:
    for inside, alone in zip(figures().values(), figures("What fails").values(), strict=True):
        assert "<title>" not in inside.svg
        assert "<title>What fails</title>" in alone.svg
        assert "What fails" in words(alone)
        assert alone.height_mm > inside.height_mm


def test_words_are_as_given() -> None:
    found = figures()
    assert "Платежи & <расчёты>" in words(found["dumbbell"])
    assert "Cost of $5 or $6" in words(found["dumbbell"])
    assert "10 days ○ plan never tested" in words(found["dumbbell"])
    assert "no known end" in words(found["dumbbell"])
    assert "not affected" in words(found["dumbbell"])
    assert "score ○, no known end" in words(found["timeline"])
    assert "scored by" in words(found["dependency"])


def test_same_bytes_in_another_process_with_another_hash_seed() -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); import test_canvas as t;"
        "sys.stdout.buffer.write(''.join(f.svg for f in t.figures('Почта').values()).encode())"
    )
    here = os.path.dirname(__file__)  # noqa: PTH120 - as a string for the other process
    outputs = [
        subprocess.run(
            [sys.executable, "-c", program, here],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout.decode()
        for seed in ("1", "2")
    ]
    assert outputs[0] == outputs[1] == "".join(f.svg for f in figures("Почта").values())


def test_the_settings_of_the_user_change_nothing_and_are_left_alone() -> None:
    usual = figures()
    mine = {"svg.fonttype": "path", "font.size": 30, "savefig.bbox": "tight", "path.snap": False}
    mine |= {"lines.scale_dashes": False, "path.sketch": (1, 100, 2), "text.color": "red"}
    with mpl.rc_context(mine):
        assert figures() == usual
        assert mpl.rcParams["savefig.bbox"] == "tight"


def test_scripts_that_inter_lacks_draw_without_a_warning() -> None:
    row = DumbbellRow(
        "日本語の部品と長い名前のためのとても長い見出し", 8, 10, True, True, "breached", "注記"
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = tolerance_dumbbell([row])
    assert "日本語" in words(figure)


def test_no_rows() -> None:
    for empty in (
        tolerance_dumbbell([]),
        outage_timeline([], horizon_hours=24),
        dependency_picture([], []),
    ):
        assert "nothing to show" in words(empty)


def test_the_check_of_the_other_tests_bites() -> None:
    canvas = Canvas(50)
    canvas.height = 20
    canvas.text((1, 10), "one", LABEL, owner="a")
    canvas.text((2, 11), "two", LABEL)
    canvas.text((48, 10), "clipped", LABEL)
    canvas.claim(Area(0, 8, 5, 12, "a"))
    found = clashes(canvas)
    assert "'one' and 'two' overlap" in found
    assert any("'clipped' leaves the sheet" in line for line in found)
    assert "'two' of '' lies on 'a'" in found
    assert len(found) == 3
