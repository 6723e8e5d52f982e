"""Small graphs made by chance: blocks within blocks, sound as they are made.

The same number makes the same graph. No two branches read the same rule: whoever decides may decide each alone.
"""

from dataclasses import dataclass, field
from itertools import pairwise
from random import Random

from common.text import Text
from procedure_library.definition import Ask, Duration, Outcome, Step, StepKind, Transition

CHOICES = ("way1", "way2", "way3")
CONDITIONS = ("given1", "given2")
VALUES = ("left", "right")
DONE = Outcome("done", Text("done", "done"))
DEPTH = 2


@dataclass(frozen=True, slots=True)
class Drawn:
    """A graph, and what was done to it: "" where nothing was."""

    steps: tuple[Step, ...]
    transitions: tuple[Transition, ...]
    bent: tuple[str, ...] = ()


@dataclass(slots=True)
class _Pen:
    """What is drawn so far, and which rules are still free."""

    chance: Random
    steps: list[Step] = field(default_factory=list)
    ways: list[Transition] = field(default_factory=list)
    choices: list[str] = field(default_factory=lambda: [*CHOICES])
    conditions: list[str] = field(default_factory=lambda: [*CONDITIONS])

    def step(self, kind: StepKind, **said: object) -> str:
        key = f"{kind}{len(self.steps)}"
        self.steps.append(Step(key, kind, Text(key, key), **said))  # type: ignore[arg-type]
        return key

    def task(self, *outcomes: str, **said: object) -> str:
        named = tuple(Outcome(key, Text(key, key)) for key in outcomes or ("done",))
        return self.step("task", role="case_officer", outcomes=named, **said)

    def way(self, source: str, target: str, **said: object) -> None:
        self.ways.append(Transition(f"t{len(self.ways)}", source, target, **said))  # type: ignore[arg-type]


# A block has one way in and one way out: the keys of its first and last step.
_Block = tuple[str, str]


def structured(chance: Random) -> Drawn:
    """Sound by the way it is made."""
    pen = _Pen(chance)
    start = pen.step("start")
    first, last = _block(pen, DEPTH)
    pen.way(start, first)
    pen.way(last, pen.step("end", ending="granted"))
    return Drawn(tuple(pen.steps), tuple(pen.ways))


def _block(pen: _Pen, depth: int) -> _Block:
    if depth == DEPTH or (depth and pen.chance.random() < 0.6):
        return pen.chance.choice(DEEP)(pen, depth - 1)
    return pen.chance.choice(FLAT)(pen)


def _work(pen: _Pen) -> _Block:
    key = pen.task()
    return key, key


def _message(pen: _Pen) -> _Block:
    key = pen.step("message", message=f"m{len(pen.steps)}")
    return key, key


def _moment(pen: _Pen) -> _Block:
    key = pen.step("moment", budget=Duration(1, "calendar_day"))
    return key, key


def _payment(pen: _Pen) -> _Block:
    key = pen.step("payment", collects=("fee",))
    return key, key


def _asked(pen: _Pen) -> _Block:
    asks = tuple(Ask(key, Text(key), "case_officer") for key in ("one", "two"))
    silence = pen.chance.choice(("consent", None))
    key = pen.step("consultation", asks=asks, silence=silence, budget=Duration(1, "working_day"))
    return key, key


def _automatic(pen: _Pen) -> _Block:
    ask, by_hand = pen.step("automatic", connector="tax", attempts=1), pen.task()
    after = pen.task()
    pen.way(ask, after)
    pen.way(ask, by_hand, on="failure")
    pen.way(by_hand, after)
    return ask, after


def _sequence(pen: _Pen, depth: int) -> _Block:
    parts = [_block(pen, depth) for _ in range(pen.chance.randint(2, 3))]
    for (_, before), (after, _) in pairwise(parts):
        pen.way(before, after)
    return parts[0][0], parts[-1][1]


def _together(pen: _Pen, parts: list[_Block]) -> str:
    """The step that brings alternative ways together."""
    done = pen.step("branch")
    for _, last in parts:
        pen.way(last, done)
    return done


def _either(pen: _Pen, depth: int) -> _Block:
    work, branch = pen.task(*VALUES), pen.step("branch")
    pen.way(work, branch)
    parts = [_block(pen, depth) for _ in VALUES]
    for value, (first, _) in zip(VALUES, parts, strict=True):
        pen.way(branch, first, when=value)
    return work, _onward(pen, _together(pen, parts))


def _chosen(pen: _Pen, depth: int) -> _Block:
    if not pen.choices:
        return _either(pen, depth)
    branch = pen.step("branch", choice=pen.choices.pop())
    parts = [_block(pen, depth) for _ in VALUES]
    for value, (first, _) in zip(VALUES, parts, strict=True):
        pen.way(branch, first, when=value)
    return branch, _onward(pen, _together(pen, parts))


def _onward(pen: _Pen, together: str) -> str:
    """What follows alternatives brought together: a merging branch is left by its default alone."""
    after = pen.task()
    pen.way(together, after, default=True)
    return after


def _both(pen: _Pen, depth: int) -> _Block:
    split, parts = pen.step("split"), [_block(pen, depth) for _ in VALUES]
    join = pen.step("join")
    for first, last in parts:
        pen.way(split, first)
        pen.way(last, join)
    return split, join


def _some(pen: _Pen, depth: int) -> _Block:
    if not pen.conditions:
        return _both(pen, depth)
    condition, split = pen.conditions.pop(), pen.step("inclusive")
    parts = [_block(pen, depth) for _ in VALUES]
    join = pen.step("join")
    pen.way(split, parts[0][0], when=condition)
    pen.way(split, parts[1][0], default=True)
    for _, last in parts:
        pen.way(last, join)
    return split, join


def _asked_again(pen: _Pen, depth: int) -> _Block:
    first, last = _block(pen, depth)
    check, checked = pen.task("good", "again"), pen.step("branch")
    wait, after = pen.step("supplement"), pen.task()
    pen.way(last, check)
    pen.way(check, checked)
    pen.way(checked, after, when="good")
    pen.way(checked, wait, when="again")
    pen.way(wait, check)
    return first, after


def _interrupted(pen: _Pen, depth: int) -> _Block:
    work, (first, last), after = pen.task(budget=Duration(1, "working_day")), _block(pen, depth), pen.task()
    pen.way(work, after)
    pen.way(work, first, on=pen.chance.choice(("overdue", "withdrawn")))
    pen.way(last, after)
    return work, after


FLAT = (_work, _work, _work, _message, _moment, _payment, _asked, _automatic)
DEEP = (_sequence, _sequence, _either, _both, _both, _some, _chosen, _asked_again, _interrupted)
