"""Which pages are filled when, and that rules read nothing before it is there."""

from procedure_library.checks import check
from procedure_library.compiled import compiled
from procedure_library.definition import Definition
from procedure_library.moments import asks_applicant, filing_pages, pages_at
from procedure_library.semantics import Graph
from tests.procedure_library.faults import with_rules
from tests.procedure_library.pages import with_page
from tests.procedure_library.samples import definition, step, task, to


def pages(procedure: Definition, moment: str) -> tuple[str, ...]:
    return pages_at(procedure, Graph.of(procedure), moment, None)


def test_a_page_that_a_task_fills_is_not_asked_at_filing() -> None:
    procedure = with_page("note", examine={"fills": ("note",)})
    assert filing_pages(procedure, None) == ("person",)
    assert pages(procedure, "filing") == ("person",)
    assert pages(procedure, "examine") == ("person", "note")
    assert pages(procedure, "sign") == ("person", "note")


def test_a_page_of_one_way_is_not_known_where_ways_meet() -> None:
    procedure = with_page("note", sign={"fills": ("note",)})
    assert pages(procedure, "examine") == ("person",)
    either = definition(
        form=procedure.form,
        steps=(
            step("started", "start"),
            task("ask", "short", "long"),
            step("asked", "branch"),
            task("detail", fills=("note",)),
            task("finish"),
            step("finished", "end", ending="granted"),
        ),
        transitions=(
            to("started", "ask"),
            to("ask", "asked"),
            to("asked", "finish", "short"),
            to("asked", "detail", "long"),
            to("detail", "finish"),
            to("finish", "finished"),
        ),
    )
    assert pages(either, "detail") == ("person", "note")
    assert pages(either, "finish") == ("person",)


def test_behind_a_join_all_ways_are_known() -> None:
    procedure = definition(
        form=with_page("note").form,
        steps=(
            step("started", "start"),
            step("fork", "split"),
            task("one", fills=("note",)),
            task("two"),
            step("gather", "join"),
            task("finish"),
            step("finished", "end", ending="granted"),
        ),
        transitions=(
            to("started", "fork"),
            to("fork", "one"),
            to("fork", "two"),
            to("one", "gather"),
            to("two", "gather"),
            to("gather", "finish"),
            to("finish", "finished"),
        ),
    )
    assert pages(procedure, "two") == ("person",)
    assert pages(procedure, "finish") == ("person", "note")


def test_the_schema_of_a_moment_asks_its_pages_alone() -> None:
    ready = compiled(with_page("note", examine={"fills": ("note",)}))
    assert set(ready.schema_at("filing", "ordinary")["properties"]) == {"person"}
    assert set(ready.schema_at("examine", "ordinary")["properties"]) == {"person", "note"}
    assert "note" in ready.scope_at("examine", "ordinary")
    assert "note" not in ready.scope_at("filing", "ordinary")
    assert ready.schema_at("filing", "ordinary") is ready.schema_at("filing", "ordinary")


def test_a_definition_is_compiled_once() -> None:
    assert compiled(definition()) is compiled(definition())
    assert compiled(definition(announced_by="other")) is not compiled(definition())


def test_rules_that_nobody_uses_yet_are_read_too() -> None:
    findings = check(
        with_rules('điều_kiện more "Thêm" tiếng_anh "More"\n  căn_cứ "Luật"\n  yêu_cầu person.copis <= 3')
    )
    assert [(f.code, f.severity) for f in findings] == [
        ("rules.unknown_name", "error"),
        ("procedures.rule.unused", "warning"),
    ]


def test_examples_inside_the_rule_file_are_run() -> None:
    wrong = 'ví_dụ "Hai bản"\n  cho person.copies = 2\n  được issue = 9_000 VND'
    assert [f.code for f in check(with_rules(wrong))] == ["rules.example_fails"]
    assert check(with_rules(wrong.replace("9_000", "10_000"))) == ()


def test_who_asks_the_applicant_for_more_leaves_the_page_unfinished() -> None:
    procedure = with_page("note", examine={"fills": ("note",)})
    graph = Graph.of(procedure)
    assert asks_applicant(graph, "examine")
    assert asks_applicant(graph, "examine", "incomplete")
    assert not asks_applicant(graph, "examine", "fit")
    assert not asks_applicant(graph, "examine", "nothing of the kind")
    assert not asks_applicant(graph, "sign")


def test_a_page_left_unfinished_is_not_known_after_the_supplement() -> None:
    procedure = with_page("note", examine={"fills": ("note",)})
    elsewhere = definition(
        form=procedure.form,
        steps=(
            step("started", "start"),
            task("examine", "fit", "incomplete", fills=("note",)),
            step("examined", "branch"),
            step("supplement", "supplement"),
            task("again"),
            task("sign"),
            step("finished", "end", ending="granted"),
        ),
        transitions=(
            to("started", "examine"),
            to("examine", "examined"),
            to("examined", "sign", "fit"),
            to("examined", "supplement", "incomplete"),
            to("supplement", "again"),
            to("again", "finished"),
            to("sign", "finished"),
        ),
    )
    assert pages(elsewhere, "sign") == ("person", "note")
    assert pages(elsewhere, "again") == ("person",)
