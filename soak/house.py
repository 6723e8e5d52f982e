"""A real installation under its supervisor, with one unit, one official who holds every role, and one applicant."""

import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import sleep

import psutil

from bench.installation import installation
from common.clock import system_clock
from common.db import Database
from common.identity.actor import machine
from common.identity.models import Account, Assignment, Unit
from common.identity.passwords import hash_password
from common.operations.database import application_url, owner_url
from common.operations.migrations import migrate, role_of
from common.postgres.embedded import Embedded
from common.postgres.visit import visit
from config import CHECKOUT, Settings, read_settings
from procedure_library.loading import load_calendar
from procedure_library.models import Version
from procedure_library.publishing import Basis, publish
from runtime.office import Office, equip
from soak.procedure import DEFINITION

PASSWORD = "bốn con thuyền xanh trên sông"
OFFICIAL, CITIZEN, MAILBOX = "canbo", "congdan", "lan@example.vn"
ROLES = ("reception", "case_officer", "approver", "cashier")
OPENED = date(2025, 7, 1)
WORKERS = 2


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
def house() -> Iterator[House]:
    """Comes up, and ends without a trace; what its programs logged is told when it fails."""
    with installation() as environment, _post_office() as (server, mails):
        environment |= {
            "MOTCUA_MAIL_SERVER": server,
            "MOTCUA_MAIL_SENDER": "motcua@example.vn",
            "MOTCUA_WEB_WORKERS": str(WORKERS),
        }
        settings = read_settings(environment)
        _prepare(settings)
        process = _up(environment, mails.with_name("run.log"))
        try:
            yield House(environment, settings, mails, process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(120)


def _prepare(settings: Settings) -> None:
    with visit(Embedded.of(settings.data_folder), settings.data_folder / "logs"):
        migrate(owner_url(settings), role_of(application_url(settings)))
        database = Database(application_url(settings))
        equip(database.engine, Office.of(settings))
        _furnish(database)
        database.engine.dispose()


def _furnish(database: Database) -> None:
    at, secret = system_clock(), hash_password(PASSWORD)
    with database.transaction() as session:
        load_calendar(session, at=at)
        unit = Unit(
            key="soaked",
            code="000.00.01.H01",
            name_vi="Ủy ban nhân dân phường Tân An",
            level="commune",
            area_code="00001",
            province_code="01",
            valid_from=OPENED,
        )
        session.add(unit)
        session.flush()
        posts = [Assignment(unit_id=unit.id, role=role, since=OPENED) for role in ROLES]
        official = _account("official", OFFICIAL, secret)
        official.assignments = posts
        citizen = _account("citizen", CITIZEN, secret)
        citizen.email = MAILBOX
        session.add_all((official, citizen))
        done = publish(
            session, DEFINITION, by=machine("soak"), at=at, basis=Basis("Decision 1"), effective_from=OPENED
        )
        assert isinstance(done, Version), done


def _account(kind: str, login: str, secret: str) -> Account:
    return Account(
        kind=kind, login=login, password_hash=secret, full_name="Nguyễn Thị Lan", created_at=system_clock()
    )


def _up(environment: dict[str, str], log: Path) -> "subprocess.Popen[bytes]":
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "app", "run"],
            cwd=CHECKOUT,
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
            yield f"smtp://127.0.0.1:{int(process.stdout.readline())}", mails
            process.terminate()
