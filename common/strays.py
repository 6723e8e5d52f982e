"""What a killed supervisor left running: written down at each start, ended at the next one.

A process is known by its number, the moment it began and the boot of the machine, so a number that has gone
to someone else since is left alone.
"""

import json
import os
import signal
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

END_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Trace:
    """The leader of a process group of ours. `began` and `boot` in seconds of the Unix clock."""

    pid: int
    began: float
    boot: float


def trace(pid: int) -> Trace:
    """What to remember of a child that was just started."""
    return Trace(pid, psutil.Process(pid).create_time(), psutil.boot_time())


def remember(file: Path, traces: list[Trace]) -> None:
    """Replaces what is written down."""
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps([asdict(each) for each in traces]))
    fresh.rename(file)


def end_strays(file: Path) -> None:
    """Kills what is still there of the groups written down, and forgets them."""
    try:
        traces = [Trace(**each) for each in json.loads(file.read_text())]
    except (OSError, ValueError, TypeError):
        return
    left = [process for each in traces for process in _members(each)]
    for process in left:
        try:
            process.send_signal(signal.SIGKILL)
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(left, END_SECONDS)
    file.unlink(missing_ok=True)


def _members(leader: Trace) -> list[psutil.Process]:
    if abs(leader.boot - psutil.boot_time()) > 1:
        return []
    if psutil.pid_exists(leader.pid) and not _same(leader):
        return []
    # A group outlives its leader, and its number is not given away as long as it has members.
    return [process for process in psutil.process_iter() if _group(process.pid) == leader.pid]


def _same(leader: Trace) -> bool:
    try:
        return abs(float(psutil.Process(leader.pid).create_time()) - leader.began) < 1
    except psutil.NoSuchProcess:
        return True


def _group(pid: int) -> int | None:
    try:
        return os.getpgid(pid)
    except OSError:
        return None
