"""The assessment as SARIF 2.1.0 (OASIS Standard, errata 01), for code scanning and editors.

A result points at the line of the model file where its subject is written. Its level follows from
the severity: critical and high are errors, medium a warning, low a note; ``rank`` keeps the four
severities apart (section 3.27.25: 0 to 100, higher matters more). The fingerprint is the finding's
key, so that a result is recognised after lines have moved. A decision becomes a suppression
(section 3.35): accepted while it holds, under review when it disputes the finding, rejected once it
has expired; only the first suppresses.
"""

import re
from pathlib import PurePosixPath
from posixpath import normpath
from typing import Any
from urllib.parse import quote

from riskmap import __version__
from riskmap.assessment import Assessment, Treated
from riskmap.assessment.decisions import decision
from riskmap.assessment.document import json_text
from riskmap.errors import Location
from riskmap.formats.wording import orphans, said
from riskmap.model import Severity, TreatmentStatus
from riskmap.rules.registry import RULES, Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "riskmapFindingKey/v1"

LEVELS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
}
RANKS = {Severity.CRITICAL: 95.0, Severity.HIGH: 75.0, Severity.MEDIUM: 50.0, Severity.LOW: 25.0}
"""Middles of the ranges that CVSS 4.0 gives these words, in tenths, rounded to tens and fives."""


def write(assessment: Assessment) -> bytes:
    """Return the whole log, UTF-8 JSON."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(assessment)]}
    return json_text(log).encode()


def _run(assessment: Assessment) -> dict[str, Any]:
    running = [known for known in RULES if assessment.policy.runs(known.id)]
    index = {known.id: number for number, known in enumerate(running)}
    return {
        "tool": {
            "driver": {
                "name": "riskmap",
                "semanticVersion": __version__,
                "rules": [_rule(known) for known in running],
            }
        },
        "automationDetails": {"id": "riskmap/"},
        "invocations": [{"executionSuccessful": True, **_notifications(assessment)}],
        "columnKind": "unicodeCodePoints",
        "results": [_result(assessment, treated, index) for treated in assessment.findings],
        "properties": {
            "organisation": assessment.model.organisation,
            "today": assessment.today.isoformat(),
            "digest": assessment.model.digest,
            "policy": assessment.policy.name,
        },
    }


def _notifications(assessment: Assessment) -> dict[str, Any]:
    found = [
        {
            "level": "warning",
            "message": {"text": _escaped(text)},
            "descriptor": {"id": "orphaned-treatment"},
            "locations": [_location(orphan.treatment.where, orphan.treatment.id)],
        }
        for orphan, text in zip(assessment.orphans, orphans(assessment), strict=True)
    ]
    return {"toolConfigurationNotifications": found} if found else {}


def _rule(known: Rule) -> dict[str, Any]:
    sections = "\n\n".join(f"## {heading}\n\n{text}" for heading, text in known.sections)
    return {
        "id": known.id,
        "name": "".join(part.capitalize() for part in known.slug.split("-")),
        "shortDescription": {"text": f"{known.title}."},
        "fullDescription": {"text": _plain(known.section("What it finds"))},
        "help": {
            "text": _plain(known.section("What to do")),
            "markdown": f"# {known.title} ({known.id})\n\n{sections}\n",
        },
        "defaultConfiguration": {"level": "warning"},
    }


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("``", "").replace("`", "")).strip()


def _result(assessment: Assessment, treated: Treated, index: dict[str, int]) -> dict[str, Any]:
    finding, model, words = treated.finding, assessment.model, said(assessment, treated)
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": LEVELS[finding.severity],
        "rank": RANKS[finding.severity],
        "message": {"text": _escaped(words.whole)},
        "locations": [_location(model.entry(finding.subject).where, finding.subject)],
        "partialFingerprints": {FINGERPRINT: finding.key},
    }
    related = [
        {
            "id": number,
            **_location(model.entry(name).where, name),
            "message": {"text": _escaped(model.title(name))},
        }
        for number, name in enumerate(finding.involves, start=1)
    ]
    if related:
        result["relatedLocations"] = related
    if treated.treatment is not None:
        result["suppressions"] = [_suppression(treated)]
    result["properties"] = {
        "severity": str(finding.severity),
        "key": finding.key,
        "functions": list(finding.functions),
        "assumptions": list(finding.assumptions),
        "open": treated.open,
    }
    return result


def _suppression(treated: Treated) -> dict[str, Any]:
    treatment = treated.treatment
    assert treatment is not None
    status = "accepted"
    if treated.expired:
        status = "rejected"
    elif treatment.status is TreatmentStatus.DISPUTED:
        status = "underReview"
    return {
        "kind": "external",
        "status": status,
        "justification": decision(treated),
        "properties": {
            "id": treatment.id,
            "decision": str(treatment.status),
            "expires": treatment.expires.isoformat() if treatment.expires else None,
            "expired": treated.expired,
        },
    }


def _location(where: Location | None, entry_id: str) -> dict[str, Any]:
    found: dict[str, Any] = {"logicalLocations": [{"name": entry_id, "kind": "object"}]}
    if where is not None:
        found["physicalLocation"] = {
            "artifactLocation": {"uri": artifact_uri(where.file)},
            "region": {"startLine": where.line, "startColumn": where.column},
        }
    return found


def artifact_uri(file: str) -> str:
    """Return a file as a URI: relative where the path is, so that it holds in every checkout.

    >>> artifact_uri("./risk map/model.yaml"), artifact_uri("/srv/model.yaml")
    ('risk%20map/model.yaml', 'file:///srv/model.yaml')
    """
    path = PurePosixPath(normpath(file))
    return f"file://{quote(str(path))}" if path.is_absolute() else quote(str(path))


def _escaped(text: str) -> str:
    r"""Keep brackets and braces from becoming links and placeholders (sections 3.11.5, 3.11.6).

    >>> _escaped("[a] {0}")
    '\\[a\\] {{0}}'
    """
    slashed = text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return slashed.replace("{", "{{").replace("}", "}}")
