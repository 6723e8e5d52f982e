"""Who acts. Domain verbs take `by=`; nobody reads the person from ambient state."""

from dataclasses import dataclass
from typing import Literal

Role = Literal[
    "administrator",
    "procedure_controller",
    "publisher",
    "reception",
    "case_officer",
    "approver",
    "cashier",
    "leader",
]
ROLES: tuple[Role, ...] = (
    "administrator",
    "procedure_controller",
    "publisher",
    "reception",
    "case_officer",
    "approver",
    "cashier",
    "leader",
)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or the machine, as of now. `posts` are (unit id, role) pairs; empty for applicants.

    `account_id` None is the machine itself (a job), named by `name`. `lent` are those of the posts that colleagues
    have handed over for some days, with the colleague's account: (unit id, role, account id); who holds such a post
    anyway stands among them.
    """

    account_id: int | None
    name: str
    kind: Literal["citizen", "official", "machine"]
    posts: frozenset[tuple[int, str]] = frozenset()
    lent: frozenset[tuple[int, str, int]] = frozenset()

    def holds(self, role: str, unit_id: int | None = None) -> bool:
        """Whether the actor has the role, in that unit when one is named."""
        return any(r == role and unit_id in (None, u) for u, r in self.posts)

    def is_or_stands_for(self, account_id: int | None, role: str, unit_id: int) -> bool:
        """Whether it is the actor, or a colleague who has handed that post over to the actor."""
        return account_id == self.account_id or (unit_id, role, account_id) in self.lent

    def units(self, *roles: str) -> frozenset[int]:
        """The units where the actor has one of the roles; all units of the actor when none is named."""
        return frozenset(u for u, r in self.posts if not roles or r in roles)


def machine(name: str) -> Actor:
    """The actor of background work."""
    return Actor(None, name, "machine")
