"""The rule file as one module of Python: its functions, their constants, and the notes of their lines.

Functions carry a double underscore in their names and constants are in capitals; variables never are, so none
hides another.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from rules_dsl import nodes as n
from rules_dsl.generator.naming import Names
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

    `function` makes the function of a rule that has a value, with or without a log.
    """

    kinds: Kinds
    shared: frozenset[str]
    function: "Callable[[Program, n.AmountRule | n.Choice, bool], Function]"
    constants: dict[str, str] = field(default_factory=dict)
    functions: list[str] = field(default_factory=list)
    notes: list[Draft] = field(default_factory=list)
    names: Names = field(default_factory=Names)
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

    def constant(self, value: Any, name: str) -> str:
        """The name of a constant of the module, called somewhat like that."""
        text = repr(value)
        if text not in self.constants:
            self.constants[text] = self.names.of_constant(name)
        return self.constants[text]

    def text(self) -> str:
        constants = "\n".join(f"{name} = {text}" for text, name in self.constants.items())
        return "\n\n\n".join(part for part in (constants, *self.functions) if part) + "\n"
