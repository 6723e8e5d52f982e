"""What a condition tells about other facts: which were answered, and with what."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rules_dsl import nodes as n
from rules_dsl.fact_types import Answer, Condition
from rules_dsl.kinds import Kinds


@dataclass(frozen=True, slots=True)
class Guards:
    """Facts known to be answered, and the values that are still possible for some of them."""

    given: frozenset[str] = frozenset()
    values: Mapping[str, frozenset[Answer]] = field(default_factory=dict)

    def __or__(self, other: "Guards") -> "Guards":
        values = dict(self.values)
        for name, possible in other.values.items():
            values[name] = values.get(name, possible) & possible
        return Guards(self.given | other.given, values)


NOTHING = Guards()


def implied(node: n.Expression, truth: bool, kinds: Kinds) -> Guards:
    """What must hold when the condition is true (or, with `truth` False, when it is not)."""
    match node:
        case n.Not():
            return implied(node.value, not truth, kinds)
        case n.All() if truth:
            return _all(node.parts, True, kinds)
        case n.Either() if not truth:
            return _all(node.parts, False, kinds)
        case n.Given() if truth:
            return _answered(node.name.path)
        case n.OneOf() if isinstance(node.subject, n.Name):
            return _one_of(node, node.subject.path, truth, kinds)
        case n.Name():
            return _answered(node.path) | Guards(values={node.path: frozenset({truth})})
    return NOTHING


def _all(parts: tuple[n.Expression, ...], truth: bool, kinds: Kinds) -> Guards:
    found = NOTHING
    for part in parts:
        found = found | implied(part, truth, kinds)
    return found


def _answered(name: str) -> Guards:
    """The fact was answered, and so were the groups it stands in."""
    steps = name.split(".")
    return Guards(frozenset(".".join(steps[:count]) for count in range(1, len(steps) + 1)))


def _one_of(node: n.OneOf, name: str, truth: bool, kinds: Kinds) -> Guards:
    kind = kinds.of_name(name)
    members: frozenset[Answer] = frozenset(member.value for member in node.members)
    is_among = truth != node.negated
    if kind.name == "choices" or (kind.name != "choice" and not is_among):
        return _answered(name)
    possible = members if is_among else frozenset(kind.values) - members
    return _answered(name) | Guards(values={name: possible})


def is_present(name: str, known: Guards, kinds: Kinds) -> bool:
    """Whether the fact is there for certain; true of a name that is no fact."""
    fact = kinds.fact(name)
    if fact is None or fact.always or name in known.given:
        return True
    return any(_holds(condition, known, kinds) for condition in fact.present_when)


def _holds(condition: Condition, known: Guards, kinds: Kinds) -> bool:
    for held in condition:
        if held.values is None:
            if not is_present(held.name, known, kinds):
                return False
        elif held.name not in known.values or not known.values[held.name] <= held.values:
            return False
    return True
