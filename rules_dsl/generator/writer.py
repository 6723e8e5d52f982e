"""One generated function: how it reads facts and the day that counts, and what it writes into its log."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from common.money import EXPONENTS
from rules_dsl import nodes as n
from rules_dsl.fact_types import FactType
from rules_dsl.generator.program import Draft, Program
from rules_dsl.generator.source import INDENT, RESERVED, Source
from rules_dsl.generator.term import Doubt, Term
from rules_dsl.kinds import BOOLEAN, DATE, kind_of_fact
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

    @property
    def arguments(self) -> str:
        return "facts, reference, log" if self.traced else "facts, reference"

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
        parameters: Mapping[str, Term] | None = None,
    ) -> Draft:
        """Writes down that the line applied, with the code of its running amount and what it counted with."""
        told = parameters or {}
        shapes = tuple((name, shape_of(term)) for name, term in told.items())
        cites = node.law.cites or rule.law.cites
        draft = Draft(code, node.place.line, cites, shape, shapes)
        if self.traced:
            row = self.row.number if self.row else "None"
            values = [str(len(self.program.notes)), row, result, *(term.code for term in told.values())]
            self.log(f"({', '.join(values)})")
            self.program.notes.append(draft)
        return draft

    @property
    def world(self) -> str:
        """What functions of days are told beside the days."""
        return "reference, log" if self.traced else "reference"

    def in_force(self, law: n.Law) -> Term:
        """Whether the law is in force on the day that counts."""
        on = self.day()
        return Term(window(law, on.code, self.program), BOOLEAN, doubts=on.doubts, binding=0)

    def another(self) -> "Writer":
        """Writes another function of the program, for a rule of the same day."""
        return Writer.of(self.program, self.as_of, self.traced)

    def finish(self, kind: str, *names: str, arguments: str = "facts, reference") -> str:
        """Adds the function to the program; gives its name."""
        traced = (["traced"], ", log") if self.traced else ([], "")
        name = self.program.function_name(kind, *names, *traced[0])
        head = f"def {name}({arguments}{traced[1]}):"
        if self.reads_values:
            head += f"\n{INDENT}values = facts.values"
        self.program.functions.append(self.text(head))
        return name


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


def shape_of(term: Term) -> Shape:
    """How a log's value of the term is to be read."""
    if term.kind.name == "money":
        return money(term.scale or 0, term.kind.currency)
    return number(term.scale or 0) if term.is_number else as_it_is
