"""Running SCRAM, when it is installed: a second engine, made by others, as Debian packages it."""

import os
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

PROGRAM = shutil.which("scram")
INPUTS = Path("/usr/share/scram/input")


@dataclass(frozen=True)
class Answer:
    """What SCRAM says, and the CPU seconds (user and system) of the whole process."""

    by_order: tuple[int, ...]
    probability: float | None
    seconds: float


def ask(
    paths: Sequence[Path], most_order: int, seconds: int, *, probability: bool = True
) -> Answer | None:
    """Run SCRAM once on a tree; none when it fails or takes more CPU time than this."""
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [str(PROGRAM), "--bdd", "-l", str(most_order), "-o", str(report)]
        command += ["--probability", "1"] if probability else []
        status, used = _timed([*command, *map(str, paths)], seconds)
        if status:
            return None
        found = None
        for _, element in ET.iterparse(report):  # noqa: S314 - SCRAM wrote it
            if element.tag == "sum-of-products":
                found = element
            elif element.tag == "product":
                element.clear()
    if found is None:
        return None
    chance = found.get("probability")
    orders = found.get("distribution", "").split()
    return Answer(tuple(map(int, orders)), float(chance) if chance else None, used)


def _timed(command: list[str], seconds: int) -> tuple[int, float]:
    """Run a command silently; return its status and CPU seconds."""
    import resource

    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        os.execv(command[0], command)
    _, status, usage = os.wait4(child, 0)
    return status, usage.ru_utime + usage.ru_stime
