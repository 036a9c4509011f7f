"""The questions there are, by kind of entry: where the answer belongs, what is asked, and how.

Which of them are asked about one provider is decided in :mod:`riskmap.rules.asking.questions`.
"""

from dataclasses import dataclass

from riskmap.model import Openness, Period
from riskmap.rules.asking.question import Form, Topic

HOW = {
    Form.DURATION: "a length of time, such as 30m, 8h or 5d",
    Form.SHARE: "a share with its sign, such as 99.9%",
    Form.NUMBER: "a number, such as 0.5 or 2",
    Form.AMOUNT: "an amount without currency, such as 5000",
    Form.TEXT: "in your own words",
    Form.NAMES: "the names, one after the other with a semicolon between; or none",
}
"""How to write an answer, by its form."""

SAME_KINDS = {
    "identity": ("identity",),
    "registry": ("registry", "registrar", "resolver"),
    "certificate-authority": ("certificate-authority",),
    "reputation": ("reputation", "block-list"),
}
"""A question about parties of one kind is settled where the model knows one of these kinds."""

CLAUSE_ANSWERS = ("have", "missing", "refused")
"""A clause is in the contract, is not, or was asked for and refused."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the catalogue; ``{entry}`` stands for what it is about.

    Attributes
    ----------
    detail : bool
        Whether it is asked after everything that is not.
    """

    fact: str
    topic: Topic
    form: Form
    text: str
    choices: tuple[str, ...] = ()
    detail: bool = False


SERVICE = (
    Asked(
        "outage.worst",
        Topic.OUTAGES,
        Form.DURATION,
        "what was the longest outage of {entry} in the last five years",
    ),
    Asked(
        "outage.typical",
        Topic.OUTAGES,
        Form.DURATION,
        "how long does an outage of {entry} usually last",
        detail=True,
    ),
    Asked(
        "outage.per_year",
        Topic.OUTAGES,
        Form.NUMBER,
        "how many outages of {entry} were there a year, over the last five years",
        detail=True,
    ),
    Asked(
        "needs.hosting",
        Topic.HOSTING,
        Form.NAMES,
        "whose data centres or clouds does {entry} run in, and in which regions",
    ),
    Asked(
        "needs.identity",
        Topic.IDENTITY,
        Form.NAMES,
        "whose sign-in service must work for people to use {entry}",
    ),
    Asked(
        "needs.registry",
        Topic.NAMES,
        Form.NAMES,
        "who runs the name servers, and who registers the domain names, that {entry} is reached by",
    ),
    Asked(
        "needs.certificate-authority",
        Topic.CERTIFICATES,
        Form.NAMES,
        "who issues the certificates that {entry} shows to its users",
    ),
    Asked(
        "needs.reputation",
        Topic.MAIL,
        Form.NAMES,
        "over whose addresses does {entry} send mail, and whose block lists could refuse it",
    ),
    Asked(
        "needs.subcontractor",
        Topic.OTHER_PARTIES,
        Form.NAMES,
        "which other companies, if they stopped, would stop {entry}",
    ),
    Asked(
        "sla.availability",
        Topic.SERVICE_LEVEL,
        Form.SHARE,
        "which availability of {entry} do you promise",
    ),
    Asked(
        "sla.measures",
        Topic.SERVICE_LEVEL,
        Form.TEXT,
        "on what is the promised availability of {entry} measured",
        detail=True,
    ),
    Asked(
        "sla.period",
        Topic.SERVICE_LEVEL,
        Form.CHOICE,
        "over what time is the promised availability of {entry} measured",
        tuple(str(period) for period in Period),
        detail=True,
    ),
    Asked(
        "exit.format",
        Topic.EXIT,
        Form.TEXT,
        "in which form do we get our data back from {entry}",
    ),
    Asked(
        "exit.openness",
        Topic.EXIT,
        Form.CHOICE,
        "who else can read the form in which {entry} gives data back",
        tuple(str(openness) for openness in Openness),
        detail=True,
    ),
    Asked(
        "exit.retrieval",
        Topic.EXIT,
        Form.DURATION,
        "how long after the end can we still fetch our data from {entry}",
    ),
)
"""About each service of the provider."""

PROVIDER = (
    Asked(
        "acknowledges_after",
        Topic.OUTAGES,
        Form.DURATION,
        "at your last large outage, how long after its start did {entry} tell its customers",
    ),
)
"""About the organisation."""

CONTRACT = (
    Asked(
        "notice",
        Topic.EXIT,
        Form.DURATION,
        "how long before leaving must we give notice of {entry}",
    ),
    Asked(
        "provider_notice",
        Topic.EXIT,
        Form.DURATION,
        "how long before ending {entry} must you give us notice",
    ),
    Asked(
        "liability_cap",
        Topic.CLAUSES,
        Form.AMOUNT,
        "what is the most you would pay for one outage under {entry}",
    ),
)
"""About each contract with the provider; its clauses are asked about besides."""
