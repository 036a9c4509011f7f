"""Which characters a report may show: those some font has, and none that reorder or hide text.

Inter, which ships, has Latin, Greek and Cyrillic. For the rest a PDF takes whatever font is
installed; a character that none has would print as an empty box, so it is an error before
anything is rendered. WeasyPrint sets the words of figures letter by letter, which misspells what
runs from right to left or joins, so that is an error too; a browser sets both.
"""

import ctypes
import ctypes.util
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from html import unescape
from typing import Any

from riskmap.errors import OutputError
from riskmap.model import Model
from riskmap.resources import reports_dir

FACE = "Inter-Regular.otf"
"""All shipped weights have the same characters."""
_SECTIONS = {
    "functions": "function",
    "services": "service",
    "third_parties": "third party",
    "providers": "provider",
    "contracts": "contract",
    "contingencies": "contingency",
    "scenarios": "scenario",
    "treatments": "treatment",
}
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_UNSEEN = dict.fromkeys([0xFEFF, *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080)])
_DROPPED: dict[int, str | None] = {**_TURNING, **_UNSEEN, 0x2028: " ", 0x2029: " "}
_MOST_NAMED = 5
_DRAWN = re.compile(r"<text\b[^>]*>([^<]*)</text>")


def visible(text: str) -> str:
    r"""Leave out what would turn the words around it, or hide words within it; join accents.

    Unicode's embeddings, overrides and isolates reach beyond the name they stand in, into our own
    sentence (UAX #9); tags show nothing at all. Letters that run from right to left do so without.

    >>> visible("a\u202eb\u2066c\U000e0041")
    'abc'
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text.translate(_DROPPED))


def check_characters(page: str, model: Model) -> None:
    """Make sure that every character of a page can be printed.

    Parameters
    ----------
    page : str
        The page, tags and all.
    model : Model
        Where the entry that holds a character is looked for.

    Raises
    ------
    OutputError
        Names each missing character and where it stands.
    """
    missing = [c for c in sorted(set(page) - _shipped()) if _shows(c) and not _installed(c)]
    if missing:
        raise OutputError(
            f"no font has {_these(missing, model)}",
            "install a font that has it (on Debian: fonts-noto-core, fonts-noto-cjk), write it in"
            " other letters, or write HTML: a browser uses the fonts of its reader",
        )
    drawn = {character for words in _DRAWN.findall(page) for character in unescape(words)}
    joined = sorted(filter(_joins, drawn))
    if joined:
        raise OutputError(
            f"the figures of a PDF cannot set {_these(joined, model)}",
            "give it a title in other letters, or write HTML: a browser sets all scripts",
        )


def _these(characters: Sequence[str], model: Model) -> str:
    """Name characters, and where each of them stands."""
    named = [f"{_name(c)} in {_where(c, model)}" for c in characters[:_MOST_NAMED]]
    more = len(characters) - len(named)
    rest = f"; and {more} more" if more else ""
    what = "this character" if len(characters) == 1 else "these characters"
    return f"{what}: {'; '.join(named)}{rest}"


def _joins(character: str) -> bool:
    """Tell whether a letter runs from right to left, or stands on or around another."""
    leftwards = unicodedata.bidirectional(character) in {"R", "AL", "AN"}
    return leftwards or (unicodedata.category(character) in {"Mn", "Mc"} and _shows(character))


@cache
def _shipped() -> frozenset[str]:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(reports_dir() / "fonts" / FACE, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def _shows(character: str) -> bool:
    """Tell whether a character has a shape: not spaces, joiners, marks of direction, selectors."""
    selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    kind = unicodedata.category(character)
    return not (selector or character.isspace() or kind == "Cf" or character == "\u034f")


def _name(character: str) -> str:
    name = unicodedata.name(character, "a character without a name").lower()
    shown = f"{character} " if character.isprintable() else ""
    return f"{shown}(U+{ord(character):04X}, {name})"


def _where(character: str, model: Model) -> str:
    """Name the entries that hold a character, the first ones of the model."""
    found = [
        f"the {what} {entry.id!r}"
        for section, what in _SECTIONS.items()
        for entry in getattr(model, section)
        if any(character in text for text in _texts(entry))
    ]
    if character in model.organisation:
        found.insert(0, "'organisation'")
    if not found:
        return "the brand's name or classification"
    more = len(found) - 2
    return ", ".join(found[:2]) + (f" and {more} more" if more > 0 else "")


def _texts(value: Any) -> Iterator[str]:
    """Yield every text within an entry."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
    elif isinstance(value, dict):
        yield from _each(value)
        yield from _each(value.values())
    elif isinstance(value, tuple | list | frozenset):
        yield from _each(value)


def _each(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        yield from _texts(value)


class _FontSet(ctypes.Structure):
    """``FcFontSet``: how many fonts, room for how many, and where they are."""

    _fields_ = (("count", ctypes.c_int), ("room", ctypes.c_int), ("fonts", ctypes.c_void_p))


@cache
def _fontconfig() -> Any:
    """Load the library by which Pango finds fonts."""
    name = ctypes.util.find_library("fontconfig") or "libfontconfig.so.1"
    try:
        library = ctypes.CDLL(name)
    except OSError as error:
        raise OutputError("the library fontconfig is not installed", "install Pango") from error
    for function in ("FcCharSetCreate", "FcPatternCreate", "FcObjectSetCreate", "FcFontList"):
        getattr(library, function).restype = ctypes.c_void_p
    return library


@cache
def _installed(character: str) -> bool:
    """Tell whether an installed font that a PDF may embed as outlines has a character."""
    library, pointer = _fontconfig(), ctypes.c_void_p
    characters, pattern = pointer(library.FcCharSetCreate()), pointer(library.FcPatternCreate())
    objects = pointer(library.FcObjectSetCreate())
    library.FcCharSetAddChar(characters, ctypes.c_uint32(ord(character)))
    library.FcPatternAddCharSet(pattern, b"charset", characters)
    library.FcPatternAddBool(pattern, b"outline", 1)
    found = pointer(library.FcFontList(None, pattern, objects))
    count = _FontSet.from_address(found.value).count if found.value else 0
    if found.value:
        library.FcFontSetDestroy(found)
    library.FcObjectSetDestroy(objects)
    library.FcPatternDestroy(pattern)
    library.FcCharSetDestroy(characters)
    return bool(count)
