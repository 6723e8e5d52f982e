"""A mail server that keeps what it gets, on this machine only."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("220 test")
        while line := self.rfile.readline():
            word = line.split()[0].upper() if line.split() else b""
            if word == b"DATA":
                self._say("354 go on")
                self._take()
                if (answer := cast(Any, self.server).answer) is None:
                    return
                self._say(answer.decode())
            elif word == b"QUIT":
                self._say(cast(Any, self.server).farewell.decode())
                return
            else:
                self._say("250 ok")

    def _take(self) -> None:
        lines = iter(self.rfile.readline, b".\r\n")
        body = b"".join(line.removeprefix(b".") if line.startswith(b"..") else line for line in lines)
        mail = message_from_bytes(body, policy=policy.default)
        cast(Any, self.server).received.append(cast(EmailMessage, mail))

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def mail_server(
    answer: bytes | None = b"250 ok", farewell: bytes = b"221 bye"
) -> Iterator[tuple[str, list[EmailMessage]]]:
    """Its address as the setting takes it, and the mails it has received.

    `answer` is what it says to a mail: None: it hangs up without a word.
    """
    server = cast(Any, socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Conversation))
    server.daemon_threads, server.received = True, []
    server.answer, server.farewell = answer, farewell
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"smtp://127.0.0.1:{server.server_address[1]}", server.received
    finally:
        server.shutdown()
        server.server_close()
