"""A whole report as display strings: what the page template gets."""

from dataclasses import dataclass, replace

from riskmap import __version__
from riskmap.assessment import Assessment
from riskmap.model import PLAIN, Brand
from riskmap.report.profiles import profile as profile_named
from riskmap.report.view.context import NOTHING, Beside
from riskmap.report.view.words import MARK, NBSP, tie
from riskmap.rules.statement import day

DIGEST = 8
"""Characters of the model's digest that are printed."""


@dataclass(frozen=True, slots=True)
class Document:
    """One report.

    Attributes
    ----------
    sections : tuple of (str, object)
        Template and view of each section that has something to say.
    head, side, foot : str
        What stands above every page, left and right, and below it.
    brand : Brand
        Its logo and colour.
    created : str
        Day of the assessment, ISO 8601.
    """

    name: str
    language: str
    title: str
    headline: str
    organisation: str
    kind: str
    generator: str
    created: str
    head: str
    side: str
    foot: str
    brand: Brand
    sections: tuple[tuple[str, object], ...]


def document_of(
    assessment: Assessment,
    profile: str,
    subject: str | None = None,
    brand: Brand = PLAIN,
    beside: Beside = NOTHING,
) -> Document:
    """Return a report as display strings.

    Parameters
    ----------
    beside : Beside
        What is told beside the assessment, such as what changed since an earlier one.

    Raises
    ------
    UnknownNameError
        When the profile or the subject does not exist.
    """
    chosen = profile_named(profile)
    context = replace(chosen.context(assessment, subject), beside=beside)
    built = [(section.template, section.build(context)) for section in chosen.sections]
    model = assessment.model
    organisation = brand.name or model.organisation
    headline = chosen.headline(context).removesuffix(".")
    digest = f"model {model.digest[:DIGEST]}" if model.digest else "model not from a file"
    return Document(
        name=chosen.name,
        language=brand.language,
        title=f"{headline.replace(NBSP, ' ')} | {organisation}",
        headline=headline,
        organisation=organisation,
        kind=chosen.title,
        generator=f"riskmap {__version__}",
        created=assessment.today.isoformat(),
        head=f"{organisation} · {chosen.title}",
        side=f"{brand.classification} · {tie(day(assessment.today))}",
        foot=f"riskmap {__version__} · {digest} · {MARK} marks every figure that is assumed",
        brand=brand,
        sections=tuple((name, view) for name, view in built if view is not None),
    )
