"""Who may do what: applicants with their own dossier, officials by the role they hold in the unit."""

from collections.abc import Callable, Mapping

from common.identity.actor import Actor
from common.problems import Refusal
from runtime.engine.context import Parties
from runtime.engine.state import OpenTask, State
from runtime.engine.status import POSSIBLE_IN, Act

APPLICANT, MACHINE = "applicant", "machine"

# Besides the roles named here, an act on a task is open to the role of the task.
ROLES: Mapping[Act, tuple[str, ...]] = {
    "submit": (APPLICANT, "reception", MACHINE),
    "resubmit": (APPLICANT, "reception"),
    "pay": ("cashier",),
    "accept": ("reception", MACHINE),
    "refuse": ("reception",),
    "return_for_completion": ("reception",),
    "answer_supplement": (APPLICANT, "reception"),
    "reappoint": ("leader", "approver"),
    "extend": ("leader", "approver"),
    "suspend": ("leader", "approver"),
    "resume": ("leader", "approver"),
    "derive_deadline": (MACHINE,),
    "hand_over": ("reception", MACHINE),
    "hand_to_post": ("reception",),
    "tell_portal": (MACHINE,),
    "refund": ("cashier", "leader"),
    "refuse_refund": ("cashier", "leader"),
    "withdraw": (APPLICANT, "reception"),
    "stop": ("leader", "approver", MACHINE),
    "pass_limit": (MACHINE,),
    "receive_message": (MACHINE,),
    "transfer": (MACHINE,),
    "import": (MACHINE,),
    "report": (MACHINE,),
    "fail": (MACHINE,),
    "child_opened": (MACHINE,),
    "child_ended": (MACHINE,),
    "child_failed": (MACHINE,),
    "call_off": (MACHINE,),
    "move": ("leader",),
    "undo_move": ("leader",),
    "ask_again": ("leader",),
}

# What the machine does for dossiers only that another dossier has called: somebody receives and hands over that one.
FOR_CALLED: frozenset[Act] = frozenset({"submit", "accept", "hand_over"})

# What is offered only where it leads somewhere; asked for all the same, it is refused with the reason.
SENSIBLE: Mapping[Act, Callable[[State], bool]] = {
    "extend": lambda state: state.may_be_extended,
    "suspend": lambda state: state.clock_runs,
    "resume": lambda state: state.suspension is not None,
    "hand_to_post": lambda state: state.posted_at is None,
    "undo_move": lambda state: state.before is not None,
    "ask_again": lambda state: state.before is not None,
    "refund": lambda state: bool(state.kept),
    "refuse_refund": lambda state: bool(state.kept),
}


def acting_as(act: Act, by: Actor, parties: Parties) -> str | Refusal:
    """The first role that gives `by` the right to the act; a Refusal when there is none."""
    for role in ROLES[act]:
        if _is(role, by, parties):
            return role
    return Refusal("dossiers.not_yours")


def acting_on(task: OpenTask, by: Actor, parties: Parties) -> str | Refusal:
    """The role of the task, when `by` holds it in the unit that works on the task."""
    if by.holds(task.role, parties.unit_of(task)):
        return task.role
    return Refusal("dossiers.task_of_another_role")


def has_it(task: OpenTask, by: Actor, parties: Parties) -> bool:
    """Whether the claimed task is the actor's, or that of a colleague in whose place the actor works."""
    return by.is_or_stands_for(task.claimed_by, task.role, parties.units[task.area])


def leading(task: OpenTask, by: Actor, parties: Parties) -> str | Refusal:
    """The role by which `by` directs the work of the unit that has the task."""
    for role in ("leader", "approver"):
        if by.holds(role, parties.units[task.area]):
            return role
    return Refusal("dossiers.not_yours")


def possible(state: State, by: Actor, parties: Parties) -> tuple[Act, ...]:
    """The acts on the dossier as a whole that `by` may do in this state; acts on tasks are not among them."""
    return tuple(
        act
        for act in ROLES
        if state.status in POSSIBLE_IN[act]
        and SENSIBLE.get(act, _always)(state)
        and isinstance(acting_as(act, by, parties), str)
    )


def _always(_state: State) -> bool:
    return True


def _is(role: str, by: Actor, parties: Parties) -> bool:
    if role == APPLICANT:
        return by.account_id is not None and by.account_id == parties.owner
    if role == MACHINE:
        return by.kind == MACHINE
    if role == "reception":
        return by.holds(role, parties.units["receiving"])
    return any(by.holds(role, unit) for unit in set(parties.units.values()))
