"""A procedure that asks the police and the land office, and brings what they say to an approver."""

from typing import Any

from common.text import Text
from procedure_library.definition import Ask, Definition, Duration
from tests.procedure_library.samples import DECIDED, step, to
from tests.runtime.small import small

POLICE_UNIT = 7
POLICE = Ask("police", Text("Công an xã", "Police"), "leader", function="police")
LAND = Ask("land", Text("Địa chính", "Land office"), "case_officer", budget=Duration(1, "working_day"))


def consulting(silence: Any = "consent", **changes: Any) -> Definition:
    """started → ask (police 2 working days, land office 1) → sign with what they agreed to, or object."""
    ask = step(
        "ask",
        "consultation",
        asks=(POLICE, LAND),
        silence=silence,
        budget=Duration(2, "working_day"),
        **changes,
    )
    steps = (
        step("started", "start"),
        ask,
        step("answered", "branch"),
        step("sign", "task", role="approver", outcomes=DECIDED),
        step("weigh", "task", role="leader", outcomes=DECIDED),
        step("signed", "branch"),
        step("granted", "end", ending="granted"),
        step("refused", "end", ending="refused"),
    )
    ways = (
        to("started", "ask"),
        to("ask", "answered"),
        to("answered", "sign", "agreed"),
        to("answered", "weigh", "objected"),
        to("sign", "signed"),
        to("weigh", "signed"),
        to("signed", "granted", "granted"),
        to("signed", "refused", "refused"),
    )
    return small(steps=steps, transitions=ways)
