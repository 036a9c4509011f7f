"""What a plain YAML scalar means: the YAML 1.2 core schema, minus its surprises.

``no``, ``on``, ``010``, ``1:30`` and ``2012-05-14`` stay text; only ``true`` and ``false`` are
booleans (YAML 1.2.2, section 10.3). PyYAML's own resolver follows YAML 1.1 and would read a
country ``NO`` as False.
"""

import re

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_INT = re.compile(r"[-+]?(0|[1-9][0-9]{0,999})\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_NON_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)\Z|\.(nan|NaN|NAN)\Z")

Scalar = str | int | float | bool | None


def resolve_plain(text: str) -> Scalar:
    """Return the value of an unquoted scalar.

    >>> [resolve_plain(t) for t in ("no", "010", "1:30", "true", "8", "1e-4", "~")]
    ['no', '010', '1:30', True, 8, 0.0001, None]
    """
    if text in _NULL:
        return None
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    if _INT.match(text):
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    if _NON_FINITE.match(text):
        return float(text.replace(".", "").lower())
    return text
