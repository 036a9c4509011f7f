"""What no single value shows: dangling references, impossible and contradictory facts."""

from collections.abc import Iterator
from datetime import date

from riskmap.loading.compose import RawModel, unknown_in_library
from riskmap.loading.document import Path, report
from riskmap.loading.exit_order import check_exit_order
from riskmap.loading.facts import complaints
from riskmap.loading.problems import Problems, nearest
from riskmap.loading.references import Reference, kinds, references, singular
from riskmap.loading.shape import ProviderShape, ThirdPartyShape
from riskmap.loading.validation import RawEntry
from riskmap.model import SEPARATOR

MAX_COMPARED = 300_000
"""Ids compared for spelling in one run; keeps a huge broken model from taking minutes."""


def check_consistency(raw: RawModel, as_of: date | None, problems: Problems) -> None:
    """Record everything that does not fit together across all files of one model."""
    check_entries(raw, as_of, problems)
    _check_functions(raw, problems)
    _check_not_applicable(raw, problems)


def check_entries(raw: RawModel, as_of: date | None, problems: Problems) -> None:
    """Record everything that does not fit together among entries."""
    checker = _ReferenceChecker(raw, problems)
    for entry in raw.entries:
        checker.check(entry)
        here = (entry.section, entry.id)
        for path, code, message, hint in complaints(entry, as_of):
            more = _changed_elsewhere(entry, (*here, *path))
            report(problems, entry.document, (*here, *path), code, message, hint=hint + more)
    _check_parents(raw, problems)
    check_exit_order(raw.entries, problems)
    _check_old_ids(raw, problems)


def _changed_elsewhere(entry: RawEntry, path: Path) -> str:
    """Say which other file changes an entry, where the offending text does not stand in it."""
    if not entry.document.merged:
        return ""
    changed, found = entry.document.where(entry.body.path), entry.document.where(path)
    if changed.file == found.file:
        return ""
    return f"; {entry.id!r} is changed at {changed.file}:{changed.line}"


def _check_functions(raw: RawModel, problems: Problems) -> None:
    if any(entry.section == "functions" for entry in raw.entries):
        return
    if any(file.incomplete or file.broken for file in raw.files):
        return
    main = raw.files[0].document
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


class _ReferenceChecker:
    """Holds what may be named, and says what was probably meant by a dangling name."""

    def __init__(self, raw: RawModel, problems: Problems) -> None:
        self._problems = problems
        self._raw = raw
        entries = raw.entries
        self._sections = {entry.id: entry.section for entry in entries}
        self._titles = {
            entry.shape.title.casefold(): entry.id for entry in entries if entry.shape.title
        }
        self._broken = {entry_id for file in raw.files for entry_id in file.broken}
        self._incomplete = any(file.incomplete for file in raw.files)
        self._fitting: dict[frozenset[str], list[str]] = {}
        self._compared = 0

    def check(self, entry: RawEntry) -> None:
        """Record every mention in ``entry`` of what does not exist or does not fit."""
        for reference in references(entry.body):
            section = self._sections.get(reference.target)
            if SEPARATOR in reference.target and not self._may_name(entry, reference):
                continue
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

    def _may_name(self, entry: RawEntry, reference: Reference) -> bool:
        """Tell whether a mention of the library may stand; complain where it may not."""
        library = self._raw.library
        if reference.target.partition(SEPARATOR)[0] not in library.names:
            return True  # no mention of the library
        (home, _), _ = entry.document.find(reference.path)
        offered = frozenset(library.names) if home.shipped else self._raw.offered
        told = unknown_in_library(reference.target, library, offered)
        if told is not None:
            code, message, hint = told
            at_key = reference.at_key
            path = reference.path
            report(self._problems, entry.document, path, code, message, hint=hint, at_key=at_key)
        return told is None

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
        if target in self._raw.removed:
            gone = self._raw.removed[target]
            return f"it is taken away at {gone.file}:{gone.line}; say there what to need instead"
        for name in sorted(self._raw.offered):
            if self._raw.library.body(f"{name}{SEPARATOR}{target}") is not None:
                return f"did you mean {name + SEPARATOR + target!r}, from the library?"
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


def _check_parents(raw: RawModel, problems: Problems) -> None:
    """Refuse an ownership chain that leads back to itself, once for each such ring."""
    owned: dict[str, tuple[RawEntry, str]] = {}
    for entry in raw.entries:
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


def _check_old_ids(raw: RawModel, problems: Problems) -> None:
    """Refuse an old id that is still in use, or that two entries claim."""
    present = {entry.id for entry in raw.entries}
    claimed: dict[str, str] = {}
    for entry in raw.entries:
        old = entry.shape.was
        if old is None:
            continue
        first = claimed.setdefault(old, entry.id)
        if old in present:
            message = f"{old!r} is still an id of this model"
            hint = "'was' is for what has another id now; take it out"
        elif first != entry.id:
            message = f"{first!r} says already that it was {old!r}"
            hint = "only one of them can be compared with it; keep that one"
        else:
            continue
        path = (entry.section, entry.id, "was")
        report(problems, entry.document, path, "contradiction", message, hint=hint)


def _check_not_applicable(raw: RawModel, problems: Problems) -> None:
    """Refuse to call a kind of third party not applicable that the user's own model has."""
    kinds: dict[str, str] = {}
    for entry in raw.entries:
        if isinstance(entry.shape, ThirdPartyShape) and not entry.document.shipped:
            kinds.setdefault(entry.shape.kind or "", entry.id)
    said: set[str] = set()  # the file that includes or extends comes first and has the last word
    for file in raw.files:
        for kind, why in file.header.get("not_applicable", {}).items():
            if why is not None and kind in kinds and kind not in said:
                message = f"{kinds[kind]!r} is of this kind, so it does matter here"
                hint = f"take {kind!r} out, or correct the kind of {kinds[kind]!r}"
                path = ("not_applicable", kind)
                report(
                    problems, file.document, path, "contradiction", message, hint=hint, at_key=True
                )
            said.add(kind)
