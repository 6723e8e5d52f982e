"""One faulty definition for every code that a check of linked procedures can give, and the procedures around them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from common.text import Text
from procedure_library.definition import Definition, Transition
from procedure_library.linking import Call, Interface, Passing
from procedure_library.neighbours import Neighbours, Staffed
from tests.procedure_library.samples import STEPS, TRANSITIONS, definition, step, to

PERSON = Passing("person", "person")
OFFERED = Interface(("ordinary",), ("person",), ("identity",), ("person.copies",))


def calling(procedure: str = "residence", *, key: str = "good_standing", **attributes: Any) -> Definition:
    """The good definition, with a call before it is signed; `without` leaves its way on failure out."""
    without = attributes.pop("without", False)
    said: dict[str, Any] = {"case_type": "ordinary", "passes": (PERSON,), **attributes}
    call = step("call", "call", call=Call(procedure, **said))
    moved = tuple(replace(t, target="call") if t.key == "examined_sign_fit" else t for t in TRANSITIONS)
    failed = () if without else (Transition("call_failed", "call", "examine", on="failure"),)
    return definition(key=key, steps=(*STEPS, call), transitions=(*moved, to("call", "sign"), *failed))


def offering(interface: Interface | None = OFFERED, key: str = "callable") -> Definition:
    return definition(key=key, name=Text("Đăng ký thường trú", "Residence"), interface=interface)


# The procedures in force beside those that are checked.
CIRCULAR = replace(calling("good_standing"), key="circular", interface=OFFERED)
WORKING = frozenset({"reception", "case_officer", "approver", "cashier", "leader"})
COMMUNE = Staffed(Text("Xã An Bình", "An Binh commune"), WORKING, {"police": frozenset({"leader"})})
NEIGHBOURS = Neighbours(
    {"residence": offering(key="residence"), "circular": CIRCULAR},
    (calling("callable", key="linked_birth"), calling("asking", key="linked_death", passes=())),
    (COMMUNE,),
    WORKING,
    frozenset(),
)

CALL_FAULTS: Mapping[str, tuple[Definition, str]] = {
    "procedures.call.no_failure_way": (calling(without=True), "call"),
    "procedures.call.no_procedure": (calling("Đăng ký thường trú"), "call"),
    "procedures.call.itself": (calling("good_standing"), "call"),
    "procedures.call.function_spelling": (calling(function="Công an"), "call"),
    "procedures.call.passes_unknown": (calling(passes=(Passing("persn", "person"),)), "call"),
    "procedures.call.takes_nowhere": (calling(takes=(Passing("person.copies", "person.copies"),)), "call"),
    "procedures.call.paper_unknown": (calling(papers=(Passing("identty", "identity"),)), "call"),
    "procedures.interface.no_case_type": (offering(Interface(())), "interface"),
    "procedures.interface.unknown": (offering(replace(OFFERED, questions=("persn",))), "interface"),
    "procedures.linked.not_published": (calling("elsewhere"), "call"),
    "procedures.linked.not_offered": (calling(case_type="urgent"), "call"),
    "procedures.linked.missing": (calling(passes=()), "call"),
    "procedures.linked.circle": (calling("circular"), "call"),
    "procedures.callers.broken": (offering(replace(OFFERED, questions=())), "interface"),
    "procedures.callers.lack": (offering(key="asking"), "interface"),
}
