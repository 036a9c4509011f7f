"""From a brand file to a brand: name, logo, colour, classification, language.

A colour that could not be read, and a picture that is more than a picture, are errors here, at
their line: a report is the wrong place to find out.
"""

import re
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from riskmap.loading.document import Document, report
from riskmap.loading.fields import Shape
from riskmap.loading.logo import BadLogoError, read_logo
from riskmap.loading.problems import Problems
from riskmap.loading.quantities import Text, parse_text
from riskmap.loading.refusal import fail, show
from riskmap.loading.settings import VERSION, read_settings
from riskmap.model import LANGUAGES, LEAST_CONTRAST, PLAIN, Brand, Logo, contrast, darker

PAPER = "#ffffff"
LONGEST_NAME, LONGEST_LINE = 80, 40
"""Characters that fit above a page, of the organisation and of the classification."""
_BEGIN = "a brand starts with 'riskmap_brand: 1'; docs/reports.md shows a whole one"


def _colour(value: Any) -> str:
    """Read a colour, and refuse one that white text on it, or it on white, could not be read."""
    text = parse_text(value).lower()
    if re.fullmatch(r"#[0-9a-f]{3}", text):
        text = "#" + "".join(2 * digit for digit in text[1:])
    if not re.fullmatch(r"#[0-9a-f]{6}", text):
        hint = "write it in quotes as '#rrggbb': '#1f5a8c'"
        raise fail("bad-value", f"{show(value)} is not a colour", hint)
    ratio = contrast(text, PAPER)
    if ratio < LEAST_CONTRAST:
        shown = int(ratio * 10) / 10  # never up to the limit
        message = f"{text} cannot be read on white, nor white on it: {shown} to 1"
        hint = f"at least {LEAST_CONTRAST} to 1 is needed; its lightest shade that has it:"
        raise fail("low-contrast", message, f"{hint} '{darker(text, PAPER)}'")
    return text


def _within(most: int) -> BeforeValidator:
    def check(value: Any) -> str:
        text = parse_text(value)
        if len(text) > most:
            message = f"this is {len(text)} characters long"
            raise fail("too-long", message, f"above a page there is room for {most}")
        return text

    return BeforeValidator(check)


def _language(value: Any) -> str:
    text = parse_text(value)
    if text not in LANGUAGES:
        hint = f"one of: {', '.join(LANGUAGES)}"
        raise fail("bad-value", f"reports are not written in {show(text)}", hint)
    return text


class BrandShape(Shape):
    """How an organisation's reports look; what is left out is as shipped."""

    riskmap_brand: Annotated[int, Field(strict=True)] = Field(
        VERSION, description="Version of the format."
    )
    name: Annotated[str | None, _within(LONGEST_NAME)] = Field(
        None, description="The organisation's name; left out: as in the model."
    )
    logo: Text | None = Field(None, description="A PNG or SVG file, from the folder of this file.")
    accent: Annotated[str | None, BeforeValidator(_colour)] = Field(
        None, description="Colour of lines and labels, as '#rrggbb'."
    )
    classification: Annotated[str, _within(LONGEST_LINE)] = Field(
        PLAIN.classification, description="Who may read it; stands on every page."
    )
    language: Annotated[str, BeforeValidator(_language)] = Field(
        PLAIN.language, description="Language of the report."
    )


def load_brand(path: Path) -> Brand:
    """Read a brand file and the logo it names.

    Raises
    ------
    ModelError
        With all problems found, each at its line.
    """
    problems = Problems()
    document, shape = read_settings(path, BrandShape, "brand", _BEGIN, problems)
    _colour_without_quotes(document, problems)
    logo = None if shape.logo is None else _logo(document, path.parent / shape.logo, problems)
    problems.raise_if_any()
    return Brand(
        name=shape.name,
        logo=logo,
        accent=shape.accent,
        classification=shape.classification,
        language=shape.language,
    )


def _colour_without_quotes(document: Document, problems: Problems) -> None:
    """Refuse ``accent: #1f5a8c``, of which YAML reads no more than the key."""
    root = document.root
    if isinstance(root, dict) and "accent" in root and root["accent"] is None:
        hint = "put the colour in quotes ('#1f5a8c'): what follows a bare # is a comment"
        message = "'accent' has no value"
        report(problems, document, ("accent",), "bad-value", message, hint=hint, at_key=True)


def _logo(document: Document, path: Path, problems: Problems) -> Logo | None:
    try:
        return read_logo(path)
    except BadLogoError as error:
        report(problems, document, ("logo",), "bad-logo", str(error), hint=error.hint)
    return None
