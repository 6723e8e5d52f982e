"""A procedure of sixty steps: five blocks of twelve, each a check with its supplement and three ways at once."""

from dataclasses import dataclass, field, replace

from common.text import Text
from procedure_library.definition import Definition, Outcome, Step, Transition

BLOCKS = 5
WAYS = ("a", "b", "c")


@dataclass(slots=True)
class _Pen:
    steps: list[Step] = field(default_factory=list)
    ways: list[Transition] = field(default_factory=list)

    def step(self, key: str, kind: str, *outcomes: str) -> str:
        named = tuple(Outcome(outcome, Text(outcome)) for outcome in outcomes)
        role = "case_officer" if kind == "task" else ""
        self.steps.append(Step(key, kind, Text(key), role=role, outcomes=named))  # type: ignore[arg-type]
        return key

    def way(self, source: str, target: str, when: str | None = None) -> None:
        self.ways.append(Transition(f"t{len(self.ways)}", source, target, when))


def sixty_steps(around: Definition, *, joined: bool = True) -> Definition:
    """The steps in that procedure; not `joined`: the last three ways come to one step each for itself."""
    pen = _Pen()
    last = pen.step("started", "start")
    for number in range(BLOCKS):
        last = _block(pen, last, number, joined=joined or number < BLOCKS - 1)
    pen.steps.append(Step("granted", "end", Text("granted"), ending="granted"))
    pen.way(last, "granted")
    return replace(around, steps=tuple(pen.steps), transitions=tuple(pen.ways))


def _block(pen: _Pen, last: str, number: int, *, joined: bool) -> str:
    check, checked = (
        pen.step(f"check{number}", "task", "fit", "again"),
        pen.step(f"checked{number}", "branch"),
    )
    wait, fork = pen.step(f"wait{number}", "supplement"), pen.step(f"fork{number}", "split")
    join, sign = pen.step(f"join{number}", "join"), pen.step(f"sign{number}", "task", "done")
    pen.way(last, check)
    pen.way(check, checked)
    pen.way(checked, fork, "fit")
    pen.way(checked, wait, "again")
    pen.way(wait, check)
    for name in WAYS:
        first = pen.step(f"{name}{number}", "task", "done")
        second = pen.step(f"{name}{number}_seen", "task", "done")
        pen.way(fork, first)
        pen.way(first, second)
        pen.way(second, join if joined else sign)
    pen.way(join, sign)
    return sign
