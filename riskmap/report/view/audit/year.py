"""Year on year: what changed since an earlier assessment; in a line where there is none."""

from riskmap.language import tr
from riskmap.report.view.blocks import Part
from riskmap.report.view.context import Context


def build(context: Context) -> Part:
    """Return the section."""
    del context
    return Part(
        tr("Year on year"),
        tr(
            "No earlier assessment was given to compare with: riskmap audit MODEL --since LAST"
            " takes last year's model, JSON or PDF."
        ),
    )
