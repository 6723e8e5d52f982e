"""Generates operations on values already generated: arithmetic, comparisons, membership."""

from dataclasses import replace

from rules_dsl import nodes as n
from rules_dsl.generator import term as terms
from rules_dsl.generator.term import Doubt, Term
from rules_dsl.generator.writer import Writer
from rules_dsl.kind import BOOLEAN, DATE, INTEGER, Kind, combined, joined
from rules_dsl.moment import RulesNotChecked
from rules_dsl.parameters import constant
from rules_dsl.values import ExactMoney

ORDERED = ("integer", "decimal", "percentage", "money", "date", "instant", "time")
WORDS = {"text", "choice"}


def constant_term(node: n.Constant) -> Term:
    value = constant(node)
    if isinstance(value, ExactMoney):
        return terms.constant(value.amount, Kind("money", value.currency))
    assert not isinstance(node, n.Amount)
    kind = Kind("percentage") if isinstance(node, n.Percentage) else Kind("decimal")
    whole = kind.name == "decimal" and node.value == node.value.to_integral_value()  # type: ignore[union-attr]
    return terms.constant(value, INTEGER if whole else kind)  # type: ignore[arg-type]


def limit_term(limit: n.Number | n.Amount | n.Day, quantity: Kind, w: Writer) -> Term:
    """A limit as it compares with the quantity: a bare number is in its unit."""
    match limit:
        case n.Amount():
            return constant_term(limit)
        case n.Day():
            return Term(w.program.constant(limit.value, f"day_{limit.value}"), DATE)
    return terms.constant(limit.value, quantity)


def doubts_of(*parts: Term) -> tuple[Doubt, ...]:
    return tuple(dict.fromkeys(doubt for part in parts for doubt in part.doubts))


def together(w: Writer, *parts: Term) -> tuple[Term, ...]:
    """The parts of one operation, so that each that fails is told: where arithmetic may give up while another
    part is in doubt, it is tried first."""
    if sum(bool(w.pending(part)) or part.raises for part in parts) < 2:
        return parts
    return tuple(w.hold(part) if part.raises else part for part in parts)


def operated(left: Term, sign: str, right: Term, w: Writer) -> Term:
    """`left sign right`. A day less a day is a number of days."""
    kind = combined(left.kind, sign, right.kind)
    if not kind.is_known:
        raise RulesNotChecked(f"{left.kind.name} {sign} {right.kind.name}")
    left, right = together(w, left, right)
    if left.kind == DATE:
        return Term(f"({left.code} - {right.code}).days", INTEGER, 0, -(10**7), 10**7, doubts_of(left, right))
    if sign == "*":
        return terms.multiplied(left, right, kind)
    return _divided(left, right, kind, w) if sign == "/" else terms.added(left, sign, right, kind)


def _divided(left: Term, right: Term, kind: Kind, w: Writer) -> Term:
    one, other = terms.as_decimal(left), terms.as_decimal(right)
    doubts = doubts_of(left, right)
    if right.constant:
        return Term(f"divide({one.code}, {other.code})", kind, doubts=doubts, raises=True)
    return w.asked(Term(f"quotient({one.code}, {other.code})", kind, doubts=doubts), "quotient")


def negated(term: Term) -> Term:
    if not term.is_number:
        raise RulesNotChecked(f"minus {term.kind.name}")
    return terms.negated(term)


def compared(left: Term, sign: str, right: Term, w: Writer) -> Term:
    """Whether the comparison holds; values of two kinds, or of two currencies, are never compared."""
    is_ordered = left.kind.name in ORDERED and right.kind.name in ORDERED
    if not _of_one_kind(left.kind, right.kind) or (sign not in ("=", "<>") and not is_ordered):
        raise RulesNotChecked(f"{left.kind.name} {sign} {right.kind.name}")
    left, right = together(w, left, right)
    if left.is_number:
        return terms.compared(left, sign, right, BOOLEAN)
    operator = {"=": "==", "<>": "!="}.get(sign, sign)
    code = f"{left.within(terms.SUM)} {operator} {right.within(terms.SUM)}"
    return Term(code, BOOLEAN, doubts=doubts_of(left, right), binding=0)


def _of_one_kind(one: Kind, other: Kind) -> bool:
    plain = {"integer", "decimal", "percentage"}
    if {one.name, other.name} <= plain or {one.name, other.name} <= WORDS:
        return True
    return one.name == other.name and one.currency == other.currency


def extreme(function: str, parts: list[Term], w: Writer) -> Term:
    """The largest or smallest of several values of one kind."""
    kind = parts[0].kind
    for part in parts[1:]:
        kind = joined(kind, part.kind)
    if kind.name not in ORDERED:
        raise RulesNotChecked(f"{function} of {kind.name}")
    parts = list(together(w, *parts))
    alike = terms.aligned(*parts) if parts[0].is_number else tuple(parts)
    code = f"{'max' if function == 'largest' else 'min'}({', '.join(part.code for part in alike)})"
    low, high = min(part.low for part in alike), max(part.high for part in alike)
    raises = any(part.raises for part in parts)
    return Term(code, kind, alike[0].scale, low, high, doubts_of(*parts), raises)


ROUNDED = {
    "rounded": ("units_nearest", "half_up"),
    "rounded_up": ("units_up", "up"),
    "rounded_down": ("units_down", "down"),
}


def rounded(function: str, value: Term, unit: Term, w: Writer) -> Term:
    """The value as a multiple of a unit that is written in the rules."""
    alike = combined(value.kind, "+", unit.kind)
    if not alike.is_known or unit.constant is None or unit.constant <= 0:
        raise RulesNotChecked(f"{value.kind.name} to a multiple of {unit.kind.name}")
    kind = INTEGER if unit.kind == INTEGER and value.kind.is_number else value.kind
    units, way = ROUNDED[function]
    one, other = terms.aligned(value, unit)
    if one.scale is None:
        code = f"multiple(Decimal({one.code}), Decimal({other.code}), {way!r})"
        return w.asked(Term(code, kind, doubts=value.doubts), "multiple")
    whole = max(abs(one.low), abs(one.high)) // other.high + 1
    count = Term(f"{units}({one.code}, {other.code})", INTEGER, 0, -whole, whole, value.doubts, value.raises)
    return replace(terms.multiplied(count, unit, kind), kind=kind)


def one_of(node: n.OneOf, subject: Term) -> Term:
    """Whether the subject is one of the members; a list of choices is when any chosen one is."""
    members = [_member(member) for member in node.members]
    value = terms.as_decimal(subject) if subject.is_number else subject
    if subject.kind.name == "choices":
        code = f"{{{', '.join(members)}}}.isdisjoint({value.code})"
        code, binding = (code, terms.ATOM) if node.negated else (f"not {code}", 0)
    elif len(members) == 1:
        code, binding = f"{value.within(terms.SUM)} {'!=' if node.negated else '=='} {members[0]}", 0
    else:
        code = f"{value.within(terms.SUM)} {'not in' if node.negated else 'in'} ({', '.join(members)})"
        binding = 0
    return replace(value, code=code, kind=BOOLEAN, scale=None, constant=None, binding=binding)


def _member(node: n.Word | n.Number | n.Truth) -> str:
    return terms.as_decimal(constant_term(node)).code if isinstance(node, n.Number) else repr(node.value)
