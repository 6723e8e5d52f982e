"""Who may use a view. Every view carries exactly one guard; a view without one answers nobody.

A guard is a mark on the function, read by one check before each request (`common.web.requests`), by the
navigation, and by the structural test that walks the URL map.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from common.identity.actor import ROLES, Actor

View = TypeVar("View", bound=Callable[..., Any])
Audience = Literal["public", "signed_in", "citizens", "officials"]


@dataclass(frozen=True, slots=True)
class Guard:
    """`roles` narrows officials to those who hold one of them in some unit; empty: any official."""

    audience: Audience
    roles: frozenset[str] = frozenset()

    def admits(self, actor: Actor | None) -> bool:
        """Whether the actor (None: nobody signed in) may use the view; queries judge the objects."""
        if self.audience == "public":
            return True
        if actor is None:
            return False
        if self.audience == "citizens":
            return actor.kind == "citizen"
        if self.audience == "officials":
            return actor.kind == "official" and (
                not self.roles or any(actor.holds(role) for role in self.roles)
            )
        return True


def public(view: View) -> View:
    """Anybody, signed in or not."""
    return _guarded(view, Guard("public"))


def signed_in(view: View) -> View:
    """Anybody who has signed in."""
    return _guarded(view, Guard("signed_in"))


def citizens(view: View) -> View:
    """Applicants with an account."""
    return _guarded(view, Guard("citizens"))


def officials(*roles: str) -> Callable[[View], View]:
    """Officials who hold one of the roles today; any official when none is named."""
    if unknown := set(roles) - set(ROLES):
        raise ValueError(f"no such role: {', '.join(sorted(unknown))}")

    def mark(view: View) -> View:
        return _guarded(view, Guard("officials", frozenset(roles)))

    return mark


def guard_of(view: Callable[..., Any]) -> Guard | None:
    """The guard of a view; None when its author forgot it."""
    return getattr(view, "guard", None)


def _guarded(view: View, guard: Guard) -> View:
    if guard_of(view) is not None:
        raise ValueError(f"{view.__name__} has a guard already")
    view.guard = guard  # type: ignore[attr-defined]
    return view
