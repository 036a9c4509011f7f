"""Brand files: what holds, and everything wrong with one, or with its logo, at its line."""

import struct
import zlib
from pathlib import Path

import pytest

from riskmap.errors import ModelError
from riskmap.loading.brand import load_brand
from riskmap.loading.logo import MAX_BYTES
from riskmap.model import PLAIN, Brand, contrast, darker
from riskmap.report.figures import palette

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">%s</svg>'


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 2, height: int = 2, rows: bytes | None = None) -> bytes:
    pixels = zlib.compress((b"\0" + b"\x7f\x1f\x5c" * width) * height if rows is None else rows)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (chunk(b"IHDR", header), chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    )


def read(folder: Path, text: str, logo: bytes | str | None = None) -> Brand:
    path = folder / "brand.yaml"
    path.write_text(f"riskmap_brand: 1\n{text}", encoding="utf-8")
    if logo is not None:
        (folder / "logo").write_bytes(logo.encode() if isinstance(logo, str) else logo)
    return load_brand(path)


def problems(folder: Path, text: str, logo: bytes | str | None = None) -> list[tuple]:
    with pytest.raises(ModelError) as raised:
        read(folder, text, logo)
    found = raised.value.problems
    return [(p.code, p.location.line, p.location.column, p.message, p.hint) for p in found]


def test_all_settings(tmp_path: Path) -> None:
    text = "name: Ü & Co\nlogo: logo\naccent: '#1F5A8C'\nclassification: Board only\nlanguage: en\n"
    brand = read(tmp_path, text, png())
    assert (brand.name, brand.accent) == ("Ü & Co", "#1f5a8c")
    assert (brand.classification, brand.language) == ("Board only", "en")
    assert brand.logo is not None
    assert brand.logo.media_type == "image/png"
    assert read(tmp_path, "") == PLAIN


def test_an_svg_of_shapes_passes(tmp_path: Path) -> None:
    drawn = (
        "<style>.a{fill:#123456}</style><defs><linearGradient id='g'><stop offset='0'/>"
        "</linearGradient></defs><path class='a' fill='url(#g)' d='M0 0h9'/>"
    )
    brand = read(tmp_path, "logo: logo\n", f'<?xml version="1.0"?>\n{SVG % drawn}')
    assert brand.logo is not None
    assert brand.logo.media_type == "image/svg+xml"


def test_all_problems_at_once(tmp_path: Path) -> None:
    text = f"nam: x\nlogo: no.png\naccent: '#ffcc00'\nlanguage: xx\nname: {'n' * 81}\n"
    assert [(p[0], p[1]) for p in problems(tmp_path, text)] == [
        ("unknown-key", 2),
        ("bad-logo", 3),
        ("low-contrast", 4),
        ("bad-value", 5),
        ("too-long", 6),
    ]


@pytest.mark.parametrize(
    ("drawn", "said"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<path onload='x()' d='M0 0'/>", "a script (onload)"),
        ("<image href='http://example.com/x.png'/>", "<image>"),
        ("<use href='#a'/>", "<use>"),
        ("<foreignObject/>", "<foreignObject>"),
        ("<text>Name</text>", "text, which would need its font"),
        ("<path fill='url(http://example.com/#a)'/>", "outside of it (fill)"),
        ("<path style='fill:url( \"file:///etc/passwd\")'/>", "outside of it (style)"),
        ("<style>@import 'http://example.com/a.css';</style>", "reaches outside"),
        ("<style>path{fill:u\\72l(http://example.com)}</style>", "reaches outside"),
        (
            "<g xmlns:x='http://www.w3.org/1999/xlink' x:href='http://example.com'/>",
            "a link to something outside",
        ),
    ],
)
def test_an_svg_that_is_more_than_a_picture(tmp_path: Path, drawn: str, said: str) -> None:
    ((code, line, column, message, _),) = problems(tmp_path, "logo: logo\n", SVG % drawn)
    assert (code, line, column) == ("bad-logo", 2, 7)
    assert said in message


@pytest.mark.parametrize(
    ("logo", "said"),
    [
        (b"GIF89a", "neither a PNG nor an SVG"),
        (b"", "neither a PNG nor an SVG"),
        (b"x" * (MAX_BYTES + 1), "larger than 1 MB"),
        (png()[:40], "broken PNG"),
        (png().replace(b"IDAT", b"IDAX"), "broken PNG"),
        (png(rows=b"\0"), "broken PNG"),
        (png(4001, 1), "4001 x 1 pixels"),
        ("<svg", "broken SVG"),
        ("<svg/>", "<svg> should be"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG % "&a;", "a DOCTYPE"),
    ],
    ids=lambda value: value if isinstance(value, str) and "<" not in value else "file",
)
def test_a_file_that_is_no_logo(tmp_path: Path, logo: bytes | str, said: str) -> None:
    assert said in problems(tmp_path, "logo: logo\n", logo)[0][3]


def test_a_folder_is_no_logo(tmp_path: Path) -> None:
    assert problems(tmp_path, "logo: .\n")[0][0] == "bad-logo"


@pytest.mark.parametrize(
    ("colour", "ratio"),
    # Ratios of Google's published checker and of WCAG's own example, to two places.
    [("#000000", 21.0), ("#ffffff", 1.0), ("#767676", 4.54), ("#777777", 4.48), ("#ff0000", 4.0)],
)
def test_contrast_as_published(colour: str, ratio: float) -> None:
    assert contrast(colour, "#ffffff") == pytest.approx(ratio, abs=0.005)


def test_the_hint_is_the_lightest_shade_that_passes(tmp_path: Path) -> None:
    ((code, _, _, message, hint),) = problems(tmp_path, "accent: '#ffcc00'\n")
    assert code == "low-contrast"
    assert "1.5 to 1" in message
    shade = hint.rpartition("'")[0].rpartition("'")[2]
    assert read(tmp_path, f"accent: '{shade}'\n").accent == shade
    assert contrast(shade, palette.PAPER) < 4.6


@pytest.mark.parametrize("colour", ["#767676", "#000000", "#b5422c"])
def test_a_colour_that_passes_needs_no_other(colour: str) -> None:
    assert darker(colour, palette.PAPER) == colour


@pytest.mark.parametrize("written", ["#1f5a8c", "red", "'#12'", "[1]", "120"])
def test_what_is_no_colour(tmp_path: Path, written: str) -> None:
    ((code, line, _, _, hint),) = problems(tmp_path, f"accent: {written}\n")
    assert line == 2
    assert code in {"bad-value", "wrong-type"}
    assert "quotes" in hint or code == "wrong-type"


@pytest.mark.parametrize("text", ["", "- a\n", "riskmap: 1\n"])
def test_what_is_no_brand(tmp_path: Path, text: str) -> None:
    path = tmp_path / "brand.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ModelError) as raised:
        load_brand(path)
    assert raised.value.problems[0].code == "not-a-brand"
