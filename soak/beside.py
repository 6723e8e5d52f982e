"""This code beside a running house of earlier code, on its database: as while an upgrade goes over several machines."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import sleep

import psutil

from config import CHECKOUT
from soak.browser import Browser, Lost
from soak.house import House

TRIES = 600


@dataclass(frozen=True, slots=True)
class Beside:
    """The web server of this code, and its worker."""

    address: str
    worker: psutil.Process


@contextmanager
def beside(house: House) -> Iterator[Beside]:
    """Migrates the database while earlier code serves on it, then serves and works beside that."""
    migrated = house.command("migrate")
    assert migrated.returncode == 0, migrated.stderr
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address, environment = f"http://127.0.0.1:{port}", {**house.environment, "PORT": str(port)}
    web, worker = (_started(name, environment) for name in ("web", "worker"))
    try:
        _wait_for(address)
        yield Beside(address, psutil.Process(worker.pid))
    finally:
        # The worker may be held still at this moment.
        worker.kill()
        web.terminate()
        for process in (worker, web):
            process.wait(60)


def _started(command: str, environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    log = Path(environment["MOTCUA_DATA_FOLDER"]) / "logs" / f"{command}-beside.log"
    with log.open("wb") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "app", command],
            cwd=CHECKOUT,
            env=environment,
            stdout=output,
            stderr=output,
        )


def _wait_for(address: str) -> None:
    for _ in range(TRIES):
        try:
            if Browser(address).get("/readyz").status == 200:
                return
        except Lost:
            pass
        sleep(0.1)
    raise SystemExit(f"{address} is not ready")
