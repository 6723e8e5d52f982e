"""A branch by the case type: each case type has its own ways, and they are never mixed."""

from dataclasses import replace

import pytest

from procedure_library.case_ways import decide_ways, ways_of
from procedure_library.checks import check
from procedure_library.checks.exploration import Situation, explored
from procedure_library.compiled import compiled
from procedure_library.definition import Definition, Duration, Step
from procedure_library.moments import pages_at
from procedure_library.semantics import Graph, Marking
from procedure_library.standing import may_stand
from tests.procedure_library.samples import STEPS, by_case_type, definition, step, task, to


def codes(procedure: Definition) -> set[str]:
    return {finding.code for finding in check(procedure) if finding.severity == "error"}


def test_each_case_type_passes_its_own_steps() -> None:
    graph = Graph.of(by_case_type("ordinary", "urgent"))
    assert "examine" in ways_of(graph, "ordinary").steps
    assert "examine" not in ways_of(graph, "urgent").steps
    assert {t.key for t in ways_of(graph, "urgent").incoming["sign"]} == {"kinds_sign_urgent"}


@pytest.mark.parametrize(
    ("values", "default", "found"),
    [
        (("ordinary", "urgent"), "", set()),
        (("ordinary", "urgent"), "ordinary", set()),
        (
            ("ordinary", "express"),
            "",
            {"procedures.branch.value_not_covered", "procedures.branch.unknown_value"},
        ),
    ],
)
def test_every_case_type_has_a_way(values: tuple[str, ...], default: str, found: set[str]) -> None:
    assert codes(by_case_type(*values, default=default)) == found


def twice() -> Definition:
    """Ordinary dossiers are split into two works, urgent ones are not; later only the ordinary ones are joined."""
    start = by_case_type("ordinary", "urgent")
    more = (
        step("apart", "split"),
        task("one"),
        task("two"),
        step("kinds_again", "branch", choice="dossier.case_type"),
        step("together", "join"),
    )
    ways = (
        to("apart", "one"), to("apart", "two"), to("one", "together"), to("two", "kinds_again"),
        to("kinds_again", "together", "ordinary"), to("kinds_again", "refused", "urgent"), to("together", "sign"),
    )  # fmt: skip
    moved = tuple(
        replace(t, target="apart") if t.key == "kinds_examine_ordinary" else t for t in start.transitions
    )
    kept = tuple(each for each in start.steps if each.key not in ("examine", "examined", "supplement"))
    inside = {each.key for each in (*kept, *more)}
    whole = tuple(t for t in (*moved, *ways) if {t.source, t.target} <= inside)
    return replace(start, steps=(*kept, *more), transitions=whole)


def test_ways_of_different_case_types_are_not_combined() -> None:
    """Mixed, an urgent dossier in the middle of ordinary work would end with work left over."""
    procedure = twice()
    graph = Graph.of(procedure)
    mixed, apart = explored(graph), explored(graph, case_types=decide_ways(graph, procedure.case_types))
    assert any(s.marking.ended and s.marking.arrived for s in mixed.situations)
    assert not any(s.marking.ended and s.marking.arrived for s in apart.situations)
    assert not codes(procedure)


def with_budget(procedure: Definition, key: str, days: int) -> Definition:
    def given(each: Step) -> Step:
        return replace(each, budget=Duration(days, "working_day")) if each.key == key else each

    return replace(procedure, steps=tuple(map(given, procedure.steps)))


def test_budgets_count_along_the_ways_of_the_case_type() -> None:
    short = (
        'thời_hạn one_day "Ngắn"\n  tiếng_anh "Short"\n  căn_cứ "Luật 60/2014/QH13, Điều 5"\n'
        "  1 ngày_làm_việc\n  tạm_dừng_khi yêu_cầu_bổ_sung\n"
    )
    base = by_case_type("ordinary", "urgent", rules=definition().rules + "\n" + short)
    ordinary, urgent = base.case_types
    kinds = (ordinary, replace(urgent, term="one_day"))
    fits = with_budget(replace(base, case_types=kinds), "examine", 2)
    assert "procedures.term.never_kept" not in codes(fits)
    turned = (replace(ordinary, term="one_day"), urgent)
    assert "procedures.term.never_kept" in codes(with_budget(replace(base, case_types=turned), "examine", 2))


def test_a_page_is_known_where_every_way_of_the_case_type_fills_it() -> None:
    procedure = by_case_type("ordinary", "urgent")
    steps = tuple(
        replace(each, shows=(), fills=("person",)) if each.key == "examine" else each for each in STEPS
    )
    filled = replace(procedure, steps=(*steps, procedure.steps[-1]))
    graph = Graph.of(filled)
    ordinary, urgent = filled.case_types
    assert pages_at(filled, graph, "sign", ordinary) == ("person",)
    assert pages_at(filled, graph, "sign", urgent) == ()


def test_a_dossier_is_moved_only_where_its_case_type_may_stand() -> None:
    ready = compiled(by_case_type("ordinary", "urgent"))
    assert may_stand(ready, Situation(Marking(("examine",)), None, "ordinary"))
    assert not may_stand(ready, Situation(Marking(("examine",)), None, "urgent"))
    plain = compiled(definition())
    assert may_stand(plain, Situation(Marking(("examine",)), None, "ordinary"))


def test_a_branch_by_the_case_type_asks_no_rule() -> None:
    assert not Graph.of(by_case_type("ordinary", "urgent")).asks_rules
