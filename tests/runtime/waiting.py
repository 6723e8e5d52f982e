"""Procedures that wait for somebody outside the office before they go on."""

from dataclasses import replace
from typing import Any

from procedure_library.definition import Definition, Duration, Step, Transition
from tests.procedure_library.samples import DECIDED, step, task, to
from tests.runtime.small import small


def waiting_at(waits: Step, **changes: Any) -> Definition:
    """started → the step that waits → sign → end."""
    steps = (
        step("started", "start"),
        waits,
        step("sign", "task", role="approver", outcomes=DECIDED),
        step("signed", "branch"),
        step("granted", "end", ending="granted"),
        step("refused", "end", ending="refused"),
    )
    ways = (
        to("started", waits.key),
        to(waits.key, "sign"),
        to("sign", "signed"),
        to("signed", "granted", "granted"),
        to("signed", "refused", "refused"),
    )
    return small(steps=steps, transitions=ways, **changes)


def paying(**changes: Any) -> Definition:
    return waiting_at(step("fee", "payment", collects=("copies",)), **changes)


def hearing() -> Definition:
    return waiting_at(step("tax", "message", message="tax_paid"))


def automatic(**attributes: Any) -> Definition:
    """The register is asked three times before a leader asks it by hand."""
    asks = step("ask", "automatic", **{"connector": "register", "shows": ("person",), **attributes})
    sound = waiting_at(asks)
    by_hand = task("by_hand", role="leader")
    ways = (Transition("ask_failed", "ask", "by_hand", on="failure"), to("by_hand", "sign"))
    return replace(sound, steps=(*sound.steps, by_hand), transitions=(*sound.transitions, *ways))


def resting(**attributes: Any) -> Definition:
    return waiting_at(step("posted", "moment", **(attributes or {"budget": Duration(2, "working_day")})))
