"""Single points of failure, pairs and shared causes, each with the path that proves it."""

from riskmap.assessment.criteria import harmful_points
from riskmap.language import tr, trn
from riskmap.report.view.audit.subject import AuditContext
from riskmap.report.view.blocks import Block, Part, grid
from riskmap.report.view.parts import Cell, mark_of
from riskmap.rules.pairs import double_points
from riskmap.rules.statement import count_word
from riskmap.rules.support import felt, harmful
from riskmap.rules.verdict import tolerated

MOST, PAIRS, SHARED = 40, 15, 15


def build(context: AuditContext) -> Part:
    """Return the section; it says so where there is nothing."""
    points = _ranked_points(context)
    title = tr("No single thing in the model stops a function for too long")
    unknown = [f.id for f in context.functions if not f.needs and not f.shares]
    if unknown:
        names = context.words.functions(unknown)
        title = tr("What would stop {functions} is not known", functions=names)
    if points:
        title = trn(
            "One thing alone stops a function for too long",
            "{count} things, each alone, stop a function for too long",
            len(points),
            count=count_word(len(points)).capitalize(),
        )
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
    return Part(title, blocks=tuple(blocks))


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
    hurt = harmful(impacts) or list(impacts)
    functions = "; ".join(words.short(impact.function, 40) for impact in hurt[:3])
    if len(hurt) > 3:
        functions += " " + tr("and {count} more", count=count_word(len(hurt) - 3))
    worst = hurt[0]
    stated = tolerated(results.functions[worst.function], "mtd") > 0
    path = results.paths[worst.function].get(element, ())
    return (
        Cell(context.model.title(element)),
        Cell(functions),
        Cell(words.stop(worst), note=mark_of(worst, stated).word),
        Cell(" → ".join(words.short(name, 46) for name in path)),
    )


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
