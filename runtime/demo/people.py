"""The people of the demo province as accounts and actors, and the names of those without an account."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from sqlalchemy.orm import Session

from common.clock import local_date
from common.identity.accounts import actor_of
from common.identity.actor import Actor
from common.identity.models import Account, Assignment, Unit
from common.identity.numbers import identity_hash
from common.identity.passwords import hash_password
from runtime.demo.accounts import CITIZENS, OFFICIALS, PASSWORD, Citizen, Official
from runtime.demo.province import SINCE
from runtime.office import office_of

FAMILY = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
)
MIDDLE = ("Thị", "Văn", "Minh", "Thu", "Quốc", "Ngọc", "Đức", "Thanh", "Hữu", "Gia", "Bảo", "Khánh", "Phương")
GIVEN = (
    *("An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Hương", "Khoa", "Lan", "Linh", "Long", "Mai", "Nam"),
    *("Ngân", "Oanh", "Phúc", "Quân", "Sơn", "Tâm", "Thảo", "Trang", "Tuấn", "Uyên", "Việt", "Xuân", "Yến"),
)
STREETS = (
    "Nguyễn Trãi",
    "Lê Lợi",
    "Trần Phú",
    "Hai Bà Trưng",
    "Phan Chu Trinh",
    "Quang Trung",
    "Lý Thường Kiệt",
)


@dataclass(frozen=True, slots=True)
class People:
    """Actors of the province: applicants with accounts, and officials by unit and role."""

    citizens: tuple[Actor, ...]
    officials: Mapping[tuple[int, str], tuple[Actor, ...]]

    def one(self, unit_id: int, role: str, rng: Random) -> Actor:
        return rng.choice(self.officials[unit_id, role])


def make_people(session: Session, units: Mapping[str, Unit], at: datetime) -> People:
    """All accounts, with one and the same password hash: making each would take seconds."""
    secret = hash_password(PASSWORD)
    accounts = [_citizen(session, citizen, secret, at) for citizen in CITIZENS]
    officials = [_official(session, official, units, secret, at) for official in OFFICIALS]
    session.flush()
    actors = [actor_of(session, account, local_date(at)) for account in officials]
    held: dict[tuple[int, str], tuple[Actor, ...]] = {}
    for actor in actors:
        for post in actor.posts:
            held[post] = (*held.get(post, ()), actor)
    return People(tuple(actor_of(session, account, local_date(at)) for account in accounts), held)


def somebody(rng: Random) -> dict[str, str]:
    """A person at the counter without an account, as a profile."""
    name = full_name(rng)
    return {
        "full_name": name,
        "identity_number": identity_number(rng),
        "born_on": date(rng.randint(1960, 2004), rng.randint(1, 12), rng.randint(1, 28)).isoformat(),
        "address": address(rng),
        "phone": f"09{rng.randint(10_000_000, 99_999_999)}",
    }


def full_name(rng: Random) -> str:
    return f"{rng.choice(FAMILY)} {rng.choice(MIDDLE)} {rng.choice(GIVEN)}"


def identity_number(rng: Random) -> str:
    return f"038{rng.randint(0, 3)}{rng.randint(50, 99)}{rng.randint(0, 999_999):06d}"


def address(rng: Random) -> str:
    return f"Số {rng.randint(1, 250)} {rng.choice(STREETS)}, phường Tân An, tỉnh Lam Sơn"


def _citizen(session: Session, citizen: Citizen, secret: str, at: datetime) -> Account:
    account = Account(
        kind="citizen",
        login=citizen.login,
        password_hash=secret,
        full_name=citizen.name,
        identity_number=citizen.identity_number,
        identity_hash=identity_hash(citizen.identity_number, office_of(session).identity_key),
        born_on=citizen.born_on,
        address=citizen.address,
        phone=citizen.phone,
        email=citizen.email,
        locale=citizen.locale,
        demo=True,
        created_at=at,
    )
    session.add(account)
    return account


def _official(
    session: Session, official: Official, units: Mapping[str, Unit], secret: str, at: datetime
) -> Account:
    account = Account(
        kind="official",
        login=official.login,
        password_hash=secret,
        full_name=official.name,
        demo=True,
        created_at=at,
        assignments=[
            Assignment(unit_id=units[key].id, role=role, since=SINCE) for key, role in official.posts
        ],
    )
    session.add(account)
    return account
