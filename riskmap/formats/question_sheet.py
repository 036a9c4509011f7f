"""The questions for a provider as a workbook or as Markdown, to be filled in and read back.

Both name the model and the provider, and carry the key of each question, by which
:mod:`riskmap.importing.answers` finds where an answer belongs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from riskmap.formats.markdown import escape
from riskmap.formats.sheets.table import Column, Table
from riskmap.formats.xlsx import workbook
from riskmap.model import Model
from riskmap.rules.asking.question import Question
from riskmap.rules.asking.questions import Asking
from riskmap.rules.statement import day, render

ABOUT, SHEET = "About", "Questions"
"""Names of the two sheets of the workbook."""
HEADS = (
    "No.",
    "Question",
    "Why it matters here",
    "How to answer",
    "Answer",
    "Document or source",
    "Date of it",
    "Key (do not change)",
)
MODEL, PROVIDER, KEY, ANSWER, SOURCE, DATED = (
    "Model",
    "Provider",
    "Key",
    "Answer",
    "Source",
    "Date",
)
"""Words before the values in Markdown; the first two also on the sheet about the workbook."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is sent to a provider.

    Attributes
    ----------
    path : str
        The model, as the user named it; answers are read back against it.
    most : int
        Questions that are put, the first of them.
    """

    model: Model
    asking: Asking
    path: str
    today: date
    most: int

    @property
    def put(self) -> tuple[Question, ...]:
        """The questions that are put."""
        return self.asking.questions[: self.most]

    @property
    def more(self) -> str:
        """Say how many questions are left for another time, empty when none is."""
        left = len(self.asking.questions) - len(self.put)
        if not left:
            return ""
        return f"{left} further {'question is' if left == 1 else 'questions are'} left for later."


def write_workbook(sheet: Sheet) -> bytes:
    """Return the questions as an Excel workbook."""
    about = Table(
        ABOUT,
        (Column("What", 22), Column("", 80)),
        (
            ("Questions for", sheet.model.title(sheet.asking.provider)),
            ("Asked by", sheet.model.organisation),
            ("On", sheet.today),
            ("How", "Fill in the yellow columns of the next sheet; leave open what is not known."),
            ("Left out", sheet.more or "nothing"),
            (MODEL, sheet.path),
            (PROVIDER, sheet.asking.provider),
        ),
        printed=2,
        filtered=False,
    )
    widths = (6, 52, 40, 30, 36, 28, 13, 36)
    columns = tuple(Column(head, width) for head, width in zip(HEADS, widths, strict=True))
    rows = tuple(
        (number, *_asked(sheet.model, question), None, None, None, question.key)
        for number, question in enumerate(sheet.put, 1)
    )
    table = Table(SHEET, columns, rows, printed=7, frozen="C2", filtered=False, open=(5, 6, 7))
    title = f"Questions for {sheet.model.title(sheet.asking.provider)}"
    return workbook((about, table), title, sheet.model.organisation, sheet.today)


def write_markdown(sheet: Sheet) -> str:
    """Return the questions as Markdown, ending in a newline."""
    return "\n".join(_lines(sheet)).rstrip() + "\n"


def _asked(model: Model, question: Question) -> tuple[str, str, str]:
    text = f"{render(question.text, model)}?"
    return text, f"{render(question.why, model)}.", render(question.how, model, capital=False)


def _lines(sheet: Sheet) -> Iterator[str]:
    model, asking = sheet.model, sheet.asking
    yield f"# Questions for {escape(model.title(asking.provider))}"
    yield ""
    yield f"Asked by {escape(model.organisation)} on {day(sheet.today)}. Write behind “{ANSWER}:”,"
    yield f"“{SOURCE}:” (the document that shows it) and “{DATED}:” (of that document, such as"
    yield "2026-06-01). Leave open what you do not know."
    yield ""
    yield f"- {MODEL}: `{sheet.path}`"
    yield f"- {PROVIDER}: `{asking.provider}`"
    yield ""
    if not asking.questions:
        yield "Nothing is left to ask: what hangs on this provider is known."
    for number, question in enumerate(sheet.put, 1):
        text, why, how = _asked(model, question)
        yield f"## {number}. {escape(text)}"
        yield ""
        yield f"{escape(why)} Answer with {escape(how)}."
        yield ""
        yield f"- {KEY}: `{question.key}`"
        yield f"- {ANSWER}:"
        yield f"- {SOURCE}:"
        yield f"- {DATED}:"
        yield ""
    if sheet.more:
        yield sheet.more
