"""What automatic steps ask: a connector takes a question and gives an answer, or fails.

The one there is posts JSON to an address that the operator has set, signed; definitions name it by a key and never
hold an address.
"""

import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any, Protocol
from urllib.error import URLError
from urllib.request import Request, urlopen

from common.problems import MotcuaError
from config import Settings

SECONDS = 20
MOST_BYTES = 1_000_000


class ConnectorFailed(MotcuaError):
    """It could not be reached, or said nothing that we understand."""


@dataclass(frozen=True, slots=True)
class Question:
    """`number` is the same when the same is asked again: who answers does it once."""

    number: str
    dossier: str
    procedure: str
    step: str
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the step's outcomes ("" where it has none), and answers to questions of the form by their keys."""

    outcome: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)


class Connector(Protocol):
    def __call__(self, question: Question) -> Answer:
        """Raises ConnectorFailed."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """POST of the question as JSON, with `Motcua-Signature`: HMAC-SHA-256 of the body under the key, hexadecimal."""

    address: str
    key: str

    def __call__(self, question: Question) -> Answer:
        body = json.dumps(asdict(question), ensure_ascii=False, sort_keys=True).encode()
        signature = hmac.new(self.key.encode(), body, sha256).hexdigest()
        headers = {"Content-Type": "application/json", "Motcua-Signature": signature}
        headers["Idempotency-Key"] = question.number
        # The address is the operator's, checked when the settings are read.
        request = Request(self.address, body, headers, method="POST")  # noqa: S310
        try:
            with urlopen(request, timeout=SECONDS) as answered:  # noqa: S310
                said = json.loads(answered.read(MOST_BYTES))
            return Answer(str(said.get("outcome", "")), dict(said.get("answers", {})))
        except (URLError, OSError, ValueError, AttributeError, TypeError) as why:
            raise ConnectorFailed(type(why).__name__) from why


def connector(settings: Settings, name: str) -> Connector:
    """The connector of that name; raises ConnectorFailed when the operator has set none."""
    address = dict(settings.connectors).get(name)
    if address is None:
        raise ConnectorFailed(f"no connector {name}")
    return Webhook(address, settings.connector_key)
