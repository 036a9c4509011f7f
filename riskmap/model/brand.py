"""How an organisation's reports present themselves: its name, logo, colour and classification.

Settings of the paper, not of the model: they change nothing that is found or said.
"""

from dataclasses import dataclass, field

LANGUAGES = ("en",)
"""Languages that reports are written in."""
LEAST_CONTRAST = 4.5
"""Least contrast of text to what it stands on (WCAG 2.2, success criterion 1.4.3)."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture that was looked through and holds nothing but a picture.

    Attributes
    ----------
    media_type : str
        ``image/png`` or ``image/svg+xml``.
    """

    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """The look of one organisation.

    Attributes
    ----------
    name : str or None
        Stands for the model's ``organisation`` on reports.
    accent : str or None
        Colour of the line above the first heading and of labels, as ``#rrggbb``.
    classification : str
        Who may read the report; printed on every page.
    language : str
        One of :data:`LANGUAGES`.
    """

    name: str | None = None
    logo: Logo | None = None
    accent: str | None = None
    classification: str = "Confidential"
    language: str = "en"


PLAIN = Brand()
"""The look of an organisation that set none."""


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours given as ``#rrggbb``, from 1 to 21.

    WCAG 2.2, "contrast ratio" and "relative luminance", https://www.w3.org/TR/WCAG22/.

    >>> contrast("#000000", "#ffffff"), round(contrast("#777777", "#ffffff"), 2)
    (21.0, 4.48)
    """
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def darker(colour: str, paper: str, least: float = LEAST_CONTRAST) -> str:
    """Return the lightest shade of a colour that can be read on ``paper``.

    >>> darker("#ffcc00", "#ffffff"), darker("#003366", "#ffffff")
    ('#907300', '#003366')
    """
    channels = _channels(colour)
    for part in range(255, 0, -1):
        shade = "#" + "".join(f"{channel * part // 255:02x}" for channel in channels)
        if contrast(shade, paper) >= least:
            return shade
    return "#000000"


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def _luminance(colour: str) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
