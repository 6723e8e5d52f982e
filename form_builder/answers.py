"""From a bound page to answers and back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from common.problems import Problem
from form_builder.blocks import Group, Row, Rows
from form_builder.faults import problem
from form_builder.files import Files
from form_builder.form import ROW_ID
from form_builder.inputs import Input, Question
from form_builder.posted import Posted
from form_builder.wtform import PageForm


@dataclass(frozen=True, slots=True)
class Reading:
    """What a post says: answers that could be read, and a problem for each text that could not."""

    answers: dict[str, Any]
    problems: tuple[Problem, ...]


def from_form(page: PageForm) -> Reading:
    """The answers on a bound page.

    What was left empty has no key. A group that must be answered is there even when empty, so that the judge
    names what is missing inside it; one that need not be is there once something in it is answered.
    """
    problems = tuple(
        problem(page.form, each.unreadable.code, each.name, **each.unreadable.parameters)
        for each in page.every
        if isinstance(each, Input) and each.unreadable
    )
    return Reading(_answers(page), problems)


def _answers(questions: Iterable[Question]) -> dict[str, Any]:
    read = ((question, _answer(question)) for question in questions)
    return {question.field.key: answer for question, answer in read if answer is not None}


def _answer(question: Question) -> Any:
    if isinstance(question, Rows):
        return [_row(row) for row in question.rows[: question.given]] or None
    if isinstance(question, Group):
        inner = _answers(question.inside())
        return inner if question.field.required or _says_something(inner) else None
    return question.data


def _says_something(answer: Any) -> bool:
    """Whether anything in it was answered; what must be there, be it empty, is no answer yet."""
    if isinstance(answer, Mapping):
        return any(map(_says_something, answer.values()))
    if isinstance(answer, list):
        return any(_says_something(_without_id(each)) for each in answer)
    return True


def _without_id(row: Any) -> Any:
    return {key: said for key, said in row.items() if key != ROW_ID} if isinstance(row, Mapping) else row


def _row(row: Row) -> dict[str, Any]:
    return {**({ROW_ID: row.row_id} if row.row_id else {}), **_answers(row)}


def to_form(page: PageForm) -> Posted:
    """What a browser posts when the page is sent as it stands."""
    posted = Posted()
    for question in page.every:
        if isinstance(question, Rows):
            posted.update({f"{row.name}.{ROW_ID}": [row.row_id] for row in question.rows[: question.given]})
        elif isinstance(question, Files):
            posted.update({question.name: list(question.typed)} if question.typed else {})
        elif isinstance(question, Input):
            posted.update(_posted(question))
    return posted


def _posted(question: Input) -> Mapping[str, list[str]]:
    if len(question.kind.parts) > 1:
        return {name: [text] for name, text in question.parts}
    return {question.name: list(question.typed)} if question.typed else {}


def without(answers: Any, places: Iterable[str]) -> Any:
    """The answers without those at the places ("documents.0.pages"): what is wrong there says nothing."""
    left = answers
    for place in places:
        left = _without(left, place.split("."))
    return left


def _without(answers: Any, path: list[str]) -> Any:
    key, *rest = path
    if isinstance(answers, Mapping) and key in answers:
        others = {each: answer for each, answer in answers.items() if each != key}
        return {**answers, key: _without(answers[key], rest)} if rest else others
    if isinstance(answers, list) and key.isdecimal() and int(key) < len(answers) and rest:
        number = int(key)
        return [*answers[:number], _without(answers[number], rest), *answers[number + 1 :]]
    return answers


def merge(
    answers: Mapping[str, Any], page_answers: Mapping[str, Any], asked: Iterable[str]
) -> dict[str, Any]:
    """All answers with those of one page in place. `asked` are its keys: what was emptied there goes."""
    gone = set(asked)
    return {**{key: value for key, value in answers.items() if key not in gone}, **page_answers}
