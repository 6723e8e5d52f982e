"""The jobs of the runtime, gathered where a worker imports them, and those that run by the clock."""

from common.jobs import Periodic
from runtime.calendar_warning import warn_of_the_end
from runtime.calling import call_connector
from runtime.deadlines import derive_again, derive_missing
from runtime.importing.runs import take_some
from runtime.letters.printing import print_letters, render_result
from runtime.limits import pass_limits
from runtime.linking.hearing import collect, tell_ended, tell_off, tell_opened
from runtime.linking.opening import open_child
from runtime.moves.asking import preview
from runtime.moves.carrying_out import carry_out, take_back
from runtime.notices import send_news, send_notice
from runtime.posting import sweep_receipts
from runtime.telling import tell_leaders, tell_leaders_of_step
from runtime.telling_of_steps import tell_of_step
from runtime.transfers import transfer_some
from runtime.unsent import erase_unsent, mail_notice
from runtime.uploading import sweep_uploads
from runtime.watch.looking import look_at, watch_limits
from runtime.watch.mails import mail_reminders, send_reminders

JOBS = (
    send_news,
    send_notice,
    print_letters,
    render_result,
    derive_missing,
    derive_again,
    warn_of_the_end,
    erase_unsent,
    mail_notice,
    sweep_uploads,
    sweep_receipts,
    pass_limits,
    tell_leaders,
    tell_leaders_of_step,
    tell_of_step,
    open_child,
    tell_opened,
    tell_ended,
    tell_off,
    collect,
    transfer_some,
    take_some,
    watch_limits,
    look_at,
    mail_reminders,
    send_reminders,
    call_connector,
    preview,
    carry_out,
    take_back,
)

# Every hour: a calendar that was loaded at last gives dates to the dossiers that wait for one.
# Every morning at seven, in Vietnam: whether administrators are to hear that the calendar ends. In the small hours:
# applications that nobody sends, files that nobody goes on with, receipts of
# mails sent long ago. Every five minutes: limits of steps that passed.
# Every hour: which limits come near or have passed; and whether it is time for the mails of the day, so that one
# missed in the night comes after all.
PERIODIC = (
    Periodic("17 * * * *", derive_missing),
    Periodic("0 0 * * *", warn_of_the_end),
    Periodic("41 19 * * *", erase_unsent),
    Periodic("11 19 * * *", sweep_uploads),
    Periodic("31 19 * * *", sweep_receipts),
    Periodic("*/5 * * * *", pass_limits),
    Periodic("7 * * * *", watch_limits),
    Periodic("37 * * * *", mail_reminders),
)
