"""Earlier code of this house, from its own history."""

import subprocess
import tarfile
from io import BytesIO
from pathlib import Path

from common.operations.migrations import revisions
from config import CHECKOUT

MIGRATIONS = "migrations/versions/"
# How far back is looked for it.
COMMITS = 1000


def commits_before() -> dict[str, str]:
    """What to call it, and the commit: the last one whose database this code can take over, and the last one with
    fewer migrations. Empty where there is no history, as in a package or a clone of one commit."""
    here = list(revisions())
    found: dict[str, str] = {}
    for commit in _git("rev-list", "--first-parent", f"-n{COMMITS}", "HEAD").split()[1:]:
        there = _revisions(commit)
        if there and there == here[: len(there)]:
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


def _revisions(commit: str) -> list[str]:
    names = _git("ls-tree", "--name-only", commit, MIGRATIONS).split()
    return sorted(Path(name).name.split("_")[0] for name in names if name.endswith(".py"))


def _git(*arguments: str) -> str:
    """What git says; nothing where there is no git, or no such thing."""
    try:
        return subprocess.run(
            ["git", *arguments], cwd=CHECKOUT, capture_output=True, text=True, check=False
        ).stdout
    except FileNotFoundError:
        return ""
