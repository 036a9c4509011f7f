"""JUnit XML, read by a parser that others wrote and by the rules that CI systems share."""

import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace
from datetime import datetime

from hypothesis import given, settings
from junitparser import Failure, JUnitXml, Skipped

from riskmap.assessment import Assessment, assess
from riskmap.formats.junit import write
from riskmap.model import SHIPPED, Model
from riskmap.rules.registry import FAMILIES, RULES
from tests.support.models import TODAY, edit, models

ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors", "skipped", "time"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped", "time", "timestamp"},
    "testcase": {"classname", "name", "time"},
    "failure": {"message", "type"},
    "skipped": {"message"},
    "system-out": set(),
}
CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"testcase", "system-out"},
    "testcase": {"failure", "skipped"},
}
"""What Jenkins' junit-10.xsd, GitLab and the usual GitHub actions all understand."""


def check(content: bytes) -> ET.Element:
    """Every element and attribute is known, and every count is right."""
    root = ET.fromstring(content)  # noqa: S314 - riskmap wrote it
    assert root.tag == "testsuites"
    for element in root.iter():
        assert set(element.attrib) == ATTRIBUTES[element.tag]
        assert {child.tag for child in element} <= CHILDREN.get(element.tag, set())
        if element.tag in {"testsuites", "testsuite"}:
            kinds = Counter(child.tag for case in element.iter("testcase") for child in case)
            assert int(element.get("tests", "")) == len(list(element.iter("testcase")))
            assert int(element.get("failures", "")) == kinds["failure"]
            assert int(element.get("skipped", "")) == kinds["skipped"]
        if element.tag == "testsuite":
            datetime.fromisoformat(element.get("timestamp", ""))
        if element.tag == "testcase":
            assert len(element) <= 1
    return root


def test_a_parser_reads_what_was_found(assessment: Assessment) -> None:
    check(write(assessment))
    parsed = JUnitXml.fromstring(write(assessment))
    cases = [case for suite in parsed for case in suite]
    failed = [c for c in cases if any(isinstance(r, Failure) for r in c.result)]
    skipped = [c for c in cases if any(isinstance(r, Skipped) for r in c.result)]
    assert len(failed) == sum(treated.open for treated in assessment.findings)
    assert [c.name for c in skipped] == ["shop (The shop)"]
    assert "approved by board" in skipped[0].result[0].message
    assert [suite.name for suite in parsed] == [f"{key} {name}" for key, name in FAMILIES.items()]


def test_a_rule_that_found_nothing_passes(assessment: Assessment) -> None:
    found = {treated.finding.rule for treated in assessment.findings}
    passing = {
        case.get("classname", "")[:5]
        for case in check(write(assessment)).iter("testcase")
        if len(case) == 0
    }
    assert passing == {known.id for known in RULES} - found


def test_a_rule_that_does_not_run_does_not_pass(assessment: Assessment) -> None:
    policy = replace(SHIPPED, select=("RM101",))
    root = check(write(assess(assessment.model, TODAY, policy)))
    states = {c.get("classname", "")[:5]: [r.tag for r in c] for c in root.iter("testcase")}
    assert states["RM301"] == ["skipped"]


def test_a_failure_says_what_why_and_where(assessment: Assessment) -> None:
    root = check(write(assessment))
    failures = {f.text.split("Key: ")[1].split("\n")[0]: f for f in root.iter("failure") if f.text}
    failure = failures["RM101@score"]
    assert failure.get("type") == "critical"
    assert "alone stops" in failure.get("message", "")
    assert "this expired on 31 January 2026" in (failure.text or "")
    assert "Written at a model.yaml:" in (failure.text or "")


def test_characters_that_xml_cannot_hold(assessment: Assessment) -> None:
    model = edit(assessment.model, "score", title="bell \x07 <&> \ud800")
    assert "bell \ufffd <&> \ufffd" in ET.tostring(
        check(write(assess(model, TODAY))), encoding="unicode"
    ).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@settings(max_examples=30)
@given(model=models())
def test_random_models(model: Model) -> None:
    assessment = assess(model, TODAY)
    root = check(write(assessment))
    assert len(list(root.iter("failure"))) == len(assessment.findings)
