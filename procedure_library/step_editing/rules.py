"""What may be joined to what: the rules of the canvas (static/src/canvas/rules.js, kinds.js), for whoever edits
without one. What is merely unwise is not refused here: the checks tell it.
"""

from typing import get_args

from common.problems import Refusal
from procedure_library.bpmn import Steps
from procedure_library.checks.boundaries import CAN_FAIL, INTERRUPTED
from procedure_library.definition import Boundary, Step, Transition

# Kinds whose ways out have values, and a default.
CHOOSING = ("branch", "inclusive")


def interruptions_of(steps: Steps, step: Step) -> tuple[Boundary, ...]:
    """The interruptions that the step could have a way on, and has none yet."""
    taken = {way.on for way in steps.transitions if way.source == step.key}
    return tuple(on for on in get_args(Boundary) if on not in taken and _may_happen(step, on))


def may_join(steps: Steps, way: Transition) -> Refusal | None:
    """Whether a transition may lead from its source to its target, beside all others; None: it may."""
    known = {step.key: step for step in steps.steps}
    if way.source not in known or way.target not in known:
        return Refusal("steps.gone")
    source, target = known[way.source], known[way.target]
    if source.kind == "end":
        return Refusal("steps.out_of_an_end")
    if target.kind == "start":
        return Refusal("steps.into_the_start")
    others = tuple(other for other in steps.transitions if other.source == source.key and other != way)
    return _interrupts(source, way, others) if way.on else _goes_on(source, way, others)


def _may_happen(step: Step, on: str) -> bool:
    if on not in get_args(Boundary):
        return False
    if on == "failure":
        return step.kind in CAN_FAIL
    return step.kind in INTERRUPTED and not (on == "overdue" and step.kind == "automatic")


def _interrupts(source: Step, way: Transition, others: tuple[Transition, ...]) -> Refusal | None:
    if way.on is None or not _may_happen(source, way.on):
        return Refusal("steps.is_not_interrupted")
    return Refusal("steps.interrupted_once") if any(other.on == way.on for other in others) else None


def _goes_on(source: Step, way: Transition, others: tuple[Transition, ...]) -> Refusal | None:
    if way.source == way.target:
        return Refusal("steps.to_itself")
    twice = any(other.target == way.target and other.on is None for other in others)
    return Refusal("steps.joined_already") if twice and source.kind != "branch" else None
