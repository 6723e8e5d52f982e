"""Rules, head, letters and examples of a draft on their pages: checked, saved, tried."""

import re
from io import BytesIO
from typing import Any

from sqlalchemy.orm import Session

from common.text import Text
from designer.drafts import files_of
from designer.models import Draft
from procedure_library.package import HEAD, RULES
from tests.browser.steps import PDF
from tests.web.drafting import AT, boxes, definition, send


def test_rules_are_checked_where_they_are_wrong(author: Any, session: Session, draft: Draft) -> None:
    before = files_of(session, draft)[RULES]
    wrong = before.replace("nhân documents.copies", "nhân documents.ban")
    answer = send(author, f"{AT}/rules/check", f"{AT}/rules", content=wrong)
    assert answer.status_code == 200
    assert "documents.ban" in answer.text
    assert re.search(r"dòng 12, cột \d+", answer.text)
    assert files_of(session, draft)[RULES] == before


def test_rules_are_laid_out_and_saved(author: Any, session: Session, draft: Draft) -> None:
    before = files_of(session, draft)[RULES]
    answer = send(
        author,
        f"{AT}/rules/layout",
        f"{AT}/rules",
        content=before.replace("  trong_ngày", "       trong_ngày"),
    )
    assert "\n  trong_ngày" in answer.text
    assert send(author, f"{AT}/rules", f"{AT}/rules", content=before + "\n# cuối\r\n").status_code == 303
    assert files_of(session, draft)[RULES] == before + "\n# cuối\n"


def test_saving_the_head_as_it_stands_changes_nothing(author: Any, session: Session, draft: Draft) -> None:
    before = definition(session, draft)
    assert send(author, f"{AT}/head", f"{AT}/head", **boxes(author.get(f"{AT}/head").text)).status_code == 303
    assert definition(session, draft) == before


def test_the_head_says_what_was_typed(author: Any, session: Session, draft: Draft) -> None:
    typed = boxes(author.get(f"{AT}/head").text)
    typed |= {"name_vi": "Chứng thực bản sao", "legal_basis-5-number": "Luật 1/2026/QH16"}
    typed |= {"legal_basis-5-vi": "Luật mới", "channels": ["counter", "post"]}
    assert send(author, f"{AT}/head", f"{AT}/head", **typed).status_code == 303
    head = definition(session, draft)
    assert head.name.vi == "Chứng thực bản sao"
    assert [law.number for law in head.legal_basis][-1] == "Luật 1/2026/QH16"
    assert head.channels == ("counter", "post")


def test_the_head_says_when_money_is_given_back(author: Any, session: Session, draft: Draft) -> None:
    typed = boxes(author.get(f"{AT}/head").text)
    assert typed["refund"] == ["unserved"]
    assert send(author, f"{AT}/head", f"{AT}/head", **{**typed, "refund": ["never"]}).status_code == 303
    assert definition(session, draft).refund == "never"


def test_the_head_tells_what_the_procedure_leaves_out(author: Any, session: Session, draft: Draft) -> None:
    before = definition(session, draft)
    typed = boxes(author.get(f"{AT}/head").text)
    said = f"left_out-{len(before.left_out)}"
    typed |= {f"{said}-vi": "Chứng thực tại nhà", f"{said}-en": "Certification at home", "by_hand-0-vi": ""}
    typed |= {"name_vi": "Chứng thực\r\nbản sao "}
    assert send(author, f"{AT}/head", f"{AT}/head", **typed).status_code == 303
    after = definition(session, draft)
    assert after.left_out == (*before.left_out, Text("Chứng thực tại nhà", "Certification at home"))
    assert after.by_hand == before.by_hand[1:]
    assert after.name.vi == "Chứng thực bản sao"


def test_a_case_type_picks_its_rules(author: Any, session: Session, draft: Draft) -> None:
    new = f"{AT}/head/new-case-type"
    typed = {"name_vi": "Bản sao điện tử", "term": "same_day", "amounts": "certification"}
    assert send(author, f"{AT}/head/case-types", new, **typed).status_code == 303
    kind = definition(session, draft).case_types[-1]
    assert (kind.key, kind.term, kind.amounts) == ("ban_sao_dien_tu", "same_day", ("certification",))
    send(author, f"{AT}/head/case-types/ban_sao_dien_tu/removal", new)
    assert len(definition(session, draft).case_types) == 1


def test_a_letter_is_written_printed_on_trial_and_taken_out(
    author: Any, session: Session, draft: Draft
) -> None:
    new = f"{AT}/letters/new"
    printed = send(
        author, f"{AT}/letters/proof", new, source="#let d = json(bytes(sys.inputs.data))\n#d.applicant"
    )
    assert printed.data.startswith(b"%PDF-")
    assert printed.headers["Content-Disposition"].startswith("attachment")
    wrong = send(author, f"{AT}/letters/proof", new, name_vi="Thư", source="#nothing-like-this")
    assert wrong.status_code == 422
    assert "Không in được văn bản này" in wrong.text
    assert "#nothing-like-this" in wrong.text
    typed = {"name_vi": "Thư trả lời", "source": "Xin chào", "ending": "refused"}
    assert send(author, f"{AT}/letters", new, **typed).status_code == 303
    letter = definition(session, draft).letters[-1]
    assert (letter.key, letter.source, letter.ending) == ("thu_tra_loi", "Xin chào", "refused")
    send(author, f"{AT}/letters/thu_tra_loi/removal", f"{AT}/letters/thu_tra_loi")
    assert [each.key for each in definition(session, draft).letters] == ["certification_words"]


def test_letters_are_tried_for_every_example_and_a_broken_one_keeps_the_draft_here(
    author: Any, session: Session, draft: Draft
) -> None:
    tried = send(author, f"{AT}/letters/trial", f"{AT}/letters")
    assert "Mọi văn bản in được cho mọi tình huống mẫu đi tới nó" in tried.text
    page = f"{AT}/letters/certification_words"
    typed = boxes(author.get(page).text)
    source = typed["source"][0] + "\n#documents.first().nothing"
    assert send(author, page, page, **{**typed, "source": source}).status_code == 303

    tried = send(author, f"{AT}/letters/trial", f"{AT}/letters")
    assert "không in được cho tình huống mẫu «Bản chính 10 trang, 3 bản sao»" in tried.text
    line = source.count("\n") + 1
    assert f"Văn bản in ra: Lời chứng chứng thực bản sao từ bản chính, dòng {line}" in tried.text
    request = {"basis_number": "1/QĐ", "basis_signed_on": "27/02/2026"}
    scan = (BytesIO(PDF), "qd.pdf")
    refused = send(author, f"{AT}/submissions", f"{AT}/submission", **request, basis_file=scan)
    assert refused.status_code == 422
    assert "không in được cho tình huống mẫu" in refused.text
    session.refresh(draft)
    assert draft.state == "open"


LOCAL = """
tham_số further_page "Mức của tỉnh cho mỗi trang sau"
  căn_cứ "Thông tư 226/2016/TT-BTC"
  do tỉnh_quy_định trong_khoảng 0 VND và 2_000 VND
"""
TYPED = {
    "example-name_vi": "Ba trang, hai bản",
    "example-channel": "counter",
    "example-received_on": "10/03/2026",
    "example-received_at": "9h15",
    "applicant.on_behalf_of": "self",
    "applicant.full_name": "Trần Thị Mai",
    "applicant.identity_number": "092190001234",
    "applicant.address": "12 Nguyễn Trãi",
    "applicant.phone": "0912345678",
    "documents.0.id": "r1",
    "documents.0.name": "Bằng đại học",
    "documents.0.issued_by": "vietnamese",
    "documents.0.issuer": "Trường Đại học Cần Thơ",
    "documents.0.shown_by": "original",
    "documents.0.pages": "3",
    "documents.0.copies": "2",
    "declaration": "true",
}


def test_a_trial_form_becomes_an_example(author: Any, session: Session, draft: Draft) -> None:
    new = f"{AT}/examples/new/paper_copy"
    tried = send(author, new, new, act="try", **TYPED)
    assert tried.status_code == 200, tried.text
    assert "10.000 đồng" in tried.text
    assert "10/03/2026" in tried.text
    assert send(author, new, new, act="save", **TYPED).status_code == 303
    example = next(each for each in definition(session, draft).examples if each.key == "ba_trang_hai_ban")
    assert example.expect == {
        "amounts": {"certification": {"amount": 10000, "currency": "VND"}},
        "total": {"amount": 10000, "currency": "VND"},
        "components": ["original"],
        "due_on": "2026-03-10",
    }
    text = author.get(f"{AT}/examples").text
    assert "Ba trang, hai bản" in text
    assert "Không đúng" not in text
    send(author, f"{AT}/examples/ba_trang_hai_ban/removal", f"{AT}/examples", revision="1")
    assert "examples/ba_trang_hai_ban.json" not in files_of(session, draft)


def test_what_the_province_decides_is_supposed_in_an_example(
    author: Any, session: Session, draft: Draft
) -> None:
    content = files_of(session, draft)[RULES].replace("từ 3 thu 1_000 VND", "từ 3 thu further_page") + LOCAL
    assert send(author, f"{AT}/rules", f"{AT}/rules", content=content).status_code == 303
    new = f"{AT}/examples/new/paper_copy"
    opened = author.get(new).text
    assert "Mức của tỉnh cho mỗi trang sau" in opened
    typed = {**boxes(opened), **TYPED, "dossier.decided_further_page": "1.500"}
    assert "11.000 đồng" in send(author, new, new, act="try", **typed).text
    assert send(author, new, new, act="save", **typed).status_code == 303
    example = next(each for each in definition(session, draft).examples if each.key == "ba_trang_hai_ban")
    assert example.parameters == {"further_page": {"amount": 1500, "currency": "VND"}}
    assert example.expect["total"] == {"amount": 11000, "currency": "VND"}


def test_a_draft_in_review_is_not_written(author: Any, session: Session, draft: Draft) -> None:
    page = author.get(f"{AT}/rules").text
    draft.state = "in_review"
    session.flush()
    before = files_of(session, draft)
    assert "Lưu quy tắc" in page
    assert "Lưu quy tắc" not in author.get(f"{AT}/rules").text
    send(author, f"{AT}/rules", "/designer/reviews", content="x", revision="1")
    send(author, f"{AT}/head", "/designer/reviews", **boxes(page), name_vi="x", revision="1")
    assert files_of(session, draft) == before
    assert HEAD in before
