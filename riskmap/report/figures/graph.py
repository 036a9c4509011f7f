"""What the dependency picture draws once everything is chosen and merged."""

from collections.abc import Mapping
from dataclasses import dataclass

from riskmap.report.figures.layering import Edge

KINDS = ("need", "covers", "alternative", "soft", "coupling")
"""Kinds of lines; the first of several prevails on a line they share."""


@dataclass(frozen=True, slots=True)
class Node:
    """A box, or with kind ``group`` what stands for several.

    Attributes
    ----------
    more : str
        What is said after the label however long that is, such as "and 14 more".
    """

    label: str
    kind: str
    lit: bool
    contracted: bool
    own: bool
    more: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Everything between two boxes.

    Attributes
    ----------
    forward, backward : bool
        Whether it has a head at its right, at its left end.
    """

    kind: str
    lit: bool
    forward: bool
    backward: bool
    label: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """Boxes in columns and the lines between, each from a column to one further right."""

    nodes: Mapping[str, Node]
    column: Mapping[str, int]
    lines: Mapping[Edge, Line]
