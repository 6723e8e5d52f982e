"""Every mail is handed over once: that the server took it is on the disk before anything else can fail.

A mail cannot be taken back when the job's transaction is; a job that failed, or whose database was gone, runs again.
So a receipt, named by the Message-ID, lies in the data folder, written before the transaction ends: while it is there,
the mail is not sent again. A kill between the last byte of a mail and the server's answer leaves only the note
that it was being sent. Nobody can tell then (RFC 1047): it is sent again under the same Message-ID, and logged.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from common.files import sync_folder
from common.jobs import Work, job
from config import Settings
from runtime.mail import Mail, MailServer, send

# Longer than all tries of a job together.
KEPT = timedelta(days=3)
SENDING = ".sending"
log = logging.getLogger(__name__)


def post(settings: Settings, server: MailServer, mail: Mail) -> None:
    """Hands the mail to the server, unless there is its receipt; raises when the server does not take it."""
    receipt = folder_of(settings) / sha256(mail.message_id.encode()).hexdigest()
    if not receipt.exists():
        send(server, mail, lambda: _receipted(receipt))


def folder_of(settings: Settings) -> Path:
    """Where receipts lie. Machines whose workers share the work share it, like the files."""
    return settings.data_folder / "mails"


@job("mails.sweep_receipts")
def sweep_receipts(work: Work) -> None:
    """Once a day."""
    forget_old(work.settings, at=work.at)


def forget_old(settings: Settings, *, at: datetime) -> int:
    """Takes away receipts that no job can ask for any more; answers how many."""
    old = [each for each in folder_of(settings).glob("*") if each.stat().st_mtime < (at - KEPT).timestamp()]
    for each in old:
        each.unlink(missing_ok=True)
    return len(old)


@contextmanager
def _receipted(receipt: Path) -> Iterator[None]:
    """Notes that the mail is being sent; leaving it well is the receipt. Needs no room on a disk at that moment."""
    note = receipt.with_suffix(SENDING)
    if note.exists():
        log.warning("whether a mail was taken cannot be known: it is sent again and may come twice")
    _write(note)
    try:
        yield
    except (SMTPResponseException, SMTPRecipientsRefused):
        note.unlink()
        raise
    note.rename(receipt)
    sync_folder(receipt.parent)


def _write(note: Path) -> None:
    note.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with note.open("w") as file:
        os.fsync(file.fileno())
    sync_folder(note.parent)
