"""What a piece of generated code stands for: how its number counts, how far it reaches, what may be unknown.

Numbers and amounts are whole Python numbers that count tenth powers (`scale` 4: ten-thousandths) wherever that
is exact; a Decimal otherwise. Whole numbers have no last digit to lose and are quicker than Decimal.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from rules_dsl.kind import INTEGER, Kind
from rules_dsl.reading import LARGEST

# Beyond this exact decimal arithmetic gives up (values.EXACT): such numbers are left to it.
ENOUGH = 10**400
FURTHEST = int(LARGEST)
ATOM, PRODUCT, SUM = 3, 2, 1


@dataclass(frozen=True, slots=True)
class Doubt:
    """A variable that may hold no value: None for lack of what `of` (source text) names, else an Unknown."""

    variable: str
    of: str = "None"

    @property
    def test(self) -> str:
        return f"type({self.variable}) is Unknown" if self.of == "None" else f"{self.variable} is None"

    @property
    def pair(self) -> str:
        return f"({self.of}, {self.variable})"


@dataclass(frozen=True, slots=True)
class Term:
    """`code` may be evaluated once none of its doubts holds; `raises`: exact arithmetic may then still give up.

    `scale` None: a Decimal, or no number at all. `low` and `high` bound what the code counts. `constant` is the
    value where it is written in the rules. `binding` says which parentheses the code needs.
    """

    code: str
    kind: Kind
    scale: int | None = None
    low: int = -FURTHEST
    high: int = FURTHEST
    doubts: tuple[Doubt, ...] = ()
    raises: bool = False
    constant: Decimal | None = None
    binding: int = ATOM

    def within(self, binding: int) -> str:
        """The code as part of an operation that binds so tightly."""
        return self.code if self.binding >= binding else f"({self.code})"

    @property
    def is_number(self) -> bool:
        return self.kind.is_number or self.kind.name in ("percentage", "money")

    @property
    def is_whole(self) -> bool:
        """Whether it is a whole number, or can be made one."""
        return self.scale is not None or self.kind == INTEGER


def constant(value: Decimal, kind: Kind) -> Term:
    """A number written in the rules, in as few digits as it needs."""
    sign, digits, exponent = value.normalize().as_tuple()
    assert isinstance(exponent, int)
    count = int("".join(map(str, digits))) * (-1 if sign else 1) * 10 ** max(exponent, 0)
    scale = max(-exponent, 0)
    binding = ATOM if count >= 0 else SUM
    return Term(f"{count:_}", kind, scale, count, count, constant=value, binding=binding)


def counted(term: Term) -> Term:
    """A whole number that facts hold as a Decimal, as a whole Python number."""
    if term.scale is not None or term.kind != INTEGER:
        return term
    return replace(term, code=f"int({term.code})", scale=0, binding=ATOM)


def at_scale(term: Term, scale: int) -> Term:
    """The whole number counting finer, or as fine; `scale` is not below its own."""
    assert term.scale is not None
    factor = 10 ** (scale - term.scale)
    if factor == 1:
        return term
    low, high = term.low * factor, term.high * factor
    if term.constant is not None:
        return replace(term, code=f"{low:_}", scale=scale, low=low, high=high)
    return replace(
        term, code=f"{term.within(PRODUCT)} * {factor:_}", scale=scale, low=low, high=high, binding=PRODUCT
    )


def as_decimal(term: Term) -> Term:
    """The number as a Decimal; what counts ones may stay a whole number beside one."""
    if term.scale is None or term.scale == 0:
        return replace(term, scale=None)
    if term.constant is not None:
        return replace(term, code=f"Decimal('{term.constant.normalize():f}')", scale=None, binding=ATOM)
    return replace(term, code=f"fraction({term.code}, {term.scale})", scale=None, binding=ATOM)


def aligned(*terms: Term) -> tuple[Term, ...]:
    """The terms counting alike: all whole numbers of one scale, or all Decimals."""
    if not all(term.is_whole for term in terms):
        return tuple(map(as_decimal, terms))
    whole = [counted(term) for term in terms]
    scale = max(term.scale or 0 for term in whole)
    alike = tuple(at_scale(term, scale) for term in whole)
    return alike if all(map(is_exact, alike)) else tuple(map(as_decimal, whole))


def is_exact(term: Term) -> bool:
    """Whether exact decimal arithmetic can hold whatever the whole number may become."""
    return term.low > -ENOUGH and term.high < ENOUGH


def added(left: Term, sign: str, right: Term, kind: Kind) -> Term:
    one, other = aligned(left, right)
    if one.scale is None or other.scale is None:
        return _called({"+": "add", "-": "subtract"}[sign], one, other, kind)
    low, high = (other.low, other.high) if sign == "+" else (-other.high, -other.low)
    term = Term(
        f"{one.code} {sign} {other.within(PRODUCT)}",
        kind,
        one.scale,
        one.low + low,
        one.high + high,
        _doubts(left, right),
        left.raises or right.raises,
        binding=SUM,
    )
    return (
        term
        if is_exact(term)
        else _called({"+": "add", "-": "subtract"}[sign], *_decimals(left, right), kind)
    )


def multiplied(left: Term, right: Term, kind: Kind) -> Term:
    if not (left.is_whole and right.is_whole):
        return _called("multiply", *_decimals(left, right), kind)
    one, other = counted(left), counted(right)
    corners = [a * b for a in (one.low, one.high) for b in (other.low, other.high)]
    term = Term(
        f"{one.within(PRODUCT)} * {other.within(ATOM)}",
        kind,
        (one.scale or 0) + (other.scale or 0),
        min(corners),
        max(corners),
        _doubts(left, right),
        left.raises or right.raises,
        binding=PRODUCT,
    )
    if not is_exact(term):
        return _called("multiply", *_decimals(left, right), kind)
    for factor, rest in ((one, other), (other, one)):
        if factor.constant is not None and factor.low == 1:
            return replace(term, code=rest.code, binding=rest.binding)
    return term


def negated(term: Term) -> Term:
    if term.scale is None:
        minus = f"Decimal({term.code}).copy_negate()"
        return replace(term, code=minus, low=-term.high, high=-term.low, binding=ATOM)
    value = None if term.constant is None else -term.constant
    return replace(
        term, code=f"-{term.within(ATOM)}", low=-term.high, high=-term.low, constant=value, binding=SUM
    )


def compared(left: Term, sign: str, right: Term, kind: Kind) -> Term:
    """Decimals and whole numbers compare exactly as they are, if both count ones."""
    one, other = (left, right) if _count_alike(left, right) else aligned(left, right)
    operator = {"=": "==", "<>": "!="}.get(sign, sign)
    return Term(
        f"{one.within(SUM)} {operator} {other.within(SUM)}",
        kind,
        doubts=_doubts(left, right),
        raises=left.raises or right.raises,
        binding=0,
    )


def _count_alike(left: Term, right: Term) -> bool:
    return (left.scale or 0) == (right.scale or 0) and (left.scale or right.scale) in (None, 0)


def _decimals(left: Term, right: Term) -> tuple[Term, Term]:
    return as_decimal(left), as_decimal(right)


def _called(operation: str, left: Term, right: Term, kind: Kind) -> Term:
    """What Decimal works out, which may reach so far that Decimal has to go on with it."""
    code = f"{operation}({left.code}, {right.code})"
    return Term(code, kind, low=-ENOUGH, high=ENOUGH, doubts=_doubts(left, right), raises=True)


def _doubts(*terms: Term) -> tuple[Doubt, ...]:
    return tuple(dict.fromkeys(doubt for term in terms for doubt in term.doubts))
