"""A comparison as a report of its own: what changed, on as few pages as that takes."""

from dataclasses import replace

from riskmap.assessment.comparing.words import headline as sentence
from riskmap.errors import OutputError
from riskmap.language import tr
from riskmap.report.view.audit import year
from riskmap.report.view.audit.subject import AuditContext
from riskmap.report.view.blocks import Part


def headline(context: AuditContext) -> str:
    """Return what became of the findings, in one sentence.

    Raises
    ------
    OutputError
        When there is nothing to compare with.
    """
    if context.beside.since is None:
        raise OutputError(
            "a report of changes needs an earlier state to compare with",
            "riskmap compare OLD NEW -o changes.pdf",
        )
    return sentence(context.beside.since)


def build(context: AuditContext) -> Part:
    """Return the one section: that of the audit, with a title page's head."""
    title = headline(context)
    found = year.build(context)
    assert context.beside.since is not None
    kicker = tr(
        "What changed since {day} · {organisation}",
        day=context.words.day(context.beside.since.old.today),
        organisation=context.model.organisation,
    )
    return replace(found, title=title, text="", opening=True, fresh=False, kicker=kicker)
