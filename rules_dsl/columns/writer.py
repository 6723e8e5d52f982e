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
from rules_dsl.kind import BOOLEAN, DATE, INTEGER, kind_of_fact
from rules_dsl.kinds import Kinds
from rules_dsl.moment import DAY_FACTS

ABSENT, UNKNOWN = "absent", "unknown"
# What the function is given, and what it calls.
GIVEN = ("np", "size", ABSENT, UNKNOWN, "added_up", "furthest")


@dataclass(slots=True)
class ColumnWriter:
    """`questions` are asked once for each distinct case; `known` are the values written so far.

    `another` writes the value of another rule, amounts rounded. `outer` writes for whole dossiers while this one
    writes for the rows of a `group`, all of them one behind the other; its columns are that much longer.
    """

    columns: Columns
    kinds: Kinds
    reference: Reference
    another: "Callable[[n.AmountRule | n.Choice, ColumnWriter], Term]"
    as_of: n.AsOf = "reception"
    group: str | None = None
    outer: "ColumnWriter | None" = None
    bracket: tuple[Callable[[], Term], Callable[[], Term]] | None = None
    lines: list[str] = field(default_factory=list)
    names: Names = field(default_factory=lambda: Names({*RESERVED, *GIVEN}))
    questions: dict[str, Question] = field(default_factory=dict)
    known: dict[tuple[str, ...], Term] = field(default_factory=dict)

    def on_the_day_of(self, as_of: n.AsOf) -> "ColumnWriter":
        """Writes into the same function, for a rule of another day."""
        return replace(self, as_of=as_of, bracket=None)

    @property
    def size(self) -> str:
        """Code of the length of the columns."""
        return "size" if self.group is None else self.rows_of(self.group)[1]

    @property
    def outside(self) -> "ColumnWriter":
        """The writer for whole dossiers, of the same day."""
        return self if self.outer is None else replace(self.outer, as_of=self.as_of, bracket=None)

    def in_rows(self, group: str) -> "ColumnWriter":
        """Writes into the same function, for the rows of the group."""
        return replace(self.outside, group=group, outer=self.outside)

    def rows_of(self, group: str) -> tuple[str, str]:
        """Code of how many rows each dossier has, and of how many there are."""
        counts = self.outside.once(f"rows {group}", lambda: self._counts(group)).code
        key = ("size of", group)
        if key not in self.known:
            self.known[key] = Term(self.hold(f"int({counts}.sum())", f"rows_of_{group}"), INTEGER)
        return counts, self.known[key].code

    def _counts(self, group: str) -> Term:
        column = self.columns[group]
        unknown = () if column.unknown is None else (self._doubt(UNKNOWN, group),)
        return Term(self.hold(f"values[{group!r}]", group), INTEGER, 0, 0, column.high, unknown)

    def row_count(self, group: str) -> Term:
        """How many rows each dossier has; not known where the group is not answered yet."""
        self.rows_of(group)
        return self.outside.known[f"rows {group}", self.as_of, ""]

    def spread(self, term: Term) -> Term:
        """A value of whole dossiers, for each row of this group."""
        if self.group is None or term.constant is not None:
            return term
        masks = tuple(Doubt(self._spread(doubt.variable), doubt.of) for doubt in term.doubts)
        code = term.code if term.code in (ALL, NONE) else self._spread(term.code)
        return replace(term, code=code, doubts=masks, binding=ATOM)

    def _spread(self, code: str) -> str:
        assert self.group is not None
        counts, _ = self.rows_of(self.group)
        return self.hold(f"np.repeat(np.broadcast_to({code}, size), {counts})", "each_row")

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
        key = (name, self.as_of, self.group or "")
        if key not in self.known:
            self.known[key] = self.held(write(), name)
        return self.known[key]

    def fact(self, path: str) -> Term:
        known = self.kinds.fact(path)
        if known is None:
            raise Unfit(f"no form says what kind of value {path} is")
        if (known.rows != self.group and known.rows is not None) or known.kind == "rows":
            raise Unfit(f"{path} stands in other rows")
        if known.rows is None and self.group is not None:
            return self.spread(self.outside.fact(path))
        return self.once(f"fact {path}", lambda: self._fact(path, known, self.columns[path]))

    def is_group(self, path: str) -> bool:
        known = self.kinds.fact(path)
        return known is not None and known.kind == "rows"

    def _doubt(self, kind: str, path: str) -> Doubt:
        return Doubt(self.hold(f"{kind}[{path!r}]", f"{kind}_{path}"), kind)

    def _fact(self, path: str, known: FactType, column: Ready) -> Term:
        doubts = [
            self._doubt(kind, path)
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
        self.lines.append(f"{', '.join(found)} = {asked}.of({self.size}, {columns})")
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
