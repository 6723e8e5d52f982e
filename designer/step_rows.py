"""The steps of a procedure as rows to read: who does what, and where each way of completing it leads."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from common.text import Text
from designer.offers import questions_by_step, words_of_choices
from form_builder.parts import FILLS, SHOWS
from procedure_library.compiled import read_rules
from procedure_library.definition import CASE_TYPE, Definition, Step, Transition
from procedure_library.seeing import letters_at
from procedure_library.spoken_ways import outcomes_before


@dataclass(frozen=True, slots=True)
class Move:
    """A way out of a step. `label` None: there is only this way. `on`: what interrupts it, "" when nothing does."""

    target: Step
    label: Text | None = None
    otherwise: bool = False
    on: str = ""


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step, the ways out of it, the titles of the form pages and single questions that it shows and fills, and the
    names of the letters it prints."""

    step: Step
    moves: tuple[Move, ...]
    shows: tuple[Text, ...]
    fills: tuple[Text, ...]
    letters: tuple[Text, ...] = ()


def step_rows(definition: Definition) -> tuple[StepRow, ...]:
    """The steps in the order of the definition."""
    steps = {step.key: step for step in definition.steps}
    outcomes = outcomes_before(definition.steps, definition.transitions)
    kinds = {kind.key: kind.name for kind in definition.case_types}
    values = {**words_of_choices(definition.rules, definition.form), CASE_TYPE: kinds}
    titles_of = {rule.name: rule.title for rule in read_rules(definition.rules).rules.rules if rule.name}
    letters = {letter.key: letter.name for letter in definition.letters}
    titles, named = page_titles(definition), questions_by_step(definition.form)
    return tuple(
        StepRow(
            step,
            tuple(
                _moves(
                    definition.transitions,
                    step,
                    steps,
                    {**titles_of, **outcomes.get(step.key, {}), **values.get(step.choice or "", {})},
                )
            ),
            (*_titles(titles, step.shows), *_questions(named.get(step.key, ()), SHOWS)),
            (*_titles(titles, step.fills), *_questions(named.get(step.key, ()), FILLS)),
            tuple(_titles(letters, letters_at(step))),
        )
        for step in definition.steps
    )


def _titles(titles: Mapping[str, Text], pages: Iterable[str]) -> Iterator[Text]:
    yield from (titles[page] for page in pages if page in titles)


def _questions(named: Iterable[tuple[str, str, Text]], wanted: str) -> Iterator[Text]:
    yield from (title for _key, verb, title in named if verb == wanted)


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
            yield Move(steps[transition.target], label, transition.default, transition.on or "")
