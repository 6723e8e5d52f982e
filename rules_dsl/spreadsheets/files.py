"""The kinds of file a sheet may come in, by the ending of its name."""

from collections.abc import Callable
from dataclasses import dataclass

from common.problems import Finding
from rules_dsl.spreadsheets.separated import read_separated, write_separated
from rules_dsl.spreadsheets.sheet import Sheet, of_the_file
from rules_dsl.spreadsheets.workbook import read_workbook, write_workbook


@dataclass(frozen=True, slots=True)
class SheetFile:
    """`plain`: the file knows nothing but texts. `media` is its media type."""

    read: Callable[[bytes, str], Sheet | tuple[Finding, ...]]
    write: Callable[[Sheet], bytes]
    plain: bool
    media: str


FORMATS = {
    ".xlsx": SheetFile(
        read_workbook,
        write_workbook,
        plain=False,
        media="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    ".csv": SheetFile(read_separated, write_separated, plain=True, media="text/csv; charset=utf-8"),
}


def read_sheet(content: bytes, file_name: str, table: str) -> Sheet | tuple[Finding, ...]:
    """The sheet in a file, for the table of that name; endings other than ours are refused."""
    ending = file_name[file_name.rfind(".") :].lower()
    if ending not in FORMATS:
        return of_the_file("rules.sheet.other_file", found=file_name)
    return FORMATS[ending].read(content, table)
