"""The reports there are, as data: a title, and which sections in which order.

A section is a builder, which words and rounds, and a template of the same name, which sets. A
builder that has nothing to say returns None, and its section goes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from riskmap.assessment import Assessment
from riskmap.errors import OutputError, UnknownNameError
from riskmap.report.view import changes
from riskmap.report.view.audit import (
    closing,
    criteria,
    decided,
    exits,
    findings,
    impact,
    inventory,
    opinion,
    plans,
    points,
    sampling,
    year,
)
from riskmap.report.view.audit.subject import audit_context
from riskmap.report.view.board import (
    basis,
    concentration,
    heat,
    lock_in,
    outage,
    picture,
    scenarios,
    singles,
    tolerance,
    verdict,
)
from riskmap.report.view.context import Context
from riskmap.report.view.exit import (
    cost,
    data,
    gaps,
    limits,
    loosening,
    moving,
    record,
    schedule,
    start,
)
from riskmap.report.view.exit import header as exit_header
from riskmap.report.view.exit.subject import exit_context
from riskmap.report.view.plan import (
    activation,
    header,
    prerequisites,
    reconstitution,
    recovery,
)
from riskmap.report.view.plan.subject import plan_context
from riskmap.report.view.review import brought, recommendation, sides
from riskmap.report.view.review import closing as review_closing


@dataclass(frozen=True, slots=True)
class Section:
    """One section.

    Attributes
    ----------
    template : str
        Path below ``reports/templates``, without suffix.
    build : callable
        Takes a context, returns the section's view or None.
    """

    template: str
    build: Callable[[Any], object | None]


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of report.

    Attributes
    ----------
    title : str
        What it calls itself.
    context : callable
        Takes the assessment and the subject; what every section is built from.
    headline : callable
        Takes the context; the title of the document.
    pages : int or None
        How many it may have at most; None for as many as it takes.
    """

    name: str
    title: str
    context: Callable[[Assessment, str | None], Context]
    headline: Callable[[Any], str]
    sections: tuple[Section, ...]
    pages: int | None = None


def _whole(assessment: Assessment, subject: str | None) -> Context:
    if subject is not None:
        raise OutputError(
            "this report is about the whole model and takes no subject",
            "leave the subject out, or ask for --profile plan or exit",
        )
    return Context(assessment)


PROFILES: Mapping[str, Profile] = MappingProxyType(
    {
        profile.name: profile
        for profile in (
            Profile(
                "board",
                "Board report",
                _whole,
                verdict.headline,
                (
                    Section("board/verdict", verdict.build),
                    Section("board/tolerance", tolerance.build),
                    Section("board/singles", singles.build),
                    Section("board/heat", heat.build),
                    Section("board/scenarios", scenarios.build),
                    Section("board/outage", outage.build),
                    Section("board/picture", picture.build),
                    Section("board/concentration", concentration.build),
                    Section("board/lock_in", lock_in.build),
                    Section("board/basis", basis.build),
                ),
                pages=8,
            ),
            Profile(
                "audit",
                "Continuity audit",
                audit_context,
                opinion.headline,
                tuple(
                    Section("blocks/part", build)
                    for build in (
                        opinion.build,
                        criteria.build,
                        impact.build,
                        inventory.build,
                        points.build,
                        plans.build,
                        exits.build,
                        findings.build,
                        decided.build,
                        year.build,
                        sampling.build,
                        closing.signing,
                        closing.register,
                        closing.index,
                        closing.terms,
                    )
                ),
            ),
            Profile(
                "changes",
                "What changed",
                audit_context,
                changes.headline,
                (Section("blocks/part", changes.build),),
            ),
            Profile(
                "review",
                "Vendor review",
                _whole,
                recommendation.headline,
                tuple(
                    Section("blocks/part", build)
                    for build in (
                        recommendation.build,
                        sides.build,
                        brought.build,
                        review_closing.build,
                    )
                ),
            ),
            Profile(
                "plan",
                "Contingency plan",
                plan_context,
                header.headline,
                (
                    Section("plan/header", header.build),
                    Section("plan/activation", activation.build),
                    Section("plan/recovery", recovery.build),
                    Section("plan/prerequisites", prerequisites.build),
                    Section("plan/reconstitution", reconstitution.build),
                ),
            ),
            Profile(
                "exit",
                "Exit plan",
                exit_context,
                exit_header.headline,
                (
                    Section("exit/header", exit_header.build),
                    Section("exit/start", start.build),
                    Section("exit/moving", moving.build),
                    Section("exit/schedule", schedule.build),
                    Section("exit/cost", cost.build),
                    Section("exit/data", data.build),
                    Section("exit/limits", limits.build),
                    Section("exit/loosening", loosening.build),
                    Section("exit/record", record.build),
                    Section("exit/gaps", gaps.build),
                ),
            ),
        )
    }
)
"""Every profile by its name."""


def profile(name: str) -> Profile:
    """Return a profile by its name.

    Raises
    ------
    UnknownNameError
        When there is none of this name.
    """
    if name not in PROFILES:
        raise UnknownNameError(name, "report profile", tuple(PROFILES))
    return PROFILES[name]
