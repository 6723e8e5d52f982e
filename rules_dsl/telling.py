"""A charge or fee in plain words, before anything was answered: its lines with the titles and labels of the form.

The formatter lays a rule out to be read back by the parser; this lays it out for people: "Miễn khi «Đối tượng»
thuộc «Hộ nghèo»".
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from common.text import Text
from rules_dsl import nodes as n
from rules_dsl.fact_types import Scope
from rules_dsl.formatter import INDENT, body_lines
from rules_dsl.line_printing import LinePrinter
from rules_dsl.nodes.clauses import NO_COMMENTS
from rules_dsl.printing import ATOM, SUM
from rules_dsl.values import ExactMoney
from rules_dsl.wording import Wording

EMPTY = Text("để trống", "left empty")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def told(rule: n.AmountRule, rules: n.RuleFile, scope: Scope, language: n.Language) -> tuple[str, ...]:
    """One sentence for each line of the rule, without its head and the law of the whole; rows begin with a dash."""
    named = {each.name: each.title for each in rules.rules if not isinstance(each, n.Example)}
    bare = replace(rule, clauses=tuple(map(_uncommented, rule.clauses)))
    teller = _Teller(language, named, scope)
    return tuple(_sentence(teller, line) for line in body_lines(bare, teller))


def _uncommented(clause: n.AmountClause) -> n.AmountClause:
    if isinstance(clause, n.Brackets | n.Grades):
        rows = tuple(replace(row, comments=NO_COMMENTS) for row in clause.rows)
        return replace(clause, rows=rows, comments=NO_COMMENTS)  # type: ignore[arg-type]
    return replace(clause, comments=NO_COMMENTS)


def _sentence(teller: "_Teller", line: str) -> str:
    """The layout writes days as the language does; people read them as on the papers."""
    text = DAY.sub(lambda found: teller.words.day(date.fromisoformat(found[0])), line)
    return f"– {text.strip()}" if text.startswith(INDENT) else text[:1].upper() + text[1:]


class _Teller(LinePrinter):
    """Prints expressions in the words of the form."""

    def __init__(self, language: n.Language, rules: Mapping[str, Text], scope: Scope) -> None:
        super().__init__(language)
        self.rules, self.scope, self.words = rules, scope, Wording(language)

    def word(self, key: str) -> str:
        return super().word(key).replace("_", " ")

    def counted(self, key: str, count: int) -> str:
        return super().counted(key, count).replace("_", " ")

    def text(self, text: str) -> str:
        return f"“{text}”" if self.language == "en" else f"«{text}»"

    def name(self, path: str) -> str:
        fact = self.scope.facts.get(path)
        title = self.rules.get(path) or (fact.title if fact else Text(""))
        return self.text(title.in_(self.language) or path)

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
        fact = self.scope.facts.get(node.subject.path)
        labels = fact.labels if fact else {}
        said = [self._labelled(member, labels) for member in node.members]
        several = (
            ("not_in" if node.negated else "in") if len(said) > 1 else "is_not" if node.negated else "is"
        )
        return f"{self.expression(node.subject, SUM)} {self.word(several)} {', '.join(said)}"

    def _labelled(self, member: n.Word | n.Number | n.Truth, labels: Mapping[str, Text]) -> str:
        if not isinstance(member, n.Word):
            return self.atom(member)
        return self.text(labels[member.value].in_(self.language) if member.value in labels else member.value)
