"""Our own source files, as the structural tests read them."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("common", "rules_dsl", "form_builder", "procedure_library", "designer", "runtime")
ISLANDS = ("rules_dsl", "form_builder", "runtime/engine")


def python(*folders: str) -> Iterator[Path]:
    """Every Python file in the folders; all of ours when none is named."""
    if not folders:
        yield from (ROOT / "app.py", ROOT / "config.py")
    for folder in folders or (*PACKAGES, "migrations", "scripts", "bench", "hunt", "soak", "tests"):
        yield from sorted((ROOT / folder).rglob("*.py"))


def told(path: Path) -> str:
    """How a finding names the file."""
    return str(path.relative_to(ROOT))
