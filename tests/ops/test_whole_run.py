"""`motcua run`, for real: it comes up, serves, ends without a trace, and comes up again after any end."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from common.postgres.embedded import Embedded

CHECKOUT = Path(__file__).parents[2]


@dataclass
class House:
    """One installation, on a port and a data folder of its own."""

    data: Path
    port: int

    @property
    def environment(self) -> dict[str, str]:
        own = {"MOTCUA_DATA_FOLDER": str(self.data), "PORT": str(self.port), "MOTCUA_WEB_WORKERS": "1"}
        return {**{k: v for k, v in os.environ.items() if not k.startswith("MOTCUA_")}, **own}

    def command(self, *arguments: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "app", *arguments],
            cwd=CHECKOUT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def up(self) -> "subprocess.Popen[str]":
        process = self.command("run")
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if f"http://127.0.0.1:{self.port}" in line:
                return process
        raise AssertionError("".join(said))

    def get(self, path: str) -> int:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return int(answer.status)

    def programs(self) -> list[psutil.Process]:
        """Every living process that was started for this installation."""
        return [process for process in psutil.process_iter() if self._ours(process)]

    def _ours(self, process: psutil.Process) -> bool:
        try:
            if process.status() == psutil.STATUS_ZOMBIE or process.pid == os.getpid():
                return False
            ours = process.environ().get("MOTCUA_DATA_FOLDER") == str(self.data)
            return ours or str(Embedded.of(self.data).cluster) in process.cmdline()
        except psutil.Error:
            return False


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        made = House(tmp_path / "data", probe.getsockname()[1])
    yield made
    for process in made.programs():
        process.kill()
    home = Embedded.of(made.data).home
    if home != made.data:
        shutil.rmtree(home)


def gone(house: House, seconds: float = 15) -> bool:
    end = time.monotonic() + seconds
    while house.programs():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def test_it_serves_is_backed_up_while_it_runs_and_ends_without_a_trace(house: House, tmp_path: Path) -> None:
    process = house.up()
    assert house.get("/readyz") == 200
    assert house.get("/sign-in") == 200
    backup = house.command("backup", str(tmp_path / "motcua.backup"))
    assert "Backed up" in backup.communicate(timeout=60)[0]
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=60)
    assert (process.returncode, said.splitlines()[-1]) == (0, "Đã dừng. · Stopped.")
    assert house.programs() == []
    # The server's own notes are plain text; every line of ours is an object.
    written = (house.data / "logs" / "web.log").read_text().splitlines()
    logged = [json.loads(line) for line in written if line.startswith("{")]
    assert {"GET /readyz", "GET /sign-in"} <= {f"{each.get('method')} {each.get('route')}" for each in logged}
    with pytest.raises(OSError, match="refused"):
        house.get("/healthz")


def test_after_kill_9_it_comes_up_again(house: House) -> None:
    process = house.up()
    process.kill()
    process.communicate()
    again = house.up()
    assert house.get("/readyz") == 200
    again.send_signal(signal.SIGTERM)
    again.communicate(timeout=60)
    assert again.returncode == 0
    assert gone(house)


def test_a_taken_port_is_one_clear_line(house: House) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", house.port))
        taken.listen()
        said, _ = (process := house.command("run")).communicate(timeout=60)
    assert process.returncode == 1
    assert said.startswith(f"PORT: cannot listen on 127.0.0.1:{house.port} (Address already in use)")
    assert f"make run PORT={house.port + 1}" in said
    assert gone(house)


def test_the_first_administrator_is_made_from_a_terminal(house: House) -> None:
    agency = "UBND xã An Bình\nH99\ncommune\n20332\n48\n"
    answers = f"{agency}Trần An\nan.tran\nbốn con thuyền xanh\nbốn con thuyền xanh\n"
    process = subprocess.run(
        [sys.executable, "-c", INIT],
        cwd=CHECKOUT,
        env=house.environment,
        input=answers,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert process.returncode == 0, process.stderr
    assert process.stdout.endswith("Xong. Chạy: motcua run · Done. Now: motcua run\n")
    again, _ = house.command("init").communicate(timeout=120)
    assert again == "Đã có người quản trị. · There is an administrator already.\n"
    assert gone(house)


# Passwords are read from the terminal itself; here from the same input as the rest.
INIT = """
import getpass, sys, click.termui
click.termui.hidden_prompt_func = lambda prompt: input(prompt)
sys.argv = ["motcua", "init"]
from app import main
main()
"""
