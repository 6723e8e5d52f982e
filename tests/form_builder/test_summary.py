"""The answers in words, for people who check, decide and print."""

from form_builder.prefill import SOURCES, prefill, prefilled_paths
from form_builder.summary import Line, summary
from tests.form_builder.samples import ANSWERS, FORMS

PROFILE = {"full_name": "Nguyễn Thị Lan", "phone": "0912345678", "email": "", "born_on": "1987-03-27"}


def told(name, answers, language="vi"):
    return {section.title: section for section in summary(FORMS[name], answers, language)}


def test_pages_groups_and_rows_are_told_in_order():
    sections = summary(FORMS["certified_copy"], ANSWERS["certified_copy"], "vi")
    assert [(section.title, section.page, section.path) for section in sections] == [
        ("Giấy tờ 1", "documents", "documents.0"),
        ("Giấy tờ 2", "documents", "documents.1"),
        ("Người yêu cầu chứng thực", "requester", "requester"),
        ("Nhận kết quả", "result", ""),
        ("Vào sổ chứng thực", "register", ""),
    ]


def test_answers_are_told_in_words_and_what_was_left_out_is_empty():
    section = told("certified_copy", ANSWERS["certified_copy"])["Giấy tờ 2"]
    assert section.rows == (
        Line("Loại giấy tờ", "Giấy tờ khác", "documents.1.kind"),
        Line("Tên giấy tờ", "Sơ yếu lý lịch", "documents.1.name"),
        Line("Cơ quan, tổ chức cấp", "Ủy ban nhân dân phường Cửa Nam", "documents.1.issuer"),
        Line("Số, ký hiệu", "", "documents.1.number"),
        Line("Ngày cấp", "", "documents.1.issued_on"),
        Line("Số trang của bản chính", "4", "documents.1.pages"),
        Line("Số bản sao cần chứng thực", "1", "documents.1.copies"),
    )
    assert section.rows[0].anchor == "f-documents-1-kind"


def test_what_is_not_asked_is_not_told():
    labels = [
        line.label for line in told("certified_copy", {"result_channel": "counter"})["Nhận kết quả"].rows
    ]
    assert "Địa chỉ nhận kết quả" not in labels


def test_english_readers_read_english():
    section = told("certified_copy", ANSWERS["certified_copy"], "en")["Paper 1"]
    assert (section.rows[0].label, section.rows[0].text) == ("Kind of paper", "Diploma or certificate")


def test_answers_of_the_wrong_shape_are_still_told():
    sections = summary(
        FORMS["every_kind"], {"rows": 5, "group": "x", "integer": "nhiều", "choices": "poor"}, "vi"
    )
    lines = {line.path: line.text for section in sections for line in section.rows}
    assert lines["integer"] == "nhiều"
    assert lines["choices"] == "Hộ nghèo"


def test_an_account_fills_in_what_it_knows():
    answers = prefill(FORMS["birth_registration"], PROFILE)
    assert answers == {
        "applicant": {"full_name": "Nguyễn Thị Lan", "born_on": "1987-03-27", "phone": "0912345678"}
    }
    assert prefilled_paths(FORMS["birth_registration"], PROFILE, answers) == {
        "applicant.full_name",
        "applicant.born_on",
        "applicant.phone",
    }
    answers["applicant"]["phone"] = "0987654321"
    assert "applicant.phone" not in prefilled_paths(FORMS["birth_registration"], PROFILE, answers)
    assert set(PROFILE) <= set(SOURCES)


def test_a_form_without_sources_is_not_prefilled():
    assert prefill({"type": "object", "properties": {"a": {"title": "A"}}}, PROFILE) == {}
