"""The notary's charge (Circular 257/2016/TT-BTC, article 4) as people write it without a language of rules."""

import json
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import zen
from numpy.typing import NDArray

from rules_dsl.facts import Facts

D = Decimal
LIMITS = D(50_000_000), D(100_000_000), D(10**9), D(3 * 10**9), D(5 * 10**9), D(10**10), D(10**11)
BASES = D(50_000), D(100_000), D(1_000_000), D(2_200_000), D(3_200_000), D(5_200_000), D(32_200_000)
SHARES = D("0.001"), D("0.0006"), D("0.0005"), D("0.0004"), D("0.0003"), D("0.0002")
MOST, ONE = D(70_000_000), D(1)


def by_hand() -> Callable[[Facts], Decimal]:
    """As a careful programmer writes it: Decimal, constants taken out of the function, rounded half up."""
    under, to_100m, to_1bn, to_3bn, to_5bn, to_10bn, to_100bn = LIMITS
    flat, double, base_1, base_3, base_5, base_10, base_100 = BASES
    whole, share_1, share_3, share_5, share_10, share_100 = SHARES
    most, one, half_up = MOST, ONE, ROUND_HALF_UP

    def charge(facts: Facts) -> Decimal:
        value = Decimal(facts.values["contract.value"].minor)  # type: ignore[union-attr]
        if value < under:
            due = flat
        elif value <= to_100m:
            due = double
        elif value <= to_1bn:
            due = value * whole
        elif value <= to_3bn:
            due = base_1 + (value - to_1bn) * share_1
        elif value <= to_5bn:
            due = base_3 + (value - to_3bn) * share_3
        elif value <= to_10bn:
            due = base_5 + (value - to_5bn) * share_5
        elif value <= to_100bn:
            due = base_10 + (value - to_10bn) * share_10
        else:
            due = base_100 + (value - to_100bn) * share_100
        if due > most:
            due = most
        return due.quantize(one, half_up)

    return charge


def exact(value: int) -> int:
    """The charge in fractions, told from the circular bracket by bracket: what every contender must give."""
    rows = zip((None, *LIMITS[2:]), (0, *BASES[2:]), SHARES, strict=True)
    if value <= LIMITS[1]:
        return int(BASES[0] if value < LIMITS[0] else BASES[1])
    floor, base, share = max((r for r in rows if r[0] is None or value > r[0]), key=lambda row: row[0] or 0)
    due = Fraction(base) + Fraction(share) * (value - Fraction(floor or 0))
    return int(min(due, Fraction(MOST)) + Fraction(1, 2))


# In ten-thousandths of a đồng, so that 64-bit whole numbers are exact.
STARTS = np.array([0, 0, 0, 10**9, 3 * 10**9, 5 * 10**9, 10**10, 10**11])
PER_10_000 = np.array([0, 0, 10, 6, 5, 4, 3, 2])
FLAT = np.array([50_000, 100_000, 0, 1_000_000, 2_200_000, 3_200_000, 5_200_000, 32_200_000]) * 10_000
ENDS = np.array([50_000_000 - 1, *map(int, LIMITS[1:])])


def by_numpy(values: NDArray[np.int64]) -> NDArray[np.int64]:
    bracket = np.searchsorted(ENDS, values)
    due = FLAT[bracket] + (values - STARTS[bracket]) * PER_10_000[bracket]
    return np.minimum((due + 5_000) // 10_000, int(MOST))


TESTS = [f"{'<' if number == 0 else '<='} {limit}" for number, limit in enumerate(LIMITS)]
PAID = ["50000", "100000", "value * 0.001"] + [
    f"{base} + (value - {floor}) * {share}"
    for floor, base, share in zip(LIMITS[2:], BASES[2:], SHARES[1:], strict=True)
]


def by_expression() -> Callable[[dict[str, Any]], Any]:
    """An expression of zen-engine, compiled once."""
    cases = " : ".join(f"value {test} ? {paid}" for test, paid in zip(TESTS, PAID, strict=False))
    compiled = zen.compile_expression(f"round(min([{MOST}, {cases} : {PAID[-1]}]))")
    return compiled.evaluate  # type: ignore[no-any-return]


def by_table() -> Callable[[dict[str, Any]], Any]:
    """A decision table of zen-engine, made ready once."""
    rules = [
        {"_id": str(number), "when": test, "due": f"round(min([{MOST}, {paid}]))"}
        for number, (test, paid) in enumerate(zip([*TESTS, ""], PAID, strict=True))
    ]
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": "when", "name": "value", "field": "value"}],
        "outputs": [{"id": "due", "name": "due", "field": "due"}],
        "rules": rules,
    }
    nodes = [_node("in", "inputNode"), _node("table", "decisionTableNode", table), _node("out", "outputNode")]
    edges = [_edge("in", "table"), _edge("table", "out")]
    document = {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}
    decision = zen.ZenEngine().create_decision(json.dumps(document))
    return lambda context: decision.evaluate(context)["result"]["due"]


def _node(key: str, kind: str, content: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"id": key, "name": key, "type": kind, "position": {"x": 0, "y": 0}, "content": content or {}}


def _edge(source: str, target: str) -> dict[str, str]:
    return {"id": f"{source}-{target}", "sourceId": source, "targetId": target, "type": "edge"}
