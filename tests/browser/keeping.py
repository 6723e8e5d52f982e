"""What those who keep procedures do in the journeys: ask a new question, submit, agree, publish."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.identity.models import Unit
from tests.browser.steps import PDF, follow, look, press, says, tells
from tests.web import people

KEEPERS = {"quantri": "administrator", "kiemsoat": "procedure_controller", "congbo": "publisher"}
DRAFT = "/designer/drafts/1"


def employ_keepers(session: Session) -> None:
    """Three people at the province, one for each act."""
    province = session.scalars(select(Unit).where(Unit.key == "province")).one()
    for login, role in KEEPERS.items():
        people.official(session, province, role, login=login).full_name = login.title()


def add_question(page: Any, vietnamese: str, english: str) -> None:
    """A question answered by yes or no, on the page of the documents."""
    page.goto(f"{DRAFT}/form")
    look(page)
    page.get_by_role("link", name="Thêm câu hỏi vào trang «Giấy tờ").click()
    page.select_option("#kind", "boolean")
    press(page, "Đổi loại")
    page.fill("#title_vi", vietnamese)
    page.fill("#title_en", english)
    press(page, "Lưu câu hỏi")
    says(page, "Đã thêm câu hỏi.")
    page.goto(f"{DRAFT}/form/preview/documents")
    look(page)
    tells(page, vietnamese)


def submit(page: Any, basis: str, note: str, effective_from: str = "", draft: str = DRAFT) -> None:
    page.goto(f"{draft}/submission")
    page.fill("#basis_number", basis)
    page.fill("#basis_signed_on", "27/02/2026")
    page.set_input_files(
        "#basis_file", files=[{"name": "qd.pdf", "mimeType": "application/pdf", "buffer": PDF}]
    )
    page.fill("#effective_from", effective_from)
    page.fill("#note", note)
    press(page, "Trình")
    says(page, "Đã trình. Người kiểm soát thủ tục sẽ xem bản này.")


def open_review(page: Any) -> None:
    """The submission about certified copies, from the list of what waits."""
    page.goto("/designer/reviews")
    follow(page, "Chứng thực bản sao", exact=False)


def publish(page: Any) -> None:
    open_review(page)
    press(page, "Công bố")
    says(page, "Đã công bố.")
