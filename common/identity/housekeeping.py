"""Background work on accounts: registered by the composition root."""

from common.clock import local_date
from common.identity.naming import take_names
from common.identity.throttle import sweep
from common.jobs import Periodic, Work, job


@job("identity.sweep_tries")
def sweep_tries(work: Work) -> None:
    """Forgets tries whose window closed long ago."""
    sweep(work.session, at=work.at)


@job("identity.take_names")
def take_names_of_today(work: Work) -> None:
    """Units whose new name holds from today are called so."""
    take_names(work.session, local_date(work.at))


# Names: shortly after midnight in Vietnam, and again every hour, so that a night without a worker loses no day.
PERIODIC = (Periodic("17 * * * *", sweep_tries), Periodic("1 * * * *", take_names_of_today))
