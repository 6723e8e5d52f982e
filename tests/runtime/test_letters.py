"""The official forms: every Vietnamese letter, the right numbers, PDF/A, and nothing but data in them."""

import socket
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

import app
from common.money import Money
from common.text import Text, nfc
from common.typesetting import typeset
from common.typesetting.sandbox import typeset_apart
from common.typesetting.typeset import LetterBroken
from procedure_library.definition import Letter as DefinedLetter
from runtime import dossiers, queries, refunds
from runtime.letters.in_words import in_words
from runtime.letters.printing import print_stored
from runtime.letters.regimes import form_of
from runtime.models.dossiers import Dossier
from runtime.models.papers import Letter
from runtime.office import Office
from tests.runtime.small import MONDAY
from tests.runtime.tables import rows_of
from tests.runtime.town import Town, publish_small

REASON = "1. Giấy chứng sinh bị mờ.\n2. Thiếu chữ ký người yêu cầu."


def test_the_font_has_every_vietnamese_letter() -> None:
    typeset.check_font()
    letters = typeset.vietnamese_letters()
    assert len(set(letters)) == len(letters) == 146
    source = '#set document(title: "x")\n#set text(font: "Libertinus Serif", fallback: false)\n= Chữ\n'
    pdf = typeset.typeset(source + letters, {"timestamp": 0})
    assert set(letters) <= set(_text(pdf))


@pytest.mark.parametrize("start", [app.serve, lambda: app.PARTS.prepare(None)], ids=["web", "worker"])
def test_a_missing_font_is_told_at_start(
    start: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typeset, "FONT", "No Such Font")
    typeset.check_font.cache_clear()
    with pytest.raises(LetterBroken, match="No Such Font"):
        start()
    typeset.check_font.cache_clear()


def test_the_reception_slip_says_what_form_01_says(town: Town, office: Office) -> None:
    dossier = town.received()
    pdf = _pdf(town, office, dossier, "reception_slip")
    told = _text(pdf)
    for words in (
        "Mẫu số 01 – Thông tư 03/2025/TT-VPCP",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "ỦY BAN NHÂN DÂN TỈNH LAM SƠN",
        "ỦY BAN NHÂN DÂN PHƯỜNG TÂN AN",
        "Tân An, ngày 02 tháng 3 năm 2026",
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "000.21.01.H99-260302-0001",
        "Nguyễn Thị Thuỳ Linh",
        "038190001234",
        "Cấp giấy xác nhận",
        "3 ngày làm việc",
        "09 giờ 00 phút, ngày 02 tháng 3 năm 2026",
        "trong ngày 05 tháng 3 năm 2026",
        "6.000 đồng",
        "Trần Thu Hà",
    ):
        assert words in told
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
    page = PdfReader(BytesIO(pdf)).pages[0].mediabox
    assert (round(float(page.width) / 72 * 25.4), round(float(page.height) / 72 * 25.4)) == (148, 210)


def test_letters_are_archival_tagged_and_in_their_language(town: Town, office: Office) -> None:
    pdf = PdfReader(BytesIO(_pdf(town, office, town.received(), "reception_slip")))
    catalogue = pdf.trailer["/Root"]
    assert catalogue["/Lang"] == "vi"
    assert "/StructTreeRoot" in catalogue
    assert b"pdfaid" in catalogue["/Metadata"].get_data()


def test_the_supplement_request_lists_what_is_missing_and_until_when(town: Town, office: Office) -> None:
    dossier = town.received()
    town.complete(dossier, "incomplete", reason=REASON)
    told = _text(_pdf(town, office, dossier, "supplement_request"))
    for words in (
        "Mẫu số 02",
        "Số: 1/2026/HDHS",
        "Giấy chứng sinh bị mờ.",
        "Thiếu chữ ký người yêu cầu.",
        "ngày 11 tháng 3 năm 2026",
        "không tính vào thời hạn giải quyết",
    ):
        assert words in told


def test_refusal_stop_and_apology_bear_their_form_numbers(town: Town, office: Office) -> None:
    reception, leader = town.official("reception"), town.official("leader")
    refused = town.filed()
    dossiers.refuse(town.session, refused, reason="Sai thẩm quyền", by=reception, at=MONDAY)
    assert "Mẫu số 03" in (told := _text(_pdf(town, office, refused, "refusal_slip")))
    assert "Luật 60/2014/QH13: Luật Hộ tịch" in told
    late, stopped = town.received(), town.received()
    new_day = (MONDAY + timedelta(days=7)).date()
    dossiers.reappoint(town.session, late, new_day=new_day, reason="Phải xác minh", by=leader, at=MONDAY)
    told = _text(_pdf(town, office, late, "apology"))
    for words in ("Mẫu số 04", "ngày 05 tháng 3 năm 2026", "trong ngày 09 tháng 3 năm 2026", "cáo lỗi"):
        assert words in told
    dossiers.stop(town.session, stopped, reason="Không bổ sung", by=leader, at=MONDAY)
    assert "Mẫu số 05" in _text(_pdf(town, office, stopped, "stop_notice"))


def test_a_payment_receipt_writes_the_amount_out(town: Town, office: Office) -> None:
    told = _text(_pdf(town, office, town.finished(), "payment_receipt"))
    for words in ("Số: 1/2026/BL", "6.000 đồng", "Sáu nghìn đồng", "Tiền mặt", "Bùi Thị Ngọc"):
        assert words in told


def test_a_refund_voucher_tells_what_goes_back_why_and_of_which_receipt(town: Town, office: Office) -> None:
    dossier, leader = town.finished(), town.official("leader")
    back = refunds.refund(
        town.session,
        dossier,
        amount=Money(2_000),
        reason="Thu trùng một bản",
        key="a-key-of-the-page-1",
        by=leader,
        at=MONDAY,
    )
    assert isinstance(back, Dossier)
    told = _text(_pdf(town, office, dossier, "refund_voucher"))
    for words in (
        *("Số: 1/2026/PHT", "thu trùng, thu sai", "Thu trùng một bản", "1/2026/BL"),
        *("2.000 đồng", "Hai nghìn đồng", "Tiền mặt", leader.name, str(dossier.code)),
    ):
        assert words in told


def test_who_reads_english_gets_a_translation_beside_the_vietnamese_paper(town: Town, office: Office) -> None:
    dossier = town.filed(by=town.citizen("congdan2"))
    letters = queries.letters_of(town.session, dossier)
    assert [(letter.kind, letter.language) for letter in letters] == [
        ("filing_confirmation", "vi"),
        ("filing_confirmation", "en"),
    ]
    told = _text(_printed(town, office, letters[1]))
    for words in ("CONFIRMATION OF ONLINE FILING", "Letter of good standing", "09:00 on 02/03/2026"):
        assert words in told


def test_what_a_person_typed_is_never_markup(town: Town, office: Office) -> None:
    dossier = town.filed()
    typed = '#read("/etc/passwd") *đậm* $x$ `a` @b <c> \\'
    dossiers.refuse(town.session, dossier, reason=typed, by=town.official("reception"), at=MONDAY)
    told = _text(_pdf(town, office, dossier, "refusal_slip"))
    assert '#read("/etc/passwd")' in told
    assert "*đậm* $x$" in told
    assert "root:" not in told


def test_a_script_the_font_does_not_have_prints_as_question_marks(town: Town, office: Office) -> None:
    dossier = town.filed()
    dossiers.refuse(town.session, dossier, reason="Tên 金正 và 🙂", by=town.official("reception"), at=MONDAY)
    assert "Tên ? và ?" in _text(_pdf(town, office, dossier, "refusal_slip")).replace("??", "?")


def test_equal_data_give_equal_bytes() -> None:
    source, data = "#set document(title: sys.inputs.data)\n= Một", {"timestamp": 1_700_000_000}
    assert typeset.typeset(source, data) == typeset.typeset(source, data)


def test_a_paper_bears_the_number_of_the_regime_of_its_day() -> None:
    assert form_of("apology", date(2025, 6, 30)) == ("04", "Thông tư 01/2018/TT-VPCP")
    assert form_of("apology", date(2025, 7, 1)) == ("04", "Thông tư 03/2025/TT-VPCP")
    assert form_of("stop_notice", date(2025, 6, 30)) is None
    assert form_of("stop_notice", date(2025, 7, 1)) == ("05", "Thông tư 03/2025/TT-VPCP")
    assert form_of("payment_receipt", date(2026, 1, 1)) is None


@pytest.mark.parametrize("row", rows_of("in_words.csv"), ids=lambda row: f"{row['amount']} {row['currency']}")
def test_amounts_are_written_as_they_are_said(row: dict[str, str]) -> None:
    amount = Money(int(row["amount"]), row["currency"])
    assert (in_words(amount), in_words(amount, "en")) == (row["vi"], row["en"])


def test_a_result_letter_is_typeset_from_answers_and_decision(town: Town, office: Office) -> None:
    dossier = _with_own_letter(town, RESULT)
    (letter,) = town.all(Letter, dossier_id=dossier.id, kind="result")
    assert (letter.key, letter.digest) == ("paper", None)
    print_stored(town.session, letter.id, office.files)
    told = _text(office.files.open(str(letter.digest)).read())
    for words in ("Bà Nguyễn Thị Thuỳ Linh được cấp 3 bản", "ngày 02 tháng 3 năm 2026", "Lê Đức Thắng"):
        assert words in told
    first = letter.digest
    print_stored(town.session, letter.id, office.files)
    assert letter.digest == first


@pytest.mark.parametrize(
    "source",
    [
        '#import "@preview/cetz:0.3.0": *',
        '#read("lib.typ")',
        "#let f() = f()\n#f()",
        "#let x = range(900000000)",
    ],
)
def test_a_letter_of_a_definition_cannot_reach_out_or_run_away(source: str) -> None:
    with pytest.raises(LetterBroken):
        typeset_apart(source, {"timestamp": 0})


def test_a_letter_fetches_nothing_however_it_spells_a_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Typst would go through this machine's door, nobody knocks."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        for name in ("https_proxy", "HTTPS_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{door.getsockname()[1]}")
        door.settimeout(0)
        source = '#let name = "@" + "preview/cetz:0.3.0"\n#set document(title: "x")\n#import name\n'
        with pytest.raises(LetterBroken, match="failed to download"):
            typeset_apart(source, {"timestamp": 0})
        with pytest.raises(BlockingIOError):
            door.accept()


RESULT = """#import "lib.typ": *
#show: official.with("Giấy xác nhận")
Bà #d.applicant.full_name được cấp #d.answers.person.copies bản, #d.decision.decided_on.
#d.official
"""


def _with_own_letter(town: Town, source: str) -> Dossier:
    letters = (DefinedLetter("paper", Text("Giấy xác nhận"), source, ending="granted"),)
    publish_small(town.session, MONDAY, date(2026, 1, 1), letters=letters)
    return town.finished()


def _pdf(town: Town, office: Office, dossier: Dossier, kind: str) -> bytes:
    letter = [each for each in queries.letters_of(town.session, dossier) if each.kind == kind][-1]
    return _printed(town, office, letter)


def _printed(town: Town, office: Office, letter: Letter) -> bytes:
    printed = print_stored(town.session, letter.id, office.files)
    with office.files.open(str(printed.digest)) as stored:
        return stored.read()


def _text(pdf: bytes) -> str:
    pages = (page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return " ".join(nfc(" ".join(pages)).split())
