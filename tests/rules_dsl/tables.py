"""Reads the tables of spec/: cells as an official writes them."""

import csv
import json
import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from common.clock import ZONE
from common.money import Money
from rules_dsl.evaluation import ParameterValue, PublishedRate
from rules_dsl.fact_types import FactType
from rules_dsl.reference import read_parameters, read_rates

SPEC = Path(__file__).parent / "spec"
WEEKDAYS = {"T2": 0, "T3": 1, "T4": 2, "T5": 3, "T6": 4, "T7": 5, "CN": 6}
HEAD = re.compile(r".*\[(.*)\]\s*$")
ALONE = time(9, 0)


@dataclass(frozen=True)
class Row:
    """A row by the heads of its columns; `line` in the file."""

    table: str
    line: int
    cells: dict[str, str]

    def __str__(self) -> str:
        return f"{self.table}:{self.line}"

    def marked(self, mark: str) -> dict[str, str]:
        """The cells whose head carries this mark in its brackets, by what stands behind the mark."""
        found = {}
        for head, cell in self.cells.items():
            match = HEAD.match(head)
            inside = match.group(1) if match else "?"
            if mark and inside.startswith(mark):
                found[inside.removeprefix(mark).strip()] = cell
            elif not mark and inside[:1] not in "=@~?":
                found[inside] = cell
        return found


def rows_of(table: str) -> list[Row]:
    path = SPEC / f"{table}.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    skipped = sum(line.startswith("#") for line in lines)
    reader = csv.DictReader(lines[skipped:])
    return [Row(table, number, cells) for number, cells in enumerate(reader, skipped + 2)]


def moment(cell: str) -> datetime:
    """ "T3 10/03/2026 15:01"; without a time, nine in the morning. The weekday must be right."""
    weekday, day, *at = cell.split()
    found = datetime.strptime(day, "%d/%m/%Y").replace(tzinfo=ZONE)
    assert found.weekday() == WEEKDAYS[weekday], f"{cell} is no {weekday}"
    hours = time.fromisoformat(at[0]) if at else ALONE
    return found.replace(hour=hours.hour, minute=hours.minute)


def due(cell: str) -> date | datetime:
    """A due day, or a due minute when a time stands behind it."""
    return moment(cell) if ":" in cell else moment(cell).date()


def answers(row: Row, types: dict[str, FactType] | Any) -> dict[str, Any]:
    """The facts of a row as {"answers": …, "dossier": …}; blank cells are not answered."""
    body: dict[str, Any] = {
        "answers": {},
        "dossier": {"channel": "counter", "received_at": "2026-03-02T09:00:00+07:00", "reduced_this_year": 0},
    }
    for name, cell in row.marked("").items():
        if cell.strip():
            whole = body if name.startswith("dossier.") else body["answers"]
            _put(whole, name.split("."), cell, types[name])
    return body


def _put(whole: dict[str, Any], steps: list[str], cell: str, known: FactType) -> None:
    if known.rows:
        rows = whole.setdefault(known.rows, [])
        for number, part in enumerate(cell.split(";")):
            rows.extend({} for _ in range(number + 1 - len(rows)))
            rows[number][steps[-1]] = value(part, known)
        return
    for step in steps[:-1]:
        whole = whole.setdefault(step, {})
    whole[steps[-1]] = value(cell, known)


def value(cell: str, known: FactType) -> Any:
    match known.kind:
        case "integer" | "money":
            return int(cell.replace(" ", ""))
        case "choices":
            return [word.strip() for word in cell.split(";")]
        case "boolean":
            return {"có": True, "không": False}[cell]
        case "date":
            return "-".join(reversed(cell.split()[-1].split("/")))
        case "instant":
            return moment(cell).isoformat()
    return cell


def parameters(row: Row) -> dict[str, tuple[ParameterValue, ...]]:
    """What the province of the row has set."""
    found: dict[str, tuple[ParameterValue, ...]] = {}
    for name, cell in row.marked("@").items():
        if not name and cell:
            body = json.loads((SPEC / f"{row.table}.parameters.json").read_text(encoding="utf-8"))
            found |= read_parameters(body[cell])
        elif cell:
            found[name] = (ParameterValue(_set_value(cell)),)
    return found


def rates(row: Row) -> dict[str, dict[date, PublishedRate]]:
    """The published rates beside the table."""
    path = SPEC / f"{row.table}.rates.json"
    return read_rates(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def _set_value(cell: str) -> Money | Decimal:
    return Decimal(cell.removesuffix("%")) if cell.endswith("%") else money(cell)


def money(cell: str) -> Money:
    """ "36 000" đồng, or an amount with its currency behind it."""
    digits = cell.removesuffix("USD").replace(" ", "")
    return Money(int(digits) * 100, "USD") if cell.endswith("USD") else Money(int(digits))


def every_row(*tables: str) -> list[Row]:
    return [row for table in tables for row in rows_of(table)]


def with_rules() -> list[str]:
    """The tables that stand beside a rule file."""
    return sorted(path.stem for path in SPEC.glob("*.motcua"))
