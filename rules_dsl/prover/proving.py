"""What a proof works with: the file and form, the world made of them, and the rules ready to be tried out."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from rules_dsl import nodes as n
from rules_dsl.compiler import Rulebook, compile_rules
from rules_dsl.generator.module import EvaluableRule
from rules_dsl.moment import Definitions
from rules_dsl.prover.world import World
from rules_dsl.prover.worlds import Subject, any_world
from rules_dsl.walk import expressions_of
from rules_dsl.written import definitions_of


@dataclass(frozen=True)
class Proving:
    subject: Subject

    @cached_property
    def world(self) -> World:
        return any_world(self.subject)

    @cached_property
    def book(self) -> Rulebook:
        return compile_rules(self.subject.rules, self.subject.scope)

    @cached_property
    def definitions(self) -> Definitions:
        """What a case is tried by, line by line."""
        return definitions_of(self.book.kinds)

    @cached_property
    def rules(self) -> dict[str, n.AnyRule]:
        return {rule.name: rule for rule in self.subject.rules.rules if rule.name}

    def users(self, table: n.Table) -> tuple[EvaluableRule, ...]:
        """The rules with a value of their own that look the table up, be it by way of others."""
        return tuple(rule for rule in self.book.rules.values() if table.name in self.names_read(rule))

    def names_read(self, rule: n.AnyRule) -> frozenset[str]:
        """Every name that the rule reads: facts, and rules with what these read in turn."""
        found: set[str] = set()
        ahead = list(_names(rule))
        while ahead:
            name = ahead.pop()
            if name not in found:
                found.add(name)
                if name in self.rules:
                    ahead += _names(self.rules[name])
        return frozenset(found)

    def reads_calendar(self, rule: n.AnyRule) -> bool:
        """Whether the value of the rule may depend on which days are working days."""
        read = (self.rules[name] for name in self.names_read(rule) if name in self.rules)
        return any(_asks_calendar(part) for each in (rule, *read) for part in expressions_of(each))


def _names(rule: n.AnyRule) -> Iterator[str]:
    if isinstance(rule, n.AmountRule) and rule.each:
        yield rule.each
    for part in expressions_of(rule):
        match part:
            case n.Name():
                yield part.path
            case n.Converted():
                yield part.rate.path


def _asks_calendar(part: n.Expression) -> bool:
    match part:
        case n.Within():
            return True
        case n.Sum():
            return any(isinstance(each, n.Period) and each.unit == "working_day" for _, each in part.rest)
        case n.Call():
            return part.function in ("last_working_day", "next_working_day")
    return False
