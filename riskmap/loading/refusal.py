"""Refusing one value: the code, the message and the hint that the user will read."""

from typing import Any

from pydantic_core import PydanticCustomError

_LONGEST = 60
"""Characters of a value shown in a message; fits a line of a terminal."""


def fail(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """Build the error of one scalar: ``code`` as shown to users, message and hint in words."""
    return PydanticCustomError(
        code,
        "{text}",
        {"text": message, "hint": hint},
    )


def show(value: Any) -> str:
    """Name a value in a message the way it was written, shortened when it is long.

    >>> show("x"), show(True), show(["a"]), show({})
    ("'x'", 'true', 'a list', 'a group of facts')
    """
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a group of facts"
    if isinstance(value, list):
        return "a list"
    text = repr(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."
