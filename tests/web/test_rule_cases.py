"""A case that a proof has found opens as the filled-in form of the draft, and is kept as an example."""

import html
import json
import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from sqlalchemy.orm import Session

from designer.models import Draft
from tests.web import people
from tests.web.drafting import AT, FINDINGS, boxes, definition

pytestmark = pytest.mark.usefixtures("patient")
CASE = {
    "facts": {
        "answers": {
            "applicant": {
                "on_behalf_of": "self",
                "full_name": "Trần Thị Mai",
                "identity_number": "092190001234",
                "address": "12 Nguyễn Trãi",
                "phone": "0912345678",
            },
            "documents": [
                {
                    "id": "r1",
                    "name": "Bằng đại học",
                    "issued_by": "vietnamese",
                    "issuer": "Trường Đại học Cần Thơ",
                    "shown_by": "original",
                    "pages": 10,
                    "copies": 3,
                }
            ],
            "declaration": True,
        },
        "dossier": {
            "submitted_at": "2026-03-09T20:00:00+07:00",
            "received_at": "2026-03-10T09:30:00+07:00",
            "channel": "post",
            "case_type": "paper_copy",
            "charged_so_far": 12000,
            "area": "",
        },
    },
    "rule": "certification",
}
LESS = ("nhân documents.copies", "nhân documents.copies\n  trừ dossier.charged_so_far")


@pytest.fixture
def open_case(ask: Any, author: Any) -> Any:
    """Opens a supposed dossier as a filled-in form, and sends the form as it then stands."""

    def open_case(change: tuple[str, str] = ("", ""), **more: Any) -> Any:
        sent = {"supposed-dossier": json.dumps(CASE), **more}
        return ask("/examples/new/paper_copy", change, **sent)

    return open_case


def test_a_counter_example_opens_as_the_filled_in_form_of_the_draft(open_case: Any) -> None:
    page = open_case().text
    assert 'value="Bằng đại học"' in page
    assert 'value="10/03/2026"' in page
    assert '<option value="post" selected>' in page
    assert "36.000 đồng (Thông tư 226/2016/TT-BTC, Điều 4)" in page
    # What the rule does not read is not asked.
    assert "Số tiền đã thu" not in page


def test_what_the_rule_reads_of_the_dossier_is_asked_beside_the_form(open_case: Any, author: Any) -> None:
    page = open_case(LESS)
    assert "Số tiền đã thu" in page.text
    assert "24.000 đồng" in page.text
    # The rules as typed travel along; nothing is kept before they are saved.
    assert "trừ dossier.charged_so_far" in page.text
    assert "Muốn ghi thành tình huống mẫu thì lưu quy tắc trước" in page.text
    assert 'value="save"' not in page.text
    typed = {
        **boxes(page.text),
        "dossier.charged_so_far": "30000",
        "act": "save",
        "example-name_vi": "Đã thu",
    }
    token = people.token(author, f"{AT}/rules")
    again = author.post(f"{AT}/examples/new/paper_copy", data={**typed, "csrf_token": token})
    assert "6.000 đồng" in again.text


def test_a_counter_example_is_kept_as_an_example(
    open_case: Any, author: Any, session: Session, draft: Draft
) -> None:
    typed = {**boxes(open_case().text), "example-name_vi": "Mười trang, ba bản", "act": "save"}
    token = people.token(author, f"{AT}/rules")
    kept = author.post(f"{AT}/examples/new/paper_copy", data={**typed, "csrf_token": token})
    assert kept.status_code == 303
    example = next(each for each in definition(session, draft).examples if each.key == "muoi_trang_ba_ban")
    assert example.expect["total"] == {"amount": 36000, "currency": "VND"}
    assert example.facts["dossier"]["channel"] == "post"


def test_a_case_of_a_later_moment_opens_with_the_pages_filled_by_then(open_case: Any) -> None:
    later = json.loads(json.dumps(CASE))
    later["facts"]["answers"]["comparison"] = {"conclusion": "erased", "explanation": "Tẩy số hiệu"}
    later |= {"rule": "verdict", "moment": "compare"}
    page = open_case(**{"supposed-dossier": json.dumps(later)}).text
    assert "lúc làm bước «Đối chiếu" in page
    assert "Được chứng thực hay không: Không được chứng thực" in page


@pytest.mark.parametrize(
    "case", ["", "[]", "null", "{", '{"facts": 3}', '{"facts": {"answers": []}}', '{"parameters": {"x": 1}}']
)
def test_what_is_no_case_is_refused(open_case: Any, case: str) -> None:
    assert open_case(**{"supposed-dossier": case}).status_code == 400


GAP = (
    'còn_lại refuse "Không được chứng thực" tiếng_anh "May not be certified"',
    "refuse khi comparison.conclusion là erased",
)


def test_every_rule_gets_its_verdict_in_words(ask: Any) -> None:
    page = ask("/proofs").text
    assert page.count("Đã chứng minh</span>") == 5
    assert "trường hợp nào cũng có dòng áp dụng" in page
    assert "Có phản ví dụ" not in page


def test_a_gap_comes_with_a_case_that_opens_as_the_filled_in_form(ask: Any, author: Any) -> None:
    page = ask("/proofs", GAP).text
    assert "có trường hợp không dòng nào áp dụng: comparison.conclusion" in page
    address, dossier = re.search(
        r'formaction="([^"]+)" name="supposed-dossier" value="([^"]+)"', page
    ).groups()
    assert address.endswith("/examples/new/paper_copy")
    body = json.loads(html.unescape(dossier))
    assert (body["rule"], body["moment"]) == ("verdict", "compare")
    opened = ask("/examples/new/paper_copy", GAP, **{"supposed-dossier": html.unescape(dossier)})
    assert opened.status_code == 200
    assert "Tờ khai không nhận" not in opened.text
    assert "Được chứng thực hay không: Quy tắc không nói gì về trường hợp này" in opened.text


def test_proofs_are_there_for_machines_too(ask: Any) -> None:
    body = ask("/proofs", GAP, accept="application/json").json
    Draft202012Validator(FINDINGS).validate(body["findings"])
    assert [finding["code"] for finding in body["findings"]] == ["rules.proof.no_line"]
    (refuted,) = [proof for proof in body["proofs"] if proof["verdict"] == "refuted"]
    assert (refuted["rule"], refuted["moment"], refuted["case_type"]) == ("verdict", "compare", "paper_copy")


def test_without_a_script_proofs_stand_on_the_page(ask: Any) -> None:
    page = ask("/proofs", GAP, accept="text/html").text
    assert "có trường hợp không dòng nào áp dụng" in page
    assert "<textarea" in page


def test_a_recorded_example_opens_as_the_filled_in_form(author: Any) -> None:
    page = author.get("/designer/drafts/1/examples").text
    row = page[page.index('id="example-charge_10_pages_3_copies"') :]
    address, dossier = re.search(
        r'action="([^"]+)".*?name="supposed-dossier" value="([^"]+)"', row, re.DOTALL
    ).groups()
    sent = {
        "supposed-dossier": html.unescape(dossier),
        "csrf_token": people.token(author, "/designer/drafts/1/rules"),
    }
    opened = author.client.post(address, data=sent)
    assert opened.status_code == 200
    typed = boxes(opened.text)
    assert (typed["documents.0.pages"], typed["documents.0.copies"]) == (["10"], ["3"])
    assert "36.000" in opened.text
