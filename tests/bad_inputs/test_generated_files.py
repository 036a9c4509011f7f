"""Files that are broken as files: too large, too deep, not text; made here from a few words."""

import os
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from riskmap.cli.guard import run
from riskmap.cli.main import cli

HERE = Path(__file__).parent
HEAD = "riskmap: 1\norganisation: Example Ltd\n"
BODY = "functions:\n  orders: {needs: [shop]}\nservices:\n  shop:\n"

Recipe = Callable[[Path], None]
RECIPES: dict[str, Recipe] = {}


def text(name: str, content: str | bytes) -> None:
    """Add a recipe that is only a content."""
    raw = content.encode() if isinstance(content, str) else content
    RECIPES[name] = lambda path: bytes_written(path, raw)


def bytes_written(path: Path, raw: bytes) -> None:
    path.write_bytes(raw)


def recipe(make: Recipe) -> Recipe:
    """Add a recipe under the name of its function."""
    RECIPES[make.__name__.replace("_", "-")] = make
    return make


text("latin-1", (HEAD + "# café\n" + BODY).encode("latin-1"))
text("latin-1-after-wide-characters", HEAD.encode() + "# 店 ".encode() + b"\xe9\n")
text("latin-1-after-byte-order-mark", b"\xef\xbb\xbf# \xe9\n")
text("utf-16-little-endian", (HEAD + BODY).encode("utf-16-le").join([b"\xff\xfe", b""]))
text("utf-16-big-endian", (HEAD + BODY).encode("utf-16-be").join([b"\xfe\xff", b""]))
text("utf-16-without-mark", (HEAD + BODY).encode("utf-16-le"))
text("nul-byte", HEAD + "functions:\n  orders: {title: a\x00b}\n")
text("control-character", HEAD + "functions:\n  orders: {title: beep\x07}\n")
text("byte-order-mark-inside", HEAD + "functions:\n  orders: {title: \ufeffa}\n")
text("a-picture", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
text("brackets-too-deep", HEAD + "functions: " + "[" * 100_000)
text("braces-too-deep", HEAD + "functions: " + "{a: " * 100_000)
text("lists-too-deep", HEAD + "functions:\n  " + "- " * 100_000 + "a\n")
text("keys-too-deep", HEAD + "".join(" " * i + f"k{i}:\n" for i in range(300)))
text("too-many-values", HEAD + "functions: [" + "1," * 500_001 + "]")
text(
    "alias-bomb",
    HEAD
    + "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    + "".join(f"{n}: &{n} [{', '.join([f'*{m}'] * 10)}]\n" for m, n in pairwise("abcdefghi")),
)
text(
    "merge-bomb",
    HEAD
    + "a: &a {"
    + ", ".join(f"k{i}: x" for i in range(500))
    + "}\n"
    + "".join(f"m{i}: {{<<: [*a, *a, *a, *a]}}\n" for i in range(200)),
)
text("recursive-merge", HEAD + "functions: &f\n  orders:\n    <<: *f\n")
text("include-of-a-name-too-long", HEAD + f"include: {'x' * 300}.yaml\n" + BODY)
text("include-with-a-nul", HEAD + 'include: "a\\0b.yaml"\n' + BODY)


@recipe
def larger_than_allowed(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(17 * 1024 * 1024)


@recipe
def a_folder(path: Path) -> None:
    path.mkdir()


@recipe
def no_such_file(path: Path) -> None:
    assert not path.exists()


@recipe
def a_pipe(path: Path) -> None:
    os.mkfifo(path)


@recipe
def links_in_a_ring(path: Path) -> None:
    path.symlink_to("other.yaml")
    path.with_name("other.yaml").symlink_to(path.name)


@recipe
def include_that_is_a_pipe(path: Path) -> None:
    path.write_text(HEAD + "include: pipe.yaml\n" + BODY)
    os.mkfifo(path.with_name("pipe.yaml"))


@recipe
def include_that_is_not_text(path: Path) -> None:
    path.write_text(HEAD + "include: parts/more.yaml\n" + BODY)
    path.with_name("parts").mkdir()
    path.with_name("parts").joinpath("more.yaml").write_bytes(b"services:\n  \xff:\n")


@recipe
def includes_without_end(path: Path) -> None:
    names = [f"part-{i}.yaml" for i in range(600)]
    path.write_text(HEAD + "include: [" + ", ".join(names) + "]\n" + BODY)
    for name in names:
        path.with_name(name).write_text("services:\n")


@pytest.mark.parametrize("name", sorted(RECIPES))
def test_message(
    name: str,
    tmp_path: Path,
    golden: Callable[[Path, str], None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    RECIPES[name](tmp_path / "model.yaml")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["riskmap", "validate", "model.yaml"])
    assert run(cli) == 2
    out, err = capsys.readouterr()
    assert out == ""
    golden(HERE / "generated" / f"{name}.txt", err)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_that_may_not_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "model.yaml"
    path.write_text(HEAD + BODY)
    path.chmod(0)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["riskmap", "validate", "model.yaml"])
    assert run(cli) == 2
    assert (
        "error[unreadable]: the file cannot be read: permission denied" in capsys.readouterr().err
    )
