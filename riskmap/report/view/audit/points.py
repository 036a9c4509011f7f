"""Single points of failure, pairs and shared causes, each with the path that proves it."""

from riskmap.assessment.criteria import harmful_points
from riskmap.language import tr, trn
from riskmap.report.view.audit.evidence import path
from riskmap.report.view.audit.subject import AuditContext
from riskmap.report.view.blocks import Block, Part, grid
from riskmap.report.view.parts import Cell, mark_of
from riskmap.rules.pairs import double_points
from riskmap.rules.statement import count_word
from riskmap.rules.support import felt, harmful
from riskmap.rules.verdict import Impact, tolerated

MOST, PAIRS, SHARED = 40, 15, 15


def build(context: AuditContext) -> Part:
    """Return the section; it says so where there is nothing."""
    points = _ranked_points(context)
    heads = (
        (tr("If this fails"), 24),
        (tr("This stops"), 20),
        (tr("For"), 20),
        (tr("Proof: each needs the next"), 36),
    )
    rows = [_row(context, element) for element in points]
    blocks = [
        Block(
            grid=grid(heads, rows, MOST, tight=True),
            text=""
            if rows
            else tr("Nothing single was found that is harmful; see the limits of the method."),
        ),
        *_pairs(context),
        *_shared(context),
    ]
    text = ""
    if points:
        text = tr(
            "Listed is whatever would do so without a plan; the length is that of the worst"
            " plausible outage, plans counted at their stated times."
        )
    return Part(_title(context, points), text, tuple(blocks))


def _title(context: AuditContext, points: list[str]) -> str:
    """Say how many things stop a function for too long, and how many only without the plans."""
    results = context.results
    beyond = [p for p in points if harmful(felt(results, results.structure.tops, (p,)))]
    bridged = len(points) - len(beyond)
    if beyond:
        told = trn(
            "One thing alone stops a function for too long",
            "{count} things, each alone, stop a function for too long",
            len(beyond),
            count=count_word(len(beyond)).capitalize(),
        )
        if not bridged:
            return told
        return tr("{told}; plans make up for {count} more", told=told, count=count_word(bridged))
    if bridged:
        return trn(
            "One thing alone would stop a function for too long; a plan makes up for it",
            "{count} things would each stop a function for too long; plans make up for all of them",
            bridged,
            count=count_word(bridged).capitalize(),
        )
    unknown = [f.id for f in context.functions if not f.needs and not f.shares]
    if unknown:
        names = context.words.functions(unknown)
        return tr("What would stop {functions} is not known", functions=names)
    return tr("No single thing in the model stops a function for too long")


def _ranked_points(context: AuditContext) -> list[str]:
    names = harmful_points(context.assessment)
    impacts = context.ranked(
        harmful(
            i
            for name in names
            for i in felt(context.results, context.results.structure.tops, (name,))
        )
    )
    ordered = list(dict.fromkeys(impact.element for impact in impacts))
    return [*ordered, *(name for name in names if name not in ordered)]


def _row(context: AuditContext, element: str) -> tuple[Cell, ...]:
    words, results = context.words, context.results
    impacts = context.ranked(felt(results, results.structure.tops, (element,)))
    hurt = harmful(impacts) or list(impacts) or _unaided(context, element)
    functions = "; ".join(words.short(impact.function, 40) for impact in hurt[:3])
    if len(hurt) > 3:
        functions += " " + tr("and {count} more", count=count_word(len(hurt) - 3))
    worst = hurt[0]
    return (
        Cell(context.model.title(element)),
        Cell(functions),
        _length(context, worst) if impacts else Cell(tr("carried throughout by a plan")),
        Cell(path(context, results.paths[worst.function].get(element, ()))),
    )


def _length(context: AuditContext, worst: Impact) -> Cell:
    stated = tolerated(context.results.functions[worst.function], "mtd") > 0
    word = mark_of(worst, stated).word
    if not worst.stopped:
        return Cell(tr("loses capacity only"), note=word)
    return Cell(context.words.stop(worst), note=word)


def _unaided(context: AuditContext, element: str) -> list[Impact]:
    """Return what a failure would do without plans, where plans carry from the first moment on."""
    unaided = context.results.unaided
    return list(context.ranked(i for (_, name), i in unaided.items() if name == element))


def _pairs(context: AuditContext) -> list[Block]:
    words = context.words
    found = double_points(context.results)
    rows = []
    for name in sorted(found, key=lambda name: (-found[name].worst.impact.stopped, name)):
        double = found[name]
        for pair in double.kinds[:3]:
            both = tr(
                "{one} and {other}",
                one=words.short(pair[0], 60),
                other=words.short(pair[1], 60),
            )
            rows.append((Cell(words.short(name, 60)), Cell(both), Cell(str(double.count))))
    if not rows:
        return []
    heads = (
        (tr("Function"), 30),
        (tr("Stopped by these two together"), 52),
        (tr("Such pairs in all"), 18),
    )
    return [
        Block(
            tr("Two failures at once"),
            tr("For critical functions, the pairs of each kind that stop it past its tolerance."),
            grid=grid(heads, rows, PAIRS, tight=True),
        )
    ]


def _shared(context: AuditContext) -> list[Block]:
    rows = [
        (
            Cell(context.model.title(treated.finding.subject)),
            Cell(f"{words}."),
        )
        for treated in context.assessment.findings
        if treated.finding.rule in {"RM103", "RM104", "RM203", "RM305"}
        and (words := context.words.sentence(treated.finding.summary))
    ]
    if not rows:
        return []
    heads = ((tr("About"), 26), (tr("What shares a cause"), 74))
    return [Block(tr("Shared causes"), grid=grid(heads, rows, SHARED, tight=True))]
