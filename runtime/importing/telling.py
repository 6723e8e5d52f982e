"""What was found in a file, for people: each fault once, with all the cells in which it stands."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from common.messages import message
from rules_dsl.spreadsheets.sheet import address


@dataclass(frozen=True, slots=True)
class Fault:
    """`column` is what the file calls it. `cells` are addresses, rows that follow each other as "E2–E40"; both are ""
    where it is the whole file that is wrong.
    """

    column: str
    cells: str
    text: str
    remedy: str


def faults(findings: Iterable[Mapping[str, Any]], language: str) -> list[Fault]:
    """Those of a stored report, in the order of their first cells."""
    alike: dict[tuple[int | None, str, str], list[Mapping[str, Any]]] = {}
    for each in findings:
        said = message(each["code"], each["parameters"], language)
        alike.setdefault((each["column"], said.text, said.remedy), []).append(each)
    # Reports of before named no columns.
    return [
        Fault(several[0].get("title", ""), _cells(column, several), text, remedy)
        for (column, text, remedy), several in alike.items()
    ]


def _cells(column: int | None, findings: list[Mapping[str, Any]]) -> str:
    if column is None:
        return ""
    stretches = _stretches([each["row"] for each in findings])
    named = ((address(first, column), address(last, column)) for first, last in stretches)
    return ", ".join(first if first == last else f"{first}–{last}" for first, last in named)


def _stretches(rows: list[int]) -> Iterator[tuple[int, int]]:
    """First and last of the rows that follow each other."""
    first = last = rows[0]
    for row in rows[1:]:
        if row > last + 1:
            yield first, last
            first = row
        last = row
    yield first, last
