"""The programs of an installation: database, worker, web server."""

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from common.postgres.embedded import Embedded
from common.problems import MotcuaError
from common.supervisor import Program, started
from config import CHECKOUT, Settings

READY_SECONDS = 120
WEB_THREADS = 8


def database(embedded: Embedded) -> Program:
    """The embedded server. SIGINT is its fast shutdown; its helpers must not be killed under it."""
    return Program(
        "postgres",
        embedded.start,
        stop_signal=signal.SIGINT,
        patience_seconds=60,
        wait=embedded.wait_until_ready,
    )


def worker() -> Program:
    # Killed at once with us: what it was doing is taken up again by the next one.
    return Program(
        "worker",
        lambda log: started(worker_command(), log, folder=CHECKOUT, dying=signal.SIGKILL),
        patience_seconds=12,
    )


def web(settings: Settings) -> Program:
    return Program(
        "web",
        lambda log: started(web_command(settings), log, folder=CHECKOUT, dying=signal.SIGTERM),
        patience_seconds=12,
        wait=lambda process, log: _wait_until_ready(settings, process, log),
    )


def worker_command() -> list[str]:
    return [sys.executable, "-m", "app", "worker"]


def web_command(settings: Settings) -> list[str]:
    """Granian. Without the kill timeout, a SIGTERM during its start can hang for ever."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--factory"),
        *("--host", settings.host, "--port", str(settings.port)),
        *("--workers", str(settings.web_workers), "--blocking-threads", str(WEB_THREADS), "--no-ws"),
        *("--workers-kill-timeout", "3", "--respawn-failed-workers", "--respawn-interval", "0.2"),
        *("--log-level", "warning", "app:serve"),
    ]


def refuse_taken_port(settings: Settings) -> None:
    """Raises one clear line when something else listens there."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as wrong:
            raise MotcuaError(
                f"PORT: cannot listen on {settings.host}:{settings.port} ({wrong.strerror}); "
                f"choose another, for example: make run PORT={settings.port + 1}"
            ) from None


def local_address(settings: Settings) -> str:
    """Where this machine itself reaches the web server."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"


def _wait_until_ready(settings: Settings, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + READY_SECONDS
    problem = "no answer"
    while time.monotonic() < end:
        if process.poll() is not None:
            raise MotcuaError(f"The web server did not start; see {log}")
        try:
            with urllib.request.urlopen(f"{local_address(settings)}/readyz", timeout=5):  # noqa: S310
                return
        except urllib.error.HTTPError as answer:
            problem = ", ".join(json.loads(answer.read()).get("problems", [])) or str(answer)
        except OSError:
            pass
        time.sleep(0.05)
    raise MotcuaError(f"The web server is not ready after {READY_SECONDS} seconds ({problem}); see {log}")
