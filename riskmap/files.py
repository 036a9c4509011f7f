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
    if path.is_dir():
        raise OutputError(f"cannot write {path}: it is a folder", "name a file in it")
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


def _umask() -> int:
    """Return the mask for new files; reading it means setting it for a moment."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _failure(path: Path, error: OSError) -> OutputError:
    if not path.parent.exists():
        hint = f"create it first: mkdir -p {path.parent}"
        return OutputError(f"cannot write {path}: the folder {path.parent} does not exist", hint)
    reason = (error.strerror or "unknown reason").lower()
    return OutputError(f"cannot write {path}: {reason}", "choose another place with -o")
