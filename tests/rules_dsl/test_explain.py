"""An evaluation in the sentences of a fee notice, with the form's own words and the law."""

from typing import Any

from common.money import Money
from rules_dsl.compiler import compile_rules
from rules_dsl.evaluation import ParameterValue, Reference
from rules_dsl.explain import sentences
from rules_dsl.facts import scope
from tests.rules_dsl.world import DAY, calendar, facts, form, reference, sound

PAGES: dict[str, Any] = {
    "type": "integer",
    "minimum": 1,
    "title": "Số trang",
    "x-motcua-en": {"title": "Pages"},
}
COPIES: dict[str, Any] = {
    "type": "integer",
    "minimum": 1,
    "title": "Số bản",
    "x-motcua-en": {"title": "Copies"},
}
GROUP: dict[str, Any] = {
    "title": "Đối tượng",
    "x-motcua-en": {"title": "Group"},
    "oneOf": [
        {"const": "poor", "title": "Hộ nghèo", "x-motcua-en": {"title": "Poor household"}},
        {"const": "none", "title": "Không", "x-motcua-en": {"title": "None"}},
    ],
}
FORM = form(
    documents={"type": "array", "items": form(pages=PAGES, copies=COPIES)},
    group=GROUP,
    born_on={**DAY, "title": "Ngày sinh", "x-motcua-en": {"title": "Born on"}},
)
RULES = """ngôn_ngữ vi
phí copies "Phí bản sao" tiếng_anh "Charge for copies"
  căn_cứ "Thông tư 226/2016/TT-BTC, Điều 4"
  với_mỗi documents
  theo_từng documents.pages
    từ 1 thu 2_000 VND
    từ 3 thu 1_000 VND
  tối_đa 200_000 VND
  nhân documents.copies

tham_số late "Mức của tỉnh" tiếng_anh "Provincial amount"
  do tỉnh_quy_định trong_khoảng 0 VND và 50_000 VND

lệ_phí registration "Lệ phí đăng ký" tiếng_anh "Registration fee"
  căn_cứ "Luật Hộ tịch"
  miễn khi group là poor căn_cứ "Luật Hộ tịch, Điều 11"
  còn_lại thu late
  giảm 50% khi dossier.channel là online căn_cứ "Nghị quyết 1"

phí appraisal "Phí thẩm định" tiếng_anh "Appraisal"
  căn_cứ "Thông tư 258"
  thu 1_234_567 VND
  làm_tròn_đến 1_000 VND lên
  trừ dossier.charged_so_far căn_cứ "Điều 6"

thời_hạn limit "Thời hạn" tiếng_anh "Term"
  căn_cứ "Luật"
  15 ngày_làm_việc

điều_kiện adult "Người yêu cầu từ đủ 18 tuổi" tiếng_anh "The applicant is at least 18"
  yêu_cầu tuổi(born_on, dossier.received_on) >= 18

thành_phần note "Giấy chứng sinh" tiếng_anh "Birth note"
  2 bản_chính, 1 bản_chụp
  khi group là none
"""
ANSWERS = {
    "documents": [{"pages": 10, "copies": 3}, {"pages": 500, "copies": 2}],
    "group": "none",
    "born_on": "2010-05-01",
}
SET = Reference(calendar(), {"late": (ParameterValue(Money(8_001), cites=("NQ 12/2025/NQ-HĐND",)),)})


def said(name: str, language: str, world: Reference = SET, **changed: Any) -> tuple[str, ...]:
    known = scope(FORM)
    rules = sound(RULES, known)
    read = facts(known, {**ANSWERS, **changed}, channel="online", charged_so_far=500_000)
    return sentences(compile_rules(rules, known).evaluate(name, read, world), rules, language, known)


def test_an_amount_says_each_line_that_made_it() -> None:
    assert said("copies", "vi") == (
        "Phí bản sao: 436.000 đồng (Thông tư 226/2016/TT-BTC, Điều 4).",
        "Dòng 1: 2 × 2.000 đồng + 8 × 1.000 đồng = 12.000 đồng (Số trang: 10).",
        "Dòng 1: Nhân 3 = 36.000 đồng (Số bản: 3).",
        "Dòng 2: 2 × 2.000 đồng + 498 × 1.000 đồng = 502.000 đồng (Số trang: 500).",
        "Dòng 2: Không quá 200.000 đồng.",
        "Dòng 2: Nhân 2 = 400.000 đồng (Số bản: 2).",
        "Cộng 2 dòng: 436.000 đồng.",
    )
    assert said("copies", "en")[:2] == (
        "Charge for copies: 436,000 VND (Thông tư 226/2016/TT-BTC, Điều 4).",
        "Row 1: 2 × 2,000 VND + 8 × 1,000 VND = 12,000 VND (Pages: 10).",
    )


def test_a_reduction_and_a_local_amount_say_their_own_law() -> None:
    assert said("registration", "vi") == (
        "Lệ phí đăng ký: 4.001 đồng (Luật Hộ tịch).",
        "Mức thu 8.001 đồng.",
        "Giảm 4.000,5 đồng, còn 4.000,5 đồng (Cách nộp hồ sơ: Trực tuyến) (Nghị quyết 1).",
        "4.000,5 đồng làm tròn thành 4.001 đồng.",
        "Mức của tỉnh: 8.001 đồng (NQ 12/2025/NQ-HĐND).",
    )


def test_an_exemption_names_who_is_exempt_in_the_forms_words() -> None:
    assert said("registration", "en", group="poor") == (
        "Registration fee: 0 VND (Luật Hộ tịch, Điều 11).",
        "Exempt (Group: Poor household) (Luật Hộ tịch, Điều 11).",
    )


def test_what_is_unknown_says_why_by_title() -> None:
    assert said("registration", "vi", reference()) == ("Lệ phí đăng ký: Chưa có mức thu: Mức của tỉnh.",)
    assert said("registration", "en", reference()) == (
        "Registration fee: The amount has not been set: Provincial amount.",
    )


def test_rounding_and_instalments_say_what_they_did() -> None:
    assert said("appraisal", "vi") == (
        "Phí thẩm định: 735.000 đồng (Điều 6).",
        "Mức thu 1.234.567 đồng.",
        "1.234.567 đồng làm tròn đến 1.000 đồng thành 1.235.000 đồng.",
        "Trừ 500.000 đồng, còn 735.000 đồng (Số tiền đã thu: 500.000 đồng) (Điều 6).",
    )
    assert said("appraisal", "en")[2:] == (
        "1,234,567 VND rounded to 1,000 VND: 1,235,000 VND.",
        "Less 500,000 VND, leaves 735,000 VND (Charged so far: 500,000 VND) (Điều 6).",
    )


def test_terms_conditions_and_components_have_their_sentences() -> None:
    assert said("limit", "vi") == ("Thời hạn: 15 ngày làm việc (Luật).", "Thời hạn áp dụng.")
    assert said("adult", "vi") == ("Không đạt: Người yêu cầu từ đủ 18 tuổi.",)
    assert said("adult", "en", born_on="2000-01-01") == ("Met: The applicant is at least 18.",)
    assert said("note", "vi") == ("Giấy chứng sinh: 2 bản chính, 1 bản chụp.",)
    assert said("note", "en") == ("Birth note: 2 originals, 1 photocopy.",)
    assert said("note", "en", group="poor") == ("Birth note: not required.",)
