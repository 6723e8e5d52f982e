"""`motcua run`: the whole house from one command."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import select

from common.clock import system_clock
from common.db import Database
from common.identity.models import Account
from common.jobs import Workshop
from common.operations import programs
from common.operations.database import application_url, check_usable, owner_url
from common.operations.migrations import migrate, role_of
from common.operations.parts import Parts
from common.postgres.embedded import Embedded
from common.postgres.visit import sole_use, taken_alone
from common.problems import MotcuaError
from common.supervisor import Program, Supervisor, interruptible
from config import Settings

Say = Callable[[str], None]
# One that is just being stopped is waited for.
PATIENCE_SECONDS = 8


def run(settings: Settings, parts: Parts, say: Say) -> None:
    """Starts everything, says where it is, and keeps it up until Ctrl-C; then ends everything."""
    with interruptible(), _only_once(settings), Supervisor(settings.data_folder, say) as supervisor:
        programs.refuse_taken_port(settings)
        web = programs.web(settings)
        if settings.embedded:
            _start_embedded(settings, supervisor, web)
        else:
            check_usable("MOTCUA_DATABASE_URL", str(settings.database_url))
            check_usable("MOTCUA_DATABASE_OWNER_URL", owner_url(settings))
            supervisor.start(web)
        migrate(owner_url(settings), role_of(application_url(settings)))
        load(settings, parts, say)
        supervisor.wait(web)
        supervisor.start(programs.worker())
        say(welcome(settings, parts))
        supervisor.watch()
    with suppress(OSError):  # The terminal may be gone.
        say("Đã dừng. · Stopped.")


def load(settings: Settings, parts: Parts, say: Say) -> None:
    """Loads the ready-made procedures and, where asked for, the demo data; what is there already stays."""
    database = Database(application_url(settings))
    try:
        workshop = Workshop(database, settings, system_clock)
        parts.prepare(workshop)
        parts.load_library(workshop)
        if settings.demo:
            if not has_accounts(database):
                say("Đang chuẩn bị dữ liệu dùng thử… · Preparing the demo data…")
            parts.load_demo(workshop)
    finally:
        database.engine.dispose()


def has_accounts(database: Database) -> bool:
    """Whether anybody could sign in yet."""
    with database.transaction() as session:
        return session.scalar(select(Account.id).limit(1)) is not None


def welcome(settings: Settings, parts: Parts) -> str:
    """The address, and who may sign in with what."""
    lines = ["", f"  Một Cửa · Motcua   {settings.public_url}", ""]
    accounts = parts.demo_accounts() if settings.demo else ()
    if accounts:
        lines += ["  Tài khoản dùng thử, chỉ từ máy này · Demo accounts, from this machine only", ""]
        login = max(len(account.login) for account in accounts)
        password = max(len(account.password) for account in accounts)
        lines += [
            f"  {a.login:<{login}}  {a.password:<{password}}  {a.may.vi} · {a.may.en}" for a in accounts
        ]
        lines.append("")
    return "\n".join([*lines, "  Ctrl-C: dừng · stop", ""])


def _start_embedded(settings: Settings, supervisor: Supervisor, web: Program) -> None:
    """Database and web server come up side by side: neither needs the other before it is ready."""
    embedded = Embedded.of(settings.data_folder)
    embedded.initialise()
    server = programs.database(embedded)
    supervisor.start(server)
    supervisor.start(web)
    supervisor.wait(server)
    embedded.ensure_roles()


@contextmanager
def _only_once(settings: Settings) -> Iterator[None]:
    """One house per data folder; the embedded server is ours alone while it runs."""
    settings.data_folder.mkdir(parents=True, exist_ok=True)
    with (settings.data_folder / "run.lock").open("a") as lock:
        if not taken_alone(lock, PATIENCE_SECONDS):
            raise MotcuaError(
                f"Motcua runs already on {settings.data_folder}; stop it there with Ctrl-C, "
                "or choose another MOTCUA_DATA_FOLDER and PORT"
            )
        if not settings.embedded:
            yield
            return
        with sole_use(Embedded.of(settings.data_folder)):
            yield
