"""Specifications as tables: CSV files that a jurist can read, with # lines of explanation."""

import csv
from datetime import date, datetime
from pathlib import Path

from common.clock import ZONE

FOLDER = Path(__file__).parent / "specs"


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a table, comments left out."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if line and not line.startswith("#")))


def day(text: str) -> date:
    """A day as the tables write it: 10/03/2026."""
    return datetime.strptime(text, "%d/%m/%Y").replace(tzinfo=ZONE).date()


def instant(text: str) -> datetime:
    """An instant as the tables write it: 10/03/2026 15:01."""
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=ZONE)
