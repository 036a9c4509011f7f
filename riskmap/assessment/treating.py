"""What was decided about findings: which decision speaks of which, and whether it still holds.

A decision names one finding by its key, or several by rule, subject or tag. Where several decisions
speak of one finding, one that still holds wins over an expired one, and among those the one that
names the finding most closely.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from riskmap.loading.problems import nearest
from riskmap.model import Model, Treatment, TreatmentStatus, matches
from riskmap.rules.finding import Finding

QUIETS = frozenset(
    {TreatmentStatus.ACCEPTED, TreatmentStatus.MITIGATING, TreatmentStatus.TRANSFERRED}
)
"""Decisions that take a finding out of the gate while they hold; a dispute does not."""


@dataclass(frozen=True, slots=True)
class Treated:
    """A finding with what was decided about it.

    Attributes
    ----------
    treatment : Treatment or None
        The decision, expired or not.
    expired : bool
        Whether the decision no longer holds.
    """

    finding: Finding
    treatment: Treatment | None = None
    expired: bool = False

    @property
    def open(self) -> bool:
        """Whether somebody still has to act or decide."""
        return self.treatment is None or self.expired or self.treatment.status not in QUIETS

    @property
    def disputed(self) -> bool:
        """Whether somebody contests the finding; it stays open."""
        if self.treatment is None or self.expired:
            return False
        return self.treatment.status is TreatmentStatus.DISPUTED

    @property
    def order(self) -> tuple[int, bool, str, str]:
        """Sort key: the most severe first, and what was decided but has expired before the rest."""
        finding = self.finding
        return -finding.severity.rank, not self.expired, finding.rule, finding.subject


@dataclass(frozen=True, slots=True)
class Orphan:
    """A decision about findings that do not exist, or exist no more.

    Attributes
    ----------
    near : tuple of str
        Keys of findings that may have been meant, best first.
    """

    treatment: Treatment
    near: tuple[str, ...] = ()


def treat(
    findings: Iterable[Finding], model: Model, today: date, left_out: Iterable[str] = ()
) -> tuple[tuple[Treated, ...], tuple[Orphan, ...]]:
    """Join findings with the decisions about them.

    Parameters
    ----------
    left_out : iterable of str
        Ids of rules that did not run: whether a decision about them speaks of anything is unknown.

    Returns
    -------
    tuple of Treated
        Every finding once, in order.
    tuple of Orphan
        Decisions that speak of no finding, by id.
    """
    silent = tuple(left_out)
    given = tuple(findings)
    used: set[str] = set()
    treated = []
    for finding in given:
        speaking = [t for t in model.treatments if speaks_of(t, finding, model)]
        used.update(treatment.id for treatment in speaking)
        best = min(speaking, key=lambda t: (expired(t, today), -closeness(t), t.id), default=None)
        treated.append(Treated(finding, best, best is not None and expired(best, today)))
    orphans = [
        Orphan(treatment, _near(treatment, given))
        for treatment in model.treatments
        if treatment.id not in used and not any(_may_be_about(treatment, r) for r in silent)
    ]
    return tuple(sorted(treated, key=lambda t: t.order)), tuple(orphans)


def expired(treatment: Treatment, today: date) -> bool:
    """Tell whether a decision no longer holds."""
    return treatment.expires is not None and treatment.expires <= today


def speaks_of(treatment: Treatment, finding: Finding, model: Model) -> bool:
    """Tell whether a decision is about a finding."""
    if treatment.finding is not None:
        return treatment.finding == finding.key
    if treatment.rule is not None and not matches(finding.rule, (treatment.rule,)):
        return False
    if treatment.subjects and finding.subject not in treatment.subjects:
        return False
    return treatment.tag is None or treatment.tag in model.entry(finding.subject).tags


def _may_be_about(treatment: Treatment, rule: str) -> bool:
    """Tell whether a decision could be about findings of a rule."""
    named = (treatment.finding or "").partition("@")[0] or treatment.rule
    return named is None or matches(rule, (named,))


def closeness(treatment: Treatment) -> int:
    """Return how closely a decision names what it is about: by key, by subject, by rule, by tag."""
    if treatment.finding is not None:
        return 8
    return 4 * bool(treatment.subjects) + 2 * (treatment.rule is not None) + bool(treatment.tag)


def _near(treatment: Treatment, findings: Sequence[Finding]) -> tuple[str, ...]:
    """Return keys of findings that may have been meant: of the same subject, then alike."""
    rule, _, subject = (treatment.finding or "").partition("@")
    wanted = [subject] if subject else list(treatment.subjects)
    same = [f.key for f in findings if f.subject in wanted]
    if same:
        return tuple(sorted(same, key=lambda key: _unlike(key, rule))[:3])
    names = wanted or [treatment.tag or treatment.rule or ""]
    keys: dict[str, list[str]] = {}
    for finding in findings:
        keys.setdefault(finding.subject, []).append(finding.key)
    alike = (name for wanted_name in names for name in nearest(wanted_name, keys))
    return tuple(min(keys[name], key=lambda key: _unlike(key, rule)) for name in alike)[:3]


def _unlike(key: str, rule: str) -> tuple[bool, bool, str]:
    """Sort key: findings of the rule meant first, then of its family."""
    return key[: len(rule)] != rule, key[:3] != rule[:3], key
