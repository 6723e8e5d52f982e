"""What the editor of rules asks the server: findings, layout, saving, trials, examples. Nothing but saving saves."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from sqlalchemy.orm import Session

from designer.drafts import files_of
from designer.models import Draft
from designer.views.rule_editing import LONGEST_TYPED
from procedure_library.package import RULES
from tests.web import people
from tests.web.drafting import FINDINGS

pytestmark = pytest.mark.usefixtures("patient")

WRONG = "nhân documents.copie"
RIGHT = "nhân documents.copies"


def test_findings_come_in_the_documented_shape_with_their_stretch_and_a_fix(ask: Any) -> None:
    body = ask("/findings", (RIGHT, WRONG)).json
    Draft202012Validator(FINDINGS).validate(body["findings"])
    (finding,) = body["findings"]
    assert (finding["code"], finding["line"], finding["column"]) == ("rules.unknown_name", 12, 8)
    assert "Có phải «documents.copies» không?" in finding["remedy"]
    assert body["marks"] == [{"length": len("documents.copie"), "instead": "documents.copies"}]
    assert body["language"] == "vi"
    assert body["names"][0] == {
        "kind": "charge",
        "name": "certification",
        "title": "Phí chứng thực bản sao từ bản chính",
        "values": [],
    }
    assert body["names"][-1]["values"] == [
        {"value": "certify", "label": "Được chứng thực"},
        {"value": "refuse", "label": "Không được chứng thực"},
    ]
    assert 'data-rule="certification"' in body["cards"]


def test_what_is_wrong_elsewhere_leads_to_where_it_is_mended(ask: Any, draft: Draft) -> None:
    body = ask("/findings", ("phí certification", "phí other")).json
    assert [finding["where"] for finding in body["findings"]] == ["paper_copy", "collect", "other"]
    assert [mark is None for mark in body["marks"]] == [True, True, False]
    assert body["places"] == [
        f"/designer/drafts/{draft.id}/head/case-types/paper_copy",
        f"/designer/drafts/{draft.id}/steps#step-collect",
        f"/designer/drafts/{draft.id}/rules#line-3",
    ]


def test_findings_speak_the_language_of_the_page(ask: Any, author: Any) -> None:
    author.client.get("/?language=en")
    (finding,) = ask("/findings", (RIGHT, WRONG)).json["findings"]
    assert finding["remedy"] == "Did you mean “documents.copies”?"


def test_nothing_is_saved_by_asking(ask: Any, session: Session, draft: Draft) -> None:
    before = files_of(session, draft)
    for path in ("/findings", "/layout", "/trial", "/examples", "/proofs"):
        assert ask(path, (RIGHT, WRONG)).status_code == 200, path
    assert files_of(session, draft) == before


def test_layout_and_translation_answer_the_text(ask: Any) -> None:
    laid_out = ask("/layout", ("  trong_ngày", "      trong_ngày")).json
    assert laid_out["done"] is True
    assert "\n  trong_ngày" in laid_out["text"]
    english = ask("/layout", language="en").json["text"]
    assert english.startswith("language en\n")
    assert "# Giấy tờ đã tích hợp trên VNeID" in english
    assert ask("/layout", content=english, language="vi").json["text"] == ask("/layout").json["text"]


def test_what_cannot_be_read_is_not_laid_out(ask: Any) -> None:
    typed = "ngôn_ngữ vi\nphí"
    assert ask("/layout", content=typed).json == {"text": typed, "done": False}


def test_saving_answers_the_revision_and_a_clash_overwrites_nothing(
    ask: Any, session: Session, draft: Draft
) -> None:
    assert ask("", (RIGHT, RIGHT + "\n# một"), revision="1").json == {"revision": 2}
    clash = ask("", (RIGHT, RIGHT + "\n# hai"), revision="1")
    assert clash.status_code == 409
    assert clash.json["revision"] == 2
    assert "sau khi bạn mở trang" in clash.json["clash"]
    assert "# hai" not in files_of(session, draft)[RULES]
    # The author has seen what the other one did, and saves over it.
    assert ask("", (RIGHT, RIGHT + "\n# hai"), revision="2").json == {"revision": 3}


def test_a_draft_in_review_says_that_it_takes_nothing(ask: Any, session: Session, draft: Draft) -> None:
    draft.state = "in_review"
    session.flush()
    assert ask("", (RIGHT, WRONG), revision="1").status_code == 422


def test_longer_texts_are_not_judged_while_somebody_types(ask: Any) -> None:
    long = "#" * (LONGEST_TYPED + 1)
    assert ask("/findings", content=long).status_code == 413
    assert ask("/trial", content=long).status_code == 413


def test_a_rule_is_tried_with_the_questions_it_reads_and_no_others(ask: Any) -> None:
    page = ask("/trial", **{"tried-rule": "certification"}).text
    assert "Số trang của bản chính" in page
    assert "Họ, chữ đệm và tên" not in page
    typed = {"documents.0.id": "r1", "documents.0.pages": "10", "documents.0.copies": "3"}
    page = ask("/trial", **{"tried-rule": "certification"}, **typed).text
    assert "36.000 đồng (Thông tư 226/2016/TT-BTC, Điều 4)" in page
    assert "36,000 VND (Thông tư 226/2016/TT-BTC, Điều 4)" in page


def test_a_term_is_tried_day_by_day(ask: Any) -> None:
    typed = {"dossier.received_on": "13/03/2026", "dossier.received_at": "15:30"}
    page = ask("/trial", **{"tried-rule": "same_day"}, **typed).text
    assert "Hạn trả kết quả: 16/03/2026." in page


def test_what_is_not_answered_yet_is_no_mistake_what_is_impossible_is(ask: Any) -> None:
    page = ask("/trial", **{"tried-rule": "certification"}).text
    assert "field-error" not in page
    typed = {"documents.0.id": "r1", "documents.0.pages": "0", "documents.0.copies": "3"}
    page = ask("/trial", **{"tried-rule": "certification"}, **typed).text
    assert "field-error" in page
    assert "đồng (" not in page


def test_examples_are_worked_out_with_the_rules_as_typed(ask: Any) -> None:
    page = ask("/examples").text
    assert re.search(r"22 trên 22 tình huống", page)
    page = ask("/examples", ("từ 3 thu 1_000 VND", "từ 3 thu 1_500 VND")).text
    assert "phải là 36000 VND, tính ra 48000 VND" in page
    written = ask("/examples", ("ngôn_ngữ vi\n", EXAMPLE)).text
    assert "Mười trang ba bản" in written
    assert re.search(r"phải là 99_000 VND, tính ra 36.000 đồng", written)


EXAMPLE = """ngôn_ngữ vi
ví_dụ "Mười trang ba bản"
  cho documents = [pages = 10, copies = 3], dossier.received_at = 2026-03-10 09:00
  được certification = 99_000 VND
"""


def test_rules_with_mistakes_are_neither_tried_nor_proved_nor_shown_by_example(ask: Any) -> None:
    for path in ("/trial", "/examples"):
        assert "sửa trước đã" in ask(path, (RIGHT, WRONG)).text


def test_only_who_keeps_procedures_asks(
    client: FlaskClient, draft: Draft, session: Session, settings: Any
) -> None:
    people.citizen(session, settings.identity_key)
    people.sign_in(client, people.NUMBER)
    token = people.token(client, "/profile")
    for path in ("findings", "layout", "trial", "examples", "proofs"):
        address = f"/designer/drafts/{draft.id}/rules/{path}"
        assert client.post(address, data={"content": "x", "csrf_token": token}).status_code == 403, path
