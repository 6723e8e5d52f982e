"""The text of a function that works out a rule on columns; how its numbers count is told by generator.term.

Doubts are masks here: rows where something was lawfully not answered, and rows where it is not known.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from common.money import EXPONENTS
from rules_dsl import nodes as n
from rules_dsl.columns.masks import ALL, NONE, either
from rules_dsl.columns.questions import Question, decoder
from rules_dsl.columns.ready import EPOCH, LARGEST, Columns, Ready, Unfit
from rules_dsl.evaluation import Reference
from rules_dsl.fact_types import FactType
from rules_dsl.generator.naming import RESERVED, Names
from rules_dsl.generator.term import ATOM, Doubt, Term
from rules_dsl.kind import BOOLEAN, DATE, kind_of_fact
from rules_dsl.kinds import Kinds
from rules_dsl.moment import DAY_FACTS

ABSENT, UNKNOWN = "absent", "unknown"


@dataclass(slots=True)
class ColumnWriter:
    """`questions` are asked once for each distinct case; `known` are the values written so far.

    `another` writes the value of another rule, amounts rounded.
    """

    columns: Columns
    kinds: Kinds
    reference: Reference
    another: "Callable[[n.AmountRule | n.Choice, ColumnWriter], Term]"
    as_of: n.AsOf = "reception"
    bracket: tuple[Callable[[], Term], Callable[[], Term]] | None = None
    lines: list[str] = field(default_factory=list)
    names: Names = field(default_factory=lambda: Names({*RESERVED, "np", "size", ABSENT, UNKNOWN}))
    questions: dict[str, Question] = field(default_factory=dict)
    known: dict[tuple[str, ...], Term] = field(default_factory=dict)

    def on_the_day_of(self, as_of: n.AsOf) -> "ColumnWriter":
        """Writes into the same function, for a rule of another day."""
        return replace(self, as_of=as_of, bracket=None)

    def hold(self, code: str, name: str) -> str:
        """The code in a variable; what is one already, or a mask of all or no rows, stays."""
        if code.removeprefix("~").isidentifier():
            return code
        variable = self.names.of_variable(name)
        self.lines.append(f"{variable} = {code}")
        return variable

    def held(self, term: Term, name: str) -> Term:
        """The term in a variable, proved to stay within 64 bits."""
        if term.is_number and (term.scale is None or term.low < -LARGEST or term.high > LARGEST):
            raise Unfit("64 bits are not proved to be enough")
        code = term.code if term.constant is not None else self.hold(term.code, name)
        return replace(term, code=code, binding=ATOM)

    def once(self, name: str, write: Callable[[], Term]) -> Term:
        """What was written under the name for a rule of this day, written now if it was not."""
        key = (name, self.as_of)
        if key not in self.known:
            self.known[key] = self.held(write(), name)
        return self.known[key]

    def fact(self, path: str) -> Term:
        known = self.kinds.fact(path)
        if known is None:
            raise Unfit(f"no form says what kind of value {path} is")
        return self.once(f"fact {path}", lambda: self._fact(path, known, self.columns[path]))

    def _fact(self, path: str, known: FactType, column: Ready) -> Term:
        doubts = [
            Doubt(self.hold(f"{kind}[{path!r}]", f"{kind}_{path}"), kind)
            for kind, mask in ((ABSENT, column.absent), (UNKNOWN, column.unknown))
            if mask is not None
        ]
        kind = replace(kind_of_fact(known), values=column.words)
        scale = EXPONENTS[known.currency] if known.kind == "money" else column.scale
        numeric = known.kind in ("money", "integer", "decimal")
        code = self.hold(f"values[{path!r}]", path)
        return Term(code, kind, scale if numeric else None, column.low, column.high, tuple(doubts))

    def day(self) -> Term:
        """The day whose law counts; where it is missing it is not known."""
        on = self.fact(DAY_FACTS[self.as_of])
        return replace(on, doubts=tuple(Doubt(doubt.variable, UNKNOWN) for doubt in on.doubts))

    def in_force(self, law: n.Law) -> Term:
        """Whether the law is in force on the day that counts, which is asked only when the law has dates."""
        if not law.is_dated:
            return Term(ALL, BOOLEAN)
        on = self.day()
        begins = [f"({on.code} >= {law.from_on.toordinal() - EPOCH})"] if law.from_on else []
        ends = [f"({on.code} <= {law.until_on.toordinal() - EPOCH})"] if law.until_on else []
        return Term(self.hold(" & ".join(begins + ends), "in_force"), BOOLEAN, doubts=on.doubts)

    def ask(self, name: str, question: Callable[..., Any], parts: list[Term], like: Term) -> Term:
        """Answers that count like `like`; the question is asked once for each distinct case.

        It is given values as facts hold them, numbers as Decimal; None for what was lawfully not answered, an
        Unknown for what is not known; and answers with a whole number, yes or no, or an Unknown.
        """
        asked = self.names.of_variable(f"ask_{name}")
        dtype = bool if like.kind == BOOLEAN else np.int64
        self.questions[asked] = Question(question, tuple(map(decoder, parts)), dtype)
        columns = ", ".join(f"({part.code}, {_mask(part, ABSENT)}, {_mask(part, UNKNOWN)})" for part in parts)
        found = [self.names.of_variable(each) for each in (name, f"{ABSENT}_{name}", f"{UNKNOWN}_{name}")]
        self.lines.append(f"{', '.join(found)} = {asked}.of(size, {columns})")
        doubts = (Doubt(found[1], ABSENT), Doubt(found[2], UNKNOWN))
        return replace(like, code=found[0], doubts=doubts, binding=ATOM, constant=None)


def missing(*terms: Term, of: tuple[str, ...] = (ABSENT, UNKNOWN)) -> str:
    """The mask of rows where something is missing."""
    return either(*(doubt.variable for term in terms for doubt in term.doubts if doubt.of in of), NONE)


def _mask(term: Term, of: str) -> str:
    mask = missing(term, of=(of,))
    return "None" if mask == NONE else mask


def day_term(code: str = "") -> Term:
    """A day, counted from 1970; no calendar reaches further than its bounds."""
    return Term(code, DATE, None, -EPOCH, 4_000_000 - EPOCH)
