"""Who fills and who sees a question is picked among the steps of the draft, and told wherever the step is."""

from typing import Any

from sqlalchemy.orm import Session

from designer.drafts import files_of
from designer.form_text import form_in
from designer.models import Draft
from form_builder.bank import Source, uses
from form_builder.editing import question_at
from procedure_library.package import FORM
from tests.web.drafting import AT, boxes, send
from tests.web.people import token

FIELD = f"{AT}/form/fields/declaration"
COMPARE = {"kind": "task", "key": "compare", "name": "Đối chiếu", "role": "case_officer"}


def asked(session: Session, draft: Draft, path: str) -> Any:
    return question_at(form_in(files_of(session, draft)[FORM]) or {}, path)


def test_steps_are_ticked_in_words_and_kept_as_keys(author: Any, session: Session, draft: Draft) -> None:
    opened = author.get(FIELD).text
    assert "Ai điền, ở bước nào" in opened
    assert "Đối chiếu bản sao với bản chính, ghi lời chứng" in opened
    typed = {**boxes(opened), "fills": ["compare"], "shows": ["decline"]}
    assert send(author, FIELD, FIELD, **typed).status_code == 303
    question = asked(session, draft, "declaration")
    assert (question.fills, question.shows) == (("compare",), ("decline",))
    page = author.get(f"{AT}/form").text
    assert "Điền ở bước: «Đối chiếu bản sao với bản chính, ghi lời chứng»" in page
    assert "Chỉ bước này xem: «Ký văn bản từ chối chứng thực»" in page
    again = boxes(author.get(FIELD).text)
    assert (again["fills"], again["shows"]) == (["compare"], ["decline"])
    send(author, FIELD, FIELD, **{**again, "fills": [], "shows": []})
    assert asked(session, draft, "declaration").fills == ()


def test_the_panel_of_a_step_and_the_list_of_steps_name_its_questions(
    author: Any, session: Session, draft: Draft
) -> None:
    send(author, FIELD, FIELD, **{**boxes(author.get(FIELD).text), "fills": ["compare"]})
    headers = {"X-CSRFToken": token(author, f"{AT}/steps")}
    panel = author.post(f"{AT}/steps/panel", json=COMPARE, headers=headers).text
    named = panel.partition("Câu hỏi nêu riêng bước này")[2]
    assert f"/designer/drafts/{draft.id}/form/fields/declaration" in named
    assert "điền ở bước này" in named
    row = (
        author.get(f"{AT}/steps")
        .text.partition('id="step-compare"')[2]
        .partition("</h3>")[2]
        .partition("</li>")[0]
    )
    assert asked(session, draft, "declaration").title.vi in row


def test_a_step_that_does_not_exist_is_a_finding_and_stays_until_it_is_taken_out(
    author: Any, session: Session, draft: Draft
) -> None:
    refused = send(author, FIELD, FIELD, **{**boxes(author.get(FIELD).text), "fills": ["nowhere"]})
    assert refused.status_code == 422
    assert asked(session, draft, "declaration").fills == ()


def test_a_question_inside_a_block_offers_no_steps(author: Any) -> None:
    assert "Ai điền, ở bước nào" not in author.get(f"{AT}/form/fields/applicant.full_name").text
    assert "Ai điền, ở bước nào" in author.get(f"{AT}/form/new-field?page=documents").text


def test_a_block_of_the_bank_leaves_the_steps_with_the_procedure(
    author: Any, session: Session, draft: Draft
) -> None:
    send(author, FIELD, FIELD, **{**boxes(author.get(FIELD).text), "fills": ["compare"]})
    named = {
        "questions": ["declaration"],
        "title_vi": "Cam đoan",
        "title_en": "Declaration",
        "becomes": "new",
    }
    saved = send(author, f"{FIELD}/blocks", f"{FIELD}/new-block", **named)
    assert saved.status_code == 303
    schema = form_in(files_of(session, draft)[FORM]) or {}
    assert asked(session, draft, "declaration").fills == ("compare",)
    (use,) = uses(schema)
    assert use.source == Source("cam_doan", 1, use.source.digest)
    assert "compare" not in author.get("/designer/blocks/cam_doan").text
