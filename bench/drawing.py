"""A procedure of two hundred steps: real form, rules and letters, and a long way through offices."""

from collections.abc import Iterator
from dataclasses import replace

from common.text import Text
from procedure_library.definition import Definition, Outcome, Step, Transition
from procedure_library.layout import drawn
from procedure_library.package import read_package
from procedure_library.ready_made import packages

STEPS = 200
KEY = "two_hundred_steps"
MODEL = "dang_ky_khai_sinh"
ROLES = ("case_officer", "leader", "approver", "reception")


def two_hundred_steps() -> Definition:
    """The model with links before its first task: work, a branch, a supplement that leads back."""
    model = read_package(next(each for each in packages() if each.name == MODEL))
    assert isinstance(model, Definition)
    (begun,) = [way for way in model.transitions if way.source == _start(model)]
    many = (STEPS - len(model.steps)) // 3
    links = [_link(number) for number in range(many)]
    ends = [f"work_{number}" for number in range(1, many)] + [begun.target]
    steps = (*model.steps, *(step for link in links for step in link))
    ways = (
        *(way for way in model.transitions if way is not begun),
        replace(begun, target="work_0"),
        *(way for number, end in enumerate(ends) for way in _ways(number, end)),
    )
    drawing = drawn(steps, ways, by_lanes=True)
    return replace(model, key=KEY, steps=steps, transitions=ways, drawing=drawing, examples=())


def _start(model: Definition) -> str:
    return next(step.key for step in model.steps if step.kind == "start")


def _link(number: int) -> tuple[Step, ...]:
    called = Text(f"Kiểm tra lần {number + 1}", f"Check {number + 1}")
    outcomes = (
        Outcome("fit", Text("Đủ", "Fit")),
        Outcome("incomplete", Text("Thiếu", "Incomplete"), needs_reason=True),
    )
    return (
        Step(f"work_{number}", "task", called, role=ROLES[number % len(ROLES)], outcomes=outcomes),
        Step(f"worked_{number}", "branch", Text(f"Kết quả lần {number + 1}", f"Result {number + 1}")),
        Step(
            f"wait_{number}", "supplement", Text(f"Chờ bổ sung lần {number + 1}", f"Supplement {number + 1}")
        ),
    )


def _ways(number: int, end: str) -> Iterator[Transition]:
    work, branch, wait = f"work_{number}", f"worked_{number}", f"wait_{number}"
    yield Transition(f"{work}_to_{branch}", work, branch)
    yield Transition(f"{branch}_to_{end}", branch, end, "fit")
    yield Transition(f"{branch}_to_{wait}", branch, wait, "incomplete")
    yield Transition(f"{wait}_to_{work}", wait, work)
