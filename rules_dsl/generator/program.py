"""The rule file as one module of Python: its functions, their constants, and the notes of their lines.

Functions carry a double underscore in their names and constants are in capitals; variables never are, so none
hides another.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from rules_dsl import nodes as n
from rules_dsl.generator.term import Term
from rules_dsl.kinds import Kinds
from rules_dsl.moment import RulesNotChecked
from rules_dsl.recording import Note, Shape

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Function:
    """A function by its name, and what it returns: a value like `result`, or an Unknown if it is `doubtful`."""

    name: str
    result: Term
    doubtful: bool


@dataclass(slots=True)
class Draft:
    """A note whose running amount may count differently once all ways to its line are known."""

    code: str
    line: int
    cites: tuple[str, ...] | None
    result: Shape
    parameters: tuple[tuple[str, Shape], ...]
    is_step: bool = False

    def note(self) -> Note:
        return Note(self.code, self.line, self.cites, self.result, self.parameters, self.is_step)


@dataclass(slots=True)
class Program:
    """`shared` are the names that stand in more than one place, and so may be read again and again.

    `amount` makes the function of an amount rule, with or without a log.
    """

    kinds: Kinds
    shared: frozenset[str]
    amount: "Callable[[Program, n.AmountRule, bool], Function]"
    constants: dict[str, str] = field(default_factory=dict)
    functions: list[str] = field(default_factory=list)
    notes: list[Draft] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    made: dict[Key, Function] = field(default_factory=dict)
    under_way: list[Key] = field(default_factory=list)

    def once(self, key: Key, make: Callable[[], Function]) -> Function:
        """What was made under the key, made now if it was not; a name that is defined by itself never is."""
        if key not in self.made:
            with self._working_on(key):
                self.made[key] = make()
        return self.made[key]

    @contextmanager
    def _working_on(self, key: Key) -> Iterator[None]:
        if key in self.under_way:
            raise RulesNotChecked(f"{key[1]} is defined by itself")
        self.under_way.append(key)
        try:
            yield
        finally:
            self.under_way.remove(key)

    def function_name(self, kind: str, *parts: str) -> str:
        stem = name = f"{kind}__{'__'.join(parts)}"
        number = 1
        while name in self.names:
            number += 1
            name = f"{stem}__{number}"
        self.names.add(name)
        return name

    def constant(self, value: Any, name: str) -> str:
        """The name of a constant of the module, called somewhat like that."""
        text = repr(value)
        if text not in self.constants:
            stem = re.sub(r"\W+", "_", name.upper(), flags=re.ASCII).strip("_")
            taken, number, unique = set(self.constants.values()), 1, stem
            while unique in taken:
                number += 1
                unique = f"{stem}_{number}"
            self.constants[text] = unique
        return self.constants[text]

    def text(self) -> str:
        constants = "\n".join(f"{name} = {text}" for text, name in self.constants.items())
        return "\n\n\n".join(part for part in (constants, *self.functions) if part) + "\n"
