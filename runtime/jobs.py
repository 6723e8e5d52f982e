"""The jobs of the runtime, gathered where a worker imports them, and those that run by the clock."""

from common.jobs import Periodic
from runtime.deadlines import derive_again, derive_missing
from runtime.letters.results import render_result
from runtime.notices import send_notice

JOBS = (send_notice, render_result, derive_missing, derive_again)

# Every hour: a calendar that was loaded at last gives dates to the dossiers that wait for one.
PERIODIC = (Periodic("17 * * * *", derive_missing),)
