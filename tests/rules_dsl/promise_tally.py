"""What of the language a file uses, counted: so that nobody believes a promise of what was never tried."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, get_args

from rules_dsl import nodes as n

# Words that nodes carry, by the field that holds them.
WORDS: dict[str, Any] = {
    "function": n.Function,
    "operator": n.Comparator,
    "unit": n.PeriodUnit,
    "combine": n.Combination,
}


def everything() -> set[str]:
    """All that a file can be made of: kinds of rule, line, cell and expression, functions, comparators, units."""
    kinds = (*get_args(n.AnyRule), *get_args(n.AmountClause), *get_args(n.Cell), *get_args(n.Expression))
    words = {str(word) for literal in WORDS.values() for word in get_args(literal)}
    return {kind.__name__ for kind in kinds} | words


def used(part: Any) -> Iterator[str]:
    """The kinds of node in the part, and the words they carry."""
    if isinstance(part, tuple):
        for item in part:
            yield from used(item)
    elif isinstance(part, n.Node | n.RuleFile | n.CellBound | n.Bound):
        yield type(part).__name__
        for name in part.__dataclass_fields__:
            value = getattr(part, name)
            if name in WORDS and isinstance(value, str):
                yield value
            yield from used(value)


def table(counts: Counter[str]) -> str:
    """The counts in lines of some length, the rarest last."""
    told = [f"{name} {count}" for name, count in counts.most_common()]
    return "\n".join("  ".join(told[at : at + 8]) for at in range(0, len(told), 8))
