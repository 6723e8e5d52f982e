"""How procedures call each other ("liên thông"): what a procedure offers to callers, and what a call uses of it.

A caller names a procedure, never a version: the linked dossier opens at the version in force on its day.
"""

from dataclasses import dataclass
from typing import Literal

Returns = Literal["caller", "agency"]


@dataclass(frozen=True, slots=True)
class Passing:
    """One thing handed on. Questions are dotted paths through the form ("child.full_name"), papers names of
    component rules."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Call:
    """The use that a step makes of another procedure.

    The linked dossier is opened by the nearest unit with `function`; "" by the unit that receives this one. `passes` go
    from our questions to theirs and `papers` from our components to theirs when it opens, `takes` from their answers
    to ours when it is granted. `returns` says where the applicant gets its result: with ours at reception
    ("caller"), or from the unit that made it ("agency").
    """

    procedure: str
    case_type: str = ""
    function: str = ""
    passes: tuple[Passing, ...] = ()
    takes: tuple[Passing, ...] = ()
    papers: tuple[Passing, ...] = ()
    returns: Returns = "caller"


@dataclass(frozen=True, slots=True)
class Interface:
    """What other procedures may rely on: the case types that may be called, the questions and components that a
    caller may answer and hand in, the questions whose answers it gives out. How it may end are the kinds of its ends.
    `only_called`: nobody applies for it by itself.
    """

    case_types: tuple[str, ...]
    questions: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    only_called: bool = False
