"""What happens to a supposed dossier, act by act: how a trial is kept, and how an example tells more than an amount."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# The clock goes on to the instant of the act, and the machine does what falls due on the way.
WAIT = "wait"
# The first act of every course; what is answered in it stands in the example's own facts.
SUBMIT = "submit"
# What people, other systems and the clock may do in a course.
ACTS = (
    WAIT,
    SUBMIT,
    "resubmit",
    "pay",
    "accept",
    "refuse",
    "return_for_completion",
    "complete",
    "answer_supplement",
    "report",
    "fail",
    "receive_message",
    "child_ended",
    "child_failed",
    "hand_over",
    "hand_to_post",
    "refund",
    "refuse_refund",
    "extend",
    "reappoint",
    "suspend",
    "resume",
    "withdraw",
    "stop",
)


@dataclass(frozen=True, slots=True)
class CourseAct:
    """Something that somebody does with the dossier.

    `act` is a word of the engine ("complete", "answer_supplement") or "wait"; `role` who does it ("applicant",
    "machine" or a role of the office); `at` the instant with its offset. `step` is the key of the step whose task it
    is, `ask` whom of a consultation. `outcome` is the way that was chosen: of a task, of a machine, how a result
    went out. `answers` are those given by the act, `asks` the questions that a supplement is to answer again. `amount`
    is by how much a term is longer, `day` the new day of an appointment. `expect` is how the dossier stands after it.
    """

    act: str
    role: str
    at: str
    step: str = ""
    ask: str = ""
    outcome: str = ""
    reason: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    asks: tuple[str, ...] = ()
    amount: int = 0
    day: str = ""
    expect: Mapping[str, Any] = field(default_factory=dict)
