"""A procedure that calls another, and goes on with how it ended."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from common.text import Text
from procedure_library.definition import Definition, Duration, Step, Transition
from procedure_library.linking import Call, Interface, Passing
from tests.procedure_library.samples import DECIDED, step, task, to
from tests.runtime.small import small

CALLED = "residence"
CALL = Call(CALLED, "ordinary", "police", passes=(Passing("person", "person"),))
OFFERED = Interface(("ordinary",), ("person",), (), ("person.copies",))
WAYS = {
    "failure": Transition("residence_failed", "residence", "by_hand", on="failure"),
    "overdue": Transition("residence_late", "residence", "weigh", on="overdue"),
    "withdrawn": Transition("residence_withdrawn", "residence", "weigh", on="withdrawn"),
}


def calling(drawn: Collection[str] = (), **attributes: Any) -> Definition:
    """started → residence (2 working days) → sign when granted, else weigh; by hand when it cannot be opened."""
    call = step("residence", "call", **{"call": CALL, "budget": Duration(2, "working_day"), **attributes})
    return around(call, tuple(WAYS[each] for each in ("failure", *drawn)))


def around(call: Step, ways: tuple[Transition, ...]) -> Definition:
    steps = (
        step("started", "start"),
        call,
        step("ended", "branch"),
        step("sign", "task", role="approver", outcomes=DECIDED),
        step("weigh", "task", role="leader", outcomes=DECIDED),
        task("by_hand"),
        step("signed", "branch"),
        step("granted", "end", ending="granted"),
        step("refused", "end", ending="refused"),
    )
    transitions = (
        to("started", "residence"),
        to("residence", "ended"),
        to("ended", "sign", "granted"),
        to("ended", "weigh", default=True),
        to("by_hand", "sign"),
        to("sign", "signed"),
        to("weigh", "signed"),
        to("signed", "granted", "granted"),
        to("signed", "refused", "refused"),
    )
    return small(steps=steps, transitions=(*transitions, *ways))


def callable_small(**changes: Any) -> Definition:
    """The small procedure under another name, which others may call."""
    body = {
        "key": CALLED,
        "code": "9.000002",
        "name": Text("Đăng ký thường trú", "Permanent residence"),
        "interface": OFFERED,
        **changes,
    }
    return replace(small(), **body)
