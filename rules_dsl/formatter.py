"""Prints a rule file in its one canonical layout, in either language; comments stay with their lines.

`parse(format_rules(rules)).rules == rules`, and so in the other language but for the language itself.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from rules_dsl import nodes as n
from rules_dsl.line_printing import LinePrinter

INDENT = "  "
Line = TypeVar("Line", bound=n.Clause)


def format_rules(rules: n.RuleFile, language: n.Language | None = None) -> str:
    """The text of the file; `language` None keeps its own."""
    spoken = language or rules.language
    layout = _Layout(LinePrinter(spoken))
    head = [*map(_comment, rules.opening), f"{layout.p.word('language')} {spoken}"]
    blocks = ["\n".join(layout.rule(rule)) for rule in rules.rules]
    closing = [_comment(text) for text in rules.closing]
    return "\n\n".join(["\n".join(head), *blocks, *(["\n".join(closing)] if closing else [])]) + "\n"


def body_lines(rule: n.AnyRule, printer: LinePrinter) -> Iterator[str]:
    """What the rule says below its head and its law, in the words of the printer."""
    return _Layout(printer)._body(rule)


def _comment(text: str) -> str:
    return f"# {text}".rstrip()


class _Layout:
    """The lines of each kind of rule."""

    def __init__(self, printer: LinePrinter) -> None:
        self.p = printer

    def rule(self, rule: n.AnyRule) -> Iterator[str]:
        yield from self._commented(self._head(rule), rule.comments, "")
        for line in (*self._cites(rule.law), *self._dates(rule.law), *self._body(rule)):
            yield INDENT + line

    def _head(self, rule: n.AnyRule) -> str:
        name = [self.p.name(rule.name)] if rule.name else []
        title = self.p.title(rule.title, always=isinstance(rule, n.Example))
        return " ".join([self.p.word(_kind(rule)), *name, *title, *self.p.told(rule)])

    def _body(self, rule: n.AnyRule) -> Iterator[str]:
        if isinstance(rule, n.ValuedRule) and rule.as_of != "reception":
            yield f"{self.p.word('as_of')} {self.p.word(rule.as_of)}"
        match rule:
            case n.AmountRule():
                yield from self._amount(rule)
            case n.Term():
                yield from self._term(rule)
            case n.Condition():
                yield f"{self.p.word('requires')} {self.p.expression(rule.requires)}"
            case n.Component():
                yield from self._component(rule)
            case n.Choice():
                yield from self._first_match(rule.options, self.p.option)
            case n.Assign():
                yield from self._first_match(rule.assignees, self.p.assignee)
            case n.Parameter():
                yield from self._parameter(rule)
            case n.Table():
                for row in rule.rows:
                    yield from self._clause(row, self.p.table_row(row))
            case n.Interpolation():
                for point in rule.points:
                    yield from self._commented(self.p.point(point), point.comments, "")
            case n.Example():
                yield from self._settings("given_facts", rule.given)
                yield from self._settings("expect", rule.expected)

    def _commented(self, line: str, comments: n.Comments, indent: str) -> Iterator[str]:
        """The line with what was written before and beside it."""
        for text in comments.before:
            yield indent + _comment(text)
        yield f"{indent}{line}  {_comment(comments.beside)}" if comments.beside else indent + line

    def _cites(self, law: n.Law) -> Iterator[str]:
        if law.cites:
            yield f"{self.p.word('cites')} {', '.join(map(self.p.text, law.cites))}"

    def _dates(self, law: n.Law) -> Iterator[str]:
        if law.from_on:
            yield f"{self.p.word('from_on')} {law.from_on.isoformat()}"
        if law.until_on:
            yield f"{self.p.word('until_on')} {law.until_on.isoformat()}"

    def _clause(self, clause: n.Clause, text: str, before: n.Clause | None = None) -> Iterator[str]:
        """A line with its condition and its law; `otherwise` where the line before has a condition."""
        words = [text]
        if clause.when is not None:
            words.append(f"{self.p.word('when')} {self.p.expression(clause.when)}")
        elif before is not None and before.when is not None:
            words.insert(0, self.p.word("otherwise"))
        return self._commented(
            " ".join([*words, *self._dates(clause.law), *self._cites(clause.law)]), clause.comments, ""
        )

    def _first_match(self, lines: Sequence[Line], text: Callable[[Line], str]) -> Iterator[str]:
        for before, line in zip((None, *lines), lines, strict=False):
            yield from self._clause(line, text(line), before)

    def _amount(self, rule: n.AmountRule) -> Iterator[str]:
        if rule.each:
            yield f"{self.p.word('for_each')} {self.p.name(rule.each)}"
        if rule.combine:
            yield f"{self.p.word('reductions')} {self.p.word(rule.combine)}"
        for before, clause in zip((None, *rule.clauses), rule.clauses, strict=False):
            gives = isinstance(clause, n.GIVING)
            yield from self._clause(clause, self.p.amount_line(clause), before if gives else None)
            if isinstance(clause, n.Brackets | n.Grades):
                for row in clause.rows:
                    yield from self._commented(self.p.amount_row(row), row.comments, INDENT)

    def _term(self, rule: n.Term) -> Iterator[str]:
        yield from self._first_match(
            rule.clauses, lambda line: self.p.period(line.period) if line.period else self.p.word("same_day")
        )
        if rule.since:
            yield f"{self.p.word('counted_from')} {self.p.name(rule.since.path)}"
        if rule.cut_off:
            yield f"{self.p.word('received_after')} {rule.cut_off:%H:%M} {self.p.word('counts_as_next')}"
        if rule.hours:
            to, joint = self.p.word("to"), f" {self.p.word('and')} "
            windows = (f"{start:%H:%M} {to} {end:%H:%M}" for start, end in rule.hours)
            yield f"{self.p.word('by_hours')} {joint.join(windows)}"
        if rule.supplement:
            key = {"pause": "suspended", "restart": "restarted", "continue": "continues"}[rule.supplement]
            yield f"{self.p.word(key)} {self.p.word('supplement_requested')}"
        if rule.extension:
            yield self._extension(rule.extension)

    def _extension(self, stated: n.Prolongation) -> str:
        often = self.p.word("once") if stated.times == 1 else f"{stated.times} {self.p.word('times_over')}"
        words = [self.p.word("extendable"), self.p.period(stated.period), often]
        words += [*self._dates(stated.law), *self._cites(stated.law)]
        return " ".join(words)

    def _component(self, rule: n.Component) -> Iterator[str]:
        counts = {"original": rule.originals, "certified": rule.certified, "photocopy": rule.photocopies}
        stated = [f"{count} {self.p.counted(sort, count)}" for sort, count in counts.items() if count]
        if stated:
            yield ", ".join(stated)
        if rule.when is not None:
            yield f"{self.p.word('when')} {self.p.expression(rule.when)}"
        if rule.one_of:
            yield f"{self.p.word('one_of')} {self.p.name(rule.one_of)}"

    def _parameter(self, rule: n.Parameter) -> Iterator[str]:
        for line in rule.values:
            yield from self._clause(line, self.p.atom(line.value))
        if rule.local:
            yield self.p.local(rule.local)

    def _settings(self, key: str, settings: tuple[n.Setting, ...]) -> Iterator[str]:
        if settings:
            yield f"{self.p.word(key)} {', '.join(map(self.p.setting, settings))}"


def _kind(rule: n.AnyRule) -> str:
    """The key of the word that begins the rule."""
    return rule.kind if isinstance(rule, n.AmountRule) else type(rule).__name__.lower()
