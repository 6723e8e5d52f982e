"""The steps of a procedure as rows to read: who does what, and where each way of completing it leads."""

from collections.abc import Iterator
from dataclasses import dataclass

from common.text import Text
from procedure_library.definition import Definition, Step, Transition


@dataclass(frozen=True, slots=True)
class Move:
    """A way out of a step. `label` None: there is only this way. `value` stands for a choice without words."""

    target: Step
    label: Text | None = None
    value: str = ""
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
    labels = {outcome.key: outcome.label for step in definition.steps for outcome in step.outcomes}
    titles = page_titles(definition)
    return tuple(
        StepRow(
            step,
            tuple(_moves(definition.transitions, step, steps, labels)),
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
            value = transition.when or ""
            yield Move(steps[transition.target], labels.get(value), value, transition.default)
