"""What a generated function writes into its log, if it has one (see recording.py)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rules_dsl import nodes as n
from rules_dsl.generator.program import Draft, Program
from rules_dsl.generator.source import Source
from rules_dsl.generator.term import Term
from rules_dsl.recording import Shape, as_it_is, money, number


@dataclass(frozen=True, slots=True)
class Row:
    """The variables that hold a row of a repeated group, and its number."""

    group: str
    variable: str
    number: str


@dataclass(slots=True)
class Logbook(Source):
    """The text of a function of a program that keeps a log where it is `traced`."""

    program: Program = field(kw_only=True)
    traced: bool = field(kw_only=True)
    row: Row | None = None

    def log(self, event: str) -> None:
        if self.traced:
            self.line(f"log.append({event})")

    def forget(self) -> None:
        """Begins a line of the rule: what was read before it is no reason for it."""
        self.log("None")

    def note(
        self,
        code: str,
        node: n.Clause | n.Rule,
        rule: n.AnyRule,
        result: str,
        shape: Shape,
        told: Mapping[str, Term] | None = None,
    ) -> Draft:
        """Writes down that the line applied, with the code of its running amount and what it counted with."""
        cites = node.law.cites or rule.law.cites
        draft = Draft(code, node.place.line, cites, shape, _shapes(told or {}))
        row = self.row.number if self.row else "None"
        self._write_down(draft, row, result, [term.code for term in (told or {}).values()])
        return draft

    def step(
        self, code: str, line: int, result: Term, told: Mapping[str, Term], cites: tuple[str, ...] | str
    ) -> None:
        """Writes down a look-up; `cites` is its law, or code that gives it."""
        known, later = (None, [cites]) if isinstance(cites, str) else (cites, [])
        draft = step_draft(code, line, result, told, known)
        self._write_down(draft, "None", result.code, [*(term.code for term in told.values()), *later])

    def _write_down(self, draft: Draft, row: str, result: str, codes: list[str]) -> None:
        if self.traced:
            self.log(f"({', '.join([str(len(self.program.notes)), row, result, *codes])})")
            self.program.notes.append(draft)


def step_draft(
    code: str, line: int, result: Term, told: Mapping[str, Term], cites: tuple[str, ...] | None
) -> Draft:
    return Draft(code, line, cites, shape_of(result), _shapes(told), is_step=True)


def _shapes(told: Mapping[str, Term]) -> tuple[tuple[str, Shape], ...]:
    return tuple((name, shape_of(term)) for name, term in told.items())


def shape_of(term: Term) -> Shape:
    """How a log's value of the term is to be read."""
    if term.kind.name == "money":
        return money(term.scale or 0, term.kind.currency)
    return number(term.scale or 0) if term.is_number else as_it_is
