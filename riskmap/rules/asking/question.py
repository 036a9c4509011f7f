"""One question to a provider: where its answer belongs, how it is written, why it matters."""

from dataclasses import dataclass
from enum import StrEnum

from riskmap.rules.statement import Statement


class Topic(StrEnum):
    """What a question is about, in the order in which equals are asked."""

    OUTAGES = "outages"
    HOSTING = "hosting"
    IDENTITY = "sign-in"
    NAMES = "domain names"
    CERTIFICATES = "certificates"
    MAIL = "mail"
    OTHER_PARTIES = "other parties"
    SERVICE_LEVEL = "service level"
    EXIT = "leaving"
    CLAUSES = "clauses"


class Form(StrEnum):
    """How an answer is written."""

    DURATION = "duration"
    SHARE = "share"
    NUMBER = "number"
    AMOUNT = "amount"
    CHOICE = "choice"
    TEXT = "text"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes
    ----------
    subject : str
        Id of the entry that the answer is about.
    fact : str
        Key below the entry, such as ``outage.worst``; ``needs.hosting`` for parties it hangs on.
    text : Statement
        Without the question mark.
    how : Statement
        How to write the answer.
    choices : tuple of str
        The answers there are, for a choice.
    functions : tuple of str
        Functions that hang on the subject, the one that matters most first.
    why : Statement
        Why it matters here.
    detail : bool
        Whether it is asked after everything that is not.
    """

    subject: str
    fact: str
    topic: Topic
    text: Statement
    form: Form
    how: Statement
    functions: tuple[str, ...]
    why: Statement
    choices: tuple[str, ...] = ()
    detail: bool = False

    @property
    def key(self) -> str:
        """Stable name by which the answer is read back."""
        return f"{self.subject}.{self.fact}"
