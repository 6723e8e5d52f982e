"""The check of soundness says what the real engine does, on graphs made by chance of which many are wrong.

`python -m hunt.soundness` prints the same as a table.
"""

from collections import Counter
from random import Random

import pytest

from common.text import Text
from hunt.graphs import DONE, Drawn, structured
from hunt.running import procedure, run_through
from hunt.soundness import Compared, compared, comparisons, table
from procedure_library.checks import soundness
from procedure_library.checks.subject import Subject
from procedure_library.definition import Step, Transition

GRAPHS = 2_000


@pytest.fixture(scope="module")
def graphs() -> list[Compared]:
    return list(comparisons(GRAPHS))


def test_the_check_and_the_engine_agree_on_every_graph(graphs: list[Compared]) -> None:
    assert len(graphs) == GRAPHS
    assert [(each.number, each.disagree) for each in graphs if each.disagree] == []


def test_every_kind_of_fault_is_among_them_and_three_in_ten_are_unsound(graphs: list[Compared]) -> None:
    met = Counter(kind for each in graphs for kind in each.met)
    assert set(met) == {"left over", "deadlock", "crowded", "endless"}
    assert min(met.values()) >= 20
    assert sum(bool(each.met) for each in graphs) >= 0.3 * GRAPHS
    assert sum(each.never and not each.met for each in graphs) >= 20


def test_the_table_counts_every_graph(graphs: list[Compared]) -> None:
    lines = list(table(graphs))
    assert lines[0].startswith(f"{GRAPHS} graphs, ")
    assert lines[-1] == "disagreements: 0"


@pytest.mark.parametrize("number", range(40))
def test_what_is_made_of_blocks_is_sound(number: int) -> None:
    drawn = structured(Random(number))
    found = compared(number, drawn)
    assert found is None or (found.met, found.named, found.never) == (frozenset(), frozenset(), False)


def test_payments_in_a_circle_never_rest_once_all_is_paid() -> None:
    """The engine passes a payment where nothing is owed; asking the same rule again it would never come out."""
    steps = (
        Step("received", "start", Text("Tiếp nhận")),
        Step("work", "task", Text("Thụ lý"), role="case_officer", outcomes=(DONE,)),
        Step("pay", "payment", Text("Nộp tiền"), collects=("fee",)),
        Step("paid", "branch", Text(""), choice="way1"),
        Step("granted", "end", Text("Cấp"), ending="granted"),
    )
    ways = (
        Transition("a", "received", "work"),
        Transition("b", "work", "pay"),
        Transition("c", "pay", "paid"),
        Transition("d", "paid", "pay", when="right"),
        Transition("e", "paid", "granted", when="left"),
    )
    drawn = Drawn(steps, ways)
    assert run_through(drawn).faults == {"endless"}
    (found,) = soundness.check(Subject(procedure(drawn)))
    assert (found.code, found.where) == ("procedures.step.circle_without_work", "pay")
    assert found.path == ("received", "a", "work", "b", "pay", "c", "paid", "d", "pay")
