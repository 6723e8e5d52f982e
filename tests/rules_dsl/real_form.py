"""The form as applicants meet it: pages posted one by one, judged, and put together again."""

from collections.abc import Mapping
from itertools import count
from typing import Any

from common.problems import Problem
from form_builder.answers import to_form
from form_builder.form import ROW_ID
from form_builder.judge import judge
from form_builder.pages import show, take
from form_builder.schema import read_form
from form_builder.visibility import prune


def post(schema: Mapping[str, Any], answers: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """Fills in every page with these answers and posts it; what the form then holds, and what it found wrong."""
    form = read_form(schema)
    kept: dict[str, Any] = {}
    problems: list[Problem] = []
    numbers = count(1)
    for page in form.pages:
        bound = show(form, page.key, answers, "vi")
        reply = take(form, page.key, to_form(bound), kept, "vi", new_id=lambda: f"r{next(numbers)}")
        kept = reply.answers
        problems += reply.problems
    return kept, problems


def accepts(schema: Mapping[str, Any], answers: Mapping[str, Any]) -> bool:
    """Whether the judge accepts the answers as they are, with nothing in them that is not asked."""
    return prune(schema, answers) == answers and judge(schema, answers) == ()


def without_row_ids(value: Any) -> Any:
    """The answers as a rule reads them: the form gives each row an id of its own."""
    match value:
        case Mapping():
            return {key: without_row_ids(each) for key, each in value.items() if key != ROW_ID}
        case list():
            return [without_row_ids(each) for each in value]
    return value
