"""«Sửa giúp»: offered beside a finding, done as a save of its author's, taken back like any other; without scripts."""

import re
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from designer.drafts import Saved, file_of, save
from designer.models import Draft
from procedure_library.package import STEPS
from tests.conftest import MONDAY_MORNING
from tests.web import people
from tests.web.drafting import AT, LAN, definition

# Where a finding about the steps is read.
LISTS = (AT, f"{AT}/steps", f"{AT}/submission")


@pytest.fixture
def misspelt(session: Session, draft: Draft) -> Saved:
    """A role is misspelt in the drawing."""
    return changed(session, draft, 'motcua:role="approver"', 'motcua:role="aprover"')


def changed(session: Session, draft: Draft, old: str, new: str) -> Saved:
    drawn = file_of(session, draft, STEPS)
    assert drawn is not None
    content = (drawn.content or "").replace(old, new, 1)
    assert content != drawn.content
    saved = save(session, draft, STEPS, content, revision=drawn.revision, by=LAN, at=MONDAY_MORNING)
    assert isinstance(saved, Saved)
    return saved


def here(draft: Draft, path: str) -> str:
    return path.replace("/drafts/1", f"/drafts/{draft.id}", 1)


def offers(page: str) -> list[dict[str, str]]:
    """What each remedy's form on the page would send."""
    forms = re.findall(r'<form class="finding-mend".*?</form>', page, re.DOTALL)
    found = (re.findall(r'name="([a-z_]+)" value="([^"]*)"', form) for form in forms)
    return [{name: unescape(value) for name, value in typed} for typed in found]


@pytest.mark.parametrize("path", LISTS)
def test_it_is_offered_done_and_gone_on_every_list(
    author: Any, draft: Draft, session: Session, misspelt: Saved, path: str
) -> None:
    client, address = author.client, here(draft, path)
    page = client.get(address).text
    assert "vai trò «Người có thẩm quyền quyết định»" in page
    # The page of the drawing holds the list for who has no scripts as well.
    offer, *again = (each for each in offers(page) if each["code"] == "procedures.task.unknown_role")
    assert {(each["where"], each["known"]) for each in again} <= {(offer["where"], offer["known"])}
    answer = client.post(here(draft, f"{AT}/remedies"), data=offer)
    assert answer.headers["Location"] == f"{address}#findings"
    after = client.get(address).text
    assert "Đã sửa: Giao" in after
    assert "procedures.task.unknown_role" not in {each["code"] for each in offers(after)}
    assert {step.role for step in definition(session, draft).steps} >= {"approver"}


def test_it_is_a_save_in_the_history_by_whoever_pressed(
    author: Any, draft: Draft, session: Session, misspelt: Saved
) -> None:
    (offer,) = offers(author.client.get(here(draft, AT)).text)
    author.client.post(here(draft, f"{AT}/remedies"), data=offer)
    last = file_of(session, draft, STEPS)
    assert last is not None
    assert last.revision == misspelt.revision + 1
    assert last.by != misspelt.by


def test_what_somebody_saved_in_between_stays(
    author: Any, draft: Draft, session: Session, misspelt: Saved
) -> None:
    (offer,) = offers(author.client.get(here(draft, AT)).text)
    theirs = changed(session, draft, 'motcua:role="case_officer"', 'motcua:role="leader"')
    author.client.post(here(draft, f"{AT}/remedies"), data=offer)
    assert "Lan vừa lưu tệp này nên chưa sửa gì" in author.client.get(here(draft, AT)).text
    assert file_of(session, draft, STEPS) == theirs


def test_what_is_no_longer_wrong_is_not_mended(
    author: Any, draft: Draft, misspelt: Saved, session: Session
) -> None:
    (offer,) = offers(author.client.get(here(draft, AT)).text)
    changed(session, draft, 'motcua:role="aprover"', 'motcua:role="approver"')
    author.client.post(here(draft, f"{AT}/remedies"), data=offer)
    assert "không còn gì để sửa giúp" in author.client.get(here(draft, AT)).text


@pytest.mark.parametrize(
    "typed",
    [{}, {"code": "no.such.code", "where": "x"}, {"code": "procedures.task.no_role", "known": "x:y:z 9"}],
)
def test_what_no_page_offers_changes_nothing(author: Any, draft: Draft, session: Session, typed: Any) -> None:
    before = file_of(session, draft, STEPS)
    token = people.token(author.client, "/designer/drafts/new")
    answer = author.client.post(here(draft, f"{AT}/remedies"), data={**typed, "csrf_token": token})
    assert answer.status_code == 303
    assert file_of(session, draft, STEPS) == before


def test_who_may_not_write_is_offered_nothing(
    client: FlaskClient, session: Session, draft: Draft, misspelt: Saved
) -> None:
    people.official(session, people.unit(session), "procedure_controller")
    people.sign_in(client, "tiep")
    assert offers(client.get(here(draft, AT)).text) == []
    token = people.token(client, here(draft, AT))
    assert client.post(here(draft, f"{AT}/remedies"), data={"csrf_token": token}).status_code == 403
