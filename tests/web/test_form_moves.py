"""Questions and pages of a draft's form are put elsewhere, with script and without; nothing is overwritten."""

from typing import Any

from sqlalchemy.orm import Session

from common.identity.actor import machine
from designer.drafts import file_of, files_of, save
from designer.models import Draft
from form_builder.schema import read_form
from procedure_library.canonical import parsed
from procedure_library.package import FORM
from tests.conftest import MONDAY_MORNING
from tests.web.drafting import AT, FRAGMENT, send
from tests.web.people import token

PAGE, MOVES = f"{AT}/form", f"{AT}/form/moves"


def form(session: Session, draft: Draft) -> Any:
    return read_form(parsed(files_of(session, draft)[FORM]))


def test_a_question_goes_to_another_page_and_into_a_block_without_script(
    author: Any, session: Session, draft: Draft
) -> None:
    pages = [page.key for page in form(session, draft).pages]
    assert send(author, MOVES, PAGE, field="declaration", into=f"page:{pages[0]}").status_code == 303
    assert [field.key for field in form(session, draft).pages[0].fields][-1] == "declaration"
    assert send(author, MOVES, PAGE, field="declaration", into="block:applicant").status_code == 303
    assert form(session, draft).field_at("applicant.declaration").required
    assert form(session, draft).field_at("declaration") is None


def test_a_page_is_put_first(author: Any, session: Session, draft: Draft) -> None:
    pages = [page.key for page in form(session, draft).pages]
    send(author, MOVES, PAGE, moved_page=pages[-1], at="0")
    assert [page.key for page in form(session, draft).pages] == [pages[-1], *pages[:-1]]


def test_what_cannot_be_moved_there_is_told_on_the_page(author: Any, session: Session, draft: Draft) -> None:
    before = files_of(session, draft)[FORM]
    refused = send(author, MOVES, PAGE, field="documents", into="block:documents")
    assert refused.status_code == 422
    assert "vào chính nó" in refused.text
    for typed in (
        {"field": "nothing", "into": "page:x"},
        {"field": "declaration"},
        {"moved_page": "x", "at": "0"},
    ):
        assert "không còn trong tờ khai" in send(author, MOVES, PAGE, **typed).text
    assert files_of(session, draft)[FORM] == before


def test_with_script_the_answer_is_the_list_and_says_where_it_is(
    author: Any, session: Session, draft: Draft
) -> None:
    page = form(session, draft).pages[0].key
    typed = {
        "field": "declaration",
        "page": page,
        "at": "0",
        "revision": "1",
        "csrf_token": token(author, PAGE),
    }
    answer = author.post(MOVES, data=typed, headers=FRAGMENT)
    assert answer.status_code == 200
    assert answer.text.count("<html") == 0
    assert "chỗ 1 trên 2" in answer.text
    assert 'data-revision="2"' in answer.text


def test_who_moved_in_between_is_told_and_the_newest_list_is_shown(
    author: Any, session: Session, draft: Draft
) -> None:
    sent, theirs = token(author, PAGE), files_of(session, draft)[FORM].replace("Yêu cầu cho", "Xin cho")
    save(session, draft, FORM, theirs, revision=1, by=machine("Lan"), at=MONDAY_MORNING)
    page = form(session, draft).pages[0].key
    typed = {"field": "declaration", "page": page, "at": "0", "revision": "1", "csrf_token": sent}
    answer = author.post(MOVES, data=typed, headers=FRAGMENT)
    assert answer.status_code == 409
    assert "Lan" in answer.text
    assert "Xin cho" in answer.text
    saved = file_of(session, draft, FORM)
    assert saved is not None
    assert (saved.revision, saved.content) == (2, theirs)
