"""What no single value shows: dangling references, impossible and contradictory facts."""

from collections.abc import Iterator
from datetime import date

from riskmap.loading.document import report
from riskmap.loading.exit_order import check_exit_order
from riskmap.loading.facts import complaints
from riskmap.loading.problems import Problems, nearest
from riskmap.loading.references import Reference, kinds, references, singular
from riskmap.loading.shape import ProviderShape
from riskmap.loading.validation import RawEntry, RawFile

MAX_COMPARED = 300_000
"""Ids compared for spelling in one run; keeps a huge broken model from taking minutes."""


def check_consistency(files: list[RawFile], as_of: date | None, problems: Problems) -> None:
    """Record everything that does not fit together across all files of one model."""
    _check_unique(files, problems)
    checker = _ReferenceChecker(files, problems)
    for file in files:
        for entry in file.entries:
            checker.check(entry)
            here = (entry.section, entry.id)
            for path, code, message, hint in complaints(entry, as_of):
                report(problems, entry.document, (*here, *path), code, message, hint=hint)
    _check_functions(files, problems)
    _check_parents(files, problems)
    check_exit_order(files, problems)


def _check_functions(files: list[RawFile], problems: Problems) -> None:
    if any(entry.section == "functions" for file in files for entry in file.entries):
        return
    if any(file.incomplete or file.broken for file in files):
        return
    main = files[0].document
    written = "functions" in main.root
    report(
        problems,
        main,
        ("functions",) if written else (),
        "missing-key",
        "the model has no function: nothing says what must be kept going",
        hint="add 'functions:' with at least one entry and what it needs",
        at_key=written,
    )


def _check_unique(files: list[RawFile], problems: Problems) -> None:
    first: dict[str, RawEntry] = {}
    for file in files:
        for entry in file.entries:
            other = first.setdefault(entry.id, entry)
            if other is entry:
                continue
            place = other.document.where((other.section, other.id))
            report(
                problems,
                entry.document,
                (entry.section, entry.id),
                "duplicate-id",
                f"the id {entry.id!r} is already {singular(other.section)}, at "
                f"{place.file}:{place.line}",
                hint="every id is used once in the whole model; rename one of them",
                at_key=True,
            )


class _ReferenceChecker:
    """Holds what may be named, and says what was probably meant by a dangling name."""

    def __init__(self, files: list[RawFile], problems: Problems) -> None:
        self._problems = problems
        entries = [entry for file in files for entry in file.entries]
        self._sections = {entry.id: entry.section for entry in entries}
        self._titles = {
            entry.shape.title.casefold(): entry.id for entry in entries if entry.shape.title
        }
        self._broken = {entry_id for file in files for entry_id in file.broken}
        self._incomplete = any(file.incomplete for file in files)
        self._fitting: dict[frozenset[str], list[str]] = {}
        self._compared = 0

    def check(self, entry: RawEntry) -> None:
        """Record every mention in ``entry`` of what does not exist or does not fit."""
        for reference in references(entry):
            section = self._sections.get(reference.target)
            if section in reference.allowed or reference.target in self._broken:
                continue
            if not reference.target.strip():
                continue  # refused as empty text already
            if section is None and self._incomplete:
                continue  # it may stand in what could not be read
            if self._problems.full:
                self._problems.leave_out()
                continue
            self._complain(entry, reference, section)

    def _complain(self, entry: RawEntry, reference: Reference, section: str | None) -> None:
        wanted = kinds(reference.allowed)
        if section is not None:
            code = "wrong-kind"
            message = f"{reference.target!r} is {singular(section)}; here it must be {wanted}"
            hint = self._instead(reference, section)
        else:
            code = "unknown-id"
            message = f"nothing here has the id {reference.target!r}"
            hint = self._suggest(reference) or f"add it as {wanted}"
        report(
            self._problems,
            entry.document,
            reference.path,
            code,
            message,
            hint=hint,
            at_key=reference.at_key,
        )

    def _instead(self, reference: Reference, section: str) -> str:
        """Say what may be named in the place of an entry of the wrong kind."""
        if section == "contingencies" and "needs" in reference.path:
            return f"let {reference.target!r} cover it instead: write 'covers:' there"
        if section == "contracts" and "needs" in reference.path:
            return "name the service itself; its contract names it under 'covers'"
        if "providers" in reference.allowed and "third_parties" not in reference.allowed:
            return "name the organisation behind it, as it stands under 'providers:'"
        return f"name {kinds(reference.allowed)}"

    def _suggest(self, reference: Reference) -> str:
        target = reference.target
        parts = [part.strip() for part in target.split(",")]
        if len(parts) > 1 and all(part in self._sections for part in parts):
            return f"write a list: [{', '.join(parts)}]"
        titled = self._titles.get(target.strip().casefold())
        if titled is not None:
            return f"that is the title of {titled!r}; write its id"
        fitting = self._fitting.get(reference.allowed)
        if fitting is None:
            fitting = [name for name, home in self._sections.items() if home in reference.allowed]
            self._fitting[reference.allowed] = fitting
        self._compared += len(fitting)
        near = nearest(target, fitting) if self._compared <= MAX_COMPARED else ()
        return f"did you mean {near[0]!r}?" if near else ""


def _check_parents(files: list[RawFile], problems: Problems) -> None:
    """Refuse an ownership chain that leads back to itself, once for each such ring."""
    owned: dict[str, tuple[RawEntry, str]] = {}
    for file in files:
        for entry in file.entries:
            if isinstance(entry.shape, ProviderShape) and entry.shape.parent is not None:
                owned[entry.id] = (entry, entry.shape.parent)
    for ring in _rings({name: parent for name, (_, parent) in owned.items()}):
        start = min(ring)
        entry, _ = owned[start]
        at = ring.index(start)
        chain = " > ".join([*ring[at:], *ring[:at], start][:6])
        report(
            problems,
            entry.document,
            ("providers", start, "parent"),
            "contradiction",
            f"by its parents {start!r} would own itself: {chain}",
            hint="whoever stands at the top has no parent",
        )


def _rings(parents: dict[str, str]) -> Iterator[list[str]]:
    done: set[str] = set()
    for start in sorted(parents):
        chain: dict[str, int] = {}
        current = start
        while current in parents and current not in done and current not in chain:
            chain[current] = len(chain)
            current = parents[current]
        if current in chain:
            yield list(chain)[chain[current] :]
        done.update(chain)
