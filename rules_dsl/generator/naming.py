"""Names in generated code: none twice, none that Python or what it calls already uses."""

import builtins
import keyword
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rules_dsl.generator import called

# What functions are given and modules hold.
GIVEN = {"facts", "reference", "known", "row", "number", "log", "values", "money", "amounts", "value"}
HELD = {"DAYS", "PARAMETERS", "RATES", "TABLES", "EXACT"}
RESERVED = frozenset({*dir(builtins), *keyword.kwlist, *vars(called), *GIVEN, *HELD})


@dataclass(slots=True)
class Names:
    """`last` is the last number given to each stem."""

    taken: set[str] = field(default_factory=lambda: set(RESERVED))
    last: dict[str, int] = field(default_factory=dict)

    def of_variable(self, name: str) -> str:
        """In small letters and without a double underscore: no function and no constant is called so."""
        return self.unique(word([name.lower()], "_"))

    def of_constant(self, name: str) -> str:
        return self.unique(word([name.upper()], "_"))

    def of_function(self, *parts: str) -> str:
        return self.unique(word(parts, "__"))

    def unique(self, stem: str) -> str:
        name, number = stem, self.last.get(stem, 1)
        while name in self.taken:
            number += 1
            name = f"{stem}_{number}"
        self.last[stem] = number
        self.taken.add(name)
        return name


def word(parts: Iterable[str], joint: str) -> str:
    """The parts as one name that Python can read."""
    plain = [re.sub(r"\W|_+", "_", part, flags=re.ASCII).strip("_") for part in parts]
    whole = joint.join(part or "x" for part in plain)
    return f"x_{whole}" if whole[0].isdigit() else whole
