"""From a policy file to a policy: thresholds, gates, which rules count.

The shape below is the language of the file and, with its descriptions, the text of the shipped
policy that ``riskmap policy`` prints.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from riskmap.loading.document import Document, report
from riskmap.loading.fields import Shape, Texts
from riskmap.loading.problems import Problems, nearest
from riskmap.loading.quantities import ClauseName, Duration, Flag, Percent
from riskmap.loading.refusal import fail, show
from riskmap.loading.settings import VERSION, read_settings
from riskmap.model import SHIPPED, Gate, Policy, ReviewLine, Severity, Standard, Thresholds

_BEGIN = "a policy starts with 'riskmap_policy: 1'; 'riskmap policy' prints a whole one"
_LIMITS, _GATE = SHIPPED.thresholds, SHIPPED.gate


def _severity_or_none(value: Any) -> Severity | None:
    """Read a severity, or ``none``."""
    if value in (None, "none"):
        return None
    try:
        return Severity(value)
    except ValueError:
        choices = ", ".join(["none", *Severity])
        raise fail("bad-value", f"{show(value)} is not a severity", f"one of: {choices}") from None


class ThresholdsShape(Shape):
    """From where on something is worth a finding."""

    test_age: Duration = Field(
        _LIMITS.test_age, description="A plan tested longer ago counts as tested too long ago."
    )
    fact_age: Duration = Field(
        _LIMITS.fact_age, description="A fact last looked at longer ago counts as stale."
    )
    concentration: Percent = Field(
        _LIMITS.concentration,
        description="Share of the functions that one organisation may stop before it is reported.",
    )
    concentration_index: Annotated[int, Field(ge=0, strict=True)] = Field(
        _LIMITS.concentration_index,
        description="Herfindahl-Hirschman index of spend above which spending is concentrated.",
    )
    shared_by: Annotated[int, Field(ge=2, strict=True)] = Field(
        _LIMITS.shared_by,
        description="So many direct providers on one party further down make it shared.",
    )
    fallback_capacity: Percent = Field(
        _LIMITS.fallback_capacity,
        description="Least share of normal work a fallback must carry, whatever the function says.",
    )
    notice_margin: Duration = Field(
        _LIMITS.notice_margin,
        description="Time to be left between the end of an exit and the end of a contract.",
    )


class GateShape(Shape):
    """Which open findings make 'riskmap assess' and 'riskmap compare' exit with 1."""

    severity: Annotated[Severity | None, BeforeValidator(_severity_or_none)] = Field(
        _GATE.severity, description="The least severity that counts: low to critical, or none."
    )
    new: Annotated[Severity | None, BeforeValidator(_severity_or_none)] = Field(
        _GATE.new, description="The same for 'riskmap compare': of a finding new or worse."
    )
    rules: Texts = Field(
        list(_GATE.rules), description="Rules or families that count: [RM1, RM301]; empty: all."
    )
    exempt: Texts = Field(list(_GATE.exempt), description="Rules or families that do not count.")
    expired: Flag = Field(
        _GATE.expired,
        description="Whether a finding whose decision expired counts, however low.",
    )


class ReviewShape(Shape):
    """Where 'riskmap review' draws its lines."""

    severity: Annotated[Severity | None, BeforeValidator(_severity_or_none)] = Field(
        SHIPPED.review.severity,
        description="A new or worse finding this severe makes a proposal conditional, or none.",
    )
    questions: Annotated[int, Field(ge=0, strict=True)] = Field(
        SHIPPED.review.questions,
        description="More open questions to its providers make a proposal conditional.",
    )


class PolicyShape(Shape):
    """How one organisation judges; what is left out is as shipped."""

    riskmap_policy: Annotated[int, Field(strict=True)] = Field(
        VERSION, description="Version of the format."
    )
    select: Texts = Field(
        list(SHIPPED.select), description="Rules or families that run: [RM1, RM301]; empty: all."
    )
    ignore: Texts = Field(list(SHIPPED.ignore), description="Rules or families that do not run.")
    strict: Flag = Field(
        SHIPPED.strict, description="Whether every assumption a result rests on is a finding."
    )
    clauses: list[ClauseName] = Field(
        list(SHIPPED.clauses), description="Clauses every contract must have; empty: DORA Art. 30."
    )
    criteria: list[Standard] = Field(
        list(SHIPPED.criteria),
        description="Standards of an audit: iso-22301, nist-800-34, dora; empty: by jurisdiction.",
    )
    thresholds: ThresholdsShape = Field(
        ThresholdsShape(), description="From where on something is worth a finding."
    )
    review: ReviewShape = Field(
        ReviewShape(), description="Where 'riskmap review' draws its lines."
    )
    gate: GateShape = Field(
        GateShape(), description="Which open findings make assess and compare exit with 1."
    )


def load_policy(path: Path, rules: Iterable[str]) -> Policy:
    """Read a policy file.

    Parameters
    ----------
    rules : iterable of str
        Ids of the rules there are; a family is the beginning of one.

    Raises
    ------
    ModelError
        With all problems found, each at its line.
    """
    problems = Problems()
    document, shape = read_settings(path, PolicyShape, "policy", _BEGIN, problems)
    _check_rules(document, tuple(rules), problems)
    problems.raise_if_any()
    return _policy(str(path), shape)


_RULE_LISTS = (("select",), ("ignore",), ("gate", "rules"), ("gate", "exempt"))


def _check_rules(document: Document, known: tuple[str, ...], problems: Problems) -> None:
    """Refuse names of rules that do not exist: a gate with a typing error would never close."""
    for where in _RULE_LISTS:
        for index, name in _texts(document.at(where)):
            if any(rule.startswith(name) for rule in known):
                continue
            near = nearest(name, known)
            hint = f"did you mean {near[0]!r}?" if near else "'riskmap rules' lists them"
            message = f"there is no rule or family {name!r}"
            report(problems, document, (*where, index), "unknown-rule", message, hint=hint)


def _texts(value: Any) -> Iterator[tuple[int, str]]:
    listed = [value] if isinstance(value, str) else value
    for index, item in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(item, str) and item.strip():
            yield index, item.strip()


def _policy(name: str, shape: PolicyShape) -> Policy:
    gate = shape.gate
    return Policy(
        name=name,
        thresholds=Thresholds(**dict(shape.thresholds)),
        gate=Gate(
            severity=gate.severity,
            new=gate.new,
            rules=tuple(gate.rules),
            exempt=tuple(gate.exempt),
            expired=gate.expired,
        ),
        select=tuple(shape.select),
        ignore=tuple(shape.ignore),
        strict=shape.strict,
        clauses=tuple(shape.clauses),
        criteria=tuple(shape.criteria),
        review=ReviewLine(severity=shape.review.severity, questions=shape.review.questions),
    )


def policy_text(policy: Policy) -> str:
    """Write a policy as the file that would be read back as it, every key with what it means."""
    lines = ["# What is left out is as shipped; 'riskmap policy' prints the shipped values.", ""]
    lines += _group(PolicyShape, {"riskmap_policy": VERSION, **_values(policy)}, 0)
    return "\n".join(lines) + "\n"


def _values(policy: Policy) -> dict[str, Any]:
    return {
        "select": policy.select,
        "ignore": policy.ignore,
        "strict": policy.strict,
        "clauses": policy.clauses,
        "criteria": policy.criteria,
        "thresholds": asdict(policy.thresholds),
        "review": asdict(policy.review),
        "gate": asdict(policy.gate),
    }


def _group(shape: type[Shape], values: dict[str, Any], indent: int) -> Iterator[str]:
    pad = " " * indent
    for name, field in shape.model_fields.items():
        value = values[name]
        yield f"{pad}# {field.description}"
        if isinstance(value, dict):
            inner = field.annotation
            assert isinstance(inner, type)
            assert issubclass(inner, Shape)
            yield f"{pad}{name}:"
            yield from _group(inner, value, indent + 2)
        else:
            yield f"{pad}{name}: {_written(value)}"


def _written(value: Any) -> str:
    """Write one value as the file takes it."""
    match value:
        case None:
            return "none"
        case bool():
            return "true" if value else "false"
        case timedelta():
            seconds = round(value.total_seconds())
            return f"{seconds // 86400}d" if seconds % 86400 == 0 else f"{seconds}s"
        case Fraction():
            return f"{float(value * 100):.10g}%"
        case tuple():
            return f"[{', '.join(value)}]"
    return str(value)
