"""A procedure as a folder: written, read and written again it is the same, byte for byte."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from common.problems import Finding
from common.text import Text
from procedure_library.bpmn import Steps, read_steps, write_steps
from procedure_library.codec import decode, digest, encode
from procedure_library.definition import (
    Ask,
    Definition,
    Drawing,
    Duration,
    Example,
    Letter,
    Outcome,
    Transition,
)
from procedure_library.guidance import Duty, StepNotice
from procedure_library.layout import drawn
from procedure_library.package import package_files, read_package, write_package
from tests.procedure_library.graphs import block_structured
from tests.procedure_library.samples import definition, step, to


def with_everything() -> Definition:
    """A definition in which every attribute is said."""
    small = definition()
    steps = tuple(
        replace(
            s,
            budget=Duration(4, "working_hour"),
            area="receiving",
            collects=("fee",),
            corrects=("person",),
            notices=(
                StepNotice("entered", "applicant", Text("Đã đến bước {step}", "Step {step}")),
                StepNotice("overdue", "unit", Text("Quá hạn {due}")),
            ),
            prints=("result",),
            must_print=("result",),
            duty=Duty("Điều 17 Nghị định 118/2025/NĐ-CP", Text("công chức một cửa", "the one-stop official")),
            instructions=Text('Xem kỹ "bản chính".\n\nhttps://vbpl.vn <a>', "Look\tclosely."),
        )
        if s.key == "examine"
        else s
        for s in small.steps
    )
    return replace(
        small,
        steps=steps,
        drawing=drawn(steps, small.transitions),
        letters=(Letter("result", Text("Giấy xác nhận", "Letter"), "#set page()\nXin chào\n", "granted"),),
        examples=(
            Example("plain", Text("Thường", "Plain"), {"answers": {"b": 1, "a": [1, "x"]}}, {"total": 0}),
        ),
        left_out=(Text("Nhiều dòng\nvà “ngoặc”", "Several lines"),),
        announced_by="163/QĐ-BTP",
    )


def with_every_wait() -> Definition:
    """A definition in which every attribute of steps that wait is said."""
    small = definition()
    five = Duration(5, "calendar_day")
    asks = (
        Ask("police", Text("Công an", "Police"), "leader", "police", Duration(2, "working_day")),
        Ask("land", Text("Địa chính"), "case_officer"),
    )
    steps = (
        step("consult", "consultation", asks=asks, silence="consent", budget=five, shows=("person",)),
        step("pay", "payment", collects=("issue",), budget=five),
        step("hear", "message", message="tax_paid", budget=five),
        step("rest", "moment", moment="three_days"),
        step("ask", "automatic", connector="register", attempts=5, fills=("person",), shows=("person",)),
        step("look", "task", assign="review", outcomes=(Outcome("done", Text("Xong", "Done")),)),
    )
    ways = [
        Transition(f"{source}_{on}", source, "examine", on=on)
        for source, on in (("pay", "overdue"), ("hear", "withdrawn"), ("ask", "failure"))
    ]
    return drawn_over(replace(small, steps=(*small.steps, *steps), transitions=(*small.transitions, *ways)))


def files(procedure: Definition) -> dict[str, bytes]:
    return dict(package_files(procedure))


@pytest.mark.parametrize("make", [with_everything, with_every_wait, lambda: drawn_over(definition())])
def test_reading_gives_back_what_was_written(make: Any, tmp_path: Path) -> None:
    write_package(make(), tmp_path)
    assert read_package(tmp_path) == make()


@given(block_structured())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_export_import_export_gives_the_same_bytes(tmp_path: Path, procedure: Definition) -> None:
    first = drawn_over(procedure)
    write_package(first, tmp_path)
    again = read_package(tmp_path)
    assert isinstance(again, Definition)
    assert digest(again) == digest(first)
    # Through the database, too: stored bytes have another order of members.
    assert files(decode(encode(again))) == files(first)


def drawn_over(procedure: Definition) -> Definition:
    return replace(procedure, drawing=drawn(procedure.steps, procedure.transitions))


def test_letters_and_examples_that_are_gone_leave_no_file(tmp_path: Path) -> None:
    write_package(with_everything(), tmp_path)
    write_package(drawn_over(definition(examples=())), tmp_path)
    assert not list(tmp_path.glob("*/*"))


def test_steps_without_a_drawing_are_drawn(tmp_path: Path) -> None:
    write_package(definition(), tmp_path)
    procedure = read_package(tmp_path)
    assert isinstance(procedure, Definition)
    assert set(procedure.drawing.shapes) == {s.key for s in procedure.steps}
    assert len(set(procedure.drawing.shapes.values())) == len(procedure.steps)


def found(folder: Path) -> list[tuple[str, str]]:
    findings = read_package(folder)
    assert isinstance(findings, tuple)
    return [(f.code, f.where) for f in findings]


def test_every_missing_file_is_named(tmp_path: Path) -> None:
    assert found(tmp_path) == [
        ("procedures.file.missing", "procedure.toml"),
        ("procedures.file.missing", "form.schema.json"),
        ("procedures.file.missing", "rules.motcua"),
        ("procedures.file.missing", "steps.bpmn"),
    ]


def test_wrong_words_are_found_with_their_place(tmp_path: Path) -> None:
    write_package(with_everything(), tmp_path)
    head = tmp_path / "procedure.toml"
    text = head.read_text().replace('"commune"', '"district"').replace("announced_by", "anounced_by")
    head.write_text(text)
    assert read_package(tmp_path) == (
        Finding("procedures.file.unknown_key", "anounced_by", {"suggestion": "announced_by"}),
        Finding(
            "procedures.file.not_one_of", "levels.0", {"value": "district", "allowed": "province, commune"}
        ),
    )


@pytest.mark.parametrize(
    ("name", "content", "code", "place"),
    [
        ("procedure.toml", b"key = \n", "procedures.file.bad_toml", (1, 7)),
        ("form.schema.json", b'{\n "a": }', "procedures.file.bad_json", (2, 7)),
        ("steps.bpmn", b"<a>\n<b></a>", "procedures.bpmn.unreadable", (2, 6)),
        (
            "steps.bpmn",
            b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
            "procedures.bpmn.forbidden",
            (None, None),
        ),
        ("steps.bpmn", b"<a/>", "procedures.bpmn.not_one_process", (None, None)),
        ("rules.motcua", b"\xff\xfe", "procedures.file.unreadable", (None, None)),
        (
            "rules.motcua",
            b"ng\xc3\xb4n_ng\xe1\xbb\xaf vi\x00",
            "procedures.file.control_character",
            (None, None),
        ),
        ("letters/stray.typ", b"hello", "procedures.file.letter_not_listed", (None, None)),
        ("examples/stray.json", b"[]", "procedures.file.wrong_shape", (None, None)),
    ],
)
def test_a_damaged_file_is_a_finding(
    tmp_path: Path, name: str, content: bytes, code: str, place: tuple[Any, Any]
) -> None:
    write_package(with_everything(), tmp_path)
    (tmp_path / name).write_bytes(content)
    first = next(f for f in read_package(tmp_path) if f.code == code)
    assert (first.line, first.column) == place


def test_a_letter_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    write_package(with_everything(), tmp_path / "inside")
    (tmp_path / "secret.typ").write_text("secret")
    head = tmp_path / "inside" / "procedure.toml"
    head.write_text(head.read_text().replace('key = "result"', 'key = "../../secret"'))
    assert ("procedures.key.spelling", "../../secret") in found(tmp_path / "inside")


def test_files_written_elsewhere_are_read_as_ours(tmp_path: Path) -> None:
    write_package(with_everything(), tmp_path)
    for name in ("procedure.toml", "rules.motcua"):
        path = tmp_path / name
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_package(tmp_path) == with_everything()


def test_an_element_that_is_no_step_of_ours_is_named() -> None:
    xml = write_steps(Steps(definition().steps, ()), "p").replace(b"bpmn:userTask", b"bpmn:scriptTask")
    assert read_steps(xml) == (
        Finding("procedures.bpmn.unknown_element", "examine", {"element": "scriptTask"}),
        Finding("procedures.bpmn.unknown_element", "sign", {"element": "scriptTask"}),
    )


def test_gateways_of_other_tools_are_split_or_join_by_their_flows() -> None:
    steps = (step("fork", "split"), step("gather", "join"))
    ways = (to("fork", "gather"), replace(to("fork", "gather"), key="second"))
    xml = write_steps(Steps(steps, ways), "p").replace(b' gatewayDirection="Diverging"', b"")
    read = read_steps(xml.replace(b' gatewayDirection="Converging"', b""))
    assert isinstance(read, Steps)
    assert [s.kind for s in read.steps] == ["split", "join"]


def test_a_drawing_with_broken_pixels_is_still_read() -> None:
    shapes = Drawing({"a": (1, 2, 36, 36)}, {})
    xml = write_steps(Steps((step("a", "start"),), (), shapes), "p")
    read = read_steps(xml.replace(b'x="1"', b'x="1.6"').replace(b'y="2"', b'y="NaN"'))
    assert isinstance(read, Steps)
    assert read.drawing.shapes == {"a": (2, 0, 36, 36)}


def test_outcomes_keep_all_they_say() -> None:
    outcome = Outcome("refused", Text("Từ chối"), "refused", needs_reason=True)
    steps = (step("sign", "task", role="approver", outcomes=(outcome,)),)
    read = read_steps(write_steps(Steps(steps, ()), "p"))
    assert isinstance(read, Steps)
    assert read.steps == steps
