"""Another system at a real address, which answers or is down as the example says."""

import json
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Register:
    """`is_up`: whether it answers. `asked` counts questions by their number."""

    def __init__(self) -> None:
        self.is_up = True
        self.asked: Counter[str] = Counter()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._desk())
        self.address = f"http://127.0.0.1:{self._server.server_port}/ask"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _desk(self) -> type[BaseHTTPRequestHandler]:
        register = self

        class Desk(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                register.asked[self.headers["Idempotency-Key"]] += 1
                self.send_response(200 if register.is_up else 503)
                self.end_headers()
                self.wfile.write(json.dumps({"outcome": ""}).encode())

            def log_message(self, *_said: Any) -> None:
                """Nothing: the test tells what was asked."""

        return Desk
