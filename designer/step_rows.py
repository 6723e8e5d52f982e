"""The steps of a procedure as rows to read: who does what, and where each way of completing it leads."""

from collections.abc import Iterator
from dataclasses import dataclass

from common.text import Text
from designer.offers import words_of_choices
from procedure_library.definition import Definition, Step, Transition


@dataclass(frozen=True, slots=True)
class Move:
    """A way out of a step. `label` None: there is only this way."""

    target: Step
    label: Text | None = None
    otherwise: bool = False


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step, the ways out of it, and the titles of the form pages that it shows and fills."""

    step: Step
    moves: tuple[Move, ...]
    shows: tuple[Text, ...]
    fills: tuple[Text, ...]


def step_rows(definition: Definition) -> tuple[StepRow, ...]:
    """The steps in the order of the definition."""
    steps = {step.key: step for step in definition.steps}
    outcomes = {outcome.key: outcome.label for step in definition.steps for outcome in step.outcomes}
    values = words_of_choices(definition.rules, definition.form)
    titles = page_titles(definition)
    return tuple(
        StepRow(
            step,
            tuple(
                _moves(definition.transitions, step, steps, {**outcomes, **values.get(step.choice or "", {})})
            ),
            tuple(titles[page] for page in step.shows if page in titles),
            tuple(titles[page] for page in step.fills if page in titles),
        )
        for step in definition.steps
    )


def page_titles(definition: Definition) -> dict[str, Text]:
    """Key of each form page → its title."""
    pages = definition.form.get("x-motcua-pages", ())
    return {page["key"]: Text.from_json(page.get("title", page["key"])) for page in pages}


def _moves(
    transitions: tuple[Transition, ...], step: Step, steps: dict[str, Step], labels: dict[str, Text]
) -> Iterator[Move]:
    for transition in transitions:
        if transition.source == step.key and transition.target in steps:
            label = labels.get(transition.when, Text(transition.when)) if transition.when else None
            yield Move(steps[transition.target], label, transition.default)
