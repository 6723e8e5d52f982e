"""Graphs made by chance, most of them with a mistake or more in them, as people make them."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from common.text import Text
from hunt.graphs import DONE, Drawn, structured
from procedure_library.definition import Ending, Step, StepKind, Transition

# As many steps as a brute-force run of the engine can take in its stride.
MOST = 13


def graphs(first: int = 0) -> Iterator[tuple[int, Drawn]]:
    """One graph after another, each with its number; nine of ten are bent."""
    number = first
    while True:
        drawn = structured(Random(number))
        if len(drawn.steps) <= MOST:
            yield number, bent(drawn, Random(number)) if number % 10 else drawn
        number += 1


def bent(drawn: Drawn, chance: Random) -> Drawn:
    """The graph with one to three mistakes in it."""
    for _ in range(chance.randint(1, 3)):
        drawn = chance.choice(BENDS)(drawn, chance)
    return drawn


def _led_astray(drawn: Drawn, chance: Random) -> Drawn:
    place = chance.randrange(1, len(drawn.transitions))
    target = chance.choice([step.key for step in drawn.steps if step.kind != "start"])
    ways = [*drawn.transitions]
    ways[place] = replace(ways[place], target=target)
    return Drawn(drawn.steps, tuple(ways), (*drawn.bent, "a transition led astray"))


def _left_out(drawn: Drawn, chance: Random) -> Drawn:
    gone = chance.choice(drawn.transitions).key
    ways = tuple(way for way in drawn.transitions if way.key != gone)
    return Drawn(drawn.steps, ways, (*drawn.bent, "a transition left out"))


def _join_for_branch(drawn: Drawn, chance: Random) -> Drawn:
    """Ways of which one is taken are joined; ways taken at once are merely brought together."""
    merging = [key for key, kind in _meeting(drawn) if kind in ("join", "branch")]
    if not merging:
        return _led_astray(drawn, chance)
    key = chance.choice(merging)
    is_join = any(step.key == key and step.kind == "join" for step in drawn.steps)
    steps = tuple(
        replace(s, kind="branch" if is_join else "join") if s.key == key else s for s in drawn.steps
    )
    ways = tuple(replace(t, default=is_join) if t.source == key else t for t in drawn.transitions)
    return Drawn(steps, ways, (*drawn.bent, "a join for a branch" if is_join else "a branch for a join"))


def _meeting(drawn: Drawn) -> Iterator[tuple[str, StepKind]]:
    for step in drawn.steps:
        leaving = [way for way in drawn.transitions if way.source == step.key]
        entering = [way for way in drawn.transitions if way.target == step.key]
        if len(leaving) == 1 and len(entering) > 1:
            yield step.key, step.kind


def _split_for_branch(drawn: Drawn, chance: Random) -> Drawn:
    """A choice is made a split: all its ways are taken."""
    choosing = [step.key for step in drawn.steps if step.kind == "branch" and step.choice]
    if not choosing:
        return _another_way(drawn, chance)
    key = chance.choice(choosing)
    steps = tuple(replace(s, kind="split", choice=None) if s.key == key else s for s in drawn.steps)
    ways = tuple(replace(t, when=None) if t.source == key else t for t in drawn.transitions)
    return Drawn(steps, ways, (*drawn.bent, "a split for a branch"))


def _another_way(drawn: Drawn, chance: Random) -> Drawn:
    """A split gets a further way, to anywhere."""
    splits = [step.key for step in drawn.steps if step.kind == "split"]
    if not splits:
        return _led_astray(drawn, chance)
    target = chance.choice([step.key for step in drawn.steps if step.kind != "start"])
    way = Transition(f"more{len(drawn.transitions)}", chance.choice(splits), target)
    return Drawn(drawn.steps, (*drawn.transitions, way), (*drawn.bent, "a further way out of a split"))


def _early_end(drawn: Drawn, chance: Random) -> Drawn:
    """Something that led on leads to an end of its own."""
    place = chance.randrange(1, len(drawn.transitions))
    ending: Ending = chance.choice(("granted", "stopped"))
    end = Step(f"end{len(drawn.steps)}", "end", Text("end", "end"), ending=ending)
    ways = [*drawn.transitions]
    ways[place] = replace(ways[place], target=end.key)
    return Drawn((*drawn.steps, end), tuple(ways), (*drawn.bent, "an end of its own"))


def _spare_default(drawn: Drawn, chance: Random) -> Drawn:
    """A branch that knows every value gets a default besides, over a task of its own."""
    branches = [step.key for step in drawn.steps if step.kind == "branch"]
    full = [t for t in drawn.transitions if t.source in branches and t.when]
    if not full:
        return _led_astray(drawn, chance)
    way = chance.choice(full)
    task = Step(f"spare{len(drawn.steps)}", "task", Text("spare"), role="case_officer", outcomes=(DONE,))
    number = len(drawn.transitions)
    ways = (
        Transition(f"spare{number}", way.source, task.key, default=True),
        Transition(f"spare{number + 1}", task.key, way.target),
    )
    return Drawn((*drawn.steps, task), (*drawn.transitions, *ways), (*drawn.bent, "a default too many"))


BENDS = (
    _led_astray,
    _left_out,
    _join_for_branch,
    _split_for_branch,
    _another_way,
    _early_end,
    _spare_default,
)
