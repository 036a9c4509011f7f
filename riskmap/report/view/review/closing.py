"""The end of a review: single points gained and lost, and who decides."""

from riskmap.assessment.criteria import harmful_points
from riskmap.language import tr
from riskmap.report.view.blocks import Block, Part, grid
from riskmap.report.view.context import Context
from riskmap.report.view.parts import Cell, gap
from riskmap.report.view.review.recommendation import review_of
from riskmap.report.view.words import listed


def build(context: Context) -> Part:
    """Return the section."""
    review = review_of(context)
    before = set(harmful_points(review.today))
    rows = []
    for proposal in review.proposals:
        after = set(harmful_points(proposal.assessment))
        old = {proposal.comparison.renames.id(name): name for name in before}
        gained = [proposal.assessment.model.title(name) for name in sorted(after - set(old))]
        lost = [review.today.model.title(old[name]) for name in sorted(set(old) - after)]
        rows.append(
            (
                Cell(proposal.name),
                Cell(listed(gained, 5, tr("element"), tr("elements")) or tr("none")),
                Cell(listed(lost, 5, tr("element"), tr("elements")) or tr("none")),
            )
        )
    heads = (
        (tr("Proposal"), 22),
        (tr("Single points of failure gained"), 39),
        (tr("Single points of failure lost"), 39),
    )
    signing = [
        (Cell(role), gap(tr("name")), gap(tr("signature")), gap(tr("day")))
        for role in (tr("Recommended by (vendor manager)"), tr("Decided by"))
    ]
    return Part(
        tr("What alone would stop us, and who decides"),
        tr("Single points count whether or not a plan stands in for them."),
        (
            Block(grid=grid(heads, rows, 10, tight=True)),
            Block(
                tr("Decision"),
                tr("Holds until a fact above changes, or for a year."),
                grid=grid(
                    ((tr("Role"), 32), (tr("Name"), 26), (tr("Signature"), 26), (tr("Day"), 16)),
                    signing,
                    5,
                ),
            ),
        ),
    )
