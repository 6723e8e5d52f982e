"""Walks over expressions without caring what they mean."""

from collections.abc import Iterator
from dataclasses import fields

from rules_dsl import nodes as n


def parts_of(node: n.Expression) -> tuple[n.Expression, ...]:
    """The expressions directly inside an expression."""
    match node:
        case n.Sum() | n.Product():
            return (node.first, *(part for _, part in node.rest))
        case n.Share():
            return (node.percentage, node.whole)
        case n.Converted():
            return (node.value,)
        case n.Minus() | n.Not():
            return (node.value,)
        case n.Comparison():
            return (node.left, node.right)
        case n.OneOf():
            return (node.subject,)
        case n.Within():
            return (node.subject, node.since)
        case n.Given():
            return (node.name,)
        case n.Fallback():
            return (node.value, node.instead)
        case n.All() | n.Either():
            return node.parts
        case n.Call():
            return node.arguments
        case _:
            return ()


def every_part(node: n.Expression) -> Iterator[n.Expression]:
    """The expression and all expressions inside it, outermost first."""
    yield node
    for part in parts_of(node):
        yield from every_part(part)


def names_in(node: n.Expression) -> Iterator[n.Name]:
    """Every name in the expression, in the order written."""
    return (part for part in every_part(node) if isinstance(part, n.Name))


def depth_of(node: n.Expression) -> int:
    """How many expressions stand within each other, this one counted."""
    return 1 + max(map(depth_of, parts_of(node)), default=0)


def expressions_of(rule: n.AnyRule) -> Iterator[n.Expression]:
    """Every expression of a rule, with all its parts."""
    for node in outermost_in(rule):
        yield from every_part(node)


def outermost_in(value: object) -> Iterator[n.Expression]:
    """The outermost expressions anywhere below a rule or line."""
    if isinstance(value, n.Expression):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from outermost_in(part)
    elif isinstance(value, n.Node | n.Bound | n.CellBound):
        for field in fields(value):
            yield from outermost_in(getattr(value, field.name))
