"""Kinds that go together: no date is compared with money, no amount added to a number of days."""

from collections.abc import Iterator

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.checks.checked import ORDERED, Checked, Occurrence
from rules_dsl.kind import DATE, PERCENTAGE, PERIOD, RATE, Kind, KindName, combined
from rules_dsl.walk import every_part

EQUAL: tuple[KindName, ...] = (*ORDERED, "boolean", "text", "choice")
# What an argument of each function may be; "rows" is the group itself.
ARGUMENTS: dict[str, tuple[KindName, ...]] = {
    "count": ("boolean", "rows"),
    "sum": ("integer", "decimal", "money"),
    "any": ("boolean",),
    "every": ("boolean",),
    "largest": ORDERED,
    "smallest": ORDERED,
    "age": ("date",),
    "rounded": ("integer", "decimal", "percentage", "money"),
    "rounded_up": ("integer", "decimal", "percentage", "money"),
    "rounded_down": ("integer", "decimal", "percentage", "money"),
    "last_working_day": ("date",),
    "next_working_day": ("date",),
    "time_of": ("instant",),
}
# How many arguments a function has, where that is not one.
COUNTS = {"age": 2, "rounded": 2, "rounded_up": 2, "rounded_down": 2}


def wrong_kinds(checked: Checked) -> Iterator[Finding]:
    for occurrence in checked.occurrences():
        for part in every_part(occurrence.node):
            yield from _mistakes(part, occurrence, checked)
        found = checked.kinds.of(occurrence.node, occurrence.bracket)
        yield from _wanted(occurrence.node, found, occurrence.wanted, checked)


def _wanted(
    node: n.Expression, found: Kind, wanted: tuple[KindName, ...], checked: Checked
) -> Iterator[Finding]:
    if found.is_known and wanted and found.name not in wanted:
        term = f"@rules.kind.{wanted[0]}"
        yield checked.finding("rules.wrong_kind", node, found=found.term, wanted=term)


def _mistakes(node: n.Expression, occurrence: Occurrence, checked: Checked) -> Iterator[Finding]:
    def kind(part: n.Expression) -> Kind:
        return checked.kinds.of(part, occurrence.bracket)

    match node:
        case n.Sum() | n.Product():
            yield from _chain(node, occurrence, checked)
        case n.Share() if kind(node.whole).name not in ("money", "integer", "decimal", "any"):
            yield _together(node, PERCENTAGE, kind(node.whole), checked)
        case n.Converted():
            yield from _wanted(node.value, kind(node.value), ("money",), checked)
            yield from _rate(node, checked)
        case n.Minus():
            yield from _wanted(
                node.value, kind(node.value), ("decimal", "integer", "money", "percentage"), checked
            )
        case n.Comparison():
            yield from _comparison(node, kind(node.left), kind(node.right), checked)
        case n.OneOf():
            yield from _membership(node, kind(node.subject), checked)
        case n.Within():
            for part in (node.subject, node.since):
                yield from _wanted(part, kind(part), ("date",), checked)
            if node.period.unit in ("hour", "working_hour"):
                yield checked.finding("rules.period_in_hours", node.period)
        case n.Not():
            yield from _wanted(node.value, kind(node.value), ("boolean",), checked)
        case n.All() | n.Either():
            for part in node.parts:
                yield from _wanted(part, kind(part), ("boolean",), checked)
        case n.Fallback() if _differ(kind(node.value), kind(node.instead)):
            yield _together(node, kind(node.value), kind(node.instead), checked)
        case n.Given() if checked.scope is not None and checked.kinds.of_name(node.name.path).is_known:
            if checked.kinds.fact(node.name.path) is None:
                yield checked.finding("rules.given_needs_fact", node, name=node.name.path)
        case n.Call():
            yield from _call(node, occurrence, checked)


def _chain(node: n.Sum | n.Product, occurrence: Occurrence, checked: Checked) -> Iterator[Finding]:
    left = checked.kinds.of(node.first, occurrence.bracket)
    for sign, part in node.rest:
        right = checked.kinds.of(part, occurrence.bracket)
        whole = combined(left, sign, right)
        if left.is_known and right.is_known and not whole.is_known and not _currencies(left, right):
            yield _together(part, left, right, checked)
        elif left == DATE and right == PERIOD:
            yield from _moved(part, checked)
        left = whole


def _moved(part: n.Expression, checked: Checked) -> Iterator[Finding]:
    if isinstance(part, n.Period) and part.unit in ("hour", "working_hour"):
        yield checked.finding("rules.period_in_hours", part)


def _rate(node: n.Converted, checked: Checked) -> Iterator[Finding]:
    """What stands behind `at` is a rate of exchange, where it is anything at all."""
    path = node.rate.path
    is_something = checked.kinds.rule(path) is not None or checked.kinds.fact(path) is not None
    if is_something and path not in checked.kinds.rates:
        found = checked.kinds.of_name(path)
        yield checked.finding("rules.wrong_kind", node.rate, found=found.term, wanted=RATE.term)


def _comparison(node: n.Comparison, left: Kind, right: Kind, checked: Checked) -> Iterator[Finding]:
    if not (left.is_known and right.is_known) or _currencies(left, right):
        return
    allowed = EQUAL if node.operator in ("=", "<>") else ORDERED
    if _differ(left, right) or left.name not in allowed or right.name not in allowed:
        yield checked.finding("rules.kinds_not_compared", node, left=left.term, right=right.term)


def _differ(left: Kind, right: Kind) -> bool:
    """Whether the two are never of one kind; a choice is also a text."""
    if not (left.is_known and right.is_known) or (left.is_number and right.is_number):
        return False
    words = ("text", "choice")
    return left.name != right.name and not (left.name in words and right.name in words)


def _currencies(left: Kind, right: Kind) -> bool:
    """Two amounts: whether their currencies mix is another check's business."""
    return left.name == right.name == "money" and left.currency != right.currency


def _membership(node: n.OneOf, subject: Kind, checked: Checked) -> Iterator[Finding]:
    fitting: dict[type[n.Node], tuple[KindName, ...]] = {
        n.Word: ("text", "choice", "choices"),
        n.Number: ("integer", "decimal"),
        n.Truth: ("boolean",),
    }
    for member in node.members:
        if subject.is_known and subject.name not in fitting[type(member)]:
            yield checked.finding(
                "rules.kinds_not_compared", member, left=subject.term, right=checked.kinds.of(member).term
            )


def _call(node: n.Call, occurrence: Occurrence, checked: Checked) -> Iterator[Finding]:
    several = node.function in ("largest", "smallest")
    wanted = COUNTS.get(node.function, 1)
    if len(node.arguments) != wanted and not several:
        yield checked.finding("rules.arguments", node, count=wanted)
        return
    first = checked.kinds.of(node.arguments[0], occurrence.bracket)
    for argument in node.arguments:
        kind = checked.kinds.of(argument, occurrence.bracket)
        yield from _wanted(argument, kind, ARGUMENTS[node.function], checked)
        if _differ(first, kind):
            yield _together(argument, first, kind, checked)


def _together(node: n.Expression, left: Kind, right: Kind, checked: Checked) -> Finding:
    return checked.finding("rules.kinds_not_combined", node, left=left.term, right=right.term)
