"""The opinion on the first page: what can be said, about what, by which rule."""

from riskmap.language import tr, trn
from riskmap.report.view.blocks import Block, Part, grid
from riskmap.report.view.context import Context
from riskmap.report.view.parts import Callout, Cell, bad, fair, good
from riskmap.report.view.words import capital, counted
from riskmap.rules.statement import count_word
from riskmap.rules.verdict import Verdict


def headline(context: Context) -> str:
    """Return the opinion in one sentence."""
    total = len(context.functions)
    amiss = len(beyond(context))
    unknown = len(_unknown(context))
    if amiss == total > 1:
        return tr(
            "None of our {total} functions can be kept within its tolerance",
            total=count_word(total),
        )
    if amiss:
        return trn(
            "Our function cannot be kept within its tolerance",
            "{amiss} of {total} functions cannot be kept within their tolerance",
            total,
            amiss=capital(count_word(amiss)),
            total=count_word(total),
        )
    if unknown:
        return trn(
            "Of one function it is not known what it needs: no opinion can be given on it",
            "Of {count} functions it is not known what they need: no opinion can be given on them",
            unknown,
            count=count_word(unknown),
        )
    return trn(
        "Our function stays within its tolerance, whichever single thing in the model fails",
        "All {total} functions stay within tolerance, whichever single thing in the model fails",
        total,
        total=count_word(total),
    )


def beyond(context: Context) -> list[str]:
    """Return the functions whose worst single failure is longer than can be borne."""
    return [
        function.id
        for function in context.functions
        if (impact := context.worst(function.id)) is not None
        and impact.verdict.rank >= Verdict.BREACHED.rank
    ]


def _unknown(context: Context) -> list[str]:
    return [f.id for f in context.functions if not f.needs and not f.shares]


def build(context: Context) -> Part:
    """Return the first section."""
    model, words, assessment = context.model, context.words, context.assessment
    criteria = tr("Policy: {name}", name=assessment.policy.name)
    scope = (
        (tr("Organisation"), model.organisation),
        (tr("Describes"), words.day(model.as_of) if model.as_of else tr("no day is stated")),
        (tr("Looked at"), words.day(assessment.today)),
        (tr("Functions"), words.functions([f.id for f in context.functions], 6)),
        (
            tr("Dependencies"),
            ", ".join(
                (
                    counted(len(model.services), "service"),
                    counted(len(model.third_parties), "third party", "third parties"),
                    counted(len(model.providers), "provider"),
                    counted(len(model.contracts), "contract"),
                    counted(len(model.contingencies), "plan"),
                )
            ),
        ),
        (tr("Judged by"), criteria),
        (tr("Model"), model.digest or tr("not from a file")),
    )
    rows = [(Cell(what), Cell(text)) for what, text in scope]
    return Part(
        headline(context),
        opening=True,
        kicker=tr("Continuity audit · {organisation}", organisation=model.organisation),
        lead=_lead(context),
        blocks=(
            Block(callout=_rule(context)),
            Block(
                tr("What was audited"),
                grid=grid(((tr("Scope"), 22), (tr("In this audit"), 78)), rows, 20, tight=True),
            ),
            Block(tr("How"), text=METHOD),
        ),
    )


METHOD = (
    "Every element of the model was failed alone, and in pairs where a critical function is"
    " concerned, for its worst plausible outage; what follows was computed hour by hour, plans"
    " included at the times they state. Findings follow from fixed rules, each with a number that"
    " riskmap explain describes. A missing fact makes a result worse, never better. What the model"
    " leaves out, this audit does not see; nothing here is a statement of conformity."
)


def _lead(context: Context) -> str:
    findings = [t.finding for t in context.assessment.findings if t.open]
    grave = sum(1 for finding in findings if finding.severity.rank >= 2)
    focus = context.focus
    first = trn(
        "One open finding, {grave} of them critical or high.",
        "{count} open findings, {grave} of them critical or high.",
        len(findings),
        count=capital(count_word(len(findings))),
        grave=count_word(grave),
    )
    if not findings:
        first = tr("There are no open findings.")
    if focus is None or not beyond(context):
        return first
    words = context.words
    return (
        first
        + " "
        + tr(
            "What hurts most: {element} alone stops {function} for {length}.",
            element=words.name(focus.element),
            function=words.name(focus.function),
            length=words.stop(focus),
        )
    )


def _rule(context: Context) -> Callout:
    """Say by which rule the opinion is given."""
    amiss, unknown = beyond(context), _unknown(context)
    mark = good(tr("Unqualified"))
    if amiss:
        mark = bad(tr("Adverse"))
    elif unknown or _grave(context):
        mark = fair(tr("Qualified"))
    return Callout(
        mark,
        tr("Opinion: {word}", word=mark.word),
        (
            tr("Adverse: a single failure stops a function for longer than it can bear."),
            tr(
                "Qualified: none does, but a critical or high finding is open, or of a function"
                " it is not known what it needs."
            ),
            tr("Unqualified: neither. It speaks of the model, and of single failures, only."),
        ),
    )


def _grave(context: Context) -> bool:
    return any(t.open and t.finding.severity.rank >= 2 for t in context.assessment.findings)
