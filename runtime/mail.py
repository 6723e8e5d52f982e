"""E-mail through the agency's own server, by SMTP."""

import smtplib
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from email import policy
from email.header import Header
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from config import Settings

SECONDS = 20
AS_WRITTEN = policy.SMTP.clone(refold_source="none")
Handing = Callable[[], AbstractContextManager[None]]
DEFAULT_PORTS = {"smtp": 25, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Mail:
    """`message_id` is unique for what is said, so that a mail sent twice is seen to be the same."""

    to: str
    subject: str
    text: str
    message_id: str


@dataclass(frozen=True, slots=True)
class MailServer:
    """`secure` speaks TLS from the first byte (smtps); else it is used as soon as the server offers it."""

    host: str
    port: int
    secure: bool
    user: str
    password: str
    sender: str

    @classmethod
    def of(cls, settings: Settings) -> "MailServer | None":
        """The server of the settings; None when no mail is to be sent."""
        if not settings.mail_server:
            return None
        address = urlsplit(settings.mail_server)
        host = address.hostname or "localhost"
        return cls(
            host=host,
            port=address.port or DEFAULT_PORTS[address.scheme],
            secure=address.scheme == "smtps",
            user=unquote(address.username or ""),
            password=unquote(address.password or ""),
            sender=settings.mail_sender,
        )


def send(server: MailServer, mail: Mail, while_handed: Handing = nullcontext) -> None:
    """Hands the mail to the server; raises when it does not take it.

    `while_handed` is entered just before and left as soon as the server has answered, before anything else is said.
    """
    message = EmailMessage(policy=AS_WRITTEN)
    message["From"], message["To"] = server.sender, mail.to
    # The library loses a space where it breaks a long subject with accents: here it is broken before.
    message.set_raw("Subject", Header(mail.subject, header_name="Subject").encode(linesep="\r\n"))
    domain = server.sender.rpartition("@")[2].rstrip(">")
    message["Message-ID"] = f"<{mail.message_id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    with _connected(server) as connection, while_handed():
        connection.send_message(message)


def _connected(server: MailServer) -> smtplib.SMTP:
    if server.secure:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
        connection.ehlo()
        if connection.has_extn("starttls"):
            connection.starttls()
    if server.user:
        connection.login(server.user, server.password)
    return connection
