"""Whatever a file holds, the loader returns a model or explains itself; it never breaks.

Mutations of a valid model, trees of the language's own keys with wrong values, and plain noise.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from riskmap.cli.problems import problem_lines
from riskmap.errors import ModelError
from riskmap.loading import load_model
from riskmap.loading.fields import NEED_FORMS
from riskmap.loading.shape import SECTIONS, FileShape
from riskmap.model import Model

FULL = (Path(__file__).parents[1] / "unit" / "loading" / "full.yaml").read_text("utf-8")
LINES = FULL.splitlines(keepends=True)

NESTED = ("typical", "worst", "per_year", "per_hour", "after", "lasts", "when", "do", "service")
KEYS = sorted(
    {*FileShape.model_fields, *NESTED}
    | {key for shape in (*SECTIONS.values(), *NEED_FORMS.values()) for key in shape.model_fields}
)
SOME_WORDS = """
    shop orders acme a-b Bad_Id unknown 5d 1:30 8 -3h 45% 120% 0.9 true no ~ 2012-05-14 2012-02-30
    EUR NO critical hard .nan .inf 1e999 010 <<
"""
WORDS = SOME_WORDS.split()
CHARACTERS = "abz 0159 :-#'\"[]{},&*!|>%@`\t\n\r\x00\x07\ufeff\u2028é店\U0001f600\\"

quickly = settings(max_examples=250, deadline=10_000, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


def check(folder: Path, raw: bytes) -> None:
    """Load the bytes; anything but a model or well-placed, printable problems is a failure."""
    path = folder / "model.yaml"
    path.write_bytes(raw)
    try:
        loaded: Model | ModelError = load_model(path)
    except ModelError as error:
        loaded = error
    if isinstance(loaded, ModelError):
        lines = raw.decode("utf-8", errors="replace").splitlines()
        assert loaded.problems
        for problem in loaded.problems:
            assert problem.location.file == str(path)
            assert 1 <= problem.location.line <= len(lines) + 1
            width = (
                len(lines[problem.location.line - 1]) if problem.location.line <= len(lines) else 0
            )
            assert 1 <= problem.location.column <= width + 1
            assert problem.message
            assert problem.span >= 1
            for shown in problem_lines(problem):
                assert shown.isprintable()
                assert len(shown) < 5000


@quickly
@given(st.binary(max_size=300))
def test_bytes(folder: Path, raw: bytes) -> None:
    check(folder, raw)


@quickly
@given(st.text(alphabet=CHARACTERS, max_size=200))
def test_text(folder: Path, text: str) -> None:
    check(folder, text.encode())


scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.sampled_from(WORDS),
    st.text(max_size=8),
)
keys = st.one_of(st.sampled_from(KEYS), st.sampled_from(WORDS))
trees = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=5)),
    max_leaves=25,
)
entries = st.dictionaries(st.sampled_from(KEYS), trees, max_size=6)
sections = st.one_of(st.dictionaries(st.sampled_from(WORDS), st.one_of(entries, trees), max_size=4))
files = st.fixed_dictionaries(
    {"riskmap": st.one_of(st.just(1), scalars)},
    optional={
        key: st.one_of(sections, trees) for key in FileShape.model_fields if key != "riskmap"
    },
)


@quickly
@given(files)
def test_trees_of_known_keys(folder: Path, tree: Any) -> None:
    check(folder, yaml.safe_dump(tree, allow_unicode=True).encode("utf-8", errors="replace"))


line_numbers = st.integers(0, len(LINES) - 1)


@quickly
@given(
    st.lists(st.tuples(st.sampled_from(["delete", "double", "swap"]), line_numbers, line_numbers)),
    st.lists(
        st.tuples(
            st.integers(0, len(FULL)),
            st.integers(0, 5),
            st.one_of(
                st.sampled_from(WORDS),
                st.sampled_from(KEYS),
                st.text(alphabet=CHARACTERS, max_size=3),
            ),
        ),
        max_size=3,
    ),
)
def test_mutations(
    folder: Path, moves: list[tuple[str, int, int]], edits: list[tuple[int, int, str]]
) -> None:
    lines = list(LINES)
    for what, one, other in moves:
        i, j = one % len(lines), other % len(lines)
        if what == "delete" and len(lines) > 1:
            del lines[i]
        elif what == "double":
            lines.insert(j, lines[i])
        else:
            lines[i], lines[j] = lines[j], lines[i]
    text = "".join(lines)
    for at, length, new in edits:
        text = text[:at] + new + text[at + length :]
    check(folder, text.encode())


@pytest.mark.parametrize("number", range(len(LINES)))
def test_every_line_left_out(folder: Path, number: int) -> None:
    check(folder, "".join(LINES[:number] + LINES[number + 1 :]).encode())


@pytest.mark.parametrize("cut", range(0, len(FULL), 37))
def test_every_truncation(folder: Path, cut: int) -> None:
    check(folder, FULL[:cut].encode())
