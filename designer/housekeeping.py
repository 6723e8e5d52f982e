"""Background work of the designer: registered by the composition root."""

from common.jobs import Periodic, Work, job
from designer.trials.keeping import forget


@job("trials.forget")
def forget_trials(work: Work) -> None:
    """Drops trials with which nobody has gone on for thirty days."""
    forget(work.session, at=work.at)


# In the small hours, in Vietnam.
PERIODIC = (Periodic("51 19 * * *", forget_trials),)
