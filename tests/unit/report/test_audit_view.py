"""The audit: what it says, held against models whose answers are plain."""

import io
import re

import pikepdf
import pytest

from riskmap.assessment.criteria import CRITERIA, Held, chosen, criteria_of
from riskmap.model import Standard
from riskmap.report.html import render_html
from riskmap.report.pdf import render_pdf
from tests.support.pdf_checks import faults

GOOD = """
riskmap: 1
organisation: Good
as_of: 2026-11-02
jurisdiction: DE
functions:
  sell: {title: Sell, owner: sales, criticality: critical, mtd: 8h, rto: 4h, needs: [shop],
         reviewed: 2026-10-01}
services:
  shop: {title: The shop, provider: vendor, reviewed: 2026-10-01, owner: it,
         outage: {typical: 1h, worst: 2h, confidence: evidenced, source: Incident log}}
providers:
  vendor: {title: Vendor, reviewed: 2026-10-01, outage: {worst: 1h, confidence: evidenced}}
contracts:
  deal: {title: The deal, provider: vendor, covers: [shop], reviewed: 2026-10-01, notice: 30d,
         clauses: {audit: have, training: refused}}
contingencies:
  by-hand: {title: By hand, covers: shop, detect: 1h, decide: 0m, activate: 1h, sustains: 2d,
            capacity: 100%, trigger: {when: no orders, signal: own}, decides: sales,
            steps: [Print forms], reviewed: 2026-10-01,
            tests: [{date: 2026-06-01, result: passed}]}
"""


def counts(assessment, standard):
    return {
        (clause, criterion.asks): criterion.count(assessment)
        for clause, criterion in criteria_of(standard)
    }


def by_words(assessment, standard, words):
    (found,) = [n for (_, asks), n in counts(assessment, standard).items() if words in asks]
    return found.met, found.total


def test_evidence_is_counted_case_by_case(make):
    assessment = make(GOOD)
    iso, dora = Standard.ISO_22301, Standard.DORA
    assert by_words(assessment, iso, "how long it can be down") == (1, 1)
    assert by_words(assessment, iso, "least at which") == (0, 1), "no minimum is stated"
    assert by_words(assessment, iso, "exercised and tested") == (1, 1), "tested five months ago"
    assert by_words(assessment, iso, "who is told what") == (0, 1), "no communications are written"
    assert by_words(assessment, iso, "kept up to date") == (5, 5)
    assert by_words(assessment, dora, "right to audit") == (1, 1)
    assert by_words(assessment, dora, "training") == (0, 1), "refused"
    assert by_words(assessment, dora, "service levels") == (0, 1), "not checked"
    assert by_words(assessment, dora, "There are exit plans") == (0, 1)
    assert by_words(assessment, dora, "written contract") == (1, 1)


def test_nothing_is_found_where_there_is_nothing(make):
    bare = make("riskmap: 1\norganisation: Bare\nfunctions: {f: {}}\n")
    for standard in Standard:
        for name, count in counts(bare, standard).items():
            assert count.held in {Held.NONE, Held.NOTHING}, name


def test_an_old_test_and_one_to_come_are_no_evidence(make):
    for day in ("2024-06-01", "2027-06-01"):
        text = GOOD.replace("2026-06-01", day).replace("as_of: 2026-11-02\n", "")
        assessment = make(text)
        assert by_words(assessment, Standard.ISO_22301, "exercised and tested") == (0, 1), day


def test_the_law_chooses_the_standards_unless_the_policy_does(make):
    assert chosen(make(GOOD)) == (Standard.ISO_22301, Standard.DORA)
    assert chosen(make(GOOD.replace("DE", "US"))) == (Standard.ISO_22301,)


def test_every_criterion_is_told_apart_by_its_words():
    asks = [criterion.asks for criterion in CRITERIA]
    assert len(set(asks)) == len(asks)


@pytest.mark.parametrize(
    ("change", "opinion"),
    [
        (("worst: 2h", "worst: 9d"), "Opinion: Adverse"),
        (("needs: [shop]", "needs: []"), "Opinion: Qualified"),
    ],
)
def test_the_opinion_follows_the_rule(make, text_of, change, opinion):
    text = GOOD.replace("sustains: 2d", "sustains: 1h").replace(*change)
    assert opinion in text_of(render_html(make(text), "audit"))


def test_what_it_says_of_a_good_model(make, text_of):
    text = text_of(render_html(make(GOOD), "audit"))
    assert "Our function stays within its tolerance" in text
    assert "The one plan has passed a test in time" in text
    assert "There is no earlier assessment to compare with." in text
    assert "Sign-off" in text


def test_every_finding_is_in_it(founding, text_of):
    text = text_of(render_html(founding, "audit"))
    assert "37 findings, all of them open" in text
    for concern in founding.concerns:
        for finding in (treated.finding for treated in concern.findings):
            assert finding.rule in text
            assert founding.model.title(finding.subject) in text
    numbers = {int(number) for number in re.findall(r"^(\d+)\. ", text, re.MULTILINE)}
    assert len(numbers & set(range(1, 38))) == 35, "26 critical and nine high ones in full"


def test_each_single_point_comes_with_its_path(founding, text_of):
    text = text_of(render_html(founding, "audit"))
    assert "Write to clients → Our mail reaches the prime contractor →" in text


@pytest.mark.parametrize("size", [3, 12, 100])
def test_random_models_print_without_faults(make, random_model, size):
    assessment = make(random_model(size, seed=7))
    document = pikepdf.open(io.BytesIO(render_pdf(assessment, "audit")))
    assert faults(document) == []
