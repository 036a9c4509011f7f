"""Every key of the language is read into the right type."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from riskmap.loading import load_model
from riskmap.loading.fields import Shape
from riskmap.loading.shape import FileShape
from riskmap.model import (
    AtLeast,
    ClauseStatus,
    Confidence,
    Coupling,
    CouplingKind,
    Criticality,
    Evidence,
    ExitFacts,
    ExitStep,
    ExitTest,
    ExitTestKind,
    Facet,
    Failure,
    Hardness,
    IdentityHolder,
    LossStep,
    Market,
    Message,
    Model,
    Need,
    Openness,
    Outage,
    Period,
    PlanTest,
    Range,
    RecoveryObjectives,
    Reintegration,
    ServiceLevel,
    Share,
    Signal,
    Skills,
    Step,
    Strength,
    Substitutability,
    SubstitutionReason,
    TestResult,
    TreatmentStatus,
    Trigger,
    WrittenExit,
)

FULL = Path(__file__).with_name("full.yaml")
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def model() -> Model:
    return load_model(FULL)


def entry(model: Model, entry_id: str) -> Any:
    return model.entry(entry_id)


def shapes(annotation: Any) -> Iterator[type[Shape]]:
    """Yield every shape reachable from a type."""
    seen: set[Any] = set()

    def walk(part: Any) -> Iterator[type[Shape]]:
        if isinstance(part, type) and issubclass(part, Shape):
            if part not in seen:
                seen.add(part)
                yield part
                for field in part.model_fields.values():
                    yield from walk(field.annotation)
            return
        for inner in get_args(part):
            yield from walk(inner)

    yield from walk(annotation)


def test_the_file_uses_every_key() -> None:
    used: set[str] = set()

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            used.update(node)
        for child in node.values() if isinstance(node, dict) else node:
            if isinstance(child, dict | list):
                walk(child)

    walk(yaml.safe_load(FULL.read_text("utf-8")))
    known = {key for shape in shapes(FileShape) for key in shape.model_fields}
    known -= {"extends", "remove"}  # they need a second file; test_extends.py has them
    assert len(known) > 80
    assert known <= used


def test_header(model: Model) -> None:
    assert model.organisation == "Example Ltd"
    assert model.as_of == date(2012, 5, 14)
    assert model.currency == "EUR"
    assert model.jurisdiction == "NO"
    assert model.exit_people == 3
    assert model.not_applicable == (("sanctions", "We sell within one country"),)


def test_keys_of_every_entry(model: Model) -> None:
    orders = entry(model, "orders")
    assert orders.id == "orders"
    assert orders.title == "Take orders"
    assert orders.notes == "Season: May"
    assert orders.owner == "Sales manager"
    assert orders.reviewed == date(2012, 5, 1)
    assert orders.tags == ("core", "sales")
    assert orders.evidence == Evidence("workshop", date(2012, 4, 30), Confidence.ATTESTED)
    assert orders.assumed == ("mtd",)
    assert (orders.was, entry(model, "shop").was) == (None, "web-shop")
    assert (orders.where.file, orders.where.line, orders.where.column) == (str(FULL), 11, 3)


def test_function(model: Model) -> None:
    orders = entry(model, "orders")
    assert orders.criticality is Criticality.CRITICAL
    assert orders.objectives == RecoveryObjectives(
        8 * HOUR, 4 * HOUR, timedelta(minutes=30), Fraction(9, 10)
    )
    assert orders.shares == (Share("post", Fraction(2, 5)), Share("shop", Fraction(3, 5)))
    assert orders.loss == (
        LossStep(timedelta(0), 450),
        LossStep(DAY, 900),
        LossStep(5 * DAY, 1500.5),
    )
    assert orders.fails_alone is False


def test_needs(model: Model) -> None:
    interview = Evidence("interview", None, Confidence.ASSUMED)
    assert entry(model, "orders").needs == (
        Need("bank"),
        Need("rating", Hardness.SOFT, "Clients look at it", interview),
        Need("shop"),
        AtLeast(1, (Need("courier"), Need("post"))),
        AtLeast(2, (Need("zone-a"), Need("zone-b"), AtLeast(2, (Need("post"), Need("zone-c"))))),
    )
    assert entry(model, "bank").needs == (Need("post"),)
    assert entry(model, "orders").needs[1].where.line == 21


def test_service(model: Model) -> None:
    shop = entry(model, "shop")
    assert shop.title == "shop"
    assert shop.provider == "acme"
    assert shop.contracted_by == ("acme",)
    assert shop.market is Market.PROPRIETARY
    assert shop.exit == ExitFacts(
        Substitutability.HIGHLY_COMPLEX,
        90 * DAY,
        Range(60000.0, 60000.0, 60000.0),
        "none but paper",
        ("Bolt", "Core"),
        reason=SubstitutionReason.BOTH,
        reintegration=Reintegration.DIFFICULT,
        team=2,
        labour_per_day=Range(480.0, 480.0, 480.0),
        retraining=Range(100.0, 200.0, 400.0),
        termination_fee=Range(50.0, 50.0, 50.0),
        switching_charges=Range(0.0, 0.0, 0.0),
        data=1.5e12,
        bandwidth=2e8,
        openness=Openness.DOCUMENTED,
        retrieval=30 * DAY,
        procurement=60 * DAY,
        build=None,
        parallel_run=14 * DAY,
        cut_over=2 * DAY,
        identity=IdentityHolder.FEDERATED,
        skills=Skills.SCARCE,
        facets=((Facet.DATA_SYNTACTIC, 3), (Facet.INTEROPERABILITY_POLICY, 0)),
        after=("post",),
        plan=WrittenExit(
            "Head of sales",
            (ExitStep("Export the catalogue"), ExitStep("Import it", "Shop team", 3 * DAY)),
            (
                ExitTest(date(2012, 2, 1), TestResult.PASSED, ExitTestKind.UNSTRESSED),
                ExitTest(
                    date(2012, 4, 1),
                    TestResult.FAILED,
                    ExitTestKind.STRESSED,
                    20 * DAY,
                    "pictures lost",
                ),
            ),
        ),
    )
    assert shop.coupled_to == (
        Coupling("bank", (CouplingKind.IDENTITY, CouplingKind.LICENCE), Strength.WEAK, 1000.0),
    )
    assert shop.sla == ServiceLevel(
        Fraction(999, 1000), "the front page", source="their terms", date=date(2011, 2, 1)
    )
    assert shop.outage == Outage(HOUR, 2 * DAY, 0.2, Confidence.EVIDENCED, "status page")
    assert shop.unavailability == Fraction(5, 1000)
    assert entry(model, "post").unavailability == Fraction(1, 1000)
    assert entry(model, "courier").unavailability == Fraction(1, 400)
    assert entry(model, "bank").fails_alone is False


def test_empty_values_count_as_left_out(model: Model) -> None:
    bare, empty = entry(model, "zone-a"), entry(model, "zone-c")
    assert bare.fails_alone is True
    assert (empty.title, empty.notes, empty.needs, empty.outage) == ("zone-c", None, (), Outage())
    assert empty.coupled_to == ()


def test_third_party(model: Model) -> None:
    rating, gateway = entry(model, "rating"), entry(model, "gateway")
    assert (rating.provider, rating.kind, rating.automated) == ("bolt", "reputation", True)
    assert rating.contracted_by == ("acme", "bolt")
    assert rating.appeal is None
    assert (gateway.automated, gateway.appeal) == (False, "write to them")


def test_provider(model: Model) -> None:
    acme = entry(model, "acme")
    assert (acme.parent, acme.country, acme.designated) == ("bolt", "NO", False)
    assert acme.acknowledges_after == 6 * DAY
    assert entry(model, "bolt").needs == (Need("post"),)
    assert entry(model, "bolt").designated is None


def test_contract(model: Model) -> None:
    hosting = entry(model, "hosting")
    assert (hosting.provider, hosting.covers) == ("acme", ("bank", "shop"))
    assert (hosting.starts, hosting.ends) == (date(2011, 1, 1), date(2013, 12, 31))
    assert (hosting.notice, hosting.provider_notice) == (90 * DAY, 60 * DAY)
    assert hosting.termination_fee == Range(0.0, 10.0, 20.0)
    assert hosting.switching_charges == Range(5.0, 5.0, 5.0)
    assert (hosting.annual_cost, hosting.credits, hosting.liability_cap) == (1200.0, 100.0, 0.0)
    assert hosting.sla == ServiceLevel(Fraction(99, 100), "access", Period.MONTH)
    assert dict(hosting.clauses) == {
        "audit": ClauseStatus.MISSING,
        "exit-help": ClauseStatus.HAVE,
        "x-step-in": ClauseStatus.REFUSED,
    }


def test_contingency(model: Model) -> None:
    plan = entry(model, "by-phone")
    assert plan.covers == ("shop",)
    assert plan.uses == (Need("post"), AtLeast(1, (Need("bank"), Need("courier"))))
    assert plan.trigger == Trigger("no order for an hour", Signal.OWN)
    assert (plan.decides, plan.deputy, plan.spend_limit) == ("Sales manager", "Director", 500.0)
    assert (plan.detect, plan.decide, plan.activate) == (HOUR, HOUR / 2, None)
    assert (plan.sustains, plan.capacity) == (30 * DAY, Fraction(333, 1000))
    assert plan.annual_cost == 80.0
    assert plan.steps == (
        Step("Answer the phone"),
        Step("Write it down", "Clerk", "Manager", 2 * HOUR, ("post",)),
    )
    assert plan.communications == (Message("clients", "phone", "call us", "Clerk"),)
    assert plan.horizons == ((DAY, "call clients"), (5 * DAY, "hire people"))
    assert plan.back_to_normal == ("type everything in",)
    assert plan.side_effects == ("slower",)
    assert plan.tests == (
        PlanTest(date(2012, 1, 1), TestResult.PASSED),
        PlanTest(date(2012, 3, 1), TestResult.PARTIAL, 3 * HOUR, "no paper"),
    )
    assert plan.missing_times == ("activate",)


def test_what_nobody_knows_is_not_there(model: Model) -> None:
    letter = entry(model, "by-letter")
    assert (letter.trigger, letter.decides) == (None, None)


def test_scenario(model: Model) -> None:
    assert entry(model, "storm").fails == (
        Failure("bank", None),
        Failure("post", None, 12 * HOUR),
        Failure("shop", 5 * DAY),
    )


def test_treatment(model: Model) -> None:
    treatment = entry(model, "live-with-it")
    assert (treatment.finding, treatment.status) == ("RM101@shop", TreatmentStatus.ACCEPTED)
    assert (treatment.reason, treatment.approved_by) == ("too costly", "Board")
    assert (treatment.expires, treatment.ticket) == (date(2013, 1, 1), "T-1")


def test_files_and_digest(model: Model) -> None:
    assert model.files == ((str(FULL), FULL.read_text("utf-8")),)
    assert len(model.digest) == 64
    assert load_model(str(FULL)).digest == model.digest
