"""How long an installation takes to come up."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from time import perf_counter

from bench import measures
from common.postgres.embedded import Embedded
from config import CHECKOUT


@contextmanager
def installation() -> Iterator[dict[str, str]]:
    """The environment of a fresh installation, taken away afterwards."""
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        data = Path(folder) / "data"
        own = {"MOTCUA_DATA_FOLDER": str(data), "PORT": str(probe.getsockname()[1])}
        probe.close()
        yield {**{k: v for k, v in os.environ.items() if not k.startswith("MOTCUA_")}, **own}
        home = Embedded.of(data).home
        if home != data:
            shutil.rmtree(home)


def seconds_until_ready(environment: dict[str, str]) -> float:
    """From the command to its address, all programs up; then ends it."""
    begun = perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "run"], cwd=CHECKOUT, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    ready = any("Ctrl-C" in line for line in process.stdout)
    taken = perf_counter() - begun
    process.send_signal(signal.SIGTERM)  # a shell in whose background this runs has Ctrl-C ignored
    process.communicate()
    if not ready or process.returncode:
        raise SystemExit("motcua run did not come up")
    return taken


@cache
def first_and_second_start() -> tuple[float, float]:
    with installation() as environment:
        demo = {**environment, "MOTCUA_DEMO": "1"}
        return seconds_until_ready(demo), seconds_until_ready(demo)


@measures("start.first", "s", "<= 90")
def first_start() -> float:
    """Makes the database, migrates it, loads the ready-made procedures and plays the demo's 200 dossiers."""
    return first_and_second_start()[0]


@measures("start.second", "s", "<= 5")
def second_start() -> float:
    return first_and_second_start()[1]
