"""The jobs of the runtime, gathered where a worker imports them, and those that run by the clock."""

from common.jobs import Periodic
from runtime.calendar_warning import warn_of_the_end
from runtime.deadlines import derive_again, derive_missing
from runtime.letters.results import render_result
from runtime.moves.asking import preview
from runtime.moves.carrying_out import carry_out, take_back
from runtime.notices import send_notice
from runtime.unsent import erase_unsent, mail_notice
from runtime.uploading import sweep_uploads

JOBS = (
    send_notice,
    render_result,
    derive_missing,
    derive_again,
    warn_of_the_end,
    erase_unsent,
    mail_notice,
    sweep_uploads,
    preview,
    carry_out,
    take_back,
)

# Every hour: a calendar that was loaded at last gives dates to the dossiers that wait for one.
# Every morning at seven, in Vietnam: whether administrators are to hear that the calendar ends. In the small hours:
# applications that nobody sends, and files that nobody goes on with.
PERIODIC = (
    Periodic("17 * * * *", derive_missing),
    Periodic("0 0 * * *", warn_of_the_end),
    Periodic("41 19 * * *", erase_unsent),
    Periodic("11 19 * * *", sweep_uploads),
)
