"""The judge of answers: JSON Schema 2020-12 with formats. Nothing else decides whether answers are right.

Where a schema keeps to the keywords in which both agree (a property test draws schemas and answers at random), a
faster validator speaks for the judge.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from common.problems import Problem
from form_builder import validators
from form_builder.faults import Fault, problems_of, rank
from form_builder.form import Form
from form_builder.schema import Source, read_form
from form_builder.swift import swift_validator


def judge(source: Source, answers: Mapping[str, Any]) -> tuple[Problem, ...]:
    """What is wrong with the answers, in the order of the form; empty exactly when the schema accepts them.

    One problem a place: the first by `faults.rank`. Prune the answers first: what is not asked is not judged.
    """
    form = read_form(source)
    swift = swift_validator(form.text, form.places)
    found = swift.faults(answers) if swift else None
    if found is None:
        found = list(validators.faults(form.text, answers, form.places))
    return problems(form, found) if found else ()


def problems(form: Form, faults: Iterable[Fault]) -> tuple[Problem, ...]:
    """The faults in words of the form, one a place."""
    first: dict[str, Problem] = {}
    for fault in sorted(faults, key=rank):
        for problem in problems_of(form, fault):
            first.setdefault(problem.where, problem)
    return in_order(form, first.values())


def in_order(form: Form, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems in the order in which the form asks."""
    return tuple(sorted(problems, key=lambda each: (form.place(each.where), each.where)))
