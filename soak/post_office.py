"""A mail server in a process of its own: `python -m soak.post_office FILE` tells its port and writes down what it took.

A mail is on the disk before it is answered 250, as RFC 5321 asks of a server. FILE has a line for each mail taken,
and one for each conversation that ended as it should: from a client that was killed, no such line comes.
"""

import json
import os
import socketserver
import sys
import threading
from email import message_from_bytes
from email.message import Message
from itertools import count
from pathlib import Path
from typing import Any, cast


class _Written:
    """The file, written by one conversation at a time."""

    def __init__(self, path: Path) -> None:
        self.file, self.lock, self.numbers = path.open("a"), threading.Lock(), count(1)

    def write(self, **line: Any) -> None:
        with self.lock:
            self.file.write(json.dumps(line) + "\n")
            self.file.flush()
            os.fsync(self.file.fileno())


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        written: _Written = cast(Any, self.server).written
        number = next(written.numbers)
        self._say("220 soak")
        while words := self.rfile.readline().split():
            if words[0].upper() == b"DATA":
                self._say("354 go on")
                if (mail := self._taken()) is None:
                    return
                written.write(mail=mail["Message-ID"], to=mail["To"], conversation=number)
            elif words[0].upper() == b"QUIT":
                written.write(ended=number)
                self._say("221 bye")
                return
            self._say("250 ok")

    def _taken(self) -> Message | None:
        """The mail; None when the line broke before its end."""
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line.endswith(b"\r\n"):
                return None
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return message_from_bytes(b"".join(lines))

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, path: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.written = _Written(path)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was killed in the middle is what this server is for."""


if __name__ == "__main__":
    with _Server(Path(sys.argv[1])) as server:
        print(server.server_address[1], flush=True)
        server.serve_forever()
