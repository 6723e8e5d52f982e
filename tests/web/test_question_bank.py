"""Questions kept in the bank, put into another form, and brought up to date where their author says so."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from common.text import Text
from designer.bank.keeping import new_block, new_version
from designer.bank.models import BlockVersion
from designer.bank.queries import block_named, content_of, drafts_using, newest_of
from designer.drafts import Saved, begin_new, files_of, revisions_of, save
from designer.form_text import form_in, form_text
from designer.models import Draft
from form_builder.bank import uses
from form_builder.checks import check_form
from form_builder.editing import question_at
from procedure_library.package import FORM
from tests.conftest import MONDAY_MORNING
from tests.web.drafting import AT, LAN, Visitor, boxes, send
from tests.web.people import token

SAVING = f"{AT}/form/fields/applicant/new-block"
NAMED = {"title_vi": "Người yêu cầu", "title_en": "Applicant", "becomes": "new"}


def form(session: Session, draft: Draft) -> Any:
    return form_in(files_of(session, draft)[FORM])


def write(session: Session, draft: Draft, schema: Any) -> None:
    saves = save(
        session, draft, FORM, form_text(schema), revision=_revision(session, draft), by=LAN, at=MONDAY_MORNING
    )
    assert isinstance(saves, Saved)


def _revision(session: Session, draft: Draft) -> int:
    return revisions_of(session, draft)[FORM]


@pytest.fixture
def kept(author: Any, session: Session) -> BlockVersion:
    """The applicant's group of the draft, kept as a block."""
    answer = send(author, f"{AT}/form/fields/applicant/blocks", SAVING, questions=["applicant"], **NAMED)
    assert answer.status_code == 303
    block = block_named(session, "nguoi_yeu_cau")
    assert block is not None
    return newest_of(session, block)


@pytest.fixture
def other(client: FlaskClient, session: Session, author: Any) -> Visitor:
    """Another draft, a procedure that does not exist yet."""
    begun = begin_new(session, "khai_khac", Text("Khai khác", "Another"), by=LAN, at=MONDAY_MORNING)
    assert isinstance(begun, Draft)
    return Visitor(client, begun)


def test_a_group_is_kept_as_a_block_and_its_form_uses_it_from_then_on(
    author: Any, session: Session, draft: Draft, kept: BlockVersion
) -> None:
    assert (kept.number, kept.title, kept.saved_by) == (1, Text("Người yêu cầu", "Applicant"), "Lê Văn Tiếp")
    assert list(content_of(kept)["properties"]) == ["applicant"]
    (use,) = uses(form(session, draft))
    assert (use.source, use.paths) == (kept.source, ("applicant",))
    page = author.get(f"{AT}/form").text
    assert "Người yêu cầu</a>, phiên bản 1" in page
    assert drafts_using(session, kept.block) == ((draft, 1),)
    assert "Người yêu cầu" in author.get("/designer/blocks").text
    told = author.get("/designer/blocks/nguoi_yeu_cau").text
    assert "bản soạn thảo, dùng phiên bản 1 của khối" in told
    assert "Phiên bản đầu." in told


def test_another_form_takes_the_block_from_the_palette(
    session: Session, other: Visitor, kept: BlockVersion
) -> None:
    page = form(session, other.draft)["x-motcua-pages"][0]["key"]
    palette = f"{AT}/form/new-use?page={page}"
    assert "Đưa vào tờ khai" in other.get(palette).text
    assert send(other, f"{AT}/form/uses", palette, of="nguoi_yeu_cau", page=page).status_code == 303
    schema = form(session, other.draft)
    assert [use.paths for use in uses(schema)] == [("applicant",)]
    assert schema["x-motcua-pages"][0]["fields"][-1] == "applicant"
    assert question_at(schema, "applicant.full_name").personal == "identity"  # type: ignore[union-attr]
    assert [each.code for each in check_form(schema) if each.severity == "error"] == []
    assert {each.id for each, _ in drafts_using(session, kept.block)} >= {other.draft.id}
    into = f"{AT}/form/new-use?block=applicant"
    assert send(other, f"{AT}/form/uses", into, of="nguoi_yeu_cau", block="applicant").status_code == 303
    assert question_at(form(session, other.draft), "applicant.applicant.full_name") is not None


def test_a_newer_version_is_offered_compared_and_taken_only_when_asked_for(
    author: Any, session: Session, draft: Draft, kept: BlockVersion
) -> None:
    here = form(session, draft)
    here["properties"]["applicant"]["properties"]["full_name"]["title"] = "Tên của tôi"
    write(session, draft, here)
    newer = {**content_of(kept)}
    newer["properties"]["applicant"]["properties"]["full_name"]["title"] = "Tên trên giấy khai sinh"
    newer["properties"]["applicant"]["title"] = "Người nộp"
    later = new_version(session, kept.block, kept.title, newer, known=1, by=LAN, at=MONDAY_MORNING)
    assert isinstance(later, BlockVersion)
    assert form(session, draft) == here
    assert "So sánh và cập nhật" in author.get(f"{AT}/form").text
    address = f"{AT}/form/fields/applicant/update"
    compared = author.get(address).text
    clash, taken = compared.partition("Sẽ đổi theo khối")[::2]
    assert "<strong>«Tên của tôi»</strong>: Câu hỏi" in clash
    assert "Giữ của tờ khai: Tên của tôi" in " ".join(clash.split())
    assert "Lấy của khối: Tên trên giấy khai sinh" in " ".join(clash.split())
    assert "Người nộp" in taken
    typed = boxes(compared)
    send(author, address, address, **{**typed, "clash-1": ""})
    now = form(session, draft)
    assert question_at(now, "applicant").title.vi == "Người nộp"  # type: ignore[union-attr]
    assert question_at(now, "applicant.full_name").title.vi == "Tên của tôi"  # type: ignore[union-attr]
    assert [use.source for use in uses(now)] == [later.source]
    assert "So sánh và cập nhật" not in author.get(f"{AT}/form").text
    assert author.get(address).status_code == 404


def test_of_a_clash_the_text_of_the_bank_may_be_chosen(
    author: Any, session: Session, draft: Draft, kept: BlockVersion
) -> None:
    here = form(session, draft)
    here["properties"]["applicant"]["title"] = "Tôi"
    write(session, draft, here)
    newer = content_of(kept)
    newer["properties"]["applicant"]["title"] = "Người nộp"
    new_version(session, kept.block, kept.title, newer, known=1, by=LAN, at=MONDAY_MORNING)
    address = f"{AT}/form/fields/applicant/update"
    stale = send(author, address, address, to="1")
    assert stale.status_code == 409
    assert "chưa cập nhật gì" in stale.text
    send(author, address, address, to="2", **{"clash-1": "/properties/applicant/title"})
    assert question_at(form(session, draft), "applicant").title.vi == "Người nộp"  # type: ignore[union-attr]


def test_a_further_version_is_saved_from_a_form_that_uses_the_block(
    author: Any, session: Session, draft: Draft, kept: BlockVersion
) -> None:
    address = f"{AT}/form/fields/applicant/blocks"
    typed = {"questions": ["applicant"], **NAMED, "becomes": "further"}
    same = send(author, address, SAVING, **typed)
    assert same.status_code == 422
    assert "vẫn đúng như phiên bản 1" in same.text
    here = form(session, draft)
    here["properties"]["applicant"]["title"] = "Người nộp"
    write(session, draft, here)
    assert send(author, address, SAVING, **typed).status_code == 303
    newest = newest_of(session, kept.block)
    assert newest.number == 2
    assert [use.source for use in uses(form(session, draft))] == [newest.source]
    assert "Người nộp" in author.get("/designer/blocks/nguoi_yeu_cau").text
    stale = form(session, draft)
    stale["properties"]["applicant"]["x-motcua-origin"].update(version=1, digest=kept.digest)
    stale["properties"]["applicant"]["title"] = "Ai nộp"
    write(session, draft, stale)
    refused = send(author, address, SAVING, **typed)
    assert refused.status_code == 422
    assert "Cập nhật khối trong tờ khai trước" in refused.text


def test_who_saved_the_form_in_between_loses_nothing_and_no_block_is_written(
    author: Any, session: Session, draft: Draft
) -> None:
    sent = {"csrf_token": token(author, SAVING), "revision": "1", "questions": ["applicant"], **NAMED}
    theirs = form(session, draft)
    theirs["properties"]["applicant"]["title"] = "Tôi"
    write(session, draft, theirs)
    answer = author.post(f"{AT}/form/fields/applicant/blocks", data=sent)
    assert answer.status_code == 409
    assert block_named(session, "nguoi_yeu_cau") is None
    assert form(session, draft) == theirs


def test_a_question_with_faults_and_a_block_without_questions_are_not_kept(
    author: Any, session: Session, draft: Draft
) -> None:
    address = f"{AT}/form/fields/applicant/blocks"
    assert "Chọn ít nhất một câu hỏi" in send(author, address, SAVING, **NAMED).text
    broken = form(session, draft)
    broken["properties"]["applicant"]["properties"] = {}
    broken["properties"]["applicant"]["required"] = []
    write(session, draft, broken)
    refused = send(author, address, SAVING, questions=["applicant"], **NAMED)
    assert refused.status_code == 422
    assert block_named(session, "nguoi_yeu_cau") is None


def test_a_retired_block_is_offered_no_more_and_forms_keep_it(
    author: Any, session: Session, draft: Draft, other: Visitor, kept: BlockVersion
) -> None:
    before, page = form(session, draft), "/designer/blocks/nguoi_yeu_cau"
    sent = {"csrf_token": token(author, page)}
    author.post(f"{page}/retirement", data={**sent, "to": "retired"})
    assert "Không dùng nữa" in author.get("/designer/blocks").text
    first = form(session, other.draft)["x-motcua-pages"][0]["key"]
    palette = f"{AT}/form/new-use?page={first}"
    assert "Đưa vào tờ khai" not in other.get(palette).text
    assert send(other, f"{AT}/form/uses", palette, of="nguoi_yeu_cau", page=first).status_code == 404
    assert form(session, draft) == before
    author.post(f"{page}/retirement", data={**sent, "to": "offered"})
    assert "Đưa vào tờ khai" in other.get(palette).text


def test_a_block_of_another_agency_with_the_same_name_is_none_of_ours(
    author: Any, session: Session, draft: Draft, kept: BlockVersion
) -> None:
    theirs = form(session, draft)
    theirs["properties"]["applicant"]["x-motcua-origin"]["digest"] = "f" * 12
    write(session, draft, theirs)
    assert drafts_using(session, kept.block) == ()
    assert "Người yêu cầu</a>, phiên bản 1" not in author.get(f"{AT}/form").text
    assert author.get(f"{AT}/form/fields/applicant/update").status_code == 404


def test_the_list_is_read_page_by_page(admin: FlaskClient, session: Session) -> None:
    block = {"type": "object", "properties": {"a": {"type": "string", "title": "A"}}}
    for number in range(21):
        assert isinstance(
            new_block(session, Text(f"Khối {number:02}"), block, by=LAN, at=MONDAY_MORNING), BlockVersion
        )
    first = admin.get("/designer/blocks").text
    assert "khoi_19" in first
    assert "khoi_20" not in first
    assert "khoi_20" in admin.get("/designer/blocks?after=khoi_19").text
