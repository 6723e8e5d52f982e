"""Whose work a step is, as lanes of a drawing: a role in an area, or whoever a kind of step stands for.

A lane is never stored: it is what the step itself says. Branches, splits, joins, moments and ends are nobody's work;
they lie in the lane that leads to them. The start is reception's.
"""

from collections.abc import Iterable, Mapping

from procedure_library.definition import Step, StepKind, Transition

# Kinds that are somebody's by themselves; a task is its role's.
OF_KIND: Mapping[StepKind, str] = {
    "start": "reception.receiving",
    "supplement": "applicant",
    "payment": "applicant",
    "consultation": "consulted",
    "message": "elsewhere",
    "call": "elsewhere",
    "automatic": "machine",
}
# A task whose worker a rule names, and one that nobody has been chosen for.
BY_RULE, OPEN = "by_rule", "open"
ABOVE, BELOW = ("applicant",), (BY_RULE, OPEN, "consulted", "elsewhere", "machine")


def own_lane(step: Step) -> str | None:
    """The lane that the step names by what it is: "case_officer.solving"; None: it is nobody's work."""
    if step.kind != "task":
        return OF_KIND.get(step.kind)
    if step.assign:
        return BY_RULE
    return f"{step.role}.{step.area}" if step.role else OPEN


def lanes(steps: Iterable[Step], transitions: Iterable[Transition]) -> dict[str, str]:
    """The lane of every step, in the order in which lanes lie below each other: the applicant on top, then who
    receives and who solves in the order of the steps, then everybody else."""
    steps = tuple(steps)
    found = {step.key: lane for step in steps if (lane := own_lane(step))}
    known = _led(steps, tuple(transitions), found)
    order = sorted(dict.fromkeys(known.values()), key=_rank)
    return {key: lane for each in order for key, lane in known.items() if lane == each}


def _led(steps: tuple[Step, ...], flows: tuple[Transition, ...], found: dict[str, str]) -> dict[str, str]:
    """Steps without a lane of their own take that of a step that leads to them, else of one that they lead to."""
    known = dict(found)
    ways = [(flow.source, flow.target) for flow in flows]
    for onward in (ways, [(target, source) for source, target in ways]):
        for _ in steps:
            led = {to: known[come] for come, to in reversed(onward) if come in known and to not in known}
            if not led:
                break
            known |= led
    return {step.key: known.get(step.key, OPEN) for step in steps}


def _rank(lane: str) -> tuple[int, int]:
    if lane in ABOVE:
        return (0, 0)
    if lane in BELOW:
        return (3, BELOW.index(lane))
    return (1 if lane.endswith(".receiving") else 2, 0)
