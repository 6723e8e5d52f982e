"""Finds Chromium, and gets it where there is none. Standard library only.

`python scripts/browser.py` prints the path of a browser, or nothing when Playwright keeps its own.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
MAC = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def found() -> str | None:
    """The browser of this machine: the one named by MOTCUA_CHROMIUM, else on PATH, else an app of macOS."""
    if named := os.environ.get("MOTCUA_CHROMIUM"):
        return named
    on_path = (shutil.which(name) for name in NAMES)
    return next((path for path in (*on_path, *(m for m in MAC if Path(m).exists())) if path), None)


def installed(python: str) -> str | None:
    """The browser, got first when there is none: Debian's package as root, else Playwright's."""
    if found() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=False, env=quiet)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
            check=False,
            env=quiet,
        )
    if found() is None:
        subprocess.run([python, "-m", "playwright", "install", "chromium"], check=True)
    return found()


if __name__ == "__main__":
    try:
        print(installed(sys.executable) or "")
    except subprocess.CalledProcessError:
        sys.exit("Chromium could not be installed; put it on PATH or name it in MOTCUA_CHROMIUM")
