"""Texts of cells as the language of rules understands them: read by its own grammar, every distinct text once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.keywords import spelled
from rules_dsl.parser import parse
from rules_dsl.scanning import tokens

Part = Literal["cell", "value", "day"]
# The parser stops at a hundred mistakes: so many texts it reads at a time.
AT_ONCE = 80
HEAD = 2


@dataclass(frozen=True, slots=True)
class Written:
    """The text of a cell, and what it is meant as."""

    part: Part
    text: str


Understood = n.Cell | n.Constant | date | tuple[Finding, ...]


def understood(texts: Collection[Written], language: n.Language) -> Mapping[Written, Understood]:
    """Each text as a node, or what is wrong with it."""
    each_once = list(dict.fromkeys(texts))
    found: dict[Written, Understood] = {}
    for start in range(0, len(each_once), AT_ONCE):
        found.update(_read(each_once[start : start + AT_ONCE], language))
    return found


def _read(texts: Sequence[Written], language: n.Language) -> Iterator[tuple[Written, Understood]]:
    """Reads them as the rows of a table with one key, a line for each."""
    head = [f"{spelled('language', language)} {language}", f"{spelled('table', language)} t (k)"]
    parsed = parse("\n".join([*head, *(_as_row(each, language) for each in texts)]))
    table = next((rule for rule in parsed.rules.rules if isinstance(rule, n.Table)), None)
    for line, each in enumerate(texts, HEAD + 1):
        rows = [row for row in (table.rows if table else ()) if row.place.line == line]
        wrong = tuple(finding for finding in parsed.findings if finding.line == line)
        yield each, wrong or _only(each, rows)


def _as_row(written: Written, language: n.Language) -> str:
    row, gives = spelled("row", language), spelled("gives", language)
    # A line of its own, whatever was typed: nothing reaches into the next, nothing hides the rest.
    text = " ".join(written.text.split())
    if any(token.kind in ("comment", "unclosed") for token in tokens(text)):
        text = ")"
    match written.part:
        case "cell":
            return f"{row} {text} {gives} 1"
        case "value":
            return f"{row} {spelled('any_cell', language)} {gives} {text}"
    return f"{row} {spelled('any_cell', language)} {gives} 1 {spelled('from_on', language)} {text}"


def _only(written: Written, rows: Sequence[n.TableRow]) -> Understood:
    """What was meant, if the text says that and nothing more."""
    not_one = (Finding("rules.sheet.not_one_cell", "", {"found": written.text}),)
    if len(rows) != 1 or len(rows[0].cells) != 1:
        return not_one
    (row,) = rows
    cell = row.cells[0]
    is_one = isinstance(row.value, n.Number) and row.value.value == 1
    match written.part:
        case "cell" if is_one and not row.law.is_dated and not row.law.cites:
            return cell
        case "value" if isinstance(cell, n.AnyCell) and not row.law.is_dated and not row.law.cites:
            return row.value
        case "day" if is_one and row.law.from_on and row.law.until_on is None and not row.law.cites:
            return row.law.from_on
    return not_one
