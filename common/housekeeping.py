"""What the house does for itself by the clock. The packages above add their own; `app.py` joins them all."""

from common.jobs import Periodic, Work, job, retry_stalled
from common.logs import logger
from common.sweep import sweep_orphans


@job("files.sweep_orphans")
def sweep_files(work: Work) -> None:
    logger().info("orphans removed", count=sweep_orphans(work.session, work.files, at=work.at))


PERIODIC = (
    Periodic("* * * * *", retry_stalled),
    Periodic("23 19 * * *", sweep_files),
)
