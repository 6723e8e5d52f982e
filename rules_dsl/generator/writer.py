"""One generated function: how it reads facts and the day that counts, and what else it calls."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from common.money import EXPONENTS
from rules_dsl import nodes as n
from rules_dsl.fact_types import FactType
from rules_dsl.generator.logbook import Logbook, Row
from rules_dsl.generator.program import Function, Program
from rules_dsl.generator.source import INDENT
from rules_dsl.generator.term import ATOM, Doubt, Term
from rules_dsl.kind import BOOLEAN, DATE, kind_of_fact
from rules_dsl.moment import DAY_FACTS, RulesNotChecked
from rules_dsl.unknown import Unknown


@dataclass(slots=True)
class Writer(Logbook):
    """Writes one function of a program. `bracket` is the quantity and its excess where a bracket pays."""

    as_of: n.AsOf = field(kw_only=True)
    bracket: tuple[Term, Term] | None = None
    reads_values: bool = False

    @classmethod
    def of(cls, program: Program, as_of: n.AsOf, traced: bool) -> "Writer":
        return cls(program=program, as_of=as_of, traced=traced)

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
        made = self._made(kind, name, write)
        variable = self.called(made.name, name)
        return replace(made.result, code=variable, doubts=(Doubt(variable),) if made.doubtful else ())

    def called(self, function: str, name: str, *, another_rule: bool = False) -> str:
        """The variable that holds what the function gives."""
        again = f"part {name}"
        if self.traced or again not in self.read:
            self.read[again] = self.fresh(name)
            self.line(f"{self.read[again]} = {self._call(function, name, another_rule)}")
        return self.read[again]

    def _call(self, function: str, name: str, another_rule: bool) -> str:
        """What several places read is worked out once, and told wherever it is read."""
        row = [] if another_rule or self.row is None else [self.row.variable, self.row.number]
        given = ["facts", "reference", "known", *row]
        if name not in self.program.shared and not (self.traced and another_rule):
            return f"{function}({', '.join(given + ['log'] * self.traced)})"
        if not self.traced:
            return f"once({', '.join([function, *given])})"
        return f"{'charged' if another_rule else 'told'}({', '.join(['log', function, *given])})"

    def _made(self, kind: str, name: str, write: "Callable[[Writer], Term]") -> Function:
        group = self.row.group if self.row else ""
        key = (kind, name, self.as_of, "traced" if self.traced else "", group)

        def make() -> Function:
            inner = self.another(group)
            result = write(inner)
            made = inner.finish(kind, name)
            return Function(made, replace(result, constant=None, binding=ATOM), bool(result.doubts))

        return self.program.once(key, make)

    def another(self, group: str = "") -> "Writer":
        """Writes another function of the program, for a rule of the same day; `group`: it is given a row."""
        other = Writer.of(self.program, self.as_of, self.traced)
        if group:
            other.row = Row(group, "row", "number")
        return other

    def finish(self, kind: str, name: str) -> str:
        """Adds the function to the program; gives its name."""
        when = [f"at_{self.as_of}"] * (self.as_of != "reception") + ["traced"] * self.traced
        function = self.program.names.of_function(kind, name, *when)
        given = ["facts", "reference", "known", *["row", "number"] * (self.row is not None)]
        head = [f"def {function}({', '.join(given + ['log'] * self.traced)}):"]
        if self.reads_values:
            head.append(f"{INDENT}values = facts.values")
        self.program.functions.append(self.text("\n".join(head)))
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
