"""A draft of the certified copies, its author, and what a browser would send from its pages."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from common.identity.actor import machine
from designer.drafts import begin_draft, files_of
from designer.models import Draft
from designer.reading import definition_of_draft
from procedure_library.definition import Definition
from procedure_library.loading import load_calendar
from procedure_library.models import Version
from procedure_library.package import RULES, read_package
from procedure_library.publishing import Basis, publish
from procedure_library.ready_made import packages
from tests.conftest import MONDAY_MORNING
from tests.web import people

AT = "/designer/drafts/1"
LAN = machine("Lan")


@pytest.fixture
def draft(client: FlaskClient, session: Session) -> Draft:
    load_calendar(session, at=MONDAY_MORNING)
    copies = read_package(next(each for each in packages() if each.name == "chung_thuc_ban_sao"))
    assert isinstance(copies, Definition)
    day = MONDAY_MORNING.date()
    version = publish(session, copies, by=LAN, at=MONDAY_MORNING, basis=Basis("1/QĐ"), effective_from=day)
    assert isinstance(version, Version), version
    begun = begin_draft(session, version, by=LAN, at=MONDAY_MORNING)
    assert isinstance(begun, Draft)
    return begun


class Visitor:
    """A client for whom `/drafts/1` is the draft of the test, whatever number the database gave it."""

    def __init__(self, client: FlaskClient, draft: Draft) -> None:
        self.client, self.draft = client, draft

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(self._here(path), **more)

    def post(self, path: str, **more: Any) -> Any:
        return self.client.post(self._here(path), **more)

    def _here(self, path: str) -> str:
        return path.replace("/drafts/1/", f"/drafts/{self.draft.id}/")


@pytest.fixture
def author(client: FlaskClient, session: Session, draft: Draft) -> Any:
    people.official(session, people.unit(session), "administrator")
    people.sign_in(client, "tiep")
    return Visitor(client, draft)


def send(author: Any, path: str, opened: str, **typed: Any) -> Any:
    """Sends what is typed with the revision that the page knows."""
    revision = re.search(r'name="revision" value="(\d+)"', author.get(opened).text)
    sent = {"revision": revision[1] if revision else "0", "csrf_token": people.token(author, opened)}
    return author.post(path, data={**sent, **typed})


def definition(session: Session, draft: Draft) -> Definition:
    found = definition_of_draft(files_of(session, draft))
    assert isinstance(found, Definition), found
    return found


def boxes(page: str) -> dict[str, Any]:
    """What a browser would send back of the page's forms without anybody typing."""
    typed: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = (re.search(rf' {part}="([^"]*)"', tag) for part in ("name", "value"))
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            typed.setdefault(name[1], []).append(_plain(value[1] if value else ""))
    for name, text in re.findall(
        r'<textarea[^>]*name="([^"]*)"[^>]*>\r?\n?(.*?)</textarea>', page, re.DOTALL
    ):
        typed[name] = [_plain(text)]
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', page, re.DOTALL):
        ways = (r'value="([^"]*)" selected', r'selected value="([^"]*)"', r'value="([^"]*)"')
        picked = next((found for way in ways if (found := re.search(way, options))), None)
        typed[name] = [_plain(picked[1]) if picked else ""]
    return {name: value for name, value in typed.items() if name not in ("csrf_token", "revision", "act")}


def _plain(text: str) -> str:
    for coded, letter in (
        ("&#34;", '"'),
        ("&quot;", '"'),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ):
        text = text.replace(coded, letter)
    return text


FINDINGS = json.loads((Path(__file__).parents[2] / "docs/formats/findings.schema.json").read_text())
FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def ask(author: Any, session: Session, draft: Draft) -> Any:
    """Posts to an address below the rules, as the editor does, with what stands there changed."""
    token = people.token(author, f"{AT}/rules")

    def ask(path: str, change: tuple[str, str] = ("", ""), **typed: Any) -> Any:
        text = typed.pop("content", files_of(session, draft)[RULES].replace(*change))
        field = "content" if path in ("", "/findings", "/layout") else "typed-rules"
        sent = {field: text, "csrf_token": token, **typed}
        address = AT + path if path.startswith("/examples/new") else f"{AT}/rules{path}"
        accept = {"Accept": typed.pop("accept", "*/*" if path == "/proofs" else "application/json")}
        headers = accept | (FRAGMENT if accept["Accept"] == "*/*" else {})
        return author.post(address, data=sent, headers=headers)

    return ask
