"""The criteria as data: which clause asks for what, and what of it is counted.

What a standard asks for is put in our words. Clause numbers are those of ISO 22301:2019, NIST SP
800-34 r1 (2010) and Regulation (EU) 2022/2554 (DORA), Art. 28 to 30. A clause that a model can say
nothing about is not among them; :data:`SILENT` says so.
"""

from collections.abc import Iterator

from riskmap.assessment.assessment import Assessment
from riskmap.assessment.criteria.counting import (
    TIMES,
    assigned,
    clause,
    concentrated,
    decided,
    dependencies,
    exit_tested,
    exits,
    functions,
    in_time,
    independent,
    outages,
    planned,
    plans,
    reached,
    recorded,
    reviewed,
    startable,
    tested,
    tolerances,
    written,
)
from riskmap.assessment.criteria.evidence import Criterion
from riskmap.model import CLAUSES, Standard
from riskmap.rules.leaving.law import in_the_union

ISO, NIST, DORA = Standard.ISO_22301, Standard.NIST_800_34, Standard.DORA

TITLES = {
    ISO: "ISO 22301:2019",
    NIST: "NIST SP 800-34 r1",
    DORA: "DORA, Regulation (EU) 2022/2554, Art. 28 to 30",
}

SILENT = {
    ISO: "Not judged by riskmap: clauses 4 to 7 (context, leadership, planning, support), 8.1, 9"
    " (monitoring, internal audit, management review) and 10.2. They are about the management"
    " system, of which the model says nothing.",
    NIST: "Not judged by riskmap: 3.1 (policy statement), 3.3 (preventive controls), 3.5.2"
    " (training), 4.2.3 (outage assessment) and the technical guidance for systems. The model says"
    " nothing of them.",
    DORA: "Not judged by riskmap: everything else in Art. 28 to 30, such as strategy, due"
    " diligence, audits and the insolvency law of a provider. DORA binds financial entities of the"
    " EU; whether it binds this organisation is not judged either.",
}
"""What of each standard the matrix is silent about."""

_NO_PLAN = "no plan is written for what a function needs"
_NO_SERVICE = "nothing is bought for a critical or important function"
_NO_CONTRACT = "no contract is in force"

_FUNCTIONS = (
    Criterion(
        ((ISO, "8.2.2"), (NIST, "3.2.1")),
        "For each activity it is known how long it can be down, how soon it must be back, and who"
        " answers for it.",
        "Functions that state owner, criticality, MTD and RTO",
        functions(
            lambda f: None not in (f.owner, f.criticality, f.objectives.mtd, f.objectives.rto),
            *("owner", "criticality", "mtd", "rto"),
        ),
        ("RM005", "RM207"),
    ),
    Criterion(
        ((ISO, "8.2.2"),),
        "The least at which an activity is acceptable is known.",
        "Functions that state their minimum",
        functions(lambda f: f.objectives.minimum is not None, "minimum"),
    ),
    Criterion(
        ((ISO, "8.2.2"), (NIST, "3.2.1")),
        "What a stop does to the organisation is known over time.",
        "Functions that state what a stop costs",
        functions(lambda f: bool(f.loss), "loss"),
    ),
    Criterion(
        ((ISO, "8.2.2"), (NIST, "3.2.2")),
        "What each activity depends on is known, suppliers included.",
        "Functions that say what they need",
        dependencies,
        ("RM001", "RM006"),
    ),
    Criterion(
        ((NIST, "3.2.3"),),
        "It is known what has to be brought back first.",
        "Functions that state criticality and RTO",
        functions(lambda f: None not in (f.criticality, f.objectives.rto), *("criticality", "rto")),
        ("RM005",),
    ),
    Criterion(
        ((ISO, "8.2.3"),),
        "How what an activity needs may be disrupted is assessed.",
        "Dependencies that state their worst outage",
        outages,
        ("RM007",),
        "nothing that a function needs can fail by itself",
    ),
    Criterion(
        ((ISO, "8.3"), (NIST, "3.4")),
        "Solutions keep each activity within what it can bear.",
        "Functions that stay within tolerance, whichever single thing fails",
        tolerances,
        ("RM003", "RM101", "RM102", "RM103"),
    ),
)

_PLANS = (
    Criterion(
        ((ISO, "8.3"), (NIST, "3.4")),
        "Solutions can be in place soon enough.",
        "Plans that start within the tolerance of what they serve",
        plans(in_time, *TIMES),
        ("RM202", "RM206", "RM209"),
        _NO_PLAN,
    ),
    Criterion(
        ((ISO, "8.3"), (NIST, "3.4")),
        "Solutions do not fail together with what they replace.",
        "Plans that share no single cause with what they replace",
        plans(independent, "uses"),
        ("RM203",),
        _NO_PLAN,
    ),
    Criterion(
        ((ISO, "8.4.4"),),
        "A plan is written for what would stop an activity.",
        "Single points of failure that some plan helps against",
        planned,
        ("RM201",),
        "nothing was found that stops a function for too long by itself",
    ),
    Criterion(
        ((ISO, "8.4.2"),),
        "It is settled who responds and decides, and who does in their absence.",
        "Plans that name who decides and a deputy",
        plans(lambda _, plan: None not in (plan.decides, plan.deputy), "decides", "deputy"),
        (),
        _NO_PLAN,
    ),
    Criterion(
        ((ISO, "8.4.4"), (NIST, "4.2.1")),
        "Plans say what starts them, who decides and how long each part takes.",
        "Plans that can be started as written",
        plans(startable, "trigger", "decides", "steps", *TIMES),
        ("RM208",),
        _NO_PLAN,
    ),
    Criterion(
        ((ISO, "8.4.3"), (NIST, "4.2.2")),
        "Plans say who is told what, and by which way.",
        "Plans that say whom to tell",
        plans(lambda _, plan: bool(plan.communications), "communications"),
        (),
        _NO_PLAN,
    ),
    Criterion(
        ((ISO, "8.4.4"), (NIST, "4.3")),
        "Plans say in order what is done, and by whom.",
        "Plans whose steps all say who does them",
        plans(assigned, "steps"),
        (),
        _NO_PLAN,
    ),
    Criterion(
        ((ISO, "8.4.5"), (NIST, "4.4")),
        "Plans say how to go back to normal.",
        "Plans that say how",
        plans(lambda _, plan: bool(plan.back_to_normal), "back_to_normal"),
        (),
        _NO_PLAN,
    ),
    Criterion(
        ((ISO, "8.5"), (NIST, "3.5")),
        "Plans are exercised and tested at planned intervals.",
        "Plans that passed a test in time",
        plans(tested, "tests"),
        ("RM204", "RM205"),
        _NO_PLAN,
    ),
    Criterion(
        ((ISO, "8.6"), (NIST, "3.6")),
        "What the plans rest on is reviewed and kept up to date.",
        "Entries that were looked at in time",
        reviewed,
        ("RM002",),
    ),
    Criterion(
        ((ISO, "10.1"),),
        "What was found amiss is decided on.",
        "Findings with a decision that holds",
        decided,
        (),
        "there is no finding to decide on",
    ),
)

_BOUGHT = (
    Criterion(
        ((DORA, "28(3)"),),
        "A register holds the arrangements with providers, with their terms.",
        "Contracts in force that state start, end and notice",
        recorded,
        (),
        _NO_CONTRACT,
    ),
    Criterion(
        ((DORA, "28(8)"),),
        "There are exit plans for services behind critical or important functions.",
        "Such services that have one",
        exits(lambda _, s: s.exit is not None and s.exit.plan is not None),
        ("RM402", "RM403"),
        _NO_SERVICE,
    ),
    Criterion(
        ((DORA, "28(8)"),),
        "Exit plans are tested.",
        "Such services with a plan that passed a test",
        exits(exit_tested),
        ("RM403",),
        _NO_SERVICE,
    ),
    Criterion(
        ((DORA, "28(8)"),),
        "Alternatives are identified.",
        "Such services that name one",
        exits(lambda _, s: s.exit is not None and bool(s.exit.alternatives)),
        ("RM404",),
        _NO_SERVICE,
    ),
    Criterion(
        ((DORA, "29(1)(a)"),),
        "It is weighed how hard a provider is to substitute.",
        "Such services of which it is stated",
        exits(lambda _, s: s.exit is not None and s.exit.substitutability is not None),
        (),
        _NO_SERVICE,
    ),
    Criterion(
        ((DORA, "29(1)(b)"),),
        "Not too much hangs on one provider, or on several that are closely connected.",
        "Providers below the threshold of the policy",
        concentrated,
        ("RM304",),
        "nothing is bought, or the policy leaves out the rule that looks (RM304)",
    ),
    Criterion(
        ((DORA, "29(2)"),),
        "The chain of subcontractors is known and weighed.",
        "Services and third parties of others that a chain of contracts reaches",
        reached,
        ("RM301", "RM302", "RM305"),
        "nothing that a function needs is run by others",
    ),
    Criterion(
        ((DORA, "30(1)"),),
        "What is bought is set out in a written contract.",
        "Services that a contract in force covers",
        written,
        ("RM301",),
        "nothing is bought",
    ),
)

_CLAUSES = tuple(
    Criterion(
        ((DORA, known.article.removeprefix("Art. ")),),
        f"Contracts in force settle: {known.title}.",
        "Contracts with it",
        clause(known.id, known.paragraph),
        (),
        _NO_CONTRACT,
    )
    for known in CLAUSES
)

CRITERIA = (*_FUNCTIONS, *_PLANS, *_BOUGHT, *_CLAUSES)
"""Every criterion."""


def chosen(assessment: Assessment) -> tuple[Standard, ...]:
    """Return the standards the policy names; else ISO 22301, and DORA where EU law applies."""
    named = assessment.policy.criteria
    if named:
        return tuple(standard for standard in Standard if standard in named)
    union = in_the_union(assessment.model.jurisdiction)
    return (ISO, DORA) if union else (ISO,)


def criteria_of(standard: Standard) -> Iterator[tuple[str, Criterion]]:
    """Yield clause and criterion of one standard, in the order of its clauses."""
    found = [
        (clause_number, criterion)
        for criterion in CRITERIA
        for whose, clause_number in criterion.clauses
        if whose is standard
    ]
    return iter(sorted(found, key=lambda item: [_number(part) for part in item[0].split(".")]))


def _number(part: str) -> tuple[int, str]:
    digits = part.partition("(")[0]
    return int(digits or 0), part
