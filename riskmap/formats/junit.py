"""The assessment as JUnit XML, for the test report of a CI system.

One suite per family of rules, so that a report opens with five lines; in it one case per rule and
subject. An open finding is a failure, one that was decided on is skipped with the reason, and a
rule that found nothing is one passing case. The elements and attributes are those that Jenkins,
GitLab and GitHub actions all read (``testsuites``, ``testsuite``, ``testcase``, ``failure``,
``skipped``, ``system-out``); the format has no standard.
"""

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator

from riskmap.assessment import Assessment, Treated
from riskmap.formats.wording import orphans, printable, said, where
from riskmap.rules.registry import FAMILIES, RULES, Rule


def write(assessment: Assessment) -> bytes:
    """Return the whole report."""
    root = ET.Element("testsuites", name=printable(f"riskmap: {assessment.model.organisation}"))
    for family, title in FAMILIES.items():
        rules = [known for known in RULES if known.id.startswith(family)]
        cases = [case for known in rules for case in _cases(assessment, known)]
        if cases:
            suite = ET.SubElement(
                root, "testsuite", {"name": f"{family} {title}", **_counts(cases)}
            )
            suite.set("timestamp", f"{assessment.today.isoformat()}T00:00:00")
            suite.extend(cases)
    for name, count in _counts(list(root.iter("testcase"))).items():
        root.set(name, count)
    lost = orphans(assessment)
    suites = root.findall("testsuite")
    if lost and suites:
        ET.SubElement(suites[-1], "system-out").text = printable("\n".join(lost))
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _counts(cases: list[ET.Element]) -> dict[str, str]:
    kinds = Counter(child.tag for case in cases for child in case)
    return {
        "tests": str(len(cases)),
        "failures": str(kinds["failure"]),
        "errors": "0",
        "skipped": str(kinds["skipped"]),
        "time": "0",
    }


def _cases(assessment: Assessment, known: Rule) -> Iterator[ET.Element]:
    group = f"{known.id} {known.title}"
    if not assessment.policy.runs(known.id):
        case = _case(group, "this rule")
        ET.SubElement(case, "skipped", message="The policy does not let this rule run.")
        yield case
        return
    found = [treated for treated in assessment.findings if treated.finding.rule == known.id]
    if not found:
        yield _case(group, "found nothing")
    for treated in found:
        yield _finding(assessment, treated, group)


def _case(group: str, name: str) -> ET.Element:
    return ET.Element("testcase", classname=group, name=printable(name), time="0")


def _finding(assessment: Assessment, treated: Treated, group: str) -> ET.Element:
    finding, words = treated.finding, said(assessment, treated)
    shown = finding.subject
    if words.subject != finding.subject:
        shown += f" ({words.subject})"
    case = _case(group, shown)
    if not treated.open:
        ET.SubElement(case, "skipped", message=printable(words.decision))
        return case
    message = printable(f"{words.summary}.")
    failure = ET.SubElement(case, "failure", message=message, type=str(finding.severity))
    lines = [
        f"{finding.severity}: {words.because}.",
        f"What to do: {words.recommendation}.",
        f"Key: {finding.key}",
    ]
    if words.decision:
        lines.append(f"Decision: {words.decision}.")
    if place := where(assessment.model, finding.subject):
        lines.append(f"Written at {place}")
    failure.text = printable("\n".join(lines))
    return case
