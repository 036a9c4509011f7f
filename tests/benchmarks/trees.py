"""Coherent fault trees for the benchmarks: random ones, and reading and writing OpenPSA XML.

The Open-PSA Model Exchange Format is what SCRAM reads; only what coherent trees use is handled.
"""

import random
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from riskmap.analysis.exact.formula import FALSE, TRUE, Formulas


class UnsupportedTreeError(Exception):
    """The file holds something other than one coherent tree."""


@dataclass
class Tree:
    """Gates by name, as (kind, k, children), probabilities of events, constants, and the top."""

    name: str
    gates: dict[str, tuple[str, int, list[str]]] = field(default_factory=dict)
    p: dict[str, float] = field(default_factory=dict)
    constants: dict[str, bool] = field(default_factory=dict)
    top: str = ""

    def formulas(self) -> tuple[Formulas, int]:
        """Write the tree down as formulas."""
        formulas = Formulas()
        known = {name: TRUE if value else FALSE for name, value in self.constants.items()}
        for name in self.bottom_up():
            kind, count, children = self.gates[name]
            for child in children:
                if child not in known:
                    known[child] = formulas.variable(child)
            below = [known[child] for child in children]
            if kind == "or":
                known[name] = formulas.any_of(below)
            elif kind == "and":
                known[name] = formulas.all_of(below)
            else:
                known[name] = formulas.at_least(count, below)
        return formulas, known[self.top]

    def bottom_up(self) -> Iterator[str]:
        """Yield the gates below the top, children before parents."""
        seen = {self.top}
        stack = [(self.top, iter(self.gates[self.top][2]))]
        while stack:
            name, rest = stack[-1]
            for child in rest:
                if child in self.gates and child not in seen:
                    seen.add(child)
                    stack.append((child, iter(self.gates[child][2])))
                    break
            else:
                stack.pop()
                yield name


# -- random trees ------------------------------------------------------------------------------


def random_tree(seed: int) -> Tree:
    """Build a random coherent tree of 20 to 400 events with shared events and gates.

    Gates take what was made before them, mostly what is near; a part of their children is used
    elsewhere too. Between a tenth and three tenths of all arguments are shared.
    """
    source = random.Random(seed)
    events = source.choice([20, 40, 60, 90, 130, 180, 250, 320, 400])
    share_event = source.choice([0.05, 0.1, 0.2, 0.3])
    share_gate = source.choice([0.0, 0.03, 0.06, 0.1])
    votes = source.choice([0.0, 0.05, 0.15])
    scale = source.choice([0.001, 0.01, 0.1])
    tree = Tree(f"random-{seed}")
    names = [f"e{number}" for number in range(events)]
    tree.p = {name: round(source.uniform(0.05, 1) * scale, 6) for name in names}
    waiting, made = list(names), []
    while len(waiting) > 1:
        children = waiting[: source.choice([2, 2, 3, 3, 4, 5])]
        del waiting[: len(children)]
        for pool, chance in ((names, share_event), (made, share_gate)):
            children += [
                source.choice(pool) for _ in children[:3] if source.random() < chance and pool
            ]
        children = sorted(set(children))
        name = f"g{len(made)}"
        if len(children) > 2 and source.random() < votes:
            tree.gates[name] = ("atleast", source.randint(2, len(children) - 1), children)
        else:
            tree.gates[name] = (source.choice(["or", "and"]), 0, children)
        made.append(name)
        waiting.insert(source.randint(len(waiting) // 2, len(waiting)), name)
    tree.top = waiting[0]
    used = {child for gate in tree.bottom_up() for child in tree.gates[gate][2]}
    tree.p = {name: chance for name, chance in tree.p.items() if name in used}
    return tree


# -- OpenPSA XML -------------------------------------------------------------------------------


def write(tree: Tree, path: Path) -> None:
    """Write a tree as OpenPSA XML."""
    root = ET.Element("opsa-mef")
    fault_tree = ET.SubElement(root, "define-fault-tree", name="t")
    for name in reversed(list(tree.bottom_up())):
        kind, count, children = tree.gates[name]
        gate = ET.SubElement(fault_tree, "define-gate", name=name)
        body = ET.SubElement(gate, kind, {"min": str(count)} if kind == "atleast" else {})
        for child in children:
            ET.SubElement(body, "gate" if child in tree.gates else "basic-event", name=child)
    data = ET.SubElement(root, "model-data")
    for name, chance in tree.p.items():
        event = ET.SubElement(data, "define-basic-event", name=name)
        ET.SubElement(event, "float", value=repr(chance))
    ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def read(paths: Sequence[Path], name: str) -> Tree:
    """Read one coherent tree, its gates and probabilities spread over any number of files."""
    tree = Tree(name)
    for path in paths:
        root = ET.parse(path).getroot()  # noqa: S314 - written by us, or installed with SCRAM
        for tag in (
            "define-substitution",
            "define-CCF-group",
            "define-event-tree",
            "define-component",
        ):
            if root.find(f".//{tag}") is not None:
                raise UnsupportedTreeError(tag)
        for gate in root.iter("define-gate"):
            _gate(tree, gate.attrib["name"], _body(gate))
        for event in root.iter("define-basic-event"):
            number = event.find("float")
            if number is not None:
                tree.p[event.attrib["name"]] = float(number.attrib["value"])
        for event in root.iter("define-house-event"):
            constant = event.find("constant")
            tree.constants[event.attrib["name"]] = (
                constant is not None and constant.attrib["value"] == "true"
            )
    called = {child for _, _, children in tree.gates.values() for child in children}
    tops = [gate for gate in tree.gates if gate not in called]
    if len(tops) != 1:
        raise UnsupportedTreeError(f"{len(tops)} tops")
    tree.top = tops[0]
    return tree


def _body(gate: ET.Element) -> ET.Element:
    return next(child for child in gate if child.tag not in ("label", "attributes"))


def _gate(tree: Tree, name: str, body: ET.Element) -> None:
    """Add a gate; a formula inside a formula becomes a gate of its own."""
    if body.tag in ("event", "gate", "basic-event", "house-event"):
        tree.gates[name] = ("or", 0, [body.attrib["name"]])
        return
    if body.tag not in ("or", "and", "atleast"):
        raise UnsupportedTreeError(f"a gate of kind {body.tag}")
    children = []
    for number, child in enumerate(body):
        if "name" in child.attrib:
            children.append(child.attrib["name"])
        else:
            inner = f"{name}.{number}"
            _gate(tree, inner, child)
            children.append(inner)
    tree.gates[name] = (body.tag, int(body.attrib.get("min", "0")), children)
