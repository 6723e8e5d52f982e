"""The units of an invented province."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from common.identity.models import Unit

# Two levels of government since that day.
SINCE = date(2025, 7, 1)
AREA = "99"


@dataclass(frozen=True, slots=True)
class DemoUnit:
    key: str
    code: str
    level: str
    name_vi: str
    name_en: str
    area: str
    address: str
    phone: str
    functions: str = ""


UNITS = (
    DemoUnit(
        "province",
        "000.00.00.H99",
        "province",
        "Ủy ban nhân dân tỉnh Lam Sơn",
        "People's Committee of Lam Son province",
        AREA,
        "01 Quang Trung, phường Tân An",
        "0299 3811 000",
    ),
    DemoUnit(
        "justice",
        "000.00.05.H99",
        "department",
        "Sở Tư pháp tỉnh Lam Sơn",
        "Department of Justice of Lam Son",
        AREA,
        "12 Lê Lợi, phường Tân An",
        "0299 3811 005",
    ),
    DemoUnit(
        "construction",
        "000.00.09.H99",
        "department",
        "Sở Xây dựng tỉnh Lam Sơn",
        "Department of Construction of Lam Son",
        AREA,
        "25 Hùng Vương, phường Tân An",
        "0299 3811 009",
    ),
    DemoUnit(
        "police",
        "000.00.30.H99",
        "department",
        "Công an tỉnh Lam Sơn",
        "Police of Lam Son",
        AREA,
        "08 Lý Thường Kiệt, phường Tân An",
        "0299 3811 030",
        "police",
    ),
    DemoUnit(
        "insurance",
        "000.00.31.H99",
        "department",
        "Bảo hiểm xã hội tỉnh Lam Sơn",
        "Social insurance of Lam Son",
        AREA,
        "16 Hai Bà Trưng, phường Tân An",
        "0299 3811 031",
        "social_insurance",
    ),
    DemoUnit(
        "tan_an",
        "000.21.01.H99",
        "commune",
        "Ủy ban nhân dân phường Tân An",
        "People's Committee of Tan An ward",
        "99001",
        "03 Trần Hưng Đạo, phường Tân An",
        "0299 3822 101",
    ),
    DemoUnit(
        "hoa_binh",
        "000.21.02.H99",
        "commune",
        "Ủy ban nhân dân xã Hòa Bình",
        "People's Committee of Hoa Binh commune",
        "99002",
        "Thôn Đông, xã Hòa Bình",
        "0299 3822 102",
    ),
    DemoUnit(
        "son_thuy",
        "000.21.03.H99",
        "commune",
        "Ủy ban nhân dân xã Sơn Thủy",
        "People's Committee of Son Thuy commune",
        "99003",
        "Thôn Trung, xã Sơn Thủy",
        "0299 3822 103",
    ),
)


def is_there(session: Session) -> bool:
    """Whether the demo province has been made before."""
    return session.scalars(select(Unit.id).where(Unit.code == UNITS[0].code)).first() is not None


def make_units(session: Session) -> Mapping[str, Unit]:
    """The units by key; all belong to the province."""
    made: dict[str, Unit] = {}
    for unit in UNITS:
        above = made.get(UNITS[0].key)
        made[unit.key] = Unit(
            key=unit.key,
            code=unit.code,
            name_vi=unit.name_vi,
            name_en=unit.name_en,
            level=unit.level,
            area_code=unit.area,
            address=unit.address,
            phone=unit.phone,
            functions=unit.functions,
            parent_id=above.id if above else None,
            valid_from=SINCE,
        )
        session.add(made[unit.key])
        session.flush()
    return made
