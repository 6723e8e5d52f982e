"""Background work on accounts: registered by the composition root."""

from common.identity.throttle import sweep
from common.jobs import Periodic, Work, job


@job("identity.sweep_tries")
def sweep_tries(work: Work) -> None:
    """Forgets tries whose window closed long ago."""
    sweep(work.session, at=work.at)


PERIODIC = (Periodic("17 * * * *", sweep_tries),)
