"""Prints the lines of rules without their condition and law, in either language."""

from collections.abc import Iterator

from common.text import Text
from rules_dsl import nodes as n
from rules_dsl.keywords import KEYWORDS
from rules_dsl.printing import SUM, Printer

_AMOUNTS = {
    n.Pay: "pay",
    n.AtMost: "at_most",
    n.AtLeast: "at_least",
    n.Plus: "plus",
    n.Less: "less",
}


class LinePrinter(Printer):
    """Prints lines in one language."""

    def told(self, rule: n.AnyRule) -> Iterator[str]:
        """What stands on the first line behind name and title."""
        match rule:
            case n.Let():
                yield f"= {self.expression(rule.value)}"
            case n.Always():
                yield self.claim(rule.claim)
            case n.Table():
                keys = ", ".join(self.name(key.path) for key in rule.keys)
                yield f"({keys}) {self.word(rule.policy)}"
            case n.Interpolation():
                yield f"{self.word('by')} {self.expression(rule.quantity, SUM)}"
            case n.Rate():
                yield f"{rule.source} {self.word('to_currency')} {rule.target}"
                yield f"{self.word('on')} {self.expression(rule.on, SUM)}"

    def title(self, title: Text, *, always: bool = False) -> Iterator[str]:
        """The title and its English."""
        if title.vi or always:
            yield self.text(title.vi)
        if title.en:
            yield f"{self.word('english')} {self.text(title.en)}"

    def option(self, line: n.Option) -> str:
        return " ".join([self.name(line.value), *self.title(line.title)])

    def amount_line(self, clause: n.AmountClause) -> str:
        match clause:
            case n.Exempt():
                return self.word("exempt")
            case n.Brackets():
                return f"{self.word('by')} {self.expression(clause.quantity, SUM)}"
            case n.Grades():
                return f"{self.word('per')} {self.expression(clause.quantity, SUM)}"
            case n.Times():
                return f"{self.word('times')} {self.expression(clause.count, SUM)}"
            case n.Reduce():
                return f"{self.word('reduce')} {self.expression(clause.by, SUM)}"
            case n.Rounded():
                way = "" if clause.way == "half_up" else f" {self.word(clause.way)}"
                return f"{self.word('rounded_to')} {self.atom(clause.unit)}{way}"
        return f"{self.word(_AMOUNTS[type(clause)])} {self.expression(clause.amount, SUM)}"

    def amount_row(self, row: n.Bracket | n.Grade) -> str:
        amount = f"{self.word('pay')} {self.expression(row.amount, SUM)}"
        if isinstance(row, n.Grade):
            return f"{self.word('from')} {row.start} {amount}"
        bounds = [self._bound(bound) for bound in row.bounds]
        return " ".join([*(bounds or [self.word("above")]), amount])

    def table_row(self, row: n.TableRow) -> str:
        cells = ", ".join(map(self.cell, row.cells))
        return f"{self.word('row')} {cells} {self.word('gives')} {self.atom(row.value)}"

    def cell(self, cell: n.Cell) -> str:
        match cell:
            case n.AnyCell():
                return self.word("any_cell")
            case n.BlankCell():
                return self.word("blank")
            case n.RangeCell():
                return " ".join(map(self._bound, cell.bounds))
            case n.ValuesCell():
                members = [self._cell_member(member) for member in cell.members]
                return members[0] if len(members) == 1 else f"{{{', '.join(members)}}}"

    def _cell_member(self, member: n.Word | n.Number | n.Truth) -> str:
        """A value; between quotes where a cell would read the word as its own."""
        own = {form for key in ("any_cell", "blank") for form in KEYWORDS[key].forms(self.language)}
        if isinstance(member, n.Word) and member.value in own:
            return self.text(member.value)
        return self.member(member)

    def _bound(self, bound: n.Bound | n.CellBound) -> str:
        return f"{self.word(bound.kind)} {self.atom(bound.limit)}"

    def point(self, point: n.Point) -> str:
        return f"{self.word('at')} {self.atom(point.at)} {self.word('gives')} {self.atom(point.value)}"

    def claim(self, claim: n.Expression | n.Monotony) -> str:
        if not isinstance(claim, n.Monotony):
            return self.expression(claim)
        amount, quantity = self.name(claim.amount.path), self.name(claim.quantity.path)
        return f"{amount} {self.word(claim.direction)} {quantity} {self.word('rises')}"

    def assignee(self, line: n.Assignee) -> str:
        role = f"{self.word('role')} {self.name(line.role)}"
        return role if line.area is None else f"{role} {self.word('area')} {self.expression(line.area, SUM)}"

    def local(self, setting: n.LocalSetting) -> str:
        lowest, highest = self.atom(setting.lowest), self.atom(setting.highest)
        words = [self.word("set_by"), self.word(setting.setter), self.word("between"), lowest]
        words += [self.word("and"), highest]
        if setting.by:
            words += [self.word("by"), ", ".join(self.name(fact.path) for fact in setting.by)]
        return " ".join(words)

    def setting(self, setting: n.Setting) -> str:
        return f"{self.name(setting.name)} = {self._literal(setting.value)}"

    def _literal(self, value: n.Literal_ | n.Rows) -> str:
        if isinstance(value, n.Rows):
            rows = (", ".join(map(self.setting, row)) for row in value.rows)
            return f"[{'; '.join(rows)}]"
        return self.value_word(value.value) if isinstance(value, n.Word) else self.atom(value)
