"""A sheet as values with addresses, whatever file it came from."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from common.problems import Finding, Parameter

# Beyond this nobody reads a table of law, and no check looks through it.
MOST_ROWS = 2_000
MOST_COLUMNS = 40
LONGEST_CELL = 1_000
HEAVIEST_FILE = 2_000_000


@dataclass(frozen=True, slots=True)
class Share:
    """A number that is shown as a percentage: `value` is 2.5 for 2.5 %."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that is worked out by the program that shows the sheet: what it will say is not known here."""

    text: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell without a value, such as `#N/A`."""

    text: str


CellValue = str | bool | Decimal | Share | date | Formula | Broken | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows from the top; the first is the header. A row may be shorter than others: what is not there is None."""

    name: str
    rows: tuple[tuple[CellValue, ...], ...]


def address(row: int, column: int) -> str:
    """ "B7" of row 7, column 2."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


def finding_at(code: str, row: int, column: int, **parameters: Parameter) -> Finding:
    """What is wrong in a cell, said with its address."""
    return Finding(code, address(row, column), parameters, line=row, column=column)


def of_the_file(code: str, **parameters: Parameter) -> tuple[Finding, ...]:
    """What keeps the whole file from being read."""
    return (Finding(code, "A1", parameters),)
