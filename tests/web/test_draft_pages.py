"""The pages on which a draft is written: who may, what is saved, what two people who write at once are shown."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from designer.drafts import file_of, files_of, save
from designer.models import Draft
from procedure_library.package import FORM
from tests.conftest import MONDAY_MORNING
from tests.web import people
from tests.web.drafting import AT, LAN, Visitor, definition, send

READ = (
    *(f"{AT}/{part}" for part in ("form", "rules", "head", "letters", "examples", "submission")),
    f"{AT}/form/preview/documents",
    f"{AT}/letters/certification_words",
    "/designer/reviews",
    "/designer/publications",
)
WRITE = (
    f"{AT}/form/new-page",
    f"{AT}/form/pages/documents",
    f"{AT}/form/new-field?page=documents&kind=choice",
    f"{AT}/form/fields/documents.foreign_kind",
    f"{AT}/head/new-case-type",
    f"{AT}/head/case-types/paper_copy",
    f"{AT}/letters/new",
    f"{AT}/examples/new/paper_copy",
)


@pytest.mark.parametrize("role", ["administrator", "procedure_controller", "publisher"])
def test_keepers_read_every_page_and_only_administrators_write(
    client: FlaskClient, session: Session, draft: Draft, role: str
) -> None:
    people.official(session, people.unit(session), role)
    people.sign_in(client, "tiep")
    keeper = Visitor(client, draft)
    assert {path: keeper.get(path).status_code for path in READ} == dict.fromkeys(READ, 200)
    may = 200 if role == "administrator" else 403
    assert {path: keeper.get(path).status_code for path in WRITE} == dict.fromkeys(WRITE, may)


def test_who_works_on_dossiers_reads_only_what_changes(
    client: FlaskClient, session: Session, draft: Draft
) -> None:
    people.official(session, people.unit(session), "reception")
    people.sign_in(client, "tiep")
    assert {client.get(path).status_code for path in (*READ, *WRITE)} == {403}
    notices = client.get("/designer/notices")
    assert notices.status_code == 200
    assert "Chứng thực bản sao" in notices.text


def test_every_page_speaks_both_languages(author: Any) -> None:
    author.get("/designer/reviews?language=en")
    for path in (*READ, *WRITE, "/designer/notices"):
        assert '<html lang="en">' in author.get(path).text, path


NOWHERE = (
    f"{AT}/form/fields/nowhere",
    f"{AT}/form/pages/nowhere",
    f"{AT}/head/case-types/nowhere",
    f"{AT}/letters/nowhere",
    f"{AT}/letters/..",
    f"{AT}/examples/new/nowhere",
    "/designer/drafts/999/form",
    "/designer/reviews/999",
    "/designer/reviews/999/basis",
    "/designer/publications/999/basis",
)


def test_what_is_not_there_is_not_found(author: Any) -> None:
    assert {path: author.get(path).status_code for path in NOWHERE} == dict.fromkeys(NOWHERE, 404)


def test_a_question_is_added_with_its_condition(author: Any, session: Session, draft: Draft) -> None:
    new = f"{AT}/form/new-field?page=documents&kind=text"
    answer = send(
        author,
        f"{AT}/form/fields",
        new,
        title_vi="Lý do",
        kind="text",
        page="documents",
        required="y",
        **{"cases-0-case": '["applicant.on_behalf_of", "is", "organisation"]', "cases-0-number": ""},
    )
    assert answer.status_code == 303, answer.text
    form = definition(session, draft).form
    assert form["properties"]["ly_do"] == {"type": "string", "title": "Lý do"}
    assert form["x-motcua-pages"][1]["fields"] == ["documents", "ly_do"]
    assert form["allOf"][-1]["then"] == {"required": ["ly_do"]}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title_vi": "", "kind": "text"}, "Ghi câu hỏi bằng tiếng Việt"),
        ({"title_vi": "Lý do", "kind": "integer", "least": "nhiều"}, "Nhập số, ví dụ 5 hoặc 1.000"),
        ({"title_vi": "Lý do", "kind": "nothing"}, "Lý do"),
    ],
)
def test_what_cannot_be_a_question_is_said_and_nothing_typed_is_lost(
    author: Any, session: Session, draft: Draft, typed: dict[str, str], said: str
) -> None:
    before = files_of(session, draft)
    answer = send(author, f"{AT}/form/fields", f"{AT}/form/new-field", help_vi="Giữ lại", **typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Giữ lại" in answer.text
    assert files_of(session, draft) == before


def test_another_kind_shows_its_own_boxes_and_keeps_what_was_typed(author: Any) -> None:
    typed = {"title_vi": "Cách nhận", "kind": "choice", "act": "kind"}
    answer = send(author, f"{AT}/form/fields", f"{AT}/form/new-field", **typed)
    assert 'name="choices-2-vi"' in answer.text
    assert 'value="Cách nhận"' in answer.text


def test_questions_and_pages_move_and_go(author: Any, session: Session, draft: Draft) -> None:
    at = f"{AT}/form"
    send(author, f"{at}/fields/documents.name/place", at, to="down")
    send(author, f"{at}/pages/commitment/place", at, to="up")
    send(author, f"{at}/fields/documents.number/removal", at)
    form = definition(session, draft).form
    rows = list(form["properties"]["documents"]["items"]["properties"])
    assert rows[:3] == ["id", "issued_by", "name"]
    assert "number" not in rows
    assert [page["key"] for page in form["x-motcua-pages"]][:2] == ["requester", "commitment"]


def test_two_who_write_at_once_see_each_other(author: Any, session: Session, draft: Draft) -> None:
    path = f"{AT}/form/fields/documents.name"
    mine = author.get(path)
    revision = re.search(r'name="revision" value="(\d+)"', mine.text)
    assert revision
    theirs = file_of(session, draft, FORM)
    assert theirs is not None
    changed = (theirs.content or "").replace("Tên giấy tờ, văn bản", "Tên bản chính")
    save(session, draft, FORM, changed, revision=theirs.revision, by=LAN, at=MONDAY_MORNING)
    session.flush()
    typed = {"title_vi": "Tên văn bản của tôi", "kind": "text", "revision": revision[1]}
    clash = people.send(author, path, path, **typed)
    assert clash.status_code == 409
    assert "Lan đã lưu phần này" in clash.text
    assert "Tên bản chính" in clash.text
    assert 'value="Tên văn bản của tôi"' in clash.text
    assert "Tên bản chính" in files_of(session, draft)[FORM]
    newest = re.search(r'name="revision" value="(\d+)"', clash.text)
    assert newest
    assert people.send(author, path, path, **{**typed, "revision": newest[1]}).status_code == 303
    assert "Tên văn bản của tôi" in files_of(session, draft)[FORM]


@pytest.mark.parametrize(
    ("role", "act"),
    [
        ("administrator", "agreement"),
        ("administrator", "return"),
        ("administrator", "publication"),
        ("procedure_controller", "publication"),
        ("procedure_controller", "recall"),
        ("publisher", "agreement"),
        ("reception", "agreement"),
    ],
)
def test_each_act_of_a_review_is_for_its_role(
    client: FlaskClient, session: Session, role: str, act: str
) -> None:
    people.official(session, people.unit(session), role)
    people.sign_in(client, "tiep")
    assert people.send(client, f"/designer/reviews/1/{act}", "/profile").status_code == 403


def test_a_group_says_where_its_questions_are_seen(author: Any) -> None:
    text = author.get(f"{AT}/form/fields/applicant").text
    assert "mở «Xem như người nộp» của trang" in text
    assert "Ghi câu hỏi và các câu trả lời để xem trước" not in text
