"""Sending a file in pieces as the page does it."""

from base64 import b64encode
from hashlib import sha256
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.people import token

TUS = {"Tus-Resumable": "1.0.0"}
PIECES = "application/offset+octet-stream"


class Sender:
    """A browser with a page open, whose script sends files."""

    def __init__(self, client: FlaskClient, page: str) -> None:
        self.client = client
        self.headers = {**TUS, "X-CSRFToken": token(client, page)}

    def announce(
        self, address: str, content: bytes, *, length: int | None = None, **told: str
    ) -> TestResponse:
        known = {
            "filename": "giấy.pdf",
            "component": "original",
            "digest": sha256(content).hexdigest(),
            **told,
        }
        said = ",".join(f"{key} {b64encode(text.encode()).decode()}" for key, text in known.items() if text)
        size = str(len(content) if length is None else length)
        return self.client.post(
            address, headers={**self.headers, "Upload-Length": size, "Upload-Metadata": said}
        )

    def add(self, address: str, piece: bytes, offset: int, **headers: Any) -> TestResponse:
        return self.client.patch(
            address,
            data=piece,
            content_type=PIECES,
            headers={**self.headers, "Upload-Offset": str(offset), **headers},
        )

    def arrived(self, address: str) -> int | None:
        """How much the other side has; None when it knows of no such file."""
        answer = self.client.head(address, headers=TUS)
        return int(answer.headers["Upload-Offset"]) if answer.status_code == 200 else None
