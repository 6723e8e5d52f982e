"""Who acts in a trial: one invented person for each role, everywhere at once."""

from collections.abc import Mapping
from dataclasses import dataclass

from common.identity.actor import Actor, machine
from procedure_library.compiled import Compiled
from rules_dsl.nodes import Assign
from runtime.engine.context import Parties
from runtime.engine.rights import APPLICANT, MACHINE

OWNER, OFFICE, FIRST_ASKED, FIRST_AREA = 1, 1, 100, 1000
OFFICIALS = ("reception", "case_officer", "approver", "cashier", "leader")


@dataclass(frozen=True, slots=True)
class People:
    """The units of a made-up directory: the office, one for each function that is asked, one for each area."""

    functions: Mapping[str, int]
    areas: Mapping[str, int]
    has_account: bool

    @classmethod
    def of(cls, compiled: Compiled, *, has_account: bool) -> "People":
        asked = {ask.function for step in compiled.definition.steps for ask in step.asks if ask.function}
        rules = (rule for rule in compiled.rules.rules if isinstance(rule, Assign))
        areas = {line.area for rule in rules for line in rule.assignees if line.area}
        return cls(_numbered(asked, FIRST_ASKED), _numbered(areas, FIRST_AREA), has_account)

    @property
    def parties(self) -> Parties:
        return Parties(OWNER if self.has_account else None, {"receiving": OFFICE, "solving": OFFICE})

    def actor(self, role: str) -> Actor:
        """The person of that role; a role that nobody knows may do nothing."""
        if role == MACHINE:
            return machine("trial")
        if role == APPLICANT:
            return Actor(OWNER, role, "citizen")
        units = (OFFICE, *self.functions.values(), *self.areas.values())
        account = OWNER + 1 + OFFICIALS.index(role) if role in OFFICIALS else None
        return Actor(account, role, "official", frozenset((unit, role) for unit in units))


def _numbered(names: "set[str]", first: int) -> Mapping[str, int]:
    return {name: number for number, name in enumerate(sorted(names), start=first)}
