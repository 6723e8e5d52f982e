"""A question that has become required is answered in all examples at once, and that is taken back as one act."""

import json
import re
from typing import Any

import pytest
from sqlalchemy.orm import Session

from common.text import Text
from designer.drafts import files_of, save
from designer.form_text import form_in, form_text
from designer.models import Draft
from designer.reading import findings
from form_builder.editing import Question, add_field
from procedure_library.package import FORM
from tests.conftest import MONDAY_MORNING
from tests.web.drafting import AT, LAN, boxes, definition, send

QUICK = Text("Cần trả nhanh", "Quick result")
PURPOSE = Text("Mục đích", "Purpose")
FILL = f"{AT}/form/fields/can_tra_nhanh/examples"


def ask(session: Session, draft: Draft, title: Text, kind: str, block: str = "") -> None:
    """A required question is added to the page of the documents, or to a block on it."""
    form = form_in(files_of(session, draft)[FORM])
    assert form is not None
    changed, _path = add_field(form, Question(kind, title, required=True), page="documents", block=block)
    revision = 1 if block == "" else 2
    save(session, draft, FORM, form_text(changed), revision=revision, by=LAN, at=MONDAY_MORNING)


def wrong(session: Session, draft: Draft) -> set[str]:
    return {finding.where for finding in findings(files_of(session, draft)) if finding.severity == "error"}


def answers(session: Session, draft: Draft, key: str) -> Any:
    return json.loads(files_of(session, draft)[f"examples/{key}.json"])["facts"]["answers"]


def test_one_answer_is_given_to_every_example_that_lacks_it(
    author: Any, session: Session, draft: Draft
) -> None:
    before = files_of(session, draft)
    examples = [example.key for example in definition(session, draft).examples]
    ask(session, draft, QUICK, "boolean")
    assert wrong(session, draft) >= set(examples)
    for page in ("form", "examples", "form/fields/can_tra_nhanh"):
        offered = author.get(f"{AT}/{page}").text
        assert f'href="/designer/drafts/{draft.id}/form/fields/can_tra_nhanh/examples"' in offered, page
        assert f"điền cho {len(examples)} tình huống" in offered, page
    preview = author.get(FILL).text
    assert "Bản chính 10 trang, 3 bản sao" in preview
    assert preview.count(" checked") == len(examples)

    kept = {name: value for name, value in boxes(preview).items() if name.startswith("example-")}
    assert send(author, FILL, FILL, **kept, can_tra_nhanh="false").status_code == 303
    assert wrong(session, draft) == set()
    assert answers(session, draft, "no_copies")["can_tra_nhanh"] is False
    assert f"Đã điền câu trả lời cho {len(examples)} tình huống mẫu" in author.get(f"{AT}/examples").text
    assert author.get(FILL).status_code == 404

    history = author.get(f"{AT}/history").text
    taken = re.search(r"/saves/(\d+)/reversal", history)
    assert taken
    send(author, f"{AT}/saves/{taken[1]}/reversal", f"{AT}/history")
    assert {p: t for p, t in files_of(session, draft).items() if p != FORM} == {
        p: t for p, t in before.items() if p != FORM
    }


def test_some_examples_get_one_answer_and_the_rest_another(
    author: Any, session: Session, draft: Draft
) -> None:
    ask(session, draft, QUICK, "boolean")
    send(author, FILL, FILL, **{"example-vneid": "1"}, can_tra_nhanh="true")
    assert answers(session, draft, "vneid")["can_tra_nhanh"] is True
    assert "can_tra_nhanh" not in answers(session, draft, "no_copies")
    assert "example-vneid" not in author.get(FILL).text


def test_each_row_of_a_list_gets_the_answer(author: Any, session: Session, draft: Draft) -> None:
    ask(session, draft, QUICK, "boolean")
    ask(session, draft, PURPOSE, "text", block="documents")
    fill = f"{AT}/form/fields/documents.muc_dich/examples"
    send(author, fill, fill, **{"example-charge_two_documents": "1"}, muc_dich="Xin việc")
    rows = answers(session, draft, "charge_two_documents")["documents"]
    assert [row["muc_dich"] for row in rows] == ["Xin việc", "Xin việc"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"example-vneid": "1"}, "Cần trả nhanh"),
        ({"can_tra_nhanh": "true"}, "Chọn ít nhất một tình huống mẫu."),
    ],
)
def test_without_an_answer_or_an_example_nothing_is_saved(
    author: Any, session: Session, draft: Draft, typed: dict[str, str], said: str
) -> None:
    ask(session, draft, QUICK, "boolean")
    before = files_of(session, draft)
    answer = send(author, FILL, FILL, **typed)
    assert answer.status_code == 422
    assert said in answer.text.split("error-summary", 1)[1]
    assert files_of(session, draft) == before


def test_an_example_that_somebody_saved_meanwhile_is_not_overwritten(
    author: Any, session: Session, draft: Draft
) -> None:
    ask(session, draft, QUICK, "boolean")
    path = "examples/vneid.json"
    theirs = files_of(session, draft)[path].replace("VNeID", "VNeID (sửa)")
    save(session, draft, path, theirs, revision=1, by=LAN, at=MONDAY_MORNING)
    before = files_of(session, draft)
    answer = send(
        author, FILL, FILL, **{"example-vneid": "1", "example-no_copies": "1"}, can_tra_nhanh="true"
    )
    assert answer.status_code == 409
    assert "Lan đã lưu phần này" in answer.text
    assert files_of(session, draft) == before


def test_a_question_that_nothing_lacks_has_no_such_page(author: Any) -> None:
    assert author.get(f"{AT}/form/fields/declaration/examples").status_code == 404
    assert "Tình huống mẫu chưa trả lời" not in author.get(f"{AT}/examples").text
