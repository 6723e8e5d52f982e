"""Checks of a long procedure take no longer than a person waits: nothing is worked out anew for every step."""

from bench.drawing import two_hundred_steps
from procedure_library.moments import Knowledge, moments, pages_at
from procedure_library.semantics import Graph


def test_what_is_known_at_every_moment_is_the_same_asked_together_or_one_by_one() -> None:
    definition = two_hundred_steps()
    graph = Graph.of(definition)
    together = Knowledge(definition, graph)
    for moment in moments(definition)[::13]:
        for kind in (None, *definition.case_types):
            assert together.pages_at(moment, kind) == pages_at(definition, graph, moment, kind)


def test_a_page_filled_late_in_a_long_way_is_known_behind_it_alone() -> None:
    definition = two_hundred_steps()
    together = Knowledge(definition, Graph.of(definition))
    filling = next(step for step in definition.steps if step.kind == "task" and step.fills)
    assert not set(filling.fills) & set(together.pages_at("work_0", None))
    assert set(filling.fills) <= set(together.pages_at(filling.key, None))
