"""Putting the layers of a model on top of one another, and the library underneath.

Entries of several layers are merged by id. What a layer removes is gone before its own entries are
added, so that removing an id and writing it anew replaces an entry instead of changing it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from riskmap.errors import Location
from riskmap.loading.document import report
from riskmap.loading.layers import Layer
from riskmap.loading.library import PREFIX, Library
from riskmap.loading.merge import Body, merge_bodies
from riskmap.loading.problems import Problems, did_you_mean, nearest
from riskmap.loading.references import references, singular
from riskmap.loading.validation import RawEntry, RawFile, report_bad_id, validate_entry
from riskmap.model import SEPARATOR


@dataclass(slots=True)
class RawModel:
    """All that is written about one organisation, put together and validated.

    Attributes
    ----------
    files : list of RawFile
        The user's own, the main one first.
    entries : list of RawEntry
        Each id once, where nothing is wrong.
    library : Library
    offered : frozenset of str
        The files of the library that the user included.
    removed : dict of str to Location
        Ids that are gone, with the place that took them away.
    """

    files: list[RawFile]
    entries: list[RawEntry]
    library: Library
    offered: frozenset[str]
    removed: dict[str, Location] = field(default_factory=dict)


def compose(layers: list[Layer], library: Library, problems: Problems) -> RawModel:
    """Put the layers of a model together.

    Parameters
    ----------
    layers : list of Layer
        The newest first.
    """
    offered = {name: raw for layer in reversed(layers) for name, raw in layer.library.items()}
    stack = _Stack(layers, library, frozenset(offered), problems)
    for layer in reversed(layers):
        stack.add(layer)
    if offered:
        stack.bring_in()
    entries = [validate_entry(body, problems) for body in stack.bodies()]
    files = {id(file.document): file for layer in reversed(layers) for file in layer.files}
    order = [id(file.document) for layer in layers for file in layer.files]
    return RawModel(
        [files[key] for key in dict.fromkeys(order)],
        entries,
        library,
        frozenset(offered),
        stack.removed,
    )


class _Stack:
    """What stands on the layers added so far."""

    def __init__(
        self, layers: list[Layer], library: Library, offered: frozenset[str], problems: Problems
    ) -> None:
        self._library = library
        self._offered = offered
        self._problems = problems
        self._found: dict[str, Body] = {}
        self._refused: list[Body] = []
        files = [file for layer in layers for file in layer.files]
        self._unread = {entry_id for file in files for entry_id in file.broken}
        self._incomplete = any(file.incomplete for file in files)
        self.removed: dict[str, Location] = {}

    def bodies(self) -> Iterable[Body]:
        """Return every entry; those that could not be put together are there one by one."""
        return (*self._refused, *self._found.values())

    def add(self, layer: Layer) -> None:
        """Take away what a layer removes, and put its entries on top of the rest."""
        self._remove(layer.files[0])
        here: dict[str, Body] = {}
        for file in layer.files:
            for body in file.bodies:
                other = here.setdefault(body.id, body)
                if other is not body:
                    self._duplicate(body, other)
                    self._refused.append(body)
        for body in here.values():
            self._put(body)

    def _put(self, body: Body) -> None:
        from_library = SEPARATOR in body.id
        earlier = self._found.get(body.id)
        if earlier is None and from_library:
            earlier = self._offer(body)
        if earlier is None:
            self._found[body.id] = body
            self.removed.pop(body.id, None)
        elif earlier.section != body.section:
            self._conflict(body, earlier)
            self._refused.append(body)
        elif body.facts is None and not earlier.document.shipped:
            self._says_nothing(body)
        else:
            self._found[body.id] = merge_bodies(earlier, body)

    # --- what a layer removes ---------------------------------------------------------------

    def _remove(self, raw: RawFile) -> None:
        document = raw.document
        for index, entry_id in enumerate(raw.header.get("remove", ())):
            if raw.header.get("extends") is None:
                return  # refused already
            path = ("remove", index)
            if entry_id.partition(SEPARATOR)[0] in self._library.names and SEPARATOR in entry_id:
                message = f"{entry_id!r} comes from the library, as long as something names it"
                hint = "take away what names it instead"
                report(self._problems, document, path, "impossible", message, hint=hint)
            elif entry_id in self._found:
                del self._found[entry_id]
                self.removed[entry_id] = document.where(path)
            elif entry_id not in self._unread | self.removed.keys() and not self._incomplete:
                message = f"nothing in the model it extends has the id {entry_id!r}"
                hint = did_you_mean(entry_id, self._found) or "leave it out"
                report(self._problems, document, path, "unknown-id", message, hint=hint)

    # --- what cannot be put together --------------------------------------------------------

    def _duplicate(self, body: Body, other: Body) -> None:
        place = other.document.where(other.path)
        message = (
            f"the id {body.id!r} is already {singular(other.section)}, at {place.file}:{place.line}"
        )
        hint = "every id is used once in the whole model; rename one of them"
        self._at_key(body, "duplicate-id", message, hint)

    def _conflict(self, body: Body, earlier: Body) -> None:
        place = earlier.document.where(earlier.path)
        message = (
            f"{body.id!r} is {singular(earlier.section)}, at {place.file}:{place.line}; here it "
            f"is written as {singular(body.section)}"
        )
        hint = f"write it under '{earlier.section}:'"
        if SEPARATOR not in body.id:
            hint += ", or name it under 'remove:' too, which replaces it"
        self._at_key(body, "conflict", message, hint)

    def _says_nothing(self, body: Body) -> None:
        message = f"this says nothing about {body.id!r}, so nothing would change"
        hint = f"write what is different about it, or 'remove: [{body.id}]' to take it away"
        self._at_key(body, "missing-key", message, hint)

    def _at_key(self, body: Body, code: str, message: str, hint: str) -> None:
        report(self._problems, body.document, body.path, code, message, hint=hint, at_key=True)

    # --- the library ------------------------------------------------------------------------

    def _offer(self, body: Body) -> Body | None:
        """Return what the library says about an id with a prefix; complain where it cannot."""
        name = body.id.partition(SEPARATOR)[0]
        if name not in self._library.names:
            report_bad_id(body.document, body.path, self._problems)
            return None
        told = unknown_in_library(body.id, self._library, self._offered)
        if told is None:
            return self._library.body(body.id)
        self._at_key(body, *told)
        return None

    def bring_in(self) -> None:
        """Add what the entries refer to in the library, and all that this hangs on."""
        queue = list(self._found.values())
        while queue:
            for mention in references(queue.pop()):
                if SEPARATOR not in mention.target or mention.target in self._found:
                    continue
                body = self._library.body(mention.target)
                if body is not None:
                    self._found[mention.target] = body
                    queue.append(body)


def unknown_in_library(
    entry_id: str, library: Library, offered: frozenset[str]
) -> tuple[str, str, str] | None:
    """Say why a user may not name an id of the library: code, message, hint; None when he may."""
    name = entry_id.partition(SEPARATOR)[0]
    found = library.file(name)
    if found is None:
        return None  # it could not be read, which has been reported
    if entry_id not in found.bodies:
        message = f"{PREFIX + name!r} has no element {entry_id!r}"
        inside = [known.partition(SEPARATOR)[2] for known in found.bodies]
        near = nearest(entry_id.partition(SEPARATOR)[2], inside)
        hint = f"did you mean {name + SEPARATOR + near[0]!r}?" if near else "leave it out"
        return "unknown-id", message, hint
    if name not in offered:
        message = f"{entry_id!r} is in the library, but not included here"
        return "not-included", message, f"add '{PREFIX}{name}' to 'include:'"
    return None
