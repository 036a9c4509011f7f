"""From validated raw entries to the frozen types of :mod:`riskmap.model`."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from riskmap.loading import fields, parts
from riskmap.loading import shape as raw
from riskmap.loading.document import Path
from riskmap.loading.leaving import coupling_of, exit_of, range_of
from riskmap.loading.validation import RawEntry
from riskmap.model import (
    AtLeast,
    Contingency,
    Contract,
    Entry,
    Evidence,
    Failure,
    Function,
    LossStep,
    Message,
    Need,
    NeedExpression,
    Outage,
    PlanTest,
    Provider,
    RecoveryObjectives,
    Scenario,
    Service,
    ServiceLevel,
    Share,
    Step,
    ThirdParty,
    Treatment,
    Trigger,
)


def build_entry(entry: RawEntry) -> Entry:
    """Turn one validated entry into its model type."""
    return _BUILDERS[entry.section](entry)


def _common(entry: RawEntry) -> dict[str, Any]:
    shape = entry.shape
    return {
        "id": entry.id,
        "title": shape.title or entry.id,
        "notes": shape.notes,
        "owner": shape.owner,
        "reviewed": shape.reviewed,
        "tags": tuple(sorted(set(shape.tags))),
        "evidence": _evidence(shape.evidence),
        "assumed": tuple(sorted(set(shape.assumed))),
        "was": shape.was,
        "where": entry.document.where((entry.section, entry.id)),
    }


def _evidence(shape: fields.EvidenceShape) -> Evidence:
    return Evidence(shape.source, shape.date, shape.confidence)


def _element(entry: RawEntry, shape: raw.ElementShape) -> dict[str, Any]:
    unavailability = shape.unavailability
    if unavailability is None and shape.availability is not None:
        unavailability = 1 - shape.availability
    return {
        **_common(entry),
        "needs": _needs(entry, shape.needs, (entry.section, entry.id, "needs")),
        "fails_alone": shape.fails_alone,
        "outage": Outage(
            shape.outage.typical,
            shape.outage.worst,
            shape.outage.per_year,
            shape.outage.confidence,
            shape.outage.source,
        ),
        "unavailability": unavailability,
    }


def _needs(entry: RawEntry, items: Iterable[Any], path: Path) -> tuple[NeedExpression, ...]:
    """Flatten plain all-of groups; the order written does not matter, so it is sorted away."""
    built: list[NeedExpression] = []
    for index, item in enumerate(items):
        here = (*path, index)
        if isinstance(item, fields.AllOfShape):
            built.extend(_needs(entry, item.all_of, (*here, "all_of")))
        else:
            built.append(_need(entry, item, here))
    return tuple(sorted(built, key=_need_order))


def _need_order(expression: NeedExpression) -> tuple[int, int, tuple[Any, ...]]:
    if isinstance(expression, Need):
        return (0, 0, (expression.target,))
    members = tuple(_need_order(member) for member in expression.members)
    return (1, expression.count, members)


def _need(entry: RawEntry, item: Any, path: Path) -> NeedExpression:
    where = entry.document.where(path)
    if isinstance(item, str):
        return Need(item, where=where)
    if isinstance(item, fields.NeedShape):
        return Need(item.need, item.hardness, item.why, _evidence(item.evidence), where)
    if isinstance(item, fields.AnyOfShape):
        return AtLeast(1, _members(entry, item.any_of, (*path, "any_of")), where)
    if isinstance(item, fields.AllOfShape):
        members = _members(entry, item.all_of, (*path, "all_of"))
        return AtLeast(len(members), members, where)
    assert isinstance(item, fields.AtLeastShape)
    return AtLeast(item.at_least, _members(entry, item.of, (*path, "of")), where)


def _members(entry: RawEntry, items: Iterable[Any], path: Path) -> tuple[NeedExpression, ...]:
    members = (_need(entry, item, (*path, index)) for index, item in enumerate(items))
    return tuple(sorted(members, key=_need_order))


def _sla(shape: parts.ServiceLevelShape | None) -> ServiceLevel | None:
    if shape is None:
        return None
    return ServiceLevel(shape.availability, shape.measures, shape.period, shape.source, shape.date)


def _function(entry: RawEntry) -> Function:
    shape = entry.shape
    assert isinstance(shape, raw.FunctionShape)
    loss: tuple[LossStep, ...] = ()
    if shape.loss is not None:
        steps = {timedelta(0): shape.loss.per_hour, **shape.loss.after}
        loss = tuple(LossStep(after, rate) for after, rate in sorted(steps.items()))
    return Function(
        **_element(entry, shape) | {"fails_alone": False},
        criticality=shape.criticality,
        objectives=RecoveryObjectives(shape.mtd, shape.rto, shape.rpo, shape.minimum),
        shares=tuple(Share(target, share) for target, share in sorted(shape.shares.items())),
        loss=loss,
    )


def _service(entry: RawEntry) -> Service:
    shape = entry.shape
    assert isinstance(shape, raw.ServiceShape)
    couplings = map(coupling_of, shape.coupled_to)
    return Service(
        **_element(entry, shape),
        provider=shape.provider,
        contracted_by=tuple(sorted(set(shape.contracted_by))),
        market=shape.market,
        exit=exit_of(shape.exit),
        coupled_to=tuple(sorted(couplings, key=lambda c: (c.service, c.strength, c.by))),
        sla=_sla(shape.sla),
    )


def _third_party(entry: RawEntry) -> ThirdParty:
    shape = entry.shape
    assert isinstance(shape, raw.ThirdPartyShape)
    return ThirdParty(
        **_element(entry, shape),
        provider=shape.provider,
        kind=shape.kind,
        contracted_by=tuple(sorted(set(shape.contracted_by))),
        automated=shape.automated,
        appeal=_known_appeal(shape.appeal),
    )


def _known_appeal(text: str | None) -> str | None:
    """Return how to appeal; None for 'none', 'none known', 'unknown' or nothing written."""
    if text is None or text.casefold().rstrip(".") in ("none", "none known", "unknown", "no"):
        return None
    return text


def _provider(entry: RawEntry) -> Provider:
    shape = entry.shape
    assert isinstance(shape, raw.ProviderShape)
    return Provider(
        **_element(entry, shape),
        parent=shape.parent,
        country=shape.country,
        designated=shape.designated,
        acknowledges_after=shape.acknowledges_after,
    )


def _contract(entry: RawEntry) -> Contract:
    shape = entry.shape
    assert isinstance(shape, raw.ContractShape)
    return Contract(
        **_common(entry),
        provider=shape.provider,
        covers=tuple(sorted(set(shape.covers))),
        starts=shape.starts,
        ends=shape.ends,
        notice=shape.notice,
        provider_notice=shape.provider_notice,
        termination_fee=range_of(shape.termination_fee),
        switching_charges=range_of(shape.switching_charges),
        annual_cost=shape.annual_cost,
        sla=_sla(shape.sla),
        credits=shape.credits,
        liability_cap=shape.liability_cap,
        clauses=tuple(sorted(shape.clauses.items())),
    )


def _contingency(entry: RawEntry) -> Contingency:
    shape = entry.shape
    assert isinstance(shape, raw.ContingencyShape)
    trigger = None
    if shape.trigger is not None and shape.trigger.when.casefold() != "unknown":
        trigger = Trigger(shape.trigger.when, shape.trigger.signal)
    decides = shape.decides
    if decides is not None and decides.casefold() == "unknown":
        decides = None
    return Contingency(
        **_common(entry),
        covers=tuple(sorted(set(shape.covers))),
        uses=_needs(entry, shape.uses, (entry.section, entry.id, "uses")),
        trigger=trigger,
        decides=decides,
        deputy=shape.deputy,
        spend_limit=shape.spend_limit,
        detect=shape.detect,
        decide=shape.decide,
        activate=shape.activate,
        sustains=shape.sustains,
        capacity=shape.capacity,
        annual_cost=shape.annual_cost,
        steps=tuple(Step(s.do, s.owner, s.deputy, s.takes, tuple(s.requires)) for s in shape.steps),
        communications=tuple(
            Message(m.audience, m.channel, m.says, m.owner) for m in shape.communications
        ),
        horizons=tuple(sorted(shape.horizons.items())),
        back_to_normal=tuple(shape.back_to_normal),
        side_effects=tuple(shape.side_effects),
        tests=tuple(
            sorted(
                (PlanTest(t.date, t.result, t.took, t.notes) for t in shape.tests),
                key=lambda test: test.date,
            )
        ),
    )


def _scenario(entry: RawEntry) -> Scenario:
    shape = entry.shape
    assert isinstance(shape, raw.ScenarioShape)
    fails = (
        Failure(element, failure.lasts, failure.after or timedelta(0))
        for element, failure in sorted(shape.fails.items())
    )
    return Scenario(**_common(entry), fails=tuple(fails))


def _treatment(entry: RawEntry) -> Treatment:
    shape = entry.shape
    assert isinstance(shape, raw.TreatmentShape)
    return Treatment(
        **_common(entry),
        finding=shape.finding,
        rule=shape.rule,
        subjects=tuple(sorted(set(shape.subject))),
        tag=shape.tag,
        status=shape.status,
        reason=shape.reason,
        approved_by=shape.approved_by,
        expires=shape.expires,
        ticket=shape.ticket,
    )


_BUILDERS = {
    "functions": _function,
    "services": _service,
    "third_parties": _third_party,
    "providers": _provider,
    "contracts": _contract,
    "contingencies": _contingency,
    "scenarios": _scenario,
    "treatments": _treatment,
}
