"""The throttle as views use it: counted in a transaction of its own, answered with the page of status 429."""

from werkzeug.exceptions import TooManyRequests

from common.identity import throttle
from common.identity.throttle import Limit
from common.web.requests import now, own_transaction, surroundings


def take_try(limit: Limit, who: str) -> None:
    """Counts one try of `who`; answers 429 with Retry-After when there were too many."""
    with own_transaction() as own:
        wait = throttle.take(own, limit, who, at=now(), secret=_secret())
    if wait is not None:
        raise TooManyRequests(retry_after=int(wait.total_seconds()) + 1)


def forgive_tries(limit: Limit, who: str) -> None:
    """Forgets the tries of `who`: it was the right person after all."""
    with own_transaction() as own:
        throttle.forgive(own, limit, who, secret=_secret())


def _secret() -> str:
    return surroundings().settings.secret_key
