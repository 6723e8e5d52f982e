"""A trial is no other engine: the same acts with a dossier in the database lead to the same state."""

from random import Random
from typing import Any

import pytest

from config import Settings
from procedure_library.definition import Definition
from procedure_library.playing import Supposed
from procedure_library.ready_made import national_calendar
from runtime.engine.plain import to_plain
from runtime.engine.state import State
from runtime.trial.player import table_of
from tests.runtime.town import Town
from tests.runtime.trial.really import Desk
from tests.runtime.trial.wandering import Wanderer, begins_at, catalogue, supposed, usual_example

# Which rows they are, and whose account it was, only a database knows.
OF_ROWS = {"version", "settings", "reduced_this_year", "done", "decision", "tasks", "told", "places"}
DEFINITIONS = [each for each in catalogue() if each.stands_alone]
KINDS = [
    (each, kind.key) for each in DEFINITIONS for kind in each.case_types if usual_example(each, kind.key)
]


def essence(state: State) -> dict[str, Any]:
    """What the two must have in common: all but the numbers of rows."""
    body = {name: part for name, part in to_plain(state).items() if name not in OF_ROWS}
    tasks = [
        (task.number, task.kind, task.step, task.role, task.opened_at, task.due_at) for task in state.tasks
    ]
    decided = state.decision and (state.decision.outcome, state.decision.ending, state.decision.at)
    return {
        **body,
        "tasks": tasks,
        "done": {act: done.at for act, done in state.done.items()},
        "decided": decided,
    }


@pytest.mark.parametrize(("definition", "kind"), KINDS, ids=lambda each: getattr(each, "key", each))
def test_the_same_acts_lead_to_the_same_state(
    town: Town, settings: Settings, definition: Definition, kind: str
) -> None:
    given: Supposed = supposed(definition, kind, "counter", national_calendar().calendar)
    given = Supposed(
        given.case_type, given.channel, given.calendar, given.parameters, town.units["tan_an"].area_code
    )
    done, at = 0, begins_at(definition, kind)
    for seed in range(2):
        wanderer = Wanderer(definition, given, at, Random(seed))
        for _ in range(14):
            wanderer.step()
        table = table_of(wanderer.compiled, given, wanderer.acts, at=at)
        desk = Desk(town, settings, definition.key, given)
        papers = table.records[0].papers if table.records else ()
        for act in wanderer.acts:
            desk.do(act, papers)
        if desk.dossier is not None:
            assert essence(desk.state) == essence(table.state), wanderer.acts
            done += len(wanderer.acts)
    assert done > 10


@pytest.mark.parametrize("definition", catalogue(), ids=lambda each: each.key)
def test_any_legal_acts_are_played_or_refused_in_words(definition: Definition) -> None:
    calendar = national_calendar().calendar
    for seed, kind in enumerate(definition.case_types):
        rng = Random(seed)
        given = supposed(definition, kind.key, rng.choice(definition.channels), calendar)
        if usual_example(definition, kind.key) is None:
            continue
        at = begins_at(definition, kind.key)
        wanderer = Wanderer(definition, given, at, rng)
        for _ in range(20):
            wanderer.step()
        assert wanderer.played.halted is None
        assert len(wanderer.acts) > 3
