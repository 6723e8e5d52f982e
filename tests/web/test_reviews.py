"""The pages of reviews: what was said to a draft meets its author, and a decided review tells what it changed."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from common.identity.actor import machine
from common.identity.models import Unit
from designer.models import Draft
from designer.reviews.models import Submission
from designer.reviews.results import ResultRow, results_of
from procedure_library.checks import check
from procedure_library.queries import compiled_by_digest
from procedure_library.ready_made import national_calendar
from procedure_library.reference import calendar_for, record_calendar
from tests.browser.steps import PDF
from tests.conftest import MONDAY_MORNING
from tests.web import people
from tests.web.drafting import AT, boxes, send

BASIS = {
    "basis_number": "Quyết định 21/QĐ-UBND",
    "basis_signed_on": "27/02/2026",
    "note": "Tên thủ tục gọn hơn.",
}


@pytest.fixture
def renamed(author: Any) -> Any:
    """The author, whose draft calls the procedure otherwise."""
    typed = boxes(author.get(f"{AT}/head").text)
    assert (
        send(author, f"{AT}/head", f"{AT}/head", **{**typed, "name_vi": "Chứng thực bản sao"}).status_code
        == 303
    )
    return author


def submitted(author: Any, **more: str) -> str:
    scan = (BytesIO(PDF), "qd.pdf")
    answer = send(author, f"{AT}/submissions", f"{AT}/submission", **BASIS, **more, basis_file=scan)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def keeper(app: Flask, session: Session, role: str) -> FlaskClient:
    unit = session.scalars(select(Unit)).first()
    assert unit is not None
    people.official(session, unit, role, login=role).full_name = role.title()
    session.flush()
    client = app.test_client()
    people.sign_in(client, role)
    return client


def test_what_is_to_be_mended_meets_the_author_first(renamed: Any, app: Flask, session: Session) -> None:
    review = submitted(renamed)
    controller = keeper(app, session, "procedure_controller")
    silent = people.send(controller, f"{review}/return", review, comment="")
    assert silent.status_code == 422
    assert '<a href="#comment">Trả lại mà chưa nêu ý kiến.' in silent.text
    assert people.send(controller, f"{review}/return", review, comment="Ghi tên đầy đủ.").status_code == 303
    text = renamed.get(f"{AT}/submission").text
    assert text.index("Ghi tên đầy đủ.") < text.index("Trình kiểm soát và công bố")
    overview = renamed.client.get(f"/designer/drafts/{renamed.draft.id}").text
    assert overview.index("Ghi tên đầy đủ.") < overview.index("Trong bản soạn thảo")
    typed = boxes(renamed.get(f"{AT}/submission").text)
    assert {name: typed[name][0] for name in BASIS} == BASIS


def test_a_published_review_tells_what_it_changed(
    renamed: Any, app: Flask, session: Session, draft: Draft
) -> None:
    review = submitted(renamed)
    people.send(keeper(app, session, "procedure_controller"), f"{review}/agreement", review, comment="")
    publisher = keeper(app, session, "publisher")
    assert people.send(publisher, f"{review}/publication", review, comment="").status_code == 303
    text = publisher.get(review).text
    assert "So với phiên bản 1, áp dụng từ 02/03/2026." in text
    assert "Nội dung không khác" not in text
    assert "<ins>Chứng thực bản sao" in text


def test_a_clause_without_its_day_is_said_together_with_what_else_is_missing(renamed: Any) -> None:
    answer = send(renamed, f"{AT}/submissions", f"{AT}/submission", transition="stay_before")
    assert answer.status_code == 422
    for field in ("basis_number", "transition_before"):
        assert f'<a href="#{field}">' in answer.text


def test_the_clause_is_read_by_all_who_have_to_do_with_the_publication(
    renamed: Any, app: Flask, session: Session
) -> None:
    review = submitted(renamed, transition="stay_before", transition_before="01/04/2026")
    said = "Hồ sơ tiếp nhận trước ngày 01/04/2026 giải quyết theo phiên bản cũ, từ ngày đó theo phiên bản mới"
    controller, publisher = (keeper(app, session, role) for role in ("procedure_controller", "publisher"))
    assert said in controller.get(review).text
    people.send(controller, f"{review}/agreement", review, comment="")
    assert people.send(publisher, f"{review}/publication", review, comment="").status_code == 303
    for page in ("/designer/publications", "/designer/notices"):
        assert said in publisher.get(page).text


def test_the_page_of_a_procedure_tells_who_did_which_act_and_what_is_being_written(
    renamed: Any, app: Flask, session: Session
) -> None:
    procedure = "/designer/procedures/chung_thuc_ban_sao"
    author = renamed.client
    assert "Soạn phiên bản mới" not in author.get(procedure).text
    assert f'href="/designer/drafts/{renamed.draft.id}"' in author.get(procedure).text
    review = submitted(renamed)
    controller = keeper(app, session, "procedure_controller")
    assert "Đang trình duyệt" in controller.get(procedure).text
    people.send(controller, f"{review}/agreement", review, comment="")
    people.send(keeper(app, session, "publisher"), f"{review}/publication", review, comment="")
    text = author.get(procedure).text
    for act in ("Soạn: Lê Văn Tiếp", "Kiểm soát: Procedure_Controller", "Công bố: Publisher", "Bản quét"):
        assert act in text, act
    assert "Soạn phiên bản mới" in text


def test_the_page_of_a_procedure_tells_what_it_leaves_out(author: Any, draft: Draft) -> None:
    text = author.client.get("/designer/procedures/chung_thuc_ban_sao").text
    assert "Phần chưa có trong phiên bản đang áp dụng" in text


def test_one_page_holds_what_three_people_judge_by(renamed: Any, app: Flask, session: Session) -> None:
    review = submitted(renamed, transition="move_all")
    text = keeper(app, session, "procedure_controller").get(review).text
    for anchor in ("changes", "findings", "proofs", "examples", "dossiers", "acts"):
        assert f'href="#{anchor}"' in text
        assert f'id="{anchor}"' in text
    assert "Mọi quy tắc đều được chứng minh, với mọi câu trả lời mà tờ khai nhận." in text
    assert "in thử với" in text
    assert "Mọi hồ sơ chưa giải quyết xong phải chuyển sang phiên bản mới." in text
    assert "Tính lúc 09 giờ 00, 02/03/2026." in text


def test_a_review_is_read_from_what_was_kept_and_worked_out_anew_when_asked(
    renamed: Any, app: Flask, session: Session
) -> None:
    review = submitted(renamed)
    controller = keeper(app, session, "procedure_controller")
    assert "đã thay đổi từ lúc tính" not in controller.get(review).text
    assert len(session.scalars(select(ResultRow)).all()) == 1
    shipped = national_calendar().calendar
    longer = replace(shipped, version=shipped.version + 1, closed=shipped.closed | {date(2026, 3, 11)})
    record_calendar(
        session,
        longer,
        effective_from=date(2026, 3, 1),
        basis="Quyết định",
        by=machine("Lan"),
        at=MONDAY_MORNING,
    )
    session.flush()
    assert "Lịch làm việc hoặc thủ tục liên thông đã thay đổi từ lúc tính." in controller.get(review).text
    answer = people.send(controller, f"{review}/results", review)
    assert answer.status_code == 303
    assert "đã thay đổi từ lúc tính" not in controller.get(review).text
    assert len(session.scalars(select(ResultRow)).all()) == 2


def test_what_was_kept_is_what_was_found(renamed: Any, session: Session) -> None:
    submitted(renamed)
    submission = session.scalars(select(Submission)).one()
    definition = compiled_by_digest(session, submission.digest).definition
    kept = results_of(session, definition, MONDAY_MORNING)
    assert kept is not None
    calendar = calendar_for(session, MONDAY_MORNING.date())
    assert [each for each in kept.findings if not each.code.startswith("procedures.letter.")] == list(
        check(definition, calendar)
    )
    assert {each.verdict for each in kept.proofs} == {"proved"}
    assert all(each.proved for each in kept.proofs)
    assert all(kept.of_example(each.key) == [] for each in definition.examples)
