"""The filled-in application as PDF: what was said, as it was asked when it was said, for who may see it."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from runtime import applications, dossiers
from runtime.demo.accounts import PASSWORD
from runtime.letters.application import printed_as_sent, printed_unsent
from runtime.models.dossiers import Answers, Dossier
from tests.runtime.small import MONDAY
from tests.runtime.town import FORM, SMALL, Town, publish_small
from tests.web.people import sign_in

LATER = MONDAY + timedelta(days=1)


def text_of(pdf: bytes | None) -> str:
    assert pdf is not None
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return " ".join(words.replace("\N{ZERO WIDTH SPACE}", "").split())


def asking(**further: Any) -> dict[str, Any]:
    """The small form with further questions on a page of their own."""
    pages = [*FORM["x-motcua-pages"], {"key": "more", "title": {"vi": "Yêu cầu"}, "fields": list(further)}]
    return {
        **FORM,
        "title": "Đơn xin",
        "x-motcua-pages": pages,
        "properties": {**FORM["properties"], **further},
    }


def filed_with(town: Town, form: Any, said: Any) -> Dossier:
    publish_small(town.session, MONDAY, effective_from=MONDAY.date(), form=form)
    begun = town.begun()
    applications.save_page(town.session, begun, "more", said, by=town.citizen(), at=MONDAY)
    dossier = applications.submit(town.session, begun, by=town.citizen(), at=MONDAY)
    assert isinstance(dossier, Dossier), dossier
    return dossier


def test_it_says_what_an_official_application_says(town: Town) -> None:
    dossier = town.filed()
    told = text_of(printed_as_sent(town.session, dossier, "vi"))
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Kính gửi: Ủy ban nhân dân phường Tân An",
        "1. Họ và tên: Nguyễn Thị Thuỳ Linh",
        "2. Số định danh cá nhân: 038190001234",
        "4. Số bản: 3",
        "Tôi cam đoan",
        "Tân An, ngày 02 tháng 3 năm 2026",
        "NGƯỜI LÀM ĐƠN",
        "(Đã gửi trực tuyến lúc 09 giờ 00 phút, ngày 02 tháng 3 năm 2026)",
        dossier.filing_number,
        "1/1",
    ):
        assert words in told, words


def test_it_is_archival_on_a4_and_the_same_bytes_each_time(town: Town) -> None:
    dossier = town.filed()
    pdf = printed_as_sent(town.session, dossier, "vi")
    assert pdf == printed_as_sent(town.session, dossier, "vi")
    reader = PdfReader(BytesIO(pdf or b""))
    size = reader.pages[0].mediabox
    assert (round(float(size.width) / 72 * 25.4), round(float(size.height) / 72 * 25.4)) == (210, 297)
    assert b"pdfaid" in reader.trailer["/Root"]["/Metadata"].get_data()


def test_english_readers_get_english(town: Town) -> None:
    told = text_of(printed_as_sent(town.session, town.filed(), "en"))
    for words in ("SOCIALIST REPUBLIC OF VIET NAM", "1. Full name:", "APPLICANT", "4. Copies: 3", "To: "):
        assert words in told, words


def test_what_is_not_sent_says_so_and_waits_for_a_signature(town: Town) -> None:
    begun = town.begun(town.official("reception"))
    told = text_of(printed_unsent(town.session, begun, "vi", at=LATER))
    for words in ("Bản in của hồ sơ chưa gửi", "(Ký và ghi rõ họ tên)", "ngày 03 tháng 3 năm 2026"):
        assert words in told, words
    assert "Số biên nhận" not in told


def test_a_question_not_asked_is_absent_and_one_left_out_is_there(town: Town) -> None:
    form = asking(
        how={"type": "string", "title": "Cách nhận", "enum": ["counter", "post"]},
        where={"type": "string", "title": "Địa chỉ nhận"},
        note={"type": "string", "title": "Ghi chú"},
    )
    case = {
        "if": {"properties": {"how": {"const": "post"}}, "required": ["how"]},
        "then": {"required": ["where"]},
    }
    told = text_of(
        printed_as_sent(town.session, filed_with(town, {**form, "allOf": [case]}, {"how": "counter"}), "vi")
    )
    assert "Cách nhận: counter" in told
    assert "Địa chỉ nhận" not in told
    assert "Ghi chú: (không khai)" in told


def test_what_was_typed_is_words_and_no_markup(town: Town) -> None:
    hostile = '#panic("x") $x$ *đậm* _nghiêng_ @nhãn <nhãn> [a](b) = Tiêu đề\n- #include "/etc/passwd"\\'
    form = asking(note={"type": "string", "title": "Ghi #chú*", "x-motcua-kind": "long_text"})
    told = text_of(printed_as_sent(town.session, filed_with(town, form, {"note": hostile}), "vi"))
    assert " ".join(hostile.split()) in told
    assert "Ghi #chú*" in told


@pytest.mark.parametrize("text", ["👪 日本 \u202e", "\u0000"[:0] + "ก" * 30, "a" * 4_000, "từ " * 6_000])
def test_no_answer_keeps_it_from_being_printed(town: Town, text: str) -> None:
    form = asking(note={"type": "string", "title": "Ghi chú", "x-motcua-kind": "long_text"})
    told = text_of(printed_as_sent(town.session, filed_with(town, form, {"note": text}), "vi"))
    assert "Ghi chú" in told


def test_two_hundred_rows_run_over_pages_with_their_heads(town: Town) -> None:
    row = {"name": {"type": "string", "title": "Tên đồ"}, "worth": {"type": "integer", "title": "Trị giá"}}
    form = asking(things={"type": "array", "title": "Đồ vật", "items": {"type": "object", "properties": row}})
    rows = [{"id": f"r{number}", "name": f"Đồ số {number}", "worth": number} for number in range(200)]
    pdf = printed_as_sent(town.session, filed_with(town, form, {"things": rows}), "vi")
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf or b"")).pages]
    assert len(pages) > 3
    assert sum("Tên đồ" in page for page in pages) >= len(pages) - 1
    assert "Đồ số 199" in " ".join(pages)


def test_it_tells_what_was_sent_by_the_form_of_that_day(town: Town) -> None:
    dossier = town.filed()
    renamed = {**FORM["properties"]["person"]["properties"]["copies"], "title": "Số lượng bản"}
    person = FORM["properties"]["person"]
    changed = {**person, "properties": {**person["properties"], "copies": renamed}}
    publish_small(
        town.session, LATER, effective_from=date(2026, 3, 3), form={**FORM, "properties": {"person": changed}}
    )
    accepted = dossiers.accept(town.session, dossier, by=town.official("reception"), at=LATER)
    assert isinstance(accepted, Dossier), accepted
    assert dossier.state["version"] != 0
    told = text_of(printed_as_sent(town.session, dossier, "vi"))
    assert "4. Số bản: 3" in told
    assert dossier.code is not None
    assert dossier.code in told


def test_a_supplement_is_told_once_it_was_sent(town: Town) -> None:
    dossier = town.received()
    town.complete(dossier, "incomplete", reason="Thiếu")
    said = dict(town.all(Answers)[-1].body)
    said["person"] = {**said["person"], "copies": 4}
    dossiers.answer_supplement(town.session, dossier, answers=said, by=town.citizen(), at=LATER)
    told = text_of(printed_as_sent(town.session, dossier, "vi"))
    assert "4. Số bản: 4" in told
    assert "ngày 03 tháng 3 năm 2026" in told


def test_once_erased_there_is_nothing_to_print(town: Town, client: FlaskClient) -> None:
    dossier = town.filed()
    for row in town.all(Answers, dossier_id=dossier.id):
        row.body = None
    town.session.flush()
    assert printed_as_sent(town.session, dossier, "vi") is None
    sign_in(client, "congdan", PASSWORD)
    assert client.get(f"/my/dossiers/{dossier.filing_number}/printout").status_code == 404


def places(town: Town) -> dict[str, str]:
    dossier, unsent, counter = town.received(), town.begun(), town.begun(town.official("reception"))
    return {
        "unsent": f"/applications/{unsent.id}/printout",
        "own": f"/my/dossiers/{dossier.code}/printout",
        "desk": f"/desk/dossiers/{dossier.code}/printout",
        "counter": f"/desk/counter/{counter.id}/printout",
    }


@pytest.mark.parametrize(
    ("login", "may"),
    [
        ("congdan", {"unsent", "own"}),
        ("congdan2", set()),
        ("tiepnhan", {"desk", "counter"}),
        ("thuly", {"desk"}),
        ("tiepnhan.hoa_binh", set()),
        ("quantri", set()),
    ],
)
def test_who_may_see_it_may_print_it_and_nobody_else(
    town: Town, client: FlaskClient, login: str, may: set[str]
) -> None:
    addresses = places(town)
    sign_in(client, login, PASSWORD)
    answers = {place: client.get(address) for place, address in addresses.items()}
    assert {place for place, answer in answers.items() if answer.status_code == 200} == may
    assert {answer.status_code for place, answer in answers.items() if place not in may} <= {403, 404}
    for place in may:
        assert answers[place].mimetype == "application/pdf"
        assert answers[place].headers["Content-Disposition"].startswith("attachment")


def test_nobody_gets_it_without_signing_in(town: Town, client: FlaskClient) -> None:
    assert {client.get(address).status_code for address in places(town).values()} == {303}


def test_the_link_stands_where_answers_are_checked_and_on_the_dossier(
    town: Town, client: FlaskClient
) -> None:
    begun, dossier = town.begun(), town.received()
    sign_in(client, "congdan", PASSWORD)
    assert f"/applications/{begun.id}/printout" in client.get(f"/applications/{begun.id}/check").text
    page = client.get(f"/my/dossiers/{dossier.filing_number}").text
    assert f"/my/dossiers/{dossier.filing_number}/printout" in page
    assert "Tải đơn đã điền (PDF)" in page
    assert dossier.procedure_key == SMALL
