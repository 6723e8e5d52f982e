"""Keeps several programs running together: one start, one end, nothing left behind.

Every program leads a session of its own, so a terminal's Ctrl-C reaches only us, and we end them in reverse
order. One that ends by itself, with whatever code, is started again; one that cannot stay up ends everything,
with the place of its log. If we are killed, the kernel ends the programs (Linux), and the next start ends
whatever is left (everywhere).
"""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from common.children import die_with_parent
from common.problems import MotcuaError
from common.strays import Trace, end_strays, remember, trace

LOOK_SECONDS = 0.1
# More restarts than this within the window, and the program cannot stay up.
RESTARTS = 5
WINDOW_SECONDS = 60.0
LOG_LIMIT = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Program:
    """One program: how it starts (given its log file) and how it is asked to end."""

    name: str
    start: Callable[[Path], "subprocess.Popen[bytes]"]
    stop_signal: signal.Signals = signal.SIGTERM
    patience_seconds: float = 10.0
    # Waits until the program is of use; raises MotcuaError when it will never be.
    wait: Callable[["subprocess.Popen[bytes]", Path], None] = lambda _process, _log: None


@dataclass(slots=True)
class _Running:
    program: Program
    process: "subprocess.Popen[bytes]"
    trace: Trace
    restarts: list[float] = field(default_factory=list)


def started(
    command: list[str], log: Path, *, folder: Path, dying: signal.Signals
) -> "subprocess.Popen[bytes]":
    """A child in a session of its own; `dying` is what the kernel sends it when we die."""
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_parent(dying),
        )


class Supervisor:
    """The programs of one data folder. Use it as a context: leaving it ends them all."""

    def __init__(self, folder: Path, say: Callable[[str], None]) -> None:
        self.say = say
        self.logs = folder / "logs"
        self.traces = folder / "running.json"
        self.running: list[_Running] = []

    def __enter__(self) -> "Supervisor":
        self.logs.mkdir(mode=0o700, parents=True, exist_ok=True)
        end_strays(self.traces)
        return self

    def __exit__(self, *_: object) -> None:
        with _deaf():
            while self.running:
                _end(self.running.pop())
            self.traces.unlink(missing_ok=True)

    def start(self, program: Program) -> None:
        """Starts the program; `wait` then returns when it is of use."""
        log = self.log_of(program.name)
        if log.exists() and log.stat().st_size > LOG_LIMIT:
            log.replace(log.with_suffix(".log.1"))
        process = program.start(log)
        self.running.append(_Running(program, process, trace(process.pid)))
        self._remember()

    def wait(self, program: Program) -> None:
        """Returns when the started program is of use."""
        process = next(each.process for each in self.running if each.program is program)
        program.wait(process, self.log_of(program.name))

    def watch(self) -> None:
        """Starts again whatever ends; returns only by an exception, such as a person's Ctrl-C."""
        while True:
            time.sleep(LOOK_SECONDS)
            for each in self.running:
                if each.process.poll() is not None:
                    self._restart(each)

    def log_of(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def _restart(self, each: _Running) -> None:
        # Its own children may have outlived it and hold the port.
        _kill_group(each.process.pid)
        now = time.monotonic()
        each.restarts = [*(at for at in each.restarts if now - at < WINDOW_SECONDS), now]
        log = self.log_of(each.program.name)
        if len(each.restarts) > RESTARTS:
            raise MotcuaError(f"{each.program.name} cannot stay up; see {log}")
        self.say(f"{each.program.name} ended (exit {each.process.returncode}); starting it again")
        # What it held (a port, the memory of a database) may take a moment to be free.
        time.sleep(0.05 * 2 ** len(each.restarts))
        each.process = each.program.start(log)
        each.trace = trace(each.process.pid)
        self._remember()

    def _remember(self) -> None:
        remember(self.traces, [each.trace for each in self.running])


@contextmanager
def interruptible() -> Iterator[None]:
    """SIGTERM and a closed terminal end the block just as Ctrl-C does; leaving it so is a clean end."""
    numbers = (signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(number, _interrupt) for number in numbers]
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@contextmanager
def _deaf() -> Iterator[None]:
    """While ending, a second Ctrl-C must not leave things half ended; the end takes a bounded time anyway."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(number, signal.SIG_IGN) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _end(each: _Running) -> None:
    """Asks politely, then ends the whole group."""
    with suppress(ProcessLookupError):
        each.process.send_signal(each.program.stop_signal)
    with suppress(subprocess.TimeoutExpired):
        each.process.wait(each.program.patience_seconds)
    _kill_group(each.process.pid)
    each.process.wait()


def _kill_group(leader: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
