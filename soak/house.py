"""A real installation under its supervisor, with one unit, one official who holds every role, and one applicant."""

import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import sleep

import psutil

from bench.installation import installation
from common.postgres.embedded import Embedded
from config import CHECKOUT, Settings, read_settings
from soak.full import small_disk

WORKERS = 2
FURNISH = """
import importlib.util, runpy, sys
folder = sys.argv[1]
soak = importlib.util.spec_from_file_location("soak", f"{folder}/__init__.py", submodule_search_locations=[folder])
sys.modules["soak"] = importlib.util.module_from_spec(soak)
runpy.run_module("soak.furnishing", run_name="__main__")
"""


@dataclass(frozen=True, slots=True)
class House:
    """`mails` is the file in which the mail server writes down what it took."""

    environment: dict[str, str]
    settings: Settings
    mails: Path
    supervisor: "subprocess.Popen[bytes]"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.settings.port}"

    @property
    def said(self) -> str:
        """What the supervisor told its operator."""
        return self.mails.with_name("run.log").read_text()

    def stands(self) -> bool:
        """Whether the supervisor lives; without it nothing comes back."""
        return self.supervisor.poll() is None

    def programs(self, name: str) -> list[psutil.Process]:
        """The living processes of that kind which this house has started."""
        found = []
        ours = psutil.Process(self.supervisor.pid).children(recursive=True) if self.stands() else []
        for process in ours:
            try:
                if process.status() != psutil.STATUS_ZOMBIE and _kind(process) == name:
                    found.append(process)
            except psutil.Error:
                continue
        return found

    def command(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """A command of the operator, beside the running house."""
        return subprocess.run(
            [sys.executable, "-m", "app", *arguments],
            cwd=CHECKOUT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )


def _kind(process: psutil.Process) -> str:
    words = process.cmdline()
    line = " ".join(words)
    if "granian" in line:
        parent = process.parent()
        return "web worker" if parent and "granian" in " ".join(parent.cmdline()) else "web server"
    if words[-2:] == ["app", "worker"]:
        return "job worker"
    if line.startswith("postgres: motcua_app"):
        return "backend"
    return "postmaster" if "-D" in words and words[0].endswith("postgres") else ""


@contextmanager
def house(checkout: Path = CHECKOUT, *, disk_megabytes: int = 0) -> Iterator[House]:
    """Comes up with the code in that folder, and ends without a trace; `disk_megabytes`: on a disk of that size."""
    with (
        installation() as environment,
        small_disk(database_folder(environment), disk_megabytes),
        _post_office() as (server, mails),
    ):
        environment |= {
            "MOTCUA_MAIL_SERVER": server,
            "MOTCUA_MAIL_SENDER": "motcua@example.vn",
            "MOTCUA_WEB_WORKERS": str(WORKERS),
        }
        furnish(environment, checkout)
        process = _up(environment, checkout, mails.with_name("run.log"))
        try:
            yield House(environment, read_settings(environment), mails, process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(300)


def database_folder(environment: dict[str, str]) -> Path:
    """Where the embedded server of the installation keeps its cluster."""
    return Embedded.of(Path(environment["MOTCUA_DATA_FOLDER"])).home


def furnish(environment: dict[str, str], checkout: Path) -> None:
    """Earlier code is furnished by the `soak` of today, with everything else its own."""
    command = [sys.executable, "-c", FURNISH, str(CHECKOUT / "soak")]
    subprocess.run(command, cwd=checkout, env=environment, check=True)


def _up(environment: dict[str, str], checkout: Path, log: Path) -> "subprocess.Popen[bytes]":
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "app", "run"],
            cwd=checkout,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    while "Ctrl-C" not in log.read_text():
        if process.poll() is not None:
            raise SystemExit(f"motcua run did not come up:\n{log.read_text()}")
        sleep(0.1)
    return process


@contextmanager
def _post_office() -> Iterator[tuple[str, Path]]:
    """Its address as the setting takes it, and its file."""
    with tempfile.TemporaryDirectory(prefix="motcua-soak-") as folder:
        mails = Path(folder) / "mails"
        command = [sys.executable, "-m", "soak.post_office", str(mails)]
        with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            try:
                yield f"smtp://127.0.0.1:{int(process.stdout.readline())}", mails
            finally:
                process.terminate()
