"""Texts of cells as the language of rules understands them: read by its own grammar, every distinct text once."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.keywords import spelled
from rules_dsl.parser import parse
from rules_dsl.scanning import tokens

LINE_ENDS = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
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
    each_once = [each for each in dict.fromkeys(texts) if not _hides(each.text)]
    found: dict[Written, Understood] = {each: (_not_one(each),) for each in texts if _hides(each.text)}
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
        wrong = [finding for finding in parsed.findings if finding.line == line]
        # What is only wrong behind the text is wrong because of it.
        last = len(_as_row(each, language)) - len(_behind(each, language))
        within = tuple(finding for finding in wrong if (finding.column or 0) <= last)
        yield each, within or ((_not_one(each),) if wrong else _only(each, rows))


def _hides(text: str) -> bool:
    """Whether what stands behind the text would not be read."""
    return any(token.kind in ("comment", "unclosed") for token in tokens(text))


def _as_row(written: Written, language: n.Language) -> str:
    """A line of its own, whatever was typed: nothing reaches into the next."""
    row, gives = spelled("row", language), spelled("gives", language)
    text = LINE_ENDS.sub(" ", written.text)
    match written.part:
        case "cell":
            return f"{row} {text}{_behind(written, language)}"
        case "value":
            return f"{row} {spelled('any_cell', language)} {gives} {text}"
    return f"{row} {spelled('any_cell', language)} {gives} 1 {spelled('from_on', language)} {text}"


def _behind(written: Written, language: n.Language) -> str:
    return f" {spelled('gives', language)} 1" if written.part == "cell" else ""


def _not_one(written: Written) -> Finding:
    return Finding("rules.sheet.not_one_cell", "", {"found": written.text})


def _only(written: Written, rows: Sequence[n.TableRow]) -> Understood:
    """What was meant, if the text says that and nothing more."""
    not_one = (_not_one(written),)
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
