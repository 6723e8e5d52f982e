"""How quickly rules are read and worked out, against the same rule written by hand and against another engine.

The rule is that of notaries (tests/rules_dsl/spec/R3): eight brackets, shares of a hundredth of a percent, a cap.
Every contender works out the same 5,000 values and must be right to the đồng, or nothing is measured.
"""

import json
import random
import resource
import subprocess
import sys
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench import measures, median_ratio, median_work
from bench.notary import by_expression, by_hand, by_numpy, by_table, exact
from common.money import Money
from config import CHECKOUT
from rules_dsl.checks import check
from rules_dsl.columns.column import Column
from rules_dsl.compiler import Rulebook, compile_rules
from rules_dsl.evaluation import Reference
from rules_dsl.facts import Facts, scope
from rules_dsl.parser import parse

SPEC = CHECKOUT / "tests/rules_dsl/spec"
WORLD = Reference(None)
CHANCE = random.Random(1)
VALUES = [CHANCE.randrange(400_000_000_000) for _ in range(5_000)]
FACTS = [Facts({"contract.value": Money(value)}) for value in VALUES]
CONTEXTS = [{"value": value} for value in VALUES]


@cache
def notary() -> Rulebook:
    parsed = parse((SPEC / "R3.motcua").read_text(encoding="utf-8"))
    return compile_rules(parsed.rules, scope(json.loads((SPEC / "R3.form.json").read_text(encoding="utf-8"))))


def all_exact(amounts: Iterable[Any]) -> None:
    """No figure is worth anything whose results are not right."""
    assert list(map(int, amounts)) == list(map(exact, VALUES))


def evaluated() -> Callable[[], None]:
    """Facts in, amount out."""
    value = notary().value
    all_exact(value("notarisation", facts, WORLD).minor for facts in FACTS)

    def work() -> None:
        for facts in FACTS:
            value("notarisation", facts, WORLD)

    return work


def traced() -> Callable[[], None]:
    """Facts in, amount with its reasons out."""
    evaluate = notary().evaluate
    all_exact(evaluate("notarisation", facts, WORLD).value.minor for facts in FACTS)
    assert evaluate("notarisation", FACTS[0], WORLD).trace[0].code == "trace.bracket"

    def work() -> None:
        for facts in FACTS:
            evaluate("notarisation", facts, WORLD)

    return work


def read() -> Callable[[], None]:
    """Facts in, amount and its reasons out, all of them put together."""
    evaluate = notary().evaluate

    def work() -> None:
        for facts in FACTS:
            evaluate("notarisation", facts, WORLD).reasons  # noqa: B018 - reading it is the work

    return work


def repeated(function: Callable[[Any], Any], situations: list[Any]) -> Callable[[], None]:
    """Another way to the same amounts."""
    all_exact(map(function, situations))

    def work() -> None:
        for situation in situations:
            function(situation)

    return work


@measures("rules.evaluate_vs_python", "×", "<= 1.5")
def evaluate_vs_python() -> float:
    return median_ratio(evaluated(), repeated(by_hand(), FACTS))


@measures("rules.trace_vs_python", "×", "<= 6")
def trace_vs_python() -> float:
    """The reasons are written down; they are put together when somebody reads them."""
    return median_ratio(traced(), repeated(by_hand(), FACTS))


@measures("rules.trace_read_vs_python", "×", "<= 20")
def trace_read_vs_python() -> float:
    """The same, and every reason put together: each evaluation is read, as hardly anybody does."""
    return median_ratio(read(), repeated(by_hand(), FACTS))


@measures("rules.evaluate_vs_zen_expression", "×", "<= 1")
def evaluate_vs_zen_expression() -> float:
    return median_ratio(evaluated(), repeated(by_expression(), CONTEXTS))


@measures("rules.evaluate_vs_zen_table", "×", "<= 0.1")
def evaluate_vs_zen_table() -> float:
    return median_ratio(evaluated(), repeated(by_table(), CONTEXTS))


def million() -> NDArray[np.int64]:
    return np.random.default_rng(1).integers(0, 400_000_000_000, 1_000_000)


@measures("rules.batch_million_vs_numpy", "×", "<= 3")
def batch_million_vs_numpy() -> float:
    values, batch = million(), notary().batch
    given = {"contract.value": Column(values)}
    assert (batch("notarisation", given, WORLD).values == by_numpy(values)).all()
    return median_ratio(lambda: batch("notarisation", given, WORLD), lambda: by_numpy(values))


@measures("rules.batch_million_peak_mb", "MB", "<= 500")
def batch_million_peak_mb() -> float:
    """Of a process that does nothing else, everything it loads included."""
    command = [sys.executable, "-c", "from bench.rules import peak; peak()"]
    said = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    return float(said.stdout)


def peak() -> None:
    notary().batch("notarisation", {"contract.value": Column(million())}, WORLD)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


FORM = {
    "type": "object",
    "required": ["poor", "kind", "price", "born_on"],
    "properties": {
        "poor": {"type": "boolean"},
        "kind": {"enum": ["house", "shop", "farm"]},
        "price": {"type": "integer", "minimum": 0, "x-motcua-currency": "VND"},
        "born_on": {"type": "string", "format": "date"},
    },
}
SMALL = (
    """fee fee_{n} "Lệ phí {n}" cites "Luật {n}, Điều 11"
      exempt when poor
      pay {n}_000 VND when kind is house
      otherwise pay 8_000 VND""",
    """charge charge_{n} "Phí {n}" cites "Thông tư {n}"
      by price
        below {n} million pay 5_000 VND
        above pay 0.1% of whole
      at most 70_000_000 VND""",
    """condition may_{n} "Điều kiện {n}"
      requires age(born_on, dossier.received_on) >= {n} or kind is farm""",
    """term term_{n} "Thời hạn {n}" cites "Luật {n}"
      {n} working days when kind is shop
      otherwise 15 calendar days""",
    """choice way_{n}
      needed when kind in {{house, shop}} and not poor
      otherwise not_needed""",
)


def made_ready(count: int) -> Callable[[], None]:
    """Reads, checks and compiles so many small rules of several kinds."""
    text = "language en\n" + "\n".join(SMALL[n % len(SMALL)].format(n=n + 1) for n in range(count))
    known = scope(FORM)

    def work() -> None:
        parsed = parse(text)
        assert parsed.findings == check(parsed.rules, known) == ()
        assert len(compile_rules(parsed.rules, known).rules) == count

    return work


@measures("rules.compile_200_rules_s", "s", "<= 1")
def compile_200_rules_s() -> float:
    return median_work(made_ready(200))


@measures("rules.compile_growth_400_vs_100", "×", "<= 5")
def compile_growth_400_vs_100() -> float:
    return median_ratio(made_ready(400), made_ready(100))
