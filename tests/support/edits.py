"""A log of edits to a random model, and what a comparison has to say about them.

The log is the oracle: it knows what was renamed, and from the two models themselves it knows what
came, went and changed. Nothing here uses the code that compares.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from riskmap.assessment import Assessment
from riskmap.assessment.document import to_document
from riskmap.model import (
    Contingency,
    Contract,
    Entry,
    Function,
    Model,
    Outage,
    PlanTest,
    Service,
    TestResult,
    Treatment,
    TreatmentStatus,
)
from tests.support.models import TODAY, add, edit

SECTIONS = (
    "functions",
    "services",
    "third_parties",
    "providers",
    "contracts",
    "contingencies",
    "scenarios",
    "treatments",
)


@dataclass
class Edits:
    """A model that is being edited, and what was done to it.

    Attributes
    ----------
    names : dict
        What each id of the first model is called now.
    touched : set of (str, str)
        Facts that were set, as (id now, key in the JSON).
    """

    model: Model
    names: dict[str, str]
    touched: set[tuple[str, str]] = field(default_factory=set)
    fresh: int = 0

    @classmethod
    def of(cls, model: Model) -> "Edits":
        return cls(model, {name: name for name in model.ids()})

    def called(self, first: str) -> str:
        """What an entry of the first model is called now; what was taken away keeps its first id.

        Nothing is left that could say it was renamed before.
        """
        now = self.names[first]
        return now if now in self.model else first

    def new_id(self) -> str:
        self.fresh += 1
        return f"z{self.fresh}"


def texts(value: Any) -> Iterator[str]:
    """Yield every text in a value, at any depth, ids and titles of entries left out."""
    if isinstance(value, str):
        yield value.rpartition("@")[2]
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif is_dataclass(value):
        apart = {"id", "title", "where"} if isinstance(value, Entry) else {"where"}
        for part in fields(value):
            if part.name not in apart:
                yield from texts(getattr(value, part.name))


def renamed(value: Any, old: str, new: str) -> Any:
    """Return a value with one id replaced wherever it stands."""
    if isinstance(value, str) and type(value) is str:
        rule, sign, subject = value.rpartition("@")
        return f"{rule}{sign}{new}" if subject == old else value
    if isinstance(value, tuple):
        return tuple(renamed(item, old, new) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        names = (part.name for part in fields(value) if part.init)
        return replace(value, **{n: renamed(getattr(value, n), old, new) for n in names})
    return value


def entries(model: Model) -> list[Entry]:
    return [entry for section in SECTIONS for entry in getattr(model, section)]


def without(model: Model, name: str) -> Model:
    kept = {s: tuple(e for e in getattr(model, s) if e.id != name) for s in SECTIONS}
    return replace(model, **kept)


def unused(model: Model) -> list[str]:
    named = {text for entry in entries(model) for text in texts(entry)}
    found = [entry.id for entry in entries(model) if entry.id not in named]
    only = {model.functions[0].id} if len(model.functions) == 1 else set()
    return [name for name in found if name not in only]


# -- edits -------------------------------------------------------------------------------------


def add_service(draw: st.DrawFn, log: Edits) -> None:
    provider = draw(st.sampled_from([None, *(p.id for p in log.model.providers)]))
    name = log.new_id()
    made = Service(id=name, title=name, provider=provider, outage=Outage(worst=timedelta(hours=6)))
    log.model = add(log.model, "services", made)


def remove(draw: st.DrawFn, log: Edits) -> None:
    names = unused(log.model)
    if names:
        log.model = without(log.model, draw(st.sampled_from(names)))


def rename(draw: st.DrawFn, log: Edits) -> None:
    old = draw(st.sampled_from([entry.id for entry in entries(log.model)]))
    new = f"{old}-x"  # keeps its place in the alphabet, so that ties are broken as before
    log.model = renamed(log.model, old, new)
    log.names = {first: new if now == old else now for first, now in log.names.items()}
    log.touched = {(new if name == old else name, fact) for name, fact in log.touched}


def change_mtd(draw: st.DrawFn, log: Edits) -> None:
    function: Function = draw(st.sampled_from(log.model.functions))
    least = function.objectives.rto or timedelta(0)
    mtd = least + timedelta(hours=draw(st.sampled_from([1, 5, 48])))
    objectives = replace(function.objectives, mtd=mtd)
    log.model = edit(log.model, function.id, objectives=objectives)
    log.touched.add((function.id, "mtd_hours"))


def change_provider(draw: st.DrawFn, log: Edits) -> None:
    services = log.model.services
    if services:
        service = draw(st.sampled_from(services))
        provider = draw(st.sampled_from([None, *(p.id for p in log.model.providers)]))
        log.model = edit(log.model, service.id, provider=provider)
        log.touched.add((service.id, "provider"))


def add_contract(draw: st.DrawFn, log: Edits) -> None:
    elements = [e.id for e in (*log.model.services, *log.model.third_parties)]
    if elements and log.model.providers:
        name = log.new_id()
        made = Contract(
            id=name,
            title=name,
            provider=draw(st.sampled_from([p.id for p in log.model.providers])),
            covers=(draw(st.sampled_from(elements)),),
            ends=draw(st.sampled_from([None, date(2026, 6, 1)])),
        )
        log.model = add(log.model, "contracts", made)


def add_plan(draw: st.DrawFn, log: Edits) -> None:
    elements = [e.id for e in (*log.model.functions, *log.model.services)]
    name = log.new_id()
    made = Contingency(
        id=name,
        title=name,
        covers=(draw(st.sampled_from(elements)),),
        detect=timedelta(0),
        decide=timedelta(0),
        activate=timedelta(hours=1),
        sustains=timedelta(days=30),
        capacity=None,
    )
    log.model = add(log.model, "contingencies", made)


def hold_test(draw: st.DrawFn, log: Edits) -> None:
    plans = log.model.contingencies
    if plans:
        plan = draw(st.sampled_from(plans))
        result = draw(st.sampled_from(list(TestResult)))
        tests = (*plan.tests, PlanTest(date(2026, 2, 1), result, timedelta(hours=3)))
        log.model = edit(log.model, plan.id, tests=tests)
        log.touched.add((plan.id, "tests"))


def add_treatment(draw: st.DrawFn, log: Edits) -> None:
    name, rule = log.new_id(), draw(st.sampled_from(["RM1", "RM2", "RM3"]))
    made = Treatment(
        id=name,
        title=name,
        status=draw(st.sampled_from([TreatmentStatus.ACCEPTED, TreatmentStatus.DISPUTED])),
        rule=rule,
        expires=draw(st.sampled_from([None, date(2026, 6, 1)])),
    )
    log.model = add(log.model, "treatments", made)


EDITS = (
    add_service,
    remove,
    rename,
    change_mtd,
    change_provider,
    add_contract,
    add_plan,
    hold_test,
    add_treatment,
)


@st.composite
def edited(draw: st.DrawFn, model: Model, most: int = 5) -> Edits:
    """A model after some edits, with their log."""
    log = Edits.of(model)
    for make in draw(st.lists(st.sampled_from(EDITS), max_size=most)):
        make(draw, log)
    return log


# -- what a comparison has to say ------------------------------------------------------------------


def former_ids(log: Edits) -> dict[str, str]:
    """Return the id that each renamed entry had, for those still there."""
    return {now: old for old, now in log.names.items() if now != old and now in log.model}


def document_with_former_ids(assessment: Assessment, log: Edits) -> dict[str, Any]:
    """Return the JSON form, with what each renamed entry was called before."""
    document = to_document(assessment)
    former = former_ids(log)
    for entry in document["entries"]:
        if entry["id"] in former:
            entry["was"] = [former[entry["id"]]]
    return document


def covered(model: Model, today: date = TODAY) -> dict[str, set[str]]:
    """Return which contracts in force cover each element."""
    found: dict[str, set[str]] = {}
    for contract in model.contracts:
        if contract.ends is None or contract.ends >= today:
            for name in contract.covers:
                found.setdefault(name, set()).add(contract.id)
    return found
