"""The header's links: each part of the house names its own, and a guard decides who sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request, url_for

from common.web.guards import Guard, guard_of
from common.web.requests import visitor


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """A link to `endpoint`. `label` is a Vietnamese msgid made with `lazy_gettext`; `icon` a Tabler name."""

    endpoint: str
    label: Any
    icon: str

    @property
    def is_here(self) -> bool:
        """Whether the page shown is this one, or lies below it."""
        address = url_for(self.endpoint)
        return request.path == address or (address != "/" and request.path.startswith(f"{address}/"))


def install(app: Flask, entries: Sequence[NavigationEntry]) -> None:
    """Gives templates `navigation()`: the entries whose views admit the visitor, in the order given."""

    app.extensions["motcua.navigation"] = tuple(entries)
    app.jinja_env.globals["navigation"] = navigation


def navigation() -> list[NavigationEntry]:
    """The entries that the visitor may follow."""
    return [entry for entry in current_app.extensions["motcua.navigation"] if _admits(entry)]


def first_page() -> str:
    """Where a person begins after signing in: the first entry meant for some only, else the front page."""
    own = [entry for entry in navigation() if _guard(entry).audience != "public"]
    return url_for(own[0].endpoint) if own else "/"


def _admits(entry: NavigationEntry) -> bool:
    return _guard(entry).admits(visitor())


def _guard(entry: NavigationEntry) -> Guard:
    guard = guard_of(current_app.view_functions[entry.endpoint])
    if guard is None:
        raise LookupError(f"{entry.endpoint} has no guard")
    return guard
