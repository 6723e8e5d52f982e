"""Earlier code of this house, from its own history."""

import subprocess
import tarfile
from io import BytesIO
from pathlib import Path

from config import CHECKOUT

MIGRATIONS = "migrations/versions/"
# How far back is looked for it.
COMMITS = 1000


def commits_before() -> dict[str, str]:
    """What to call it, and the commit: the last one whose database this code takes over, and the last one with fewer
    migrations. A migration that was rewritten before it left the house is another one.

    Empty where there is no history, as in a package or a clone of one commit."""
    head, *before = _git("rev-list", "--first-parent", f"-n{COMMITS}", "HEAD").split() or [""]
    here, found = _migrations(head), dict[str, str]()
    for commit in before:
        there = _migrations(commit)
        if there == here[: len(there)]:
            found.setdefault("the commit before", commit)
            if len(there) < len(here):
                return found | {"before the newest migration": commit}
    return found


def unpacked(commit: str, folder: Path) -> Path:
    """The code of that commit, with the front end of today: what browsers load is not what is compared."""
    archive = subprocess.run(["git", "archive", commit], cwd=CHECKOUT, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=BytesIO(archive)) as files:
        files.extractall(folder, filter="data")
    (folder / "static/dist").symlink_to(CHECKOUT / "static/dist")
    return folder


def _migrations(commit: str) -> list[str]:
    """Each with the digest of its content, in their order."""
    lines = _git("ls-tree", "--format=%(path) %(objectname)", commit, MIGRATIONS).splitlines()
    return sorted(line for line in lines if ".py " in line)


def _git(*arguments: str) -> str:
    """What git says; nothing where there is no git, or no such thing."""
    try:
        return subprocess.run(
            ["git", *arguments], cwd=CHECKOUT, capture_output=True, text=True, check=False
        ).stdout
    except FileNotFoundError:
        return ""
