"""A whole model: every entry, found by id."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from riskmap.model.arrangements import Contingency, Contract, Scenario, Treatment
from riskmap.model.entries import Element, Entry, Function, Provider, Service, ThirdParty
from riskmap.model.library import LibraryUse

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What one organisation told us.

    Every tuple is sorted by id, so that the order in which entries were written never changes a
    result.

    Attributes
    ----------
    exit_people : int or None
        People who can work on leaving at the same time, over all services.
    not_applicable : tuple of (str, str)
        Kinds of third party that somebody considered and found not to matter here, each with the
        reason, sorted.
    library : tuple of LibraryUse
        Files of the shipped library that some of its elements come from, by name.
    digest : str
        SHA-256 over the text of the files it was read from, in hexadecimal.
    files : tuple of (str, str)
        Name and text of every file read, the main file first; those of the library, which are
        called ``library:some-file``, last.
    """

    organisation: str
    as_of: date | None = None
    currency: str | None = None
    jurisdiction: str | None = None
    exit_people: int | None = None
    functions: tuple[Function, ...] = ()
    services: tuple[Service, ...] = ()
    third_parties: tuple[ThirdParty, ...] = ()
    providers: tuple[Provider, ...] = ()
    contracts: tuple[Contract, ...] = ()
    contingencies: tuple[Contingency, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    treatments: tuple[Treatment, ...] = ()
    not_applicable: tuple[tuple[str, str], ...] = ()
    library: tuple[LibraryUse, ...] = ()
    digest: str = ""
    files: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    _entries: Mapping[str, Entry] = field(init=False, repr=False, compare=False)
    _uses: Mapping[str, LibraryUse] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index every entry by id."""
        sections: tuple[tuple[Entry, ...], ...] = (
            self.functions,
            self.services,
            self.third_parties,
            self.providers,
            self.contracts,
            self.contingencies,
            self.scenarios,
            self.treatments,
        )
        index = {entry.id: entry for section in sections for entry in section}
        object.__setattr__(self, "_entries", MappingProxyType(index))
        uses = {entry_id: use for use in self.library for entry_id in use.entries}
        object.__setattr__(self, "_uses", MappingProxyType(uses))

    def __contains__(self, entry_id: str) -> bool:
        """Tell whether an entry of this id exists."""
        return entry_id in self._entries

    def entry(self, entry_id: str) -> Entry:
        """Return the entry of this id.

        Raises
        ------
        KeyError
            When there is none.
        """
        return self._entries[entry_id]

    def with_entries(self, entries: Mapping[str, Entry]) -> "Model":
        """Return the same model with other facts about some of its entries, given by id.

        The texts it was read from stay; they no longer say the same.
        """

        def kept(section: tuple[E, ...]) -> tuple[E, ...]:
            return tuple(entries.get(entry.id, entry) for entry in section)  # type: ignore[misc]

        return replace(
            self,
            functions=kept(self.functions),
            services=kept(self.services),
            third_parties=kept(self.third_parties),
            providers=kept(self.providers),
            contracts=kept(self.contracts),
            contingencies=kept(self.contingencies),
        )

    def from_library(self, entry_id: str) -> LibraryUse | None:
        """Return the file of the library that an entry comes from, None when it is our own."""
        return self._uses.get(entry_id)

    def own_facts(self, entry_id: str) -> frozenset[str]:
        """Return the keys of a library entry that this model says something of its own about."""
        use = self._uses.get(entry_id)
        return frozenset() if use is None else frozenset(dict(use.changed).get(entry_id, ()))

    def element(self, element_id: str) -> Element:
        """Return the element of this id.

        Raises
        ------
        KeyError
            When there is no element of this id.
        """
        entry = self._entries[element_id]
        if not isinstance(entry, Element):
            raise KeyError(element_id)
        return entry

    def title(self, entry_id: str) -> str:
        """Return what people call an entry."""
        return self._entries[entry_id].title

    def is_party(self, entry_id: str) -> bool:
        """Tell whether an entry is an organisation."""
        return isinstance(self._entries[entry_id], Provider)

    def ids(self) -> tuple[str, ...]:
        """Return every id, sorted."""
        return tuple(sorted(self._entries))

    def elements(self) -> Iterator[Element]:
        """Yield everything that can be needed, in order of id within each section."""
        yield from self.functions
        yield from self.services
        yield from self.third_parties
        yield from self.providers

    def provider_of(self, element_id: str) -> str | None:
        """Return the id of the organisation behind an element, None when it is our own."""
        entry = self._entries[element_id]
        if isinstance(entry, Provider):
            return entry.id
        if isinstance(entry, Service | ThirdParty):
            return entry.provider
        return None
