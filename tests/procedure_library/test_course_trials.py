"""Courses of examples: those that ship hold; one that goes otherwise is told at its act."""

from dataclasses import replace
from typing import Any

import pytest

from common.messages import message_of
from common.problems import Finding
from procedure_library.codec import decode, encode
from procedure_library.course_trials import try_courses
from procedure_library.definition import Definition, Example
from procedure_library.package import read_package
from procedure_library.ready_made import packages
from runtime.trial.player import play

SHIPPED = [each for each in map(read_package, packages()) if isinstance(each, Definition)]
WITH_COURSE = [(each, example) for each in SHIPPED for example in each.examples if example.course]


def permit() -> tuple[Definition, Example]:
    return next(each for each in WITH_COURSE if each[1].key == "course_supplement_after_tet")


def changed(place: int, **parts: Any) -> tuple[Finding, ...]:
    """What is said when one act of the permit's course is another."""
    definition, example = permit()
    course = list(example.course)
    course[place] = replace(course[place], **parts)
    told = replace(definition, examples=(replace(example, course=tuple(course)),))
    return try_courses(told, play, None)


def test_there_are_courses_of_two_procedures() -> None:
    assert len({definition.key for definition, _example in WITH_COURSE}) >= 2


@pytest.mark.parametrize("definition", SHIPPED, ids=lambda each: each.key)
def test_every_course_that_ships_goes_as_it_says(definition: Definition) -> None:
    assert try_courses(definition, play, None) == ()


def test_a_course_survives_its_stored_form() -> None:
    definition, example = permit()
    assert example in decode(encode(definition)).examples


def test_a_day_that_is_another_is_told_with_its_act() -> None:
    (found,) = changed(1, expect={"due_on": "2026-02-24"})
    assert found.code == "procedures.example.course_differs"
    assert message_of(found, "vi").text == (
        "Tình huống «Nộp giáp Tết, bổ sung muộn sau Tết», sau việc thứ 2 (tiếp nhận), khác mong đợi về hạn giải quyết: "
        "mong đợi 24/02/2026; thấy 25/02/2026"
    )


def test_a_sum_that_is_another_is_told_as_money() -> None:
    (found,) = changed(8, expect={"paid": [{"amount": 50000, "currency": "VND"}]})
    assert "mong đợi 50.000 đồng; thấy 75.000 đồng" in message_of(found, "vi").text
    assert "expected VND 50,000; found VND 75,000" in message_of(found, "en").text


def test_an_act_that_cannot_be_done_is_told_with_the_reason() -> None:
    (found,) = changed(2, reason="")
    assert found.code == "procedures.example.course_halted"
    assert "việc thứ 3 (Thẩm định hồ sơ, kiểm tra thực địa)" in message_of(found, "vi").text


def test_a_step_that_is_gone_is_told_by_its_key() -> None:
    (found,) = changed(2, step="look_again")
    assert found.code == "procedures.example.course_unknown_name"
    assert "look_again" in message_of(found, "vi").text
