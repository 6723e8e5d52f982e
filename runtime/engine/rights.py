"""Who may do what: applicants with their own dossier, officials by the role they hold in the unit."""

from collections.abc import Mapping

from common.identity.actor import Actor
from common.problems import Refusal
from runtime.engine.context import Context
from runtime.engine.state import OpenTask
from runtime.engine.status import Act

APPLICANT, MACHINE = "applicant", "machine"

# Besides the roles named here, an act on a task is open to the role of the task.
ROLES: Mapping[Act, tuple[str, ...]] = {
    "submit": (APPLICANT, "reception"),
    "resubmit": (APPLICANT, "reception"),
    "accept": ("reception",),
    "refuse": ("reception",),
    "return_for_completion": ("reception",),
    "answer_supplement": (APPLICANT, "reception"),
    "reappoint": ("leader", "approver"),
    "derive_deadline": (MACHINE,),
    "hand_over": ("reception",),
    "withdraw": (APPLICANT, "reception"),
    "stop": ("leader", "approver", MACHINE),
}


def acting_as(act: Act, by: Actor, context: Context) -> str | Refusal:
    """The first role that gives `by` the right to the act; a Refusal when there is none."""
    for role in ROLES[act]:
        if _is(role, by, context):
            return role
    return Refusal("dossiers.not_yours", {"act": act})


def acting_on(task: OpenTask, by: Actor, context: Context) -> str | Refusal:
    """The role of the task, when `by` holds it in the unit that works on the task."""
    if by.holds(task.role, context.units[task.area]):
        return task.role
    return Refusal("dossiers.task_of_another_role", {"role": task.role})


def _is(role: str, by: Actor, context: Context) -> bool:
    if role == APPLICANT:
        return by.account_id is not None and by.account_id == context.owner
    if role == MACHINE:
        return by.kind == MACHINE
    return any(by.holds(role, unit) for unit in set(context.units.values()))
