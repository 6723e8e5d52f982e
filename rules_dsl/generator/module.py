"""Makes a rule file into one module of Python and loads it."""

import datetime
import zoneinfo
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import Any

from common.money import Money
from rules_dsl import nodes as n
from rules_dsl.allowance import Allowance, Extension
from rules_dsl.arithmetic import to_the_unit
from rules_dsl.evaluation import RuleKind, UsedParameter
from rules_dsl.generator import called
from rules_dsl.generator.amounts import amount_function
from rules_dsl.generator.lets import Shown, shown
from rules_dsl.generator.outcomes import outcome_function
from rules_dsl.generator.program import Function, Program
from rules_dsl.kinds import Kinds
from rules_dsl.moment import RulesNotChecked
from rules_dsl.recording import DAYS, Note
from rules_dsl.row_index import RowIndex
from rules_dsl.rows import is_row_by_row
from rules_dsl.unknown import Unknown
from rules_dsl.values import Assignment, ComponentNeed, ExactMoney, Outcome, Value
from rules_dsl.walk import expressions_of

EvaluableRule = n.AmountRule | n.Term | n.Condition | n.Component | n.Choice | n.Assign
# What constants are written with: each of them prints as the code that makes it.
WORDS = {
    "datetime": datetime,
    "zoneinfo": zoneinfo,
    "DAYS": DAYS,
    "RulesNotChecked": RulesNotChecked,
    "to_the_unit": to_the_unit,
    **{
        each.__name__: each
        for each in (
            Allowance,
            Assignment,
            ComponentNeed,
            Decimal,
            ExactMoney,
            Extension,
            Money,
            UsedParameter,
        )
    },
}


@dataclass(frozen=True, slots=True)
class Module:
    """The functions of each rule by its name: (facts, reference) → value, and with a log → value.

    `text` is what was compiled, for a person to read; `notes` are the lines that logs speak of. `lets` are the
    functions of what is only named, without those that the checks would have refused.
    """

    text: str
    plain: Mapping[str, Callable[..., Outcome]]
    traced: Mapping[str, Callable[..., Outcome]]
    kinds: Mapping[str, RuleKind]
    notes: tuple[Note, ...]
    lets: Mapping[str, Callable[..., Value | Unknown]]


def module_of(rules: n.RuleFile, kinds: Kinds) -> Module:
    """The module of a file; `kinds` know the types of the facts."""
    program = Program(kinds, _shared(rules), _made)
    names = {
        traced: {rule.name: _function(program, rule, traced) for rule in evaluable(rules)}
        for traced in (False, True)
    }
    lets = dict(_lets(program, rules))
    text = program.text()
    tables = {name: RowIndex.of(table) for name, table in program.kinds.tables.items()}
    read = {"PARAMETERS": program.kinds.parameters, "RATES": program.kinds.rates, "TABLES": tables}
    space: dict[str, Any] = {**vars(called), **WORDS, **read}
    # Our own text: names and words of the file stand in it as quoted strings alone.
    exec(compile(text, "<rules>", "exec"), space)  # noqa: S102
    plain, traced = (
        MappingProxyType({name: space[function] for name, function in names[way].items()})
        for way in (False, True)
    )
    names_of_kinds = MappingProxyType({rule.name: kind_of(rule) for rule in evaluable(rules)})
    shown_by = {name: partial(let.value, space[let.function]) for name, let in lets.items()}
    notes = tuple(draft.note() for draft in program.notes)
    return Module(text, plain, traced, names_of_kinds, notes, MappingProxyType(shown_by))


def _shared(rules: n.RuleFile) -> frozenset[str]:
    """The names that stand in the file more than once."""
    parts = (part for rule in rules.rules for part in expressions_of(rule))
    counts = Counter(part.path for part in parts if isinstance(part, n.Name))
    return frozenset(name for name, count in counts.items() if count > 1)


def evaluable(rules: n.RuleFile) -> Iterator[EvaluableRule]:
    """The rules that have a value of their own."""
    return (rule for rule in rules.rules if isinstance(rule, EvaluableRule))


def kind_of(rule: EvaluableRule) -> RuleKind:
    """The kind that an evaluation of the rule carries."""
    if isinstance(rule, n.AmountRule):
        return rule.kind
    return _KINDS[type(rule)]


_KINDS: dict[type[EvaluableRule], RuleKind] = {
    n.Term: "term",
    n.Condition: "condition",
    n.Component: "component",
    n.Choice: "choice",
    n.Assign: "assign",
}


def _lets(program: Program, rules: n.RuleFile) -> Iterator[tuple[str, Shown]]:
    for rule in rules.rules:
        if isinstance(rule, n.Let) and not is_row_by_row(rule.value, program.kinds):
            with suppress(RulesNotChecked):
                yield rule.name, shown(program, rule)


def _made(program: Program, rule: EvaluableRule, traced: bool) -> Function:
    if isinstance(rule, n.AmountRule):
        return amount_function(program, rule, traced)
    return outcome_function(program, rule, traced)


def _function(program: Program, rule: EvaluableRule, traced: bool) -> str:
    """The name of the rule's function. What the checks would have refused raises once it is called."""
    try:
        return _made(program, rule, traced).name
    except RulesNotChecked as error:
        name = program.names.of_function("unchecked", rule.name)
        program.functions.append(f"def {name}(*_):\n    raise RulesNotChecked({str(error)!r})")
        return name
