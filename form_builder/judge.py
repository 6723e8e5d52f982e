"""The judge of answers: JSON Schema 2020-12 with formats. Nothing else decides whether answers are right."""

from collections.abc import Mapping
from typing import Any

from common.problems import Problem
from form_builder.faults import problems_of
from form_builder.form import Form
from form_builder.schema import Source, read_form
from form_builder.validators import validator_of


def judge(source: Source, answers: Mapping[str, Any]) -> tuple[Problem, ...]:
    """What is wrong with the answers, in the order of the form; empty exactly when the schema accepts them.

    One problem a place: the first that was found. Prune the answers first: what is not asked is not judged.
    """
    form = read_form(source)
    found: dict[str, Problem] = {}
    for error in validator_of(form.text).iter_errors(answers):
        for problem in problems_of(form, error):
            found.setdefault(problem.where, problem)
    return in_order(form, found.values())


def in_order(form: Form, problems: Any) -> tuple[Problem, ...]:
    """The problems in the order in which the form asks."""
    return tuple(sorted(problems, key=lambda each: form.place(each.where)))
