"""Whatever a model says, its audit can be written, and leaves no finding out."""

from hypothesis import given, settings

from riskmap.assessment import assess
from riskmap.assessment.criteria import CRITERIA, Held, held
from riskmap.model import Policy, Standard
from riskmap.report.document import document_of
from riskmap.report.view.audit.findings import build
from riskmap.report.view.audit.subject import audit_context
from tests.support.models import TODAY, models

EVERY = Policy(criteria=tuple(Standard))


@settings(max_examples=40)
@given(models())
def test_every_section_is_written_and_every_finding_is_in_it(model) -> None:
    assessment = assess(model, TODAY, EVERY)
    assert document_of(assessment, "audit").sections
    blocks = build(audit_context(assessment, None)).blocks
    told = [form.title.partition(".")[0] for block in blocks for form in block.forms]
    told += [row[0].text.partition(" ")[0] for b in blocks if b.grid for row in b.grid.rows]
    assert sorted(map(int, told)) == list(range(1, len(assessment.findings) + 1))


@settings(max_examples=40)
@given(models())
def test_evidence_is_never_found_where_there_is_none_or_a_finding_against_it(model) -> None:
    assessment = assess(model, TODAY, EVERY)
    rules = {treated.finding.rule for treated in assessment.findings}
    for criterion in CRITERIA:
        count = criterion.count(assessment)
        assert 0 <= count.assumed <= count.met <= count.total
        if held(assessment, criterion) is Held.FOUND:
            assert count.total == count.met > 0
            assert not count.assumed
            assert rules.isdisjoint(criterion.rules)
