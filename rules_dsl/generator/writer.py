"""One generated function: how it reads facts and the day that counts, and what it writes into its log."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from common.money import EXPONENTS
from rules_dsl import nodes as n
from rules_dsl.fact_types import FactType
from rules_dsl.generator.program import Draft, Function, Program
from rules_dsl.generator.source import INDENT, RESERVED, Source
from rules_dsl.generator.term import ATOM, Doubt, Term
from rules_dsl.kind import BOOLEAN, DATE, kind_of_fact
from rules_dsl.moment import DAY_FACTS, AsOf, RulesNotChecked
from rules_dsl.recording import Shape, as_it_is, money, number
from rules_dsl.unknown import Unknown


@dataclass(frozen=True, slots=True)
class Row:
    """The variables that hold a row of a repeated group, and its number."""

    group: str
    variable: str
    number: str


@dataclass(slots=True)
class Writer(Source):
    """Writes one function of a program. `bracket` is the quantity and its excess where a bracket pays."""

    program: Program = field(kw_only=True)
    as_of: AsOf = field(kw_only=True)
    traced: bool = field(kw_only=True)
    row: Row | None = None
    bracket: tuple[Term, Term] | None = None
    reads_values: bool = False

    @classmethod
    def of(cls, program: Program, as_of: AsOf, traced: bool) -> "Writer":
        return cls(RESERVED, program=program, as_of=as_of, traced=traced)

    def fact(self, path: str) -> Term:
        """The fact, read and written down; in doubt until it is known to be there."""
        known = self.program.kinds.fact(path)
        if known is None:
            raise RulesNotChecked(f"no form says what kind of value {path} is")
        row = self.row if self.row and known.rows else None
        source = row.variable if row else "values"
        event = f"({row.group!r}, {row.number}, {path!r})" if row else repr(path)
        variable = self._read(f"{source}.{path}", path, f"{source}.get({path!r})", event)
        return _of_fact(variable, known, Doubt(variable, repr(path)))

    def day(self) -> Term:
        """The day whose law counts."""
        path = DAY_FACTS[self.as_of]
        unknown = self.program.constant(Unknown((path,), "rules.unknown_fact"), f"no_{path}")
        variable = self._read("day that counts", "on", f"values.get({path!r})", f"DAYS[{path!r}]")
        return Term(variable, DATE, doubts=(Doubt(variable, unknown),))

    def _read(self, key: str, name: str, code: str, event: str) -> str:
        self.reads_values = self.reads_values or code.startswith("values.")
        variable = self.read.get(key)
        if variable is None:
            variable = self.read[key] = self.fresh(name)
            self.line(f"{variable} = {code}")
        if self.traced and variable in self.sure:
            self.log(event)
        elif self.traced:
            self.line(f"if {variable} is not None:")
            self.line(f"{INDENT}log.append({event})")
        return variable

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
        self._write_down(draft, result, [term.code for term in (told or {}).values()])
        return draft

    def step(
        self, code: str, line: int, result: Term, told: Mapping[str, Term], cites: tuple[str, ...] | str
    ) -> None:
        """Writes down a look-up; `cites` is its law, or code that gives it."""
        known, later = (None, [cites]) if isinstance(cites, str) else (cites, [])
        draft = Draft(code, line, known, shape_of(result), _shapes(told), is_step=True)
        self._write_down(draft, result.code, [*(term.code for term in told.values()), *later])

    def _write_down(self, draft: Draft, result: str, codes: list[str]) -> None:
        if self.traced:
            number = len(self.program.notes)
            row = self.row.number if self.row and not draft.is_step else "None"
            self.log(f"({', '.join([str(number), row, result, *codes])})")
            self.program.notes.append(draft)

    @property
    def world(self) -> str:
        """What functions of days are told beside the days."""
        return "reference, log" if self.traced else "reference"

    def in_force(self, law: n.Law) -> Term:
        """Whether the law is in force on the day that counts."""
        on = self.day()
        return Term(window(law, on.code, self.program), BOOLEAN, doubts=on.doubts, binding=0)

    def leave_if_lapsed(self, rule: n.AnyRule) -> None:
        """The function ends where the rule is not in force, or where that is not known."""
        if rule.law.is_dated:
            in_force = self.settle(self.in_force(rule.law))
            self.line(f"if not ({in_force.code}):")
            self.line(f"{INDENT}return {self.own_unknown(rule.name, 'rules.not_in_force')}")

    def own_unknown(self, name: str, code: str) -> str:
        """The constant of an Unknown that names a rule."""
        return self.program.constant(Unknown((name,), code), f"{name}_{code.removeprefix('rules.')}")

    def part(self, kind: str, name: str, write: "Callable[[Writer], Term]") -> Term:
        """What something with a name of its own gives, by a function of its own; the same row is read there."""
        way, group = "traced" if self.traced else "", self.row.group if self.row else ""
        key = (kind, name, self.as_of, way, group)
        made = self.program.once(key, lambda: self._part(kind, name, write))
        variable = self.fresh(name)
        self.line(f"{variable} = {made.name}({self._with_row(self.row)}{', log' * self.traced})")
        return replace(made.result, code=variable, doubts=(Doubt(variable),) if made.doubtful else ())

    def _part(self, kind: str, name: str, write: "Callable[[Writer], Term]") -> Function:
        inner = self.another(self.row.group if self.row else None)
        result = write(inner)
        made = inner.finish(kind, name, arguments=self._with_row(inner.row))
        return Function(made, replace(result, constant=None, binding=ATOM), bool(result.doubts))

    def _with_row(self, row: Row | None) -> str:
        numbered = f", {row.number}" if row and self.traced else ""
        return f"facts, reference, {row.variable}{numbered}" if row else "facts, reference"

    def another(self, group: str | None = None) -> "Writer":
        """Writes another function of the program, for a rule of the same day; `group`: it is given a row."""
        other = Writer.of(self.program, self.as_of, self.traced)
        if group is not None:
            other.row = Row(group, "row", "number")
            other.taken |= {"row", "number"}
        return other

    def finish(self, kind: str, name: str, arguments: str = "facts, reference") -> str:
        """Adds the function to the program; gives its name."""
        when = [f"at_{self.as_of}"] * (self.as_of != "reception") + ["traced"] * self.traced
        function = self.program.function_name(kind, name, *when)
        head = f"def {function}({arguments}{', log' * self.traced}):"
        if self.reads_values:
            head += f"\n{INDENT}values = facts.values"
        self.program.functions.append(self.text(head))
        return function


def _of_fact(variable: str, known: FactType, doubt: Doubt) -> Term:
    kind = kind_of_fact(known)
    if known.kind == "money":
        return Term(f"{variable}.minor", kind, EXPONENTS[known.currency], doubts=(doubt,))
    return Term(variable, kind, doubts=(doubt,))


def window(law: n.Law, on: str, program: Program) -> str:
    """Whether the law is in force on the day."""
    begin = program.constant(law.from_on, f"day_{law.from_on}") if law.from_on else ""
    end = program.constant(law.until_on, f"day_{law.until_on}") if law.until_on else ""
    if begin and end:
        return f"{begin} <= {on} <= {end}"
    return f"{begin} <= {on}" if begin else f"{on} <= {end}" if end else "True"


def _shapes(told: Mapping[str, Term]) -> tuple[tuple[str, Shape], ...]:
    return tuple((name, shape_of(term)) for name, term in told.items())


def shape_of(term: Term) -> Shape:
    """How a log's value of the term is to be read."""
    if term.kind.name == "money":
        return money(term.scale or 0, term.kind.currency)
    return number(term.scale or 0) if term.is_number else as_it_is
