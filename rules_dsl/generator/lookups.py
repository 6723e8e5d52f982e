"""Generates values that are looked up: a place between points, a rate of exchange."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from rules_dsl import nodes as n
from rules_dsl.generator import term as terms
from rules_dsl.generator.operations import compared, constant_term, doubts_of, limit_term, operated
from rules_dsl.generator.term import Doubt, Term
from rules_dsl.generator.ways import Ways
from rules_dsl.generator.writer import Writer
from rules_dsl.kind import DATE, DECIMAL, TEXT, Kind
from rules_dsl.moment import RulesNotChecked

ValueOf = Callable[[n.Expression, Writer], Term]
Corner = tuple[Term, Term]


def interpolated(rule: n.Interpolation, w: Writer, value_of: ValueOf) -> Term:
    """Writes a function that gives the value on the line between the two points around the quantity."""
    w.leave_if_lapsed(rule)
    quantity = w.hold(terms.counted(w.settle(value_of(rule.quantity, w))), "quantity")
    corners = [(limit_term(point.at, quantity.kind, w), constant_term(point.value)) for point in rule.points]
    ways, count = Ways(w, w.fresh("value")), len(corners) + 1
    with w.case(0, count, compared(quantity, "<=", corners[0][0], w).code, ways.variable):
        ways.put(corners[0][1])
    for number, (low, high) in enumerate(pairwise(corners), 1):
        with w.case(number, count, compared(quantity, "<", high[0], w).code, ways.variable):
            ways.put(w.settle(_between(low, high, quantity, w)))
    with w.case(len(corners), count, "", ways.variable):
        ways.put(corners[-1][1])
    value = ways.end()
    told = {"name": Term(repr(rule.name), TEXT), "quantity": quantity}
    w.step("trace.interpolated", rule.place.line, value, told, rule.law.cites)
    w.line(f"return {value.code}")
    return replace(value, doubts=(Doubt(value.code),))


def _between(low: Corner, high: Corner, at: Term, w: Writer) -> Term:
    """The value on the straight line from one point to the next: exact, but for the one quotient."""
    (x0, y0), (x1, y1), x = _plain(low), _plain(high), replace(at, kind=DECIMAL)
    weighted = (
        operated(y0, "*", operated(x1, "-", x, w), w),
        operated(y1, "*", operated(x, "-", x0, w), w),
    )
    assert x0.constant is not None
    assert x1.constant is not None
    span = terms.constant(x1.constant - x0.constant, DECIMAL)
    value = operated(operated(weighted[0], "+", weighted[1], w), "/", span, w)
    return replace(value, kind=low[1].kind)


def _plain(corner: Corner) -> Corner:
    return replace(corner[0], kind=DECIMAL), replace(corner[1], kind=DECIMAL)


def converted(node: n.Converted, w: Writer, value_of: ValueOf) -> Term:
    """The amount in the other currency, at the rate published for exactly the day that the rule says."""
    rule = w.program.kinds.rates.get(node.rate.path)
    if rule is None:
        raise RulesNotChecked(f"{node.rate.path} is no rate of exchange")
    on, value = value_of(rule.on, w), value_of(node.value, w)
    if on.kind != DATE or value.kind != Kind("money", rule.source):
        raise RulesNotChecked(f"{rule.name} converts {rule.source} at the rate of a day")
    on, value = (w.hold(part) if part.raises else part for part in (on, value))
    amount = terms.as_decimal(value)
    doubts = (*_lapsed(rule, w), *doubts_of(value, on))
    question = f"published(RATES[{rule.name!r}], {on.code}, {w.world})"
    rate = w.asked(Term(question, DECIMAL, doubts=doubts), rule.name).code
    product = Term(
        f"multiply({amount.code}, {rate}.value)",
        Kind("money", rule.target),
        doubts=(Doubt(rate),),
        raises=True,
    )
    result = w.hold(product, f"in_{rule.target}")
    if w.traced:
        told = {
            "name": Term(repr(rule.name), TEXT),
            "amount": value,
            "rate": Term(f"{rate}.value", DECIMAL),
            "on": on,
        }
        with w.block(f"if type({result.code}) is not Unknown:"):
            w.step("trace.converted", rule.place.line, result, told, f"{rate}.cites")
    return result


def _lapsed(rule: n.Rate, w: Writer) -> tuple[Doubt, ...]:
    """The doubt whether the rule can be read on the day that counts, as a variable."""
    if not rule.law.is_dated:
        return ()
    lapsed = w.fresh("lapsed")
    in_force = w.in_force(rule.law)
    w.line(f"{lapsed} = False")
    with w.unless(w.pending(in_force), lapsed), w.block(f"if not ({in_force.code}):"):
        w.line(f"{lapsed} = {w.own_unknown(rule.name, 'rules.not_in_force')}")
    return (Doubt(lapsed),)
