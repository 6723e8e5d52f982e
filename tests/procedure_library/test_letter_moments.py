"""A letter reads what is answered when it is printed: at its task, or when it is the result, at the decision."""

from dataclasses import replace

import pytest

from procedure_library.definition import Definition, Ending
from tests.procedure_library.samples import task, to
from tests.procedure_library.step_faults import noting
from tests.procedure_library.test_checks import found_by


def result(note: str, ending: Ending) -> Definition:
    """The record is what a decision of that kind prints, and no task."""
    noted = noting(note)
    steps = tuple(replace(step, prints=()) for step in noted.steps)
    return replace(noted, steps=steps, letters=(replace(noted.letters[0], ending=ending),))


def registered_after() -> Definition:
    """The note is taken behind the decision, on the way to the end."""
    decided = result("sign", "granted")
    steps = (*(replace(step, fills=()) for step in decided.steps), task("register", fills=("note",)))
    moved = (
        replace(t, target="register") if t.key == "signed_granted_granted" else t for t in decided.transitions
    )
    return replace(decided, steps=steps, transitions=(*moved, to("register", "granted")))


@pytest.mark.parametrize(
    ("procedure", "step"),
    [
        (noting("examine"), None),
        (noting("sign"), "Bước examine"),
        (result("examine", "granted"), None),
        (result("sign", "granted"), None),
        (registered_after(), "Bước sign"),
        (replace(noting("sign"), steps=result("sign", "granted").steps), None),
    ],
)
def test_a_question_answered_after_the_letter_is_printed_is_told(
    procedure: Definition, step: str | None
) -> None:
    assert [f.parameters["name"] for f in found_by("letter_moments", procedure)] == ([step] if step else [])
