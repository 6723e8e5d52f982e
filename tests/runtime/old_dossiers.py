"""A file as an older system would give it: three hundred dossiers, some open, some finished, some faulty."""

from rules_dsl.spreadsheets.files import FORMATS
from rules_dsl.spreadsheets.sheet import CellValue, Sheet

HEAD = (
    *("Mã hồ sơ *", "Mã thủ tục *", "Mã đơn vị *", "Cách nộp", "Họ và tên *", "Số định danh"),
    *("Ngày nộp", "Ngày tiếp nhận *", "Ngày hẹn trả", "Tình trạng *", "Bước đang xử lý", "Kết quả"),
    *("Ngày xử lý xong", "Quá trình xử lý", "Số bản [person.copies]", "Đã thu [paid.copies]"),
)
CODE = "000.21.01.H99"
HISTORY = "16/02/2026 chuyển phòng chuyên môn; 20/02/2026 đề xuất cấp."
# What is wrong in each faulty row: the column, what stands there, and what is said of it.
FAULTS: tuple[tuple[str, str, str], ...] = (
    ("Mã hồ sơ *", "HS-17", "dossiers.import.code_wrong"),
    ("Mã hồ sơ *", f"{CODE}-260210-0001", "dossiers.import.code_twice"),
    ("Mã thủ tục *", "9.999999", "dossiers.import.procedure_unknown"),
    ("Mã đơn vị *", "000.99.99.H99", "dossiers.import.unit_unknown"),
    ("Cách nộp", "Bồ câu", "dossiers.import.word_unknown"),
    ("Họ và tên *", "", "dossiers.import.cell_missing"),
    ("Số định danh", "12345", "dossiers.import.identity_number_wrong"),
    ("Ngày nộp", "31/02/2026", "dossiers.import.no_day"),
    ("Ngày tiếp nhận *", "01/01/2027", "dossiers.import.in_the_future"),
    ("Ngày hẹn trả", "01/01/2026", "dossiers.import.promised_before_received"),
    ("Tình trạng *", "Thất lạc", "dossiers.import.word_unknown"),
    ("Bước đang xử lý", "Bước không có", "dossiers.import.step_unknown"),
    ("Số bản [person.copies]", "hai mươi mốt", "dossiers.import.answer_wrong"),
    ("Đã thu [paid.copies]", "sáu nghìn", "dossiers.import.paid_wrong"),
)


def row(number: int, **changes: str) -> tuple[str, ...]:
    """An open dossier, received on 10/02/2026, promised for 20/03/2026, at its first step."""
    known = dict.fromkeys(HEAD, "")
    known |= {
        "Mã hồ sơ *": f"{CODE}-260210-{number:04d}",
        "Mã thủ tục *": "good_standing",
        "Mã đơn vị *": CODE,
        "Cách nộp": ("Trực tiếp", "Trực tuyến", "Bưu chính")[number % 3],
        "Họ và tên *": f"Lê Thị Số {number}",
        "Số định danh": f"038190{number:06d}",
        "Ngày nộp": "09/02/2026",
        "Ngày tiếp nhận *": "10/02/2026 09:30",
        "Ngày hẹn trả": "20/03/2026",
        "Tình trạng *": "Đang xử lý",
        "Quá trình xử lý": HISTORY,
        "Số bản [person.copies]": "3",
    }
    return tuple({**known, **changes}.values())


def open_rows() -> list[tuple[str, ...]]:
    """120: at the first step, named or not, awaiting a supplement, to be signed, to be paid, and paid before."""
    steps = ("", "Bước examine", "Bước supplement", "sign", "collect", "Bước collect")
    return [
        row(
            number,
            **{
                "Bước đang xử lý": steps[number % 6],
                "Đã thu [paid.copies]": "6000" if number % 6 == 5 else "",
            },
        )
        for number in range(1, 121)
    ]


def finished_rows() -> list[tuple[str, ...]]:
    """138: decided and waiting, returned (granted or refused), withdrawn, stopped; some late."""
    states = ("Đã xử lý xong", "Đã trả kết quả", "Đã trả kết quả", "Đã rút", "Dừng xử lý", "Đã trả kết quả")
    return [
        row(
            number,
            **{
                "Tình trạng *": states[number % 6],
                "Kết quả": "Từ chối" if number % 6 == 2 else "",
                "Ngày xử lý xong": "25/02/2026" if number % 2 else "23/03/2026",
            },
        )
        for number in range(121, 259)
    ]


def faulty_rows() -> list[tuple[str, ...]]:
    """42: each fault three times over."""
    return [row(259 + number, **{column: typed}) for number, (column, typed, _code) in enumerate(FAULTS * 3)]


def sheet() -> Sheet:
    rows: list[tuple[CellValue, ...]] = [HEAD]
    for texts in (*open_rows(), *finished_rows(), *faulty_rows()):
        rows.append(tuple(text or None for text in texts))
    return Sheet("Ho so", tuple(rows))


def file(ending: str = ".xlsx") -> bytes:
    return FORMATS[ending].write(sheet())
