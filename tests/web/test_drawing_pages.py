"""What a drawing asks of the server: places for its steps, a sheet of paper, and who rests where."""

import json
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from sqlalchemy.orm import Session

from designer.drafts import files_of
from designer.models import Draft
from procedure_library.package import STEPS
from tests.web import people
from tests.web.drafting import AT

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50"><text y="20">Kiểm tra</text></svg>'


def test_steps_are_laid_out_and_nothing_is_saved(author: Any, session: Session, draft: Draft) -> None:
    before = files_of(session, draft)
    sent = {"content": before[STEPS], "lanes": "yes", "csrf_token": people.token(author, f"{AT}/steps")}
    answer = author.post(f"{AT}/steps/layout", data=sent)
    assert answer.status_code == 200
    assert {"compare", "sign", "collect"} <= answer.json["shapes"].keys()
    assert all(len(points) > 1 for points in answer.json["edges"].values())
    assert files_of(session, draft) == before


def test_what_is_no_drawing_is_not_laid_out(author: Any, draft: Draft) -> None:
    token = people.token(author, f"{AT}/steps")
    for content in ("", "<a/>", "không phải XML"):
        answer = author.post(f"{AT}/steps/layout", data={"content": content, "csrf_token": token})
        assert answer.status_code == 400


def test_a_drawing_is_set_on_one_sheet_with_its_title_and_lanes(author: Any, draft: Draft) -> None:
    answer = _sheet(author, svg=SVG, paper="a4", lanes=["Công chức thụ lý, tại cơ quan giải quyết"])
    assert answer.mimetype == "application/pdf"
    (page,) = PdfReader(BytesIO(answer.data)).pages
    text = page.extract_text()
    for words in (
        "Chứng thực bản sao",
        "Bản soạn thảo số",
        "Công chức thụ lý, tại cơ quan giải quyết",
        "Kiểm tra",
    ):
        assert words in text


def test_what_is_no_drawing_becomes_no_sheet(author: Any, draft: Draft) -> None:
    for sent in (
        {"svg": "", "paper": "a4"},
        {"svg": SVG, "paper": "letter"},
        {"svg": '<svg xmlns="http://www.w3.org/2000/svg"><g>', "paper": "a3"},
        {"svg": SVG * 100_000, "paper": "a3"},
    ):
        answer = _sheet(author, **sent)
        assert answer.status_code == 422
        assert "SVG" in answer.text


def test_a_sheet_shows_no_file_of_the_machine(author: Any, draft: Draft) -> None:
    pictures = (
        f'<image href="{name}" width="9" height="9"/>' for name in ("file:///etc/passwd", "/etc/passwd")
    )
    picture = "".join(pictures)
    answer = _sheet(author, svg=SVG.replace("<text", f"{picture}<text"), paper="a4")
    assert answer.status_code in (200, 422)
    assert b"root:" not in answer.data


def test_a_published_version_shows_its_drawing(author: Any, draft: Draft) -> None:
    page = author.get("/designer/procedures/chung_thuc_ban_sao/versions/1/steps").text
    assert 'id="canvas"' in page
    assert "Hiện không có hồ sơ nào" in page
    assert 'data-act="arrange"' not in page


def _sheet(author: Any, **sent: Any) -> Any:
    token = people.token(author, f"{AT}/steps")
    return author.post(
        f"{AT}/steps/sheet.pdf",
        data=json.dumps(sent),
        headers={"Content-Type": "application/json", "X-CSRFToken": token},
    )
