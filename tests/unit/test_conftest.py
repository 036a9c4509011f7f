"""The nets under every other test hold."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from _pytest.outcomes import Failed


def test_no_connection_goes_out() -> None:
    with socket.socket() as plug, pytest.raises(AssertionError, match="network"):
        plug.connect(("127.0.0.1", 9))
    with pytest.raises(AssertionError, match="network"):
        socket.create_connection(("example.com", 80))


def test_golden_text_that_differs_fails(
    golden: Callable[[Path, str], None], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if request.config.getoption("--update-golden"):
        pytest.skip("it would write")
    path = tmp_path / "text.txt"
    with pytest.raises(Failed, match="--update-golden"):
        golden(path, "a\n")
    path.write_text("a\n")
    golden(path, "a\n")
    with pytest.raises(Failed, match="differs"):
        golden(path, "b\n")
