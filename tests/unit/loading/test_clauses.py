"""The closed list of clauses, against the letters of DORA Art. 30 and the page that shows it."""

import re
from pathlib import Path

from riskmap.model import BASIC_CLAUSES, CLAUSE_HABITS, CLAUSE_IDS, CLAUSES, clause_title

DOCS = Path(__file__).parents[3] / "docs" / "model.md"


def test_every_letter_of_both_paragraphs_is_there_in_order() -> None:
    """Art. 30(2) has the letters (a) to (i), Art. 30(3) the letters (a) to (f)."""
    letters = {n: [c.letter for c in CLAUSES if c.paragraph == n] for n in (2, 3)}
    assert sorted(set(letters[2])) == list("abcdefghi")
    assert sorted(set(letters[3])) == list("abcdef")
    assert all(found == sorted(found) for found in letters.values())
    assert len(set(CLAUSE_IDS)) == len(CLAUSES)
    assert set(BASIC_CLAUSES) == {c.id for c in CLAUSES if c.article.startswith("Art. 30(2)")}


def test_what_people_call_a_clause_leads_to_one_that_exists() -> None:
    assert set(CLAUSE_HABITS.values()) <= set(CLAUSE_IDS)
    assert not set(CLAUSE_HABITS) & set(CLAUSE_IDS)


def test_own_clauses_are_called_by_their_name() -> None:
    assert clause_title("x-step-in") == "step in"


def test_the_page_shows_the_same_list() -> None:
    rows = re.findall(
        r"^\| `([a-z-]+)` \| (.+) \| \((\d)\)\((\w)\) \|$", DOCS.read_text(), re.MULTILINE
    )
    assert rows == [(c.id, c.title, str(c.paragraph), c.letter) for c in CLAUSES]
