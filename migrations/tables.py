"""All tables of the house, for comparing the models with what the migrations made."""

import re
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import MetaData

from common.db import Base

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("common", "form_builder", "procedure_library", "designer", "runtime")
DECLARES_A_TABLE = re.compile(r"^    __tablename__ = ", re.MULTILINE)


def modules() -> tuple[str, ...]:
    """Every module that declares a table: found by reading, so that none can be forgotten."""
    sources = (path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))
    return tuple(
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in sources
        if DECLARES_A_TABLE.search(path.read_text(encoding="utf-8"))
    )


def metadata() -> MetaData:
    """The tables of all packages, imported on the way."""
    for module in modules():
        import_module(module)
    return Base.metadata


def ours(_item: Any, name: str | None, kind: str, _reflected: bool, _compared: Any) -> bool:
    """Whether the models speak of it; the job queue's tables belong to its library."""
    return kind != "table" or not (name or "").startswith("procrastinate_")
