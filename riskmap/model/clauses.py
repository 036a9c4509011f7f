"""Clauses of a contract: the closed list of DORA Art. 30 (Regulation (EU) 2022/2554), in our words.

The list binds financial entities of the EU; anybody else may use it as good practice. Names that
begin with ``x-`` are an organisation's own.
"""

from dataclasses import dataclass

OWN_PREFIX = "x-"
"""Begins the name of a clause that is not on the list."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing a contract should settle.

    Attributes
    ----------
    id : str
        Its name in a model.
    title : str
        What it is about, as it stands in a sentence.
    paragraph : int
        Of Art. 30: 2 for every contract, 3 where a critical or important function hangs on it.
    letter : str
        Within the paragraph.
    """

    id: str
    title: str
    paragraph: int
    letter: str

    @property
    def article(self) -> str:
        """Where it comes from, such as ``Art. 30(2)(b)``."""
        return f"Art. 30({self.paragraph})({self.letter})"


CLAUSES = (
    Clause("description", "description of the services", 2, "a"),
    Clause("subcontracting", "rules for subcontracting", 2, "a"),
    Clause("locations", "places of service and data", 2, "b"),
    Clause("data-protection", "protection of data", 2, "c"),
    Clause("data-return", "return of data at the end or on insolvency", 2, "d"),
    Clause("service-levels", "service levels", 2, "e"),
    Clause("incident-help", "help in an incident at a known price", 2, "f"),
    Clause("authorities", "cooperation with the authorities", 2, "g"),
    Clause("termination", "termination rights and notice", 2, "h"),
    Clause("training", "part in security training", 2, "i"),
    Clause("service-targets", "measurable service targets", 3, "a"),
    Clause("early-warning", "warning of developments that may affect the service", 3, "b"),
    Clause("provider-plans", "tested contingency plans of the provider", 3, "c"),
    Clause("penetration-tests", "part in penetration tests", 3, "d"),
    Clause("audit", "right to audit and inspect", 3, "e"),
    Clause("exit-help", "help with leaving and a transition period", 3, "f"),
)
"""Every clause of Art. 30(2) and (3), in the order of the article."""

CLAUSE_IDS = tuple(clause.id for clause in CLAUSES)
BASIC_CLAUSES = tuple(clause.id for clause in CLAUSES if clause.paragraph == 2)
"""Ids of the clauses that every contract should have."""

CLAUSE_HABITS = {
    "audit-rights": "audit",
    "right-to-audit": "audit",
    "exit": "exit-help",
    "exit-plan": "exit-help",
    "exit-strategy": "exit-help",
    "transition": "exit-help",
    "notice": "termination",
    "sla": "service-levels",
    "subcontractors": "subcontracting",
    "pen-tests": "penetration-tests",
    "pentest": "penetration-tests",
    "pentests": "penetration-tests",
    "tlpt": "penetration-tests",
}
"""What people call a clause first, and its name on the list."""

_TITLES = {clause.id: clause.title for clause in CLAUSES}


def clause_title(clause_id: str) -> str:
    """Return what a clause is about; one's own is called by its name.

    >>> clause_title("audit"), clause_title("x-step-in")
    ('right to audit and inspect', 'step in')
    """
    own = clause_id.removeprefix(OWN_PREFIX).replace("-", " ")
    return _TITLES.get(clause_id, own)
