"""The demo accounts: who they are, where they work, and what each may do."""

from dataclasses import dataclass
from datetime import date

from common.operations.parts import DemoAccount
from common.text import Text

PASSWORD = "motcua-demo"  # noqa: S105 - published; accepted on loopback only


@dataclass(frozen=True, slots=True)
class Official:
    """`posts` are (unit key, role)."""

    login: str
    name: str
    posts: tuple[tuple[str, str], ...]
    may: Text


@dataclass(frozen=True, slots=True)
class Citizen:
    login: str
    name: str
    identity_number: str
    born_on: date
    address: str
    phone: str
    email: str
    locale: str
    may: Text


def _small_unit(unit: str, place: Text, desk: str, officer: str, head: str) -> tuple[Official, ...]:
    """A small unit: one person at the counter and the till, one officer, one who signs and leads."""
    return (
        _one(
            f"tiepnhan.{unit}",
            desk,
            unit,
            place,
            ("reception", "cashier"),
            Text("Tiếp nhận, thu phí", "Reception, cashier"),
        ),
        _one(f"thuly.{unit}", officer, unit, place, ("case_officer",), Text("Thụ lý hồ sơ", "Case officer")),
        _one(
            f"lanhdao.{unit}",
            head,
            unit,
            place,
            ("approver", "leader"),
            Text("Ký duyệt, lãnh đạo", "Approver, leader"),
        ),
    )


def _department(unit: str, place: Text, desk: str, head: str) -> tuple[Official, ...]:
    return (
        _one(f"tiepnhan.{unit}", desk, unit, place, ("reception",), Text("Tiếp nhận", "Reception")),
        _one(f"lanhdao.{unit}", head, unit, place, ("leader",), Text("Lãnh đạo", "Leader")),
    )


def _one(login: str, name: str, unit: str, place: Text, roles: tuple[str, ...], may: Text) -> Official:
    posts = tuple((unit, role) for role in roles)
    return Official(login, name, posts, Text(f"{may.vi}, {place.vi}", f"{may.en}, {place.en}"))


OFFICIALS = (
    Official(
        "quantri",
        "Đỗ Minh Quân",
        (("province", "administrator"),),
        Text(
            "Quản trị: đơn vị, tài khoản, dữ liệu tham chiếu",
            "Administrator: units, accounts, reference data",
        ),
    ),
    Official(
        "kiemsoat",
        "Vũ Thị Hạnh",
        (("province", "procedure_controller"),),
        Text("Kiểm soát thủ tục hành chính của tỉnh", "Controls the province's procedures"),
    ),
    Official(
        "congbo",
        "Phan Quốc Bảo",
        (("province", "publisher"),),
        Text("Công bố thủ tục", "Publishes procedures"),
    ),
    Official(
        "tiepnhan",
        "Trần Thu Hà",
        (("tan_an", "reception"),),
        Text("Tiếp nhận và trả kết quả, phường Tân An", "Reception and hand-over, Tan An ward"),
    ),
    Official(
        "thuly",
        "Nguyễn Văn Bình",
        (("tan_an", "case_officer"),),
        Text("Thụ lý hồ sơ, phường Tân An", "Case officer, Tan An ward"),
    ),
    Official(
        "thuly2",
        "Hoàng Thị Mai",
        (("tan_an", "case_officer"),),
        Text("Thụ lý hồ sơ, phường Tân An", "Case officer, Tan An ward"),
    ),
    Official(
        "pheduyet",
        "Lê Đức Thắng",
        (("tan_an", "approver"),),
        Text("Ký duyệt, phường Tân An", "Approver, Tan An ward"),
    ),
    Official(
        "thungan",
        "Bùi Thị Ngọc",
        (("tan_an", "cashier"),),
        Text("Thu phí, lệ phí, phường Tân An", "Cashier, Tan An ward"),
    ),
    Official(
        "lanhdao",
        "Phạm Hữu Lộc",
        (("tan_an", "leader"),),
        Text(
            "Lãnh đạo phường Tân An: theo dõi, hẹn lại, dừng",
            "Leader of Tan An ward: follows, re-appoints, stops",
        ),
    ),
    *_small_unit(
        "hoa_binh", Text("xã Hòa Bình", "Hoa Binh commune"), "Đặng Thị Yến", "Ngô Văn Sơn", "Trịnh Gia Huy"
    ),
    *_small_unit(
        "son_thuy", Text("xã Sơn Thủy", "Son Thuy commune"), "Hồ Thị Lý", "Mai Xuân Trường", "Lương Bá Khánh"
    ),
    *_department("justice", Text("Sở Tư pháp", "Department of Justice"), "Tạ Thị Nhung", "Cao Văn Hiếu"),
    *_department(
        "construction", Text("Sở Xây dựng", "Department of Construction"), "Đinh Thị Thơm", "Chu Quang Vinh"
    ),
    *_small_unit(
        "police",
        Text("Công an tỉnh", "Provincial police"),
        "Kiều Thị Ánh",
        "Tống Văn Khải",
        "Quách Đình Long",
    ),
    *_small_unit(
        "insurance",
        Text("Bảo hiểm xã hội tỉnh", "Social insurance"),
        "La Thị Thuận",
        "Phùng Văn Tài",
        "Doãn Thị Mỹ",
    ),
)

CITIZENS = (
    Citizen(
        "congdan",
        "Nguyễn Thị Thuỳ Linh",
        "038190001234",
        date(1990, 5, 17),
        "Số 12 Nguyễn Trãi, phường Tân An, tỉnh Lam Sơn",
        "0912345678",
        "thuylinh@example.vn",
        "vi",
        Text("Công dân: nộp và theo dõi hồ sơ", "Citizen: files and follows dossiers"),
    ),
    Citizen(
        "congdan2",
        "Lý Hoàng Nam",
        "038088004321",
        date(1988, 11, 2),
        "Thôn Đông, xã Hòa Bình, tỉnh Lam Sơn",
        "0987654321",
        "hoangnam@example.vn",
        "en",
        Text("Công dân, dùng tiếng Anh", "Citizen who reads English"),
    ),
)

ACCOUNTS = tuple(DemoAccount(person.login, PASSWORD, person.may) for person in (*CITIZENS, *OFFICIALS))
