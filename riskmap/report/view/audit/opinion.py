"""The opinion on the first page: what can be said, about what, by which rule."""

from collections.abc import Iterator

from riskmap import __version__
from riskmap.assessment.criteria import TITLES, chosen
from riskmap.language import tr, trn
from riskmap.report.view.audit.subject import AuditContext
from riskmap.report.view.blocks import Block, Part, grid
from riskmap.report.view.board.basis import LIMITS
from riskmap.report.view.parts import Callout, Cell, Mark, bad, fair, good
from riskmap.report.view.words import capital, counted
from riskmap.rules.accountability import in_force
from riskmap.rules.registry import RULES
from riskmap.rules.statement import count_word, join
from riskmap.rules.verdict import Verdict


def headline(context: AuditContext) -> str:
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


def beyond(context: AuditContext) -> list[str]:
    """Return the functions whose worst single failure is longer than can be borne."""
    return [
        function.id
        for function in context.functions
        if (impact := context.worst(function.id)) is not None
        and impact.verdict.rank >= Verdict.BREACHED.rank
    ]


def _unknown(context: AuditContext) -> list[str]:
    return [f.id for f in context.functions if not f.needs and not f.shares]


def build(context: AuditContext) -> Part:
    """Return the first section."""
    rows = [(Cell(what), Cell(text)) for what, text in _scope(context)]
    scope = grid(((tr("Scope"), 22), (tr("In this audit"), 78)), rows, len(rows), tight=True)
    return Part(
        headline(context),
        opening=True,
        kicker=tr("Continuity audit · {organisation}", organisation=context.model.organisation),
        lead=_lead(context),
        blocks=(
            Block(callout=_rule(context)),
            Block(tr("What was audited"), grid=scope),
            Block(tr("How, and what the method cannot say"), tr(METHOD), lines=_limits(context)),
        ),
    )


METHOD = (
    "Every element of the model was failed alone, and pairs of them where a critical function is"
    " concerned, each for its worst plausible outage; what follows was computed moment by moment,"
    " plans included at the times they state. Findings follow from fixed rules, each with a number"
    " that riskmap explain describes. Nothing here is a statement of conformity."
)


def _scope(context: AuditContext) -> Iterator[tuple[str, str]]:
    model, words, assessment = context.model, context.words, context.assessment
    yield tr("Organisation"), model.organisation
    yield tr("Model describes"), words.day(model.as_of) if model.as_of else tr("no day is stated")
    yield tr("Looked at as of"), words.day(assessment.today)
    yield tr("Functions"), capital(words.names([f.id for f in context.functions], 6, "function"))
    yield (
        tr("Elements"),
        capital(
            join(
                (
                    counted(len(model.services), "service"),
                    counted(len(model.third_parties), "third party", "third parties"),
                    counted(len(model.providers), "provider"),
                )
            )
        ),
    )
    live = sum(1 for contract in model.contracts if in_force(contract, assessment.today))
    contracts = counted(len(model.contracts), "contract")
    yield (
        tr("Arrangements"),
        capital(
            tr(
                "{contracts} ({live} in force), {plans}",
                contracts=contracts,
                live=count_word(live) if live else tr("none"),
                plans=counted(len(model.contingencies), "contingency plan"),
            )
        ),
    )
    yield tr("Criteria"), join(TITLES[standard] for standard in chosen(assessment))
    ran = len(RULES) - len(assessment.left_out)
    policy = tr(
        "{name}; {ran} of {all} rules ran", name=assessment.policy.name, ran=ran, all=len(RULES)
    )
    yield tr("Policy"), policy
    yield tr("Model, SHA-256"), model.digest or tr("not from a file")
    yield tr("Tool"), f"riskmap {__version__}"


def _limits(context: AuditContext) -> tuple[str, ...]:
    """Say what the method cannot, and what did not run."""
    silent = context.assessment.left_out
    lines = tuple(tr(line) for line in LIMITS)
    if not silent:
        return lines
    told = tr(
        "The policy leaves out {rules}: what they look for may be there all the same.",
        rules=join(silent),
    )
    return (*lines, told)


def _lead(context: AuditContext) -> str:
    findings = [t.finding for t in context.assessment.findings if t.open]
    grave = sum(1 for finding in findings if finding.severity.rank >= 2)
    focus = context.focus
    first = trn(
        "One open finding, {grave} of them critical or high.",
        "{count} open findings, {grave} of them critical or high.",
        len(findings),
        count=capital(count_word(len(findings))),
        grave=count_word(grave) if grave else tr("none"),
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


def _rule(context: AuditContext) -> Callout:
    """Give the opinion in plain words, and say by which rule."""
    mark, plain = _opinion(context)
    return Callout(
        mark,
        tr("Opinion: {word}", word=mark.word),
        (
            plain,
            tr(
                "The rule: adverse, if a single failure stops a function for longer than it can"
                " bear; qualified, if none does but a critical or high finding is open, a function"
                " does not say what it needs, or rules did not run; else unqualified."
            ),
            tr("The opinion is about the model and single failures, on the day it was looked at."),
        ),
    )


def _opinion(context: AuditContext) -> tuple[Mark, str]:
    amiss, unknown = beyond(context), _unknown(context)
    if amiss:
        names = context.words.functions(amiss)
        text = tr("Continuity cannot be confirmed for {names}.", names=names)
        return bad(tr("Adverse")), text
    reasons = []
    if _grave(context):
        reasons.append(tr("critical or high findings are open"))
    if unknown:
        reasons.append(
            tr("{names} does not say what it needs", names=context.words.functions(unknown))
        )
    if context.assessment.left_out:
        reasons.append(tr("not every rule ran"))
    if reasons:
        text = tr(
            "No single failure stops a function for too long, but {reasons}.", reasons=join(reasons)
        )
        return fair(tr("Qualified")), text
    text = tr("No single failure stops a function for too long, and nothing grave is open.")
    return good(tr("Unqualified")), text


def _grave(context: AuditContext) -> bool:
    return any(t.open and t.finding.severity.rank >= 2 for t in context.assessment.findings)
