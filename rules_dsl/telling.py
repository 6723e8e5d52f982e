"""A rule in plain words, before anything was answered: its lines with the titles and labels of the form.

The formatter lays a rule out to be read back by the parser; this lays it out for people: "Miễn khi «Đối tượng»
thuộc «Hộ nghèo»".
"""

import re
from dataclasses import fields, replace
from datetime import date
from typing import Any

from common.text import Text
from rules_dsl import nodes as n
from rules_dsl.fact_types import Scope
from rules_dsl.formatter import INDENT, body_lines
from rules_dsl.labels import Labels
from rules_dsl.line_printing import LinePrinter
from rules_dsl.printing import ATOM, SUM
from rules_dsl.values import ExactMoney
from rules_dsl.wording import Wording

EMPTY = Text("để trống", "left empty")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def told(rule: n.AnyRule, rules: n.RuleFile, scope: Scope, language: n.Language) -> tuple[str, ...]:
    """One sentence for each line of the rule, without its head and the law of the whole; rows begin with a dash."""
    teller = _Teller(language, rule, Labels.of(rules, scope))
    lines = (*teller.told(rule), *body_lines(_uncommented(rule), teller))
    return tuple(_sentence(teller, line) for line in lines)


def _uncommented(part: Any) -> Any:
    """A rule, or a part of it, without what was written beside it."""
    if isinstance(part, tuple):
        return tuple(map(_uncommented, part))
    if not isinstance(part, n.Rule | n.Clause | n.Bracket | n.Grade | n.Point):
        return part
    parts = {field.name: _uncommented(getattr(part, field.name)) for field in fields(part)}
    return replace(part, **{**parts, "comments": n.NO_COMMENTS})


def _sentence(teller: "_Teller", line: str) -> str:
    """The layout writes days as the language does; people read them as on the papers."""
    text = DAY.sub(lambda found: teller.words.day(date.fromisoformat(found[0])), line)
    return f"– {text.strip()}" if text.startswith(INDENT) else text[:1].upper() + text[1:]


class _Teller(LinePrinter):
    """Prints expressions in the words of the form."""

    def __init__(self, language: n.Language, rule: n.AnyRule, labels: Labels) -> None:
        super().__init__(language)
        self.rule, self.labels, self.words = rule, labels, Wording(language)

    def word(self, key: str) -> str:
        return super().word(key).replace("_", " ")

    def counted(self, key: str, count: int) -> str:
        return super().counted(key, count).replace("_", " ")

    def text(self, text: str) -> str:
        return f"“{text}”" if self.language == "en" else f"«{text}»"

    def name(self, path: str) -> str:
        title = self.labels.title(path).in_(self.language)
        return self.text(title or path.replace("_", " ").replace(".", " "))

    def atom(self, node: n.Expression) -> str:
        match node:
            case n.Amount():
                return self.words.money(ExactMoney(node.number.value, node.currency))
            case n.Number():
                return self.words.number(node.value)
            case n.Percentage():
                return f"{self.words.number(node.number.value)}%"
            case n.Instant():
                return self.words.instant(node.value)
        return super().atom(node)

    def _printed(self, node: n.Expression) -> tuple[str, int]:
        if not isinstance(node, n.Fallback):
            return super()._printed(node)
        instead = f"{EMPTY.in_(self.language)}: {self.expression(node.instead)}"
        return f"{self.expression(node.value)} ({instead})", ATOM

    def _asked(self, node: n.Comparison | n.OneOf | n.Within) -> str:
        """Values of a list by their labels, which only the question they are asked of knows."""
        if not isinstance(node, n.OneOf) or not isinstance(node.subject, n.Name):
            return super()._asked(node)
        said = [self._labelled(member, node.subject.path) for member in node.members]
        several = (
            ("not_in" if node.negated else "in") if len(said) > 1 else "is_not" if node.negated else "is"
        )
        return f"{self.expression(node.subject, SUM)} {self.word(several)} {', '.join(said)}"

    def _labelled(self, member: n.Word | n.Number | n.Truth, name: str) -> str:
        if not isinstance(member, n.Word):
            return self.atom(member)
        return self.text(self.labels.word(name, member.value).in_(self.language))

    def table_row(self, row: n.TableRow) -> str:
        """Each cell by the labels of its key."""
        assert isinstance(self.rule, n.Table)
        pairs = zip(row.cells, self.rule.keys, strict=False)
        cells = ", ".join(self._cell(cell, key.path) for cell, key in pairs)
        return f"{self.word('row')} {cells} {self.word('gives')} {self.atom(row.value)}"

    def _cell(self, cell: n.Cell, name: str) -> str:
        if not isinstance(cell, n.ValuesCell):
            return self.cell(cell)
        return f" {self.word('or')} ".join(self._labelled(member, name) for member in cell.members)

    def option(self, line: n.Option) -> str:
        return self._labelled(n.Word(line.value), self.rule.name)

    def assignee(self, line: n.Assignee) -> str:
        """Roles are known by the units, not by the form."""
        role = f"{self.word('role')} {self.text(line.role.replace('_', ' '))}"
        return role if line.area is None else f"{role} {self.word('area')} {self.expression(line.area, SUM)}"
