"""What to call a weak point before its name is known: whose it is, and what kind of thing."""

from riskmap.model import THIRD_PARTY_KINDS, Provider, Service, ThirdParty
from riskmap.report.view.context import Context


def weak_point(context: Context, element: str) -> str:
    """Return what a weak point is, for a title: whose it is, and by which right we could act.

    Examples are "One score at an organisation we have no contract with", "One provider,
    Microsoft," and "One system of our own".
    """
    entry = context.model.element(element)
    stands = context.results.accountability.get(element)
    if isinstance(entry, Provider):
        if stands is not None and stands.rank is not None:
            return f"One provider, {entry.title},"
        return f"One organisation, {entry.title},"
    if isinstance(entry, Service) and entry.provider is None:
        return "One system of our own"
    noun = "service" if isinstance(entry, Service) else "third party"
    if isinstance(entry, ThirdParty) and entry.kind is not None:
        noun = THIRD_PARTY_KINDS.get(entry.kind, noun)
    if stands is not None and stands.rank == 1 and stands.party is not None:
        return f"One {noun} we buy from {context.words.title(stands.party)}"
    if stands is not None and stands.rank is not None:
        return f"One {noun} at a subcontractor of our provider"
    if stands is not None and stands.party is not None:
        party = context.results.accountability.get(stands.party)
        if party is None or party.rank is None:
            return f"One {noun} at an organisation we have no contract with"
    return f"One {noun} that no contract covers"
