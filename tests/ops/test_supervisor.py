"""The supervisor: programs stay up together, and end together, however the end comes."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from common.problems import MotcuaError
from common.strays import Trace, end_strays, remember, trace
from common.supervisor import Program, Supervisor, started

SLEEPER = "import time; print('up', flush=True); time.sleep(600)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEPER}"
SLOW = f"import signal, sys, time; signal.signal(signal.SIGTERM, lambda *_: (time.sleep(1), sys.exit())); {SLEEPER}"
# Leaves a child of its own behind, as a web server's main process does.
PARENT = (
    f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {SLEEPER!r}]); time.sleep(600)"
)


def program(name: str, code: str, folder: Path, **options: object) -> Program:
    command = [sys.executable, "-c", code]
    return Program(
        name,
        lambda log: started(command, log, folder=folder, dying=signal.SIGKILL),
        **options,  # type: ignore[arg-type]
    )


def group(leader: int) -> list[int]:
    """The living processes of a group."""
    living = []
    for process in psutil.process_iter():
        try:
            if os.getpgid(process.pid) == leader and process.status() != psutil.STATUS_ZOMBIE:
                living.append(process.pid)
        except (OSError, psutil.Error):
            continue
    return living


def soon(happens: Callable[[], bool], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while not happens():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def test_leaving_ends_every_program_and_its_children(tmp_path: Path) -> None:
    with Supervisor(tmp_path, print) as supervisor:
        supervisor.start(program("sleeper", SLEEPER, tmp_path))
        supervisor.start(program("parent", PARENT, tmp_path))
        leaders = [each.process.pid for each in supervisor.running]
        assert soon(lambda: len(group(leaders[1])) == 2)
    assert all(soon(lambda leader=leader: group(leader) == []) for leader in leaders)
    assert not (tmp_path / "running.json").exists()


def test_one_that_does_not_listen_is_killed_after_its_patience(tmp_path: Path) -> None:
    with Supervisor(tmp_path, print) as supervisor:
        supervisor.start(program("stubborn", STUBBORN, tmp_path, patience_seconds=0.2))
        assert soon(lambda: "up" in supervisor.log_of("stubborn").read_text())
        leader = supervisor.running[0].process.pid
    assert soon(lambda: group(leader) == [])


def test_programs_end_in_reverse_order(tmp_path: Path) -> None:
    code = """
    import signal, sys, time
    def end(*_):
        with open("order", "a") as order: order.write(sys.argv[1])
        sys.exit()
    signal.signal(signal.SIGTERM, end)
    print("up", flush=True)
    time.sleep(600)
    """
    with Supervisor(tmp_path, print) as supervisor:
        for name in "abc":
            command = [sys.executable, "-c", textwrap.dedent(code), name]
            supervisor.start(
                Program(
                    name,
                    lambda log, command=command: started(  # type: ignore[misc]
                        command, log, folder=tmp_path, dying=signal.SIGKILL
                    ),
                )
            )
        assert all(soon(lambda name=name: "up" in supervisor.log_of(name).read_text()) for name in "abc")
    assert (tmp_path / "order").read_text() == "cba"


def test_one_that_ends_is_started_again_and_one_that_cannot_stay_up_ends_all(tmp_path: Path) -> None:
    said: list[str] = []
    with Supervisor(tmp_path, said.append) as supervisor:
        supervisor.start(program("sleeper", SLEEPER, tmp_path))
        supervisor.start(program("hasty", "import sys; print('x', flush=True); sys.exit(0)", tmp_path))
        with pytest.raises(MotcuaError, match=r"hasty cannot stay up; see .*hasty\.log"):
            supervisor.watch()
    assert said == ["hasty ended (exit 0); starting it again"] * 5
    assert supervisor.log_of("hasty").read_text() == "x\n" * 6


SUPERVISING = """
import signal, sys
from pathlib import Path
from common.supervisor import Program, Supervisor, interruptible, started
folder, code = Path(sys.argv[1]), sys.argv[2]
command = [sys.executable, "-c", code]
with interruptible(), Supervisor(folder, print) as supervisor:
    supervisor.start(Program("one", lambda log: started(command, log, folder=folder, dying=signal.SIGKILL)))
    print(supervisor.running[0].process.pid, flush=True)
    supervisor.watch()
print("ended well", flush=True)
"""


def supervising(folder: Path, code: str) -> tuple["subprocess.Popen[str]", int]:
    process = subprocess.Popen(
        [sys.executable, "-c", SUPERVISING, str(folder), code],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        start_new_session=True,
    )
    assert process.stdout is not None
    return process, int(process.stdout.readline())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_every_polite_signal_is_a_clean_end(tmp_path: Path, number: signal.Signals) -> None:
    process, child = supervising(tmp_path, SLEEPER)
    process.send_signal(number)
    rest, _ = process.communicate(timeout=20)
    assert (rest, process.returncode) == ("ended well\n", 0)
    assert group(child) == []


def test_a_second_interrupt_changes_nothing(tmp_path: Path) -> None:
    process, child = supervising(tmp_path, SLOW)
    assert soon(lambda: "up" in (tmp_path / "logs" / "one.log").read_text())
    process.send_signal(signal.SIGINT)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=30)
    assert (rest, process.returncode) == ("ended well\n", 0)
    assert group(child) == []


def test_after_kill_9_the_next_start_finds_and_ends_what_is_left(tmp_path: Path) -> None:
    process, child = supervising(tmp_path, PARENT)
    assert soon(lambda: len(group(child)) == 2)
    process.kill()
    process.communicate()
    with Supervisor(tmp_path, print):
        assert soon(lambda: group(child) == [])


def test_a_number_that_has_gone_to_someone_else_is_left_alone(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", SLEEPER], start_new_session=True) as other:
        seen = trace(other.pid)
        file = tmp_path / "running.json"
        before = Trace(other.pid, seen.began - 60, seen.boot)
        another_boot = Trace(other.pid, seen.began, seen.boot - 3600)
        remember(file, [before, another_boot])
        end_strays(file)
        assert other.poll() is None
        remember(file, [seen])
        end_strays(file)
        assert soon(lambda: group(other.pid) == [])
