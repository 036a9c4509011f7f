"""When the law ends a charge: the EU Data Act on switching charges.

Regulation (EU) 2023/2854, Art. 29: from 11 January 2024 providers of data processing services may
charge no more than switching costs them; from 12 January 2027 they may charge nothing for it. The
Act protects customers in the Union wherever the provider sits (Art. 1(3)). It does not end fees for
ending a contract early (recital 89), and services made for one customer are exempt (Art. 31).
"""

from datetime import date

CHARGES_END = date(2027, 1, 12)
"""First day on which no switching charge is due (Art. 29(1))."""
RETRIEVAL_DAYS = 30
"""Least time to fetch data after the transition (Art. 25(2)(g))."""

_MEMBERS = """
    AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK
    """
_UNION = frozenset(_MEMBERS.split())
_NAMES = frozenset({"EU", "EUROPEAN UNION"})


def in_the_union(jurisdiction: str | None) -> bool:
    """Tell whether a model's jurisdiction is the European Union or one of its members.

    >>> in_the_union("EU"), in_the_union("de"), in_the_union("US"), in_the_union(None)
    (True, True, False, False)
    """
    return jurisdiction is not None and jurisdiction.strip().upper() in _UNION | _NAMES


def charges_banned(jurisdiction: str | None, day: date) -> bool:
    """Tell whether switching charges may no longer be asked for on this day.

    >>> charges_banned("EU", date(2027, 1, 11)), charges_banned("EU", date(2027, 1, 12))
    (False, True)
    """
    return in_the_union(jurisdiction) and day >= CHARGES_END
