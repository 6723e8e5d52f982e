"""What every view leans on: guards, the request's transaction and actor, and ways to answer."""

from common.i18n import language
from common.web.bodies import takes_files
from common.web.guards import Guard, citizens, guard_of, officials, public, signed_in
from common.web.headers import framed_by_us, on_loopback
from common.web.html import answer, problems_page, wants_fragment
from common.web.navigation import NavigationEntry
from common.web.once import page_key, posted_key
from common.web.requests import (
    Surroundings,
    current_actor,
    now,
    own_transaction,
    password_is_given,
    session,
    surroundings,
    visitor,
)

__all__ = [
    "Guard",
    "NavigationEntry",
    "Surroundings",
    "answer",
    "citizens",
    "current_actor",
    "framed_by_us",
    "guard_of",
    "language",
    "now",
    "officials",
    "on_loopback",
    "own_transaction",
    "page_key",
    "password_is_given",
    "posted_key",
    "problems_page",
    "public",
    "session",
    "signed_in",
    "surroundings",
    "takes_files",
    "visitor",
    "wants_fragment",
]
