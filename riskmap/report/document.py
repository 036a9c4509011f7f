"""A whole report as display strings: what the page template gets."""

from dataclasses import dataclass, replace

from riskmap import __version__
from riskmap.assessment import Assessment
from riskmap.model import PLAIN, Brand
from riskmap.report.flow import Setting
from riskmap.report.profiles import profile as profile_named
from riskmap.report.view.context import NOTHING, Beside
from riskmap.report.view.words import MARK, NBSP, tie
from riskmap.rules.statement import day

USUAL = Setting()
"""All rows, and the usual white space."""
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
    spacing : str
        Class of the page that sets its white space, empty for the usual.
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
    spacing: str
    sections: tuple[tuple[str, object], ...]


def document_of(
    assessment: Assessment,
    profile: str,
    subject: str | None = None,
    brand: Brand = PLAIN,
    beside: Beside = NOTHING,
    setting: Setting = USUAL,
) -> Document:
    """Return a report as display strings.

    Parameters
    ----------
    beside : Beside
        An earlier assessment, or proposals, where the report is about these too.
    setting : Setting
        How many rows and how much white there are; only paper has another than the usual.

    Raises
    ------
    UnknownNameError
        When the profile or the subject does not exist.
    """
    chosen = profile_named(profile)
    context = chosen.context(assessment, subject)
    context = replace(context, beside=beside, room=setting.room)
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
        spacing=setting.spacing,
        sections=tuple((name, view) for name, view in built if view is not None),
    )
