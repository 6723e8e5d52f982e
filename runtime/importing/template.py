"""The spreadsheet to be filled in: for one procedure with a column for each question and each amount."""

from procedure_library.compiled import Compiled
from rules_dsl.spreadsheets.files import FORMATS
from rules_dsl.spreadsheets.sheet import Sheet
from runtime.importing.answering import askable
from runtime.importing.checking import SHEET_NAME
from runtime.importing.columns import COLUMNS


def template(compiled: Compiled | None, ending: str) -> bytes:
    """The header and a row that shows how; of a procedure, with the columns that it asks for besides."""
    head: list[str] = [f"{column.title.vi} *" if column.needed else column.title.vi for column in COLUMNS]
    row: list[str] = [column.example for column in COLUMNS]
    if compiled is not None:
        further = _further(compiled)
        head += further
        row[1] = compiled.definition.code
        row += [""] * len(further)
    return FORMATS[ending].write(Sheet(SHEET_NAME, (tuple(head), tuple(row))))


def _further(compiled: Compiled) -> list[str]:
    """Questions that are not of the person, then amounts; each bears the path or rule by which it is known."""
    rules = {rule.name: rule.title.vi for rule in compiled.rules.rules}
    asked: dict[str, str] = {}
    for kind in compiled.definition.case_types:
        for path, field in askable(compiled, kind.key).items():
            if not field.prefill:
                asked.setdefault(path, f"{field.title.vi} [{path}]")
        for rule in kind.amounts:
            asked.setdefault(f"paid.{rule}", f"Đã thu: {rules.get(rule, rule)} [paid.{rule}]")
    return list(asked.values())
