"""A question filled and seen at steps of its own: who is asked when, who reads it, and what rules may read."""

from dataclasses import replace
from typing import Any

import pytest

from procedure_library.checks import check
from procedure_library.codec import decode, encode
from procedure_library.compiled import compiled
from procedure_library.definition import Definition
from procedure_library.moments import filing_pages, pages_at
from procedure_library.seeing import may_see, read_at, work_schema
from procedure_library.semantics import Graph
from tests.procedure_library.pages import with_note_at
from tests.procedure_library.samples import RULES, definition

FEE = """
phí further "Phí thêm"
  tiếng_anh "A further charge"
  căn_cứ "Luật 60/2014/QH13, Điều 11"
  thu 1_000 VND
  nhân note
"""


def on_the_page_of_the_applicant(said: Any, **steps: Any) -> Definition:
    """The note stands beside the applicant's questions; `steps` change the steps named."""
    procedure = with_note_at(said)
    (person, _note) = procedure.form["x-motcua-pages"]
    form = {**procedure.form, "x-motcua-pages": [{**person, "fields": ["person", "note"]}]}
    changed = tuple(replace(step, **steps.get(step.key, {})) for step in procedure.steps)
    return replace(procedure, form=form, steps=changed, examples=())


def errors(procedure: Definition) -> list[tuple[str, str]]:
    return [(each.code, each.where) for each in check(procedure) if each.severity == "error"]


def asked(procedure: Definition, step: str) -> list[str]:
    schema = work_schema(procedure, Graph.of(procedure).steps[step])
    return list(schema["properties"]) if schema else []


def test_a_question_of_a_step_is_asked_there_and_known_from_there_on() -> None:
    procedure = on_the_page_of_the_applicant({"fills": ["examine"]})
    assert errors(procedure) == []
    ready = compiled(procedure)
    assert filing_pages(procedure, None) == ("person",)
    assert list(ready.schema_at("filing", "ordinary")["properties"]) == ["person"]
    assert ready.schema_at("filing", "ordinary")["required"] == ["person"]
    assert pages_at(procedure, ready.graph, "examine", None) == ("person", "person@examine")
    assert list(ready.schema_at("sign", "ordinary")["properties"]) == ["person", "note"]
    assert asked(procedure, "examine") == ["note"]
    assert asked(procedure, "sign") == []


@pytest.mark.parametrize(
    ("said", "examine", "sign"),
    [
        ({"fills": ["examine"]}, ["person"], ["note", "person"]),
        ({"fills": ["examine"], "shows": ["examine"]}, ["person"], ["person"]),
        ({"shows": ["sign"]}, ["person"], ["note", "person"]),
        ({"shows": ["examine"]}, ["note", "person"], ["person"]),
    ],
)
def test_who_sees_it_besides_who_fills_it(said: Any, examine: list[str], sign: list[str]) -> None:
    procedure = on_the_page_of_the_applicant(said)
    assert errors(procedure) == []
    steps = Graph.of(procedure).steps
    assert sorted(read_at(procedure, steps["examine"])) == examine
    assert sorted(read_at(procedure, steps["sign"])) == sign


def test_who_puts_a_page_right_gets_neither_hidden_questions_nor_those_of_other_steps() -> None:
    corrects = {"examine": {"shows": (), "corrects": ("person",)}}
    assert asked(on_the_page_of_the_applicant({"shows": ["sign"]}, **corrects), "examine") == ["person"]
    assert asked(on_the_page_of_the_applicant({"fills": ["sign"]}, **corrects), "examine") == ["person"]


def test_a_role_sees_it_when_one_of_its_steps_does() -> None:
    procedure = on_the_page_of_the_applicant({"fills": ["examine"], "shows": ["sign"]})
    assert [may_see(procedure, "note", steps) for steps in ((), ("sign",), ("examine",), ("other",))] == [
        False,
        True,
        True,
        False,
    ]
    assert may_see(procedure, "person", ())


def test_a_rule_that_reads_it_before_it_is_filled_is_found() -> None:
    procedure = on_the_page_of_the_applicant({"fills": ["examine"]})
    procedure.form["properties"]["note"].update(type="integer", minimum=0, maximum=9)  # type: ignore[index]
    kind = replace(procedure.case_types[0], amounts=(*procedure.case_types[0].amounts, "further"))
    early = replace(procedure, rules=f"{RULES}{FEE}", case_types=(kind,))
    assert errors(early) == [("procedures.rule.fact_after_filing", "rules.motcua")]
    later = replace(
        early,
        steps=tuple(
            replace(each, collects=("further",)) if each.key == "sign" else each for each in early.steps
        ),
    )
    assert errors(later) == []


def test_definitions_without_it_are_written_as_before_and_it_is_part_of_the_digest() -> None:
    assert b"x-motcua-steps" not in encode(definition())
    procedure = on_the_page_of_the_applicant({"fills": ["examine"]})
    assert decode(encode(procedure)) == procedure
    assert encode(procedure) != encode(on_the_page_of_the_applicant({"fills": ["sign"]}))
