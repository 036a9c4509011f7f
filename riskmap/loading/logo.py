"""Looking through a logo: it must be a picture, and nothing but a picture.

An SVG is a program to whoever opens it. Only shapes and their colours pass: no scripts, no events,
no addresses, no text (which would need a font), no entities.
"""

import re
import struct
import zlib
from pathlib import Path
from xml.parsers import expat

from riskmap.model import Logo

MAX_BYTES = 1_000_000
MAX_SIDE = 4000
"""Pixels."""

_PNG = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Samples of a pixel by colour type (PNG, section 11.2.1)."""
_ELEMENTS = frozenset(
    (
        *("svg", "g", "defs", "title", "desc", "metadata", "style"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("linearGradient", "radialGradient", "stop", "clipPath"),
    )
)
_TEXT = frozenset(("text", "tspan", "textPath"))
_OUTSIDE = re.compile(r"url\s*\(\s*['\"]?\s*(?!#)|@|\\|javascript:|expression", re.IGNORECASE)
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"


class BadLogoError(Exception):
    """A logo that cannot be used; says why and what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        self.hint = hint
        super().__init__(message)


def read_logo(path: Path) -> Logo:
    """Read a picture.

    Raises
    ------
    BadLogoError
        When it is not there, too large, no PNG or SVG, broken, or holds more than a picture.
    """
    try:
        if not path.is_file():
            hint = "give its path from the folder of this file"
            raise BadLogoError(f"there is no file {str(path)!r}", hint)
        if path.stat().st_size > MAX_BYTES:
            message = f"the logo is larger than {MAX_BYTES // 1_000_000} MB"
            raise BadLogoError(message, "save it smaller; printed, it is 3 cm wide")
        data = path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise BadLogoError(f"the logo cannot be read: {reason}") from None
    if data.startswith(_PNG):
        _check_png(data)
        return Logo("image/png", data)
    if re.match(rb"(\xef\xbb\xbf)?\s*<(\?xml|!|svg)", data):
        _check_svg(data)
        return Logo("image/svg+xml", data)
    raise BadLogoError("the logo is neither a PNG nor an SVG picture", "save it as PNG or SVG")


def _check_png(data: bytes) -> None:
    """Walk the chunks of a PNG and unpack its pixels once."""
    broken = BadLogoError("the logo is a broken PNG", "save it again; was it cut off?")
    at, pixels, header = len(_PNG), b"", b""
    while data[at + 4 : at + 8] != b"IEND":
        if at + 12 > len(data):
            raise broken
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        if data[at + 8 + length : at + 12 + length] != zlib.crc32(kind + body).to_bytes(4):
            raise broken
        header = header or (body if kind == b"IHDR" else b"")
        pixels += body if kind == b"IDAT" else b""
        at += 12 + length
    if len(header) != 13 or header[9] not in _CHANNELS:
        raise broken
    width, height, depth = struct.unpack(">IIB", header[:9])
    if not 0 < max(width, height) <= MAX_SIDE:
        message = f"the logo has {width} x {height} pixels"
        raise BadLogoError(message, f"save it with at most {MAX_SIDE} pixels a side")
    expected = height * (1 + (width * depth * _CHANNELS[header[9]] + 7) // 8)
    unpacker = zlib.decompressobj()
    try:
        # An interlaced picture has up to 15 more part rows for each 8 rows.
        unpacked = unpacker.decompress(pixels, 3 * expected + 64)
    except zlib.error:
        raise broken from None
    if not unpacker.eof or len(unpacked) < expected:
        raise broken


def _check_svg(data: bytes) -> None:
    try:
        _SvgReader().read(data)
    except expat.ExpatError as error:
        raise BadLogoError(f"the logo is a broken SVG: {error}", "save it again") from None


class _SvgReader:
    """Reads an SVG to its end and stops at the first thing that is no shape and no colour."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._open: list[str] = []

    def read(self, data: bytes) -> None:
        self._parser.Parse(data, True)

    def _refuse(self, what: str, hint: str = "keep shapes and colours only") -> None:
        line = self._parser.CurrentLineNumber
        raise BadLogoError(f"the logo holds {what} (line {line} of the SVG)", hint)

    def _doctype(self, *_: object) -> None:
        self._refuse("a DOCTYPE", "delete it: an SVG needs none")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        if not self._open and (space, tag) != (_SVG, "svg"):
            self._refuse(f"<{tag}> where <svg> should be", "save it as plain SVG")
        self._open.append(name)
        if space == _SVG and tag in _TEXT:
            self._refuse("text, which would need its font", "turn the text into paths ('outlines')")
        if space == _SVG and tag not in _ELEMENTS:
            self._refuse(f"<{tag}>")
        for key, value in attributes.items():
            self._attribute(key, value)

    def _attribute(self, key: str, value: str) -> None:
        space, _, name = key.rpartition(" ")
        if name.casefold().startswith("on"):
            self._refuse(f"a script ({name})", "save it as plain SVG, without scripts")
        if name == "href" and space in {"", _XLINK} and not value.startswith("#"):
            self._refuse("a link to something outside of it")
        if not space and _OUTSIDE.search(value):
            self._refuse(f"something outside of it ({name})")

    def _end(self, _: str) -> None:
        self._open.pop()

    def _text(self, words: str) -> None:
        if self._open[-1:] == [f"{_SVG} style"] and _OUTSIDE.search(words):
            self._refuse("a style that reaches outside of it")
