"""As much of a browser as the clients need: cookies, forms as they stand on a page, and answers that get lost."""

import http.client
from dataclasses import dataclass
from email.message import Message
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from itertools import cycle
from urllib.parse import urlencode, urlsplit

SECONDS = 60


class Lost(Exception):
    """No answer came: what was asked for may have been done or not."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Message
    text: str

    @property
    def location(self) -> str:
        return self.headers.get("Location", "")

    @property
    def said(self) -> str:
        """What the page tells of the act before it: "success", "danger"…; "" for nothing."""
        kinds = ("success", "danger", "warning")
        return next((kind for kind in kinds if f'class="notice notice-{kind}"' in self.text), "")

    @property
    def forms(self) -> dict[str, dict[str, str]]:
        """The posting forms of the page: address → what would be sent if nobody typed anything."""
        reader = _Forms()
        reader.feed(self.text)
        return reader.found


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, dict[str, str]] = {}
        self._open: dict[str, str] | None = None
        self._choice = ""
        self._area = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attributes}
        if tag == "form" and told.get("method") == "post":
            self._open = self.found.setdefault(told.get("action", ""), {})
        elif tag == "input" and self._open is not None and told.get("name"):
            unticked = told.get("type") in ("radio", "checkbox") and "checked" not in told
            if not unticked:
                self._open[told["name"]] = told.get("value", "")
        elif tag == "textarea" and self._open is not None:
            self._area = told.get("name", "")
            self._open[self._area] = ""
        elif tag == "select":
            self._choice = told.get("name", "")
        elif tag == "option" and self._open is not None and self._choice:
            first = self._choice not in self._open
            if first or "selected" in told:
                self._open[self._choice] = told.get("value", "")

    def handle_data(self, text: str) -> None:
        if self._area and self._open is not None:
            self._open[self._area] += text if self._open[self._area] else text.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        elif tag == "form":
            self._open = None


class Browser:
    """One person's browser, which asks the given addresses of one house in turn. Not for two threads at once."""

    def __init__(self, *addresses: str) -> None:
        self.cookies: dict[str, str] = {}
        self._turns = cycle([urlsplit(each).netloc for each in addresses])
        self._lines: dict[str, http.client.HTTPConnection] = {}

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        return self._ask("POST", path, urlencode(fields))

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        place = next(self._turns)
        line = self._lines.setdefault(place, http.client.HTTPConnection(place, timeout=SECONDS))
        try:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException) as broken:
            line.close()
            raise Lost(type(broken).__name__) from broken
        for cookie in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: each.value for name, each in SimpleCookie(cookie).items()}
        return Answer(answer.status, answer.headers, text)
