"""Why what a rule finds can be so: the cause of a finding, as distinct from what it does.

A cause is what the rule establishes, put as a sentence about "it"; who stands behind a finding is
added from the model. Nothing here goes beyond what the rule looked at.
"""

from collections.abc import Mapping
from types import MappingProxyType

from riskmap.language import tr
from riskmap.model import Contract
from riskmap.report.view.audit.subject import AuditContext
from riskmap.rules.finding import Finding

CAUSES: Mapping[str, str] = MappingProxyType(
    {
        "RM001": "Nobody has confirmed the need; it is counted as one that stops.",
        "RM002": "Nobody wrote down that the facts were looked at again in time.",
        "RM003": "The good result depends on facts that somebody assumed.",
        "RM004": "No path of needs leads to it, or a need of it was not written down.",
        "RM005": "The model lacks what says how much the function matters, or who answers for it.",
        "RM006": "Nobody wrote down what the function needs.",
        "RM007": "Two statements in the model cannot both be right.",
        "RM101": "Nothing takes over by itself when it fails.",
        "RM102": "Only two things stand between the function and a stop; both can be down at once.",
        "RM103": "The alternatives have something below them in common.",
        "RM104": "Each waits for another of the group before it can start.",
        "RM201": "No plan helps against what is named here, even once it runs.",
        "RM202": "Noticing, deciding and starting take too long, or their time is not stated.",
        "RM203": "The plan needs what fails, at some depth.",
        "RM204": "No test was held, or the newest one was not passed.",
        "RM205": "The last passed test is older than the policy allows, or is still to come.",
        "RM206": "The plan holds for less time than the outage may last, or does not say how long.",
        "RM207": "What the function needs is usually back, or said to be back, later than that.",
        "RM208": "The plan lacks what is needed to begin, or waits for the provider's word.",
        "RM209": "The plan carries less than the function, or the policy, asks for.",
        "RM301": "No contract in force, and no chain of contracts known, reaches it.",
        "RM302": "No contract in force pays anything for this outage, as far as is stated.",
        "RM303": "A machine decides, and no way to contest its decision is known.",
        "RM304": "Much is bought from, or runs through, one organisation.",
        "RM305": "Providers that look independent use the same party further down.",
        "RM306": "The availability that is promised allows a stop longer than can be borne.",
        "RM307": "What the promise measures is not what the function needs.",
        "RM308": "The contract lacks clauses, or nobody checked whether it has them.",
        "RM401": "It is tied to a service that is hard to leave.",
        "RM402": "Moving takes longer than the contract leaves time for.",
        "RM403": "No steps for leaving are written down.",
        "RM404": "No other offer is named in the model.",
    }
)


def cause(context: AuditContext, finding: Finding) -> str:
    """Return the cause of a finding, and who could mend it where it fails."""
    text = tr(CAUSES[finding.rule]) if finding.rule in CAUSES else tr("See riskmap explain.")
    who = _who(context, finding)
    return f"{text} {who}" if who else text


def _who(context: AuditContext, finding: Finding) -> str:
    """Say whose the thing behind a finding is, and whether we have a hold on them."""
    name = finding.cause or finding.subject
    entry = context.model.entry(name)
    stands = context.results.accountability.get(name)
    if isinstance(entry, Contract) or stands is None or not finding.rule.startswith(("RM1", "RM3")):
        return ""
    if stands.own:
        return tr("It is run by ourselves.")
    if stands.party is None:
        return tr("Nobody is named who runs it.")
    party = context.words.name(stands.party)
    if stands.rank is None:
        return tr("{party} could mend it, and owes us nothing.", party=party)
    if stands.rank == 1:
        return tr("{party} could mend it, under our contract.", party=party)
    return tr(
        "{party} could mend it, as a subcontractor of rank {rank}.", party=party, rank=stands.rank
    )
