"""The text of one generated function as it grows: lines, blocks, names, and what is known at each point."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from rules_dsl.generator.naming import Names
from rules_dsl.generator.term import Doubt, Term

INDENT = "    "
LONGEST_CHAIN = 500


@dataclass(slots=True)
class Line:
    """`text` may be settled later, once it is known how an amount counts on all ways to one point; "": no line."""

    depth: int
    text: str


@dataclass(slots=True)
class Source:
    """A function body. `sure` are variables known to hold a value, `read` what has been read so far into which."""

    lines: list[Line] = field(default_factory=list)
    depth: int = 1
    names: Names = field(default_factory=Names)
    sure: set[str] = field(default_factory=set)
    read: dict[str, str] = field(default_factory=dict)

    def line(self, text: str) -> Line:
        line = Line(self.depth, text)
        self.lines.append(line)
        return line

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """Lines under a head; what becomes known inside is not known behind it."""
        self.line(head)
        sure, read = set(self.sure), dict(self.read)
        self.depth += 1
        begun = len(self.lines)
        try:
            yield
            if not any(line.text for line in self.lines[begun:]):
                self.line("pass")
        finally:
            self.depth -= 1
            self.sure, self.read = sure, read

    @contextmanager
    def case(self, number: int, count: int, test: str, variable: str) -> Iterator[None]:
        """One of so many cases, of which the first whose test holds gives the variable its value; "": the rest.

        Python cannot read a chain of thousands of cases: it is taken up again where nothing was found before.
        """
        if number == 0 and count > LONGEST_CHAIN:
            self.line(f"{variable} = None")
        if number and number % LONGEST_CHAIN == 0:
            self.line(f"if {variable} is not None:")
            self.line(f"{INDENT}pass")
        first = "if True:" if number == 0 else "else:"
        with self.block(f"{'elif' if number else 'if'} {test}:" if test else first):
            yield

    @contextmanager
    def guarded(self, tests: list[str]) -> Iterator[None]:
        """Under all of these conditions, if there are any."""
        if not tests:
            yield
            return
        with self.block(f"if {' and '.join(tests)}:"):
            yield

    def fresh(self, name: str) -> str:
        """A variable called like that, as far as Python and the others leave the name."""
        return self.names.of_variable(name)

    def pending(self, *terms: Term) -> tuple[Doubt, ...]:
        """The doubts that nothing before has settled."""
        doubts = dict.fromkeys(doubt for term in terms for doubt in term.doubts)
        return tuple(doubt for doubt in doubts if doubt.variable not in self.sure)

    @contextmanager
    def unless(self, doubts: tuple[Doubt, ...], variable: str) -> Iterator[None]:
        """What is written inside stands where no doubt holds; where one does, the variable is Unknown."""
        if not doubts:
            yield
            return
        self.line(f"if {tests(doubts)}:")
        self.line(f"{INDENT}{variable} = {why(doubts)}")
        with self.block("else:"):
            self.sure.update(doubt.variable for doubt in doubts)
            yield

    def hold(self, term: Term, name: str = "value") -> Term:
        """The term in a variable, which is Unknown where the term has no value."""
        doubtful = bool(self.pending(term)) or term.raises
        if not doubtful and (term.constant is not None or term.code.isidentifier()):
            return replace(term, doubts=())
        return held(self._put(term, name), term, doubtful=doubtful)

    def asked(self, term: Term, name: str) -> Term:
        """The answer of a function that may itself be Unknown, in a variable."""
        return held(self._put(term, name), term, doubtful=True)

    def _put(self, term: Term, name: str) -> str:
        variable = self.fresh(name)
        with self.unless(self.pending(term), variable):
            self.assign(variable, term)
        return variable

    def assign(self, variable: str, term: Term) -> Line:
        """Gives a variable the term's value, or Unknown where exact arithmetic gives up."""
        if not term.raises:
            return self.line(f"{variable} = {term.code}")
        self.line("try:")
        self.depth += 1
        line = self.line(f"{variable} = {term.code}")
        self.depth -= 1
        self.line("except BEYOND:")
        self.line(f"{INDENT}{variable} = OUT_OF_RANGE")
        return line

    def settle(self, term: Term) -> Term:
        """The term without doubts: where one holds, the function ends with an Unknown."""
        if term.raises:
            term = self.hold(term)
        self.leave_where(self.pending(term))
        return replace(term, doubts=())

    def leave_where(self, doubts: tuple[Doubt, ...]) -> None:
        """The function ends with an Unknown where one of the doubts holds."""
        if doubts:
            self.line(f"if {tests(doubts)}:")
            self.line(f"{INDENT}return {why(doubts)}")
            self.sure.update(doubt.variable for doubt in doubts)

    def text(self, head: str) -> str:
        body = [f"{INDENT * line.depth}{line.text}" for line in self.lines if line.text]
        return "\n".join([head, *body])


def held(variable: str, term: Term, *, doubtful: bool) -> Term:
    """What stands in the variable after the term was put there."""
    doubts = (Doubt(variable),) if doubtful else ()
    return Term(variable, term.kind, term.scale, term.low, term.high, doubts)


def tests(doubts: tuple[Doubt, ...]) -> str:
    return " or ".join(doubt.test for doubt in doubts)


def why(doubts: tuple[Doubt, ...]) -> str:
    """The Unknown for doubts of which at least one holds."""
    if len(doubts) == 1 and doubts[0].of == "None":
        return doubts[0].variable
    return f"why(facts, {', '.join(doubt.pair for doubt in doubts)})"
