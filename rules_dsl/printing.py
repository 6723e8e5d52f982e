"""Prints expressions, in either language, so that they read back to the same nodes."""

import re
from decimal import Decimal

from rules_dsl import nodes as n
from rules_dsl.keywords import KEYWORDS, reserved, spelled
from rules_dsl.values import plain

# How tightly an expression binds: one that binds less than its place asks is put between parentheses.
OR, AND, NOT, ASKED, SUM, PRODUCT, UNARY, ATOM = range(8)
IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


class Printer:
    """Prints in one language."""

    def __init__(self, language: n.Language) -> None:
        self.language = language

    def word(self, key: str) -> str:
        return spelled(key, self.language)

    def name(self, path: str) -> str:
        return f"`{path}`" if path in reserved(self.language) else path

    def text(self, text: str) -> str:
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'

    def value_word(self, word: str) -> str:
        """A value of a list: bare where that cannot be mistaken for a keyword."""
        is_bare = IDENTIFIER.match(word) and word not in reserved(self.language)
        return word if is_bare else self.text(word)

    def expression(self, node: n.Expression, place: int = OR) -> str:
        """The expression, between parentheses when its place binds tighter than it does."""
        text, binding = self._printed(node)
        return f"({text})" if binding < place else text

    def _printed(self, node: n.Expression) -> tuple[str, int]:
        match node:
            case n.Either():
                return f" {self.word('or')} ".join(self.expression(part, AND) for part in node.parts), OR
            case n.All():
                return f" {self.word('and')} ".join(self.expression(part, NOT) for part in node.parts), AND
            case n.Not():
                return f"{self.word('not')} {self.expression(node.value, NOT)}", NOT
            case n.Comparison() | n.OneOf() | n.Within():
                return self._asked(node), ASKED
            case n.Sum() | n.Product():
                return self._chain(node)
            case n.Share():
                share = self.expression(node.percentage)
                return f"{share} {self.word('of')} {self.expression(node.whole, UNARY)}", UNARY
            case n.Minus():
                return f"-{self.expression(node.value, UNARY)}", UNARY
            case n.Fallback():
                return (
                    f"({self.expression(node.value)} {self.word('instead')} {self.expression(node.instead)})",
                    ATOM,
                )
        return self.atom(node), ATOM

    def _asked(self, node: n.Comparison | n.OneOf | n.Within) -> str:
        match node:
            case n.Comparison():
                return f"{self.expression(node.left, SUM)} {node.operator} {self.expression(node.right, SUM)}"
            case n.Within():
                period = f"{self.word('within')} {self.period(node.period)} {self.word('since')}"
                return f"{self.expression(node.subject, SUM)} {period} {self.expression(node.since, SUM)}"
            case n.OneOf():
                members = [self._member(member) for member in node.members]
                if len(members) == 1:
                    asked = f"{self.word('is_not' if node.negated else 'is')} {members[0]}"
                else:
                    asked = f"{self.word('not_in' if node.negated else 'in')} {{{', '.join(members)}}}"
                return f"{self.expression(node.subject, SUM)} {asked}"

    def _member(self, member: n.Word | n.Number | n.Truth) -> str:
        return self.value_word(member.value) if isinstance(member, n.Word) else self.atom(member)

    def _chain(self, node: n.Sum | n.Product) -> tuple[str, int]:
        mine, inner = (SUM, PRODUCT) if isinstance(node, n.Sum) else (PRODUCT, UNARY)
        text = self.expression(node.first, inner)
        for sign, part in node.rest:
            text += f" {sign} {self.expression(part, inner)}"
        return text, mine

    def atom(self, node: n.Expression) -> str:
        match node:
            case n.Number():
                return self.number(node)
            case n.Percentage():
                return f"{self.number(node.number)}%"
            case n.Amount():
                return f"{self.number(node.number)} {node.currency}"
            case n.Day():
                return node.value.isoformat()
            case n.Instant():
                return f"{node.value:%Y-%m-%d %H:%M}"
            case n.Period():
                return self.period(node)
            case n.Word():
                return self.text(node.value)
            case n.Truth():
                return self.word("yes" if node.value else "no")
            case n.Name():
                return self.name(node.path)
            case n.Whole():
                return self.word("whole")
            case n.Excess():
                return self.word("excess")
            case n.Given():
                return f"{self.word('given')} {self.name(node.name.path)}"
            case n.Call():
                return f"{self.word(node.function)}({', '.join(map(self.expression, node.arguments))})"
        raise AssertionError(node)

    def number(self, node: n.Number) -> str:
        scale = "" if node.scale == "one" else f" {self.word(node.scale)}"
        return figure(node.digits) + scale

    def period(self, node: n.Period) -> str:
        return f"{node.amount} {self.counted(node.unit, node.amount)}"

    def counted(self, key: str, count: int) -> str:
        """The keyword of a unit, in the singular after one where the language has one."""
        forms = KEYWORDS[key].forms(self.language)
        return forms[-1] if count == 1 else forms[0]


def figure(digits: Decimal) -> str:
    """`1_000_000`, `2.5`. Three decimals get a zero more, lest they be read as thousands."""
    whole, _, decimals = plain(digits).partition(".")
    decimals = decimals + "0" if len(decimals) == 3 else decimals
    return f"{int(whole):_}.{decimals}" if decimals else f"{int(whole):_}"
