"""The colours of figures and pages: few, told apart by the colour-blind and in grey print.

Lightness falls from tolerable over strained to breached by less than a copier needs, so no state is
told by colour alone: each also has its own shape (:data:`SHAPE`), and what is untested is hollow,
what nobody contracted is dashed, what is degraded is hatched.
"""

from collections.abc import Mapping
from types import MappingProxyType

INK = "#1b2430"
"""Text, marks of what was promised, boxes of functions."""
SLATE = "#4a5563"
"""Secondary text: 7.6 to 1 on white."""
MUTED = "#6b7480"
"""Captions and axis labels: 4.8 to 1 on white."""
QUIET = "#98a2ad"
"""Lines and outlines of what is not the point."""
RULE = "#e2e5e9"
"""Grid lines and hairlines."""
WASH = "#f4f5f7"
"""Backgrounds of bands and boxes."""
PAPER = "#ffffff"

BREACH = "#b5422c"
"""Outside tolerance, failed, the lit path."""
BREACH_WASH = "#f6e4df"
STRAIN = "#c08a00"
"""Late but within tolerance, degraded."""
STRAIN_TEXT = "#8a6300"
"""The same said in words: dark enough to read on white."""
STRAIN_WASH = "#fbf1d9"
CALM = "#2c7a5a"
"""Within objectives, carried by a fallback."""
CALM_WASH = "#dfeee7"

VERDICT: Mapping[str, str] = MappingProxyType(
    {"tolerable": CALM, "strained": STRAIN, "breached": BREACH, "unbounded": BREACH}
)
"""Colour of the mark of a verdict."""

VERDICT_TEXT: Mapping[str, str] = MappingProxyType(
    {"tolerable": CALM, "strained": STRAIN_TEXT, "breached": BREACH, "unbounded": BREACH}
)
"""Colour of words about a verdict."""

SHAPE: Mapping[str, str] = MappingProxyType(
    {"tolerable": "circle", "strained": "diamond", "breached": "triangle", "unbounded": "arrow"}
)
"""Shape of the mark of a verdict; pages print the same as ● ◆ ▲ ▶."""
