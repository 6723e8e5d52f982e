"""Operations on columns: arithmetic proved to stay within 64 bits, comparisons and conditions as masks."""

from dataclasses import replace
from decimal import Decimal

from rules_dsl import nodes as n
from rules_dsl.columns.masks import ALL, NONE, both, either, opposite, without
from rules_dsl.columns.ready import Unfit
from rules_dsl.columns.writer import ABSENT, UNKNOWN, ColumnWriter, missing
from rules_dsl.generator import term as terms
from rules_dsl.generator.operations import constant_term, doubts_of
from rules_dsl.generator.term import Doubt, Term, constant
from rules_dsl.kind import BOOLEAN, DATE, DECIMAL, INSTANT, INTEGER, TIME, Kind, combined, joined
from rules_dsl.values import EXACT

# As many decimals as the inverse of a divisor may have.
DIGITS = 6


def doubt_where(unknown: str, name: str, w: ColumnWriter) -> tuple[Doubt, ...]:
    """The doubt of a value that is not known in these rows."""
    return () if unknown == NONE else (Doubt(w.hold(unknown, f"unknown_{name}"), UNKNOWN),)


def decided(parts: list[Term], w: ColumnWriter, *, decisive: bool) -> Term:
    """`and`, `or`: where one part decides, it does not matter what is not known of the others."""
    deciding = [without(part.code if decisive else opposite(part.code), missing(part)) for part in parts]
    decided = w.hold(either(*deciding), "decided")
    doubts = [(of, without(missing(*parts, of=(of,)), decided)) for of in (ABSENT, UNKNOWN)]
    return Term(
        decided if decisive else opposite(decided),
        BOOLEAN,
        doubts=tuple(Doubt(w.hold(mask, of), of) for of, mask in doubts if mask != NONE),
    )


def chosen(mask: str, one: Term, other: Term, w: ColumnWriter) -> Term:
    """`one` where the mask holds, else `other`; both count alike then. Their doubts are the caller's affair."""
    if mask in (ALL, NONE):
        return one if mask == ALL else other
    if one.kind == BOOLEAN:
        code = either(both(mask, one.code), without(other.code, mask))
        return Term(w.hold(code, "chosen"), BOOLEAN)
    if {one.kind.name, other.kind.name} <= {"choice", "text"}:
        one, other = _of_one_list(one, other)
    first, second = terms.aligned(one, other) if one.is_number else (one, other)
    low, high = min(first.low, second.low), max(first.high, second.high)
    code = f"np.where({mask}, {first.code}, {second.code})"
    return w.held(replace(first, code=code, low=low, high=high, doubts=(), constant=None), "chosen")


def _of_one_list(*parts: Term) -> list[Term]:
    """The words of several columns as numbers into one list."""
    words = tuple(dict.fromkeys(word for part in parts for word in part.kind.values))
    found = []
    for part in parts:
        numbers = [words.index(word) for word in part.kind.values]
        same = numbers == list(range(len(numbers)))
        code = part.code if same else f"np.take({numbers}, {part.code})"
        found.append(replace(part, code=code, kind=Kind("text", values=words)))
    return found


def operated(left: Term, sign: str, right: Term, w: ColumnWriter, kind: Kind | None = None) -> Term:
    """`left sign right`. A day less a day is a number of days."""
    kind = kind or combined(left.kind, sign, right.kind)
    if not kind.is_known:
        raise Unfit(f"{left.kind.name} {sign} {right.kind.name}")
    if sign == "/":
        return w.held(terms.multiplied(left, _inverse(right), kind), "quotient")
    if left.kind == DATE:
        low, high = left.low - right.high, left.high - right.low
        code = f"{left.code} - {right.within(terms.ATOM)}"
        return w.held(Term(code, INTEGER, 0, low, high, doubts_of(left, right)), "days")
    if sign == "*":
        return w.held(terms.multiplied(left, right, kind), "product")
    return w.held(terms.added(left, sign, right, kind), "total")


def _inverse(divisor: Term) -> Term:
    """What dividing by a number that is written in the rules multiplies by, where its decimals end."""
    if not divisor.constant:
        raise Unfit("a quotient")
    inverse = (Decimal(10) ** DIGITS / divisor.constant).to_integral_value()
    if EXACT.multiply(inverse, divisor.constant) != 10**DIGITS:
        raise Unfit("a quotient without end")
    return constant(inverse.scaleb(-DIGITS), DECIMAL)


def compared(left: Term, sign: str, right: Term, w: ColumnWriter) -> Term:
    doubts = doubts_of(left, right)
    if left.kind == right.kind == BOOLEAN:
        same = either(both(left.code, right.code), both(opposite(left.code), opposite(right.code)))
        return Term(
            w.hold(same if sign == "=" else opposite(w.hold(same, "same")), "same"), BOOLEAN, doubts=doubts
        )
    if left.is_number and right.is_number:
        one, other = (w.held(part, "side") for part in terms.aligned(left, right))
    elif left.kind == right.kind and left.kind in (DATE, INSTANT, TIME):
        one, other = left, right
    else:
        raise Unfit(f"{left.kind.name} {sign} {right.kind.name}")
    operator = {"=": "==", "<>": "!="}.get(sign, sign)
    # One side may be a plain number on either side: NumPy says so as a mask as well.
    code = f"np.asarray({one.code} {operator} {other.code})"
    return Term(w.hold(code, "holds"), BOOLEAN, doubts=doubts)


def one_of(node: n.OneOf, subject: Term, w: ColumnWriter) -> Term:
    found = either(*(_equals(subject, member, w) for member in node.members))
    mask = w.hold(found, "is_one")
    return Term(opposite(mask) if node.negated else mask, BOOLEAN, doubts=subject.doubts)


def _equals(subject: Term, member: n.Word | n.Number | n.Truth, w: ColumnWriter) -> str:
    match member:
        case n.Word() if subject.kind.name in ("choice", "text"):
            words = subject.kind.values
            same = [
                f"({subject.code} == {number})" for number, word in enumerate(words) if word == member.value
            ]
            # A choice of one value only is a plain number: NumPy says so as a mask as well.
            return f"np.asarray({' | '.join(same)})" if same else NONE
        case n.Number() if subject.is_number:
            return compared(replace(subject, doubts=()), "=", constant_term(member), w).code
        case n.Truth() if subject.kind == BOOLEAN:
            return subject.code if member.value else opposite(subject.code)
    raise Unfit(f"{subject.kind.name} is one of")


def fallback(value: Term, instead: Term, w: ColumnWriter) -> Term:
    """The value, or what stands instead where it was lawfully not given."""
    unknown = missing(value, of=(UNKNOWN,))
    replaced = w.hold(without(missing(value, of=(ABSENT,)), unknown), "replaced")
    found = chosen(replaced, instead, value, w)
    doubts = [
        (UNKNOWN, unknown),
        *((of, both(replaced, missing(instead, of=(of,)))) for of in (ABSENT, UNKNOWN)),
    ]
    masks = tuple(Doubt(w.hold(mask, of), of) for of, mask in doubts if mask != NONE)
    return replace(found, doubts=masks)


def extreme(function: str, values: list[Term], w: ColumnWriter) -> Term:
    """The largest or smallest of several values of one kind."""
    kind = values[0].kind
    for value in values[1:]:
        kind = joined(kind, value.kind)
    if not kind.is_known or not (values[0].is_number or kind == DATE):
        raise Unfit(function)
    alike = terms.aligned(*values) if values[0].is_number else tuple(values)
    larger = "np.maximum" if function == "largest" else "np.minimum"
    code = alike[0].code
    for value in alike[1:]:
        code = f"{larger}({code}, {value.code})"
    low, high = min(value.low for value in alike), max(value.high for value in alike)
    whole = replace(
        alike[0], code=code, kind=kind, low=low, high=high, doubts=doubts_of(*values), constant=None
    )
    return w.held(whole, function)


def rounded(function: str, value: Term, unit: Term, w: ColumnWriter) -> Term:
    """The value as a multiple of a unit that is written in the rules."""
    alike = combined(value.kind, "+", unit.kind)
    if not alike.is_known or unit.constant is None or unit.constant <= 0:
        raise Unfit(function)
    one, other = (w.held(part, "side") for part in terms.aligned(value, unit))
    whole = max(abs(one.low), abs(one.high)) // other.high + 1
    units = Term(
        _units(function, one, other.high, w), INTEGER, 0, -whole, whole, value.doubts, binding=terms.SUM
    )
    kind = INTEGER if unit.kind == INTEGER and value.kind.is_number else value.kind
    return w.held(terms.multiplied(w.held(units, "units"), unit, kind), "rounded")


def _units(function: str, value: Term, unit: int, w: ColumnWriter) -> str:
    code = value.code
    match function:
        case "rounded_up":
            return f"-(-{code} // {unit})"
        case "rounded_down":
            return f"{code} // {unit}"
    double = w.held(
        replace(value, code=f"2 * {code}", low=2 * value.low, high=2 * value.high + unit), "double"
    ).code
    up, down = f"({double} + {unit}) // {2 * unit}", f"-(({unit} - {double}) // {2 * unit})"
    return up if value.low >= 0 else f"np.where({code} >= 0, {up}, {down})"
