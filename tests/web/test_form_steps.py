"""The page of a draft's form: undo, redo, the frame beside the list, and saving while somebody types."""

from typing import Any

from sqlalchemy.orm import Session

from common.identity.actor import machine
from designer.drafts import file_of, files_of, save
from designer.models import Draft
from form_builder.editing import question_at
from procedure_library.canonical import parsed
from procedure_library.package import FORM
from tests.conftest import MONDAY_MORNING
from tests.web.drafting import AT, boxes, send

PAGE, STEPS = f"{AT}/form", f"{AT}/form/steps"
QUESTION = f"{AT}/form/fields/declaration"
JSON = {"Accept": "application/json"}


def form(session: Session, draft: Draft) -> str:
    return files_of(session, draft)[FORM]


def test_what_was_done_is_undone_and_done_again(author: Any, session: Session, draft: Draft) -> None:
    first = form(session, draft)
    assert send(author, STEPS, PAGE, to="back").status_code == 404
    send(author, f"{AT}/form/fields/declaration/removal", PAGE)
    second = form(session, draft)
    send(author, STEPS, PAGE, to="back")
    assert form(session, draft) == first
    send(author, STEPS, PAGE, to="forth")
    assert form(session, draft) == second


def test_nobody_undoes_what_somebody_else_has_just_saved(author: Any, session: Session, draft: Draft) -> None:
    send(author, f"{AT}/form/fields/declaration/removal", PAGE)
    theirs = form(session, draft).replace("Yêu cầu cho", "Xin cho")
    save(session, draft, FORM, theirs, revision=2, by=machine("Lan"), at=MONDAY_MORNING)
    send(author, STEPS, PAGE, to="back", revision="2")
    assert form(session, draft) == theirs


def test_the_frame_shows_the_page_and_only_this_house_may_frame_it(author: Any, draft: Draft) -> None:
    page = author.get(f"{AT}/form/frame/requester")
    assert "Yêu cầu cho" in page.text
    assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in author.get(PAGE).headers["Content-Security-Policy"]
    assert "chưa hiện được" in author.get(f"{AT}/form/frame/nothing").text


def test_a_question_is_saved_while_it_is_typed(author: Any, session: Session, draft: Draft) -> None:
    page = author.get(QUESTION).text
    typed = {**boxes(page), "act": "save", "title_vi": "Tôi cam đoan"}
    assert typed.pop("block") == [""]
    token, sent = page.partition('name="csrf_token" value="')[2].partition('"')[0], {**typed, "revision": "1"}
    saved = author.post(QUESTION, data={**sent, "csrf_token": token}, headers=JSON)
    assert (saved.status_code, saved.json) == (200, {"revision": 2})
    question = question_at(parsed(form(session, draft)), "declaration")
    assert question is not None
    assert question.title.vi == "Tôi cam đoan"
    wrong = author.post(QUESTION, data={**sent, "title_vi": "", "csrf_token": token}, headers=JSON)
    assert wrong.status_code == 422
    clash = author.post(QUESTION, data={**sent, "title_vi": "Khác", "csrf_token": token}, headers=JSON)
    assert clash.status_code == 409
    assert clash.json["revision"] == 2
    now = file_of(session, draft, FORM)
    assert now is not None
    assert now.revision == 2


def test_a_question_sent_as_it_was_shown_changes_nothing(author: Any, session: Session, draft: Draft) -> None:
    before = form(session, draft)
    for path in ("declaration", "documents", "documents.copies", "applicant.organisation", "applicant.phone"):
        at = f"{AT}/form/fields/{path}"
        assert send(author, at, at, **boxes(author.get(at).text)).status_code == 303
    assert form(session, draft) == before


def test_an_example_that_is_no_answer_is_refused_in_the_words_a_citizen_would_get(author: Any) -> None:
    address = f"{AT}/form/fields/documents.pages"
    refused = send(author, address, address, **{**boxes(author.get(address).text), "example": "mười"})
    assert refused.status_code == 422
    assert "«Ví dụ một câu trả lời» không phải là số. Hãy nhập số nguyên, ví dụ 5 hoặc 1.000." in refused.text
