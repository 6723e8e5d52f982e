"""The four kinds of "no", as values: what is wrong, where, and what to do next.

A Finding says that a definition is wrong, a Problem that an answer or a fact is wrong, a Refusal that an
act is not allowed now and why. Only our own bug, or a broken outside world, is an exception.

None of them holds a sentence: they carry a code and parameters, and `common.messages` turns the pair into
Vietnamese or English with a remedy.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Parameter = str | int
Severity = Literal["error", "warning"]


class MotcuaError(Exception):
    """Our own bug, or an outside world that broke: never a user's mistake."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A definition is wrong here.

    `where` is the key of a step, transition, case type, a JSON pointer into the form, or a file name.
    `line` and `column` count from 1 and are None when the finding is not about a text. `path` is a walk that shows
    the fault: keys of steps and transitions in the order in which they are passed; empty when no walk is needed.
    """

    code: str
    where: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    severity: Severity = "error"
    line: int | None = None
    column: int | None = None
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """An answer or a fact is wrong here. `where` is its dotted path (`child.born_on`, `copies.0.pages`)."""

    code: str
    where: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refusal:
    """The act is not allowed now, and why."""

    code: str
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
