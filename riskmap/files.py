"""Writing files so that nothing is ever half written."""

import os
import tempfile
from pathlib import Path

from riskmap.errors import OutputError


def write_atomically(path: Path, content: bytes) -> None:
    """Write a whole file, or leave whatever was there before untouched.

    Parameters
    ----------
    path : Path
        Where to write; an existing file is replaced in one step.
    content : bytes
        Everything the file is to hold.

    Raises
    ------
    OutputError
        When the folder is missing or cannot be written to, the path is a folder, or the disk is
        full.
    """
    check_writable(path)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    except OSError as error:
        raise _failure(path, error) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _failure(path, error) from error
        raise


def check_writable(path: Path) -> None:
    """Find out before the work whether its result could be kept.

    Raises
    ------
    OutputError
        When the path is a folder, or its folder is missing or may not be written to.
    """
    if path.is_dir():
        raise OutputError(f"cannot write {path}: it is a folder", "name a file in it")
    if not path.parent.is_dir():
        hint = f"create it first: mkdir -p {path.parent}"
        raise OutputError(f"cannot write {path}: the folder {path.parent} does not exist", hint)
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise OutputError(f"cannot write {path}: its folder may not be written to")


def _umask() -> int:
    """Return the mask for new files; reading it means setting it for a moment."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _failure(path: Path, error: OSError) -> OutputError:
    reason = (error.strerror or "unknown reason").lower()
    return OutputError(f"cannot write {path}: {reason}", "choose another place with -o")
