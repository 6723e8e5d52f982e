"""The header's links: each part of the house names its own, and a guard decides who sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request, url_for

from common.identity.actor import Actor
from common.web.guards import Guard, guard_of
from common.web.requests import password_is_given, visitor


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """A link to `endpoint`. `label` is a Vietnamese msgid made with `lazy_gettext`; `icon` a Tabler name.

    `first_for` names the roles whose holders begin here, as long as they hold no other role.
    """

    endpoint: str
    label: Any
    icon: str
    first_for: frozenset[str] = frozenset()


def install(app: Flask, entries: Sequence[NavigationEntry]) -> None:
    """Gives templates `navigation()`: the entries whose views admit the visitor, in the order given."""

    app.extensions["motcua.navigation"] = tuple(entries)
    app.jinja_env.globals["navigation"] = navigation


def navigation() -> list[tuple[NavigationEntry, bool]]:
    """The entries that the visitor may follow, each with whether the page shown is it or lies below it.

    Officials find their own work first, what is open to everybody last.
    """
    entries = _admitted()
    around = [entry for entry in entries if _leads_here(url_for(entry.endpoint))]
    nearest = max(around, key=lambda entry: len(url_for(entry.endpoint)), default=None)
    return [(entry, entry is nearest) for entry in entries]


def first_page() -> str:
    """Where a person begins after signing in.

    The entry that claims all roles of the person, else the first one meant for some only, else the front page.
    """
    own = [entry for entry in _admitted() if _guard(entry).audience != "public"]
    claimed = [entry for entry in own if _claims(entry, visitor())]
    return url_for((claimed or own)[0].endpoint) if own else "/"


def _admitted() -> list[NavigationEntry]:
    if password_is_given():
        return []  # Every link would lead to the page that is open.
    who = visitor()
    admitted = [entry for entry in current_app.extensions["motcua.navigation"] if _guard(entry).admits(who)]
    if who is not None and who.kind == "official":
        admitted.sort(key=lambda entry: _guard(entry).audience == "public")
    return admitted


def _claims(entry: NavigationEntry, who: Actor | None) -> bool:
    roles = {role for _unit, role in who.posts} if who else set()
    return bool(roles) and roles <= entry.first_for


def _leads_here(address: str) -> bool:
    return request.path == address or (address != "/" and request.path.startswith(f"{address}/"))


def _guard(entry: NavigationEntry) -> Guard:
    guard = guard_of(current_app.view_functions[entry.endpoint])
    if guard is None:
        raise LookupError(f"{entry.endpoint} has no guard")
    return guard
