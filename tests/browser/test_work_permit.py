"""Cấp giấy phép lao động made wholly in the browser: drawn, mended by what the checks find, published, run."""

import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from common.db import Database
from common.identity.models import Unit
from designer.drafts import files_of
from designer.models import Draft
from procedure_library.package import STEPS
from tests.browser import asking, work_permit_list, work_permit_steps
from tests.browser import work_permit as permit
from tests.browser import work_permit_faults as faults
from tests.browser import work_permit_life as life
from tests.browser.house import CITIZEN
from tests.browser.keeping import employ_keepers
from tests.browser.keys import Keys
from tests.browser.mouse import Mouse
from tests.browser.steps import tells
from tests.web import people

Enter = Callable[[str], Any]
Hand = Mouse | Keys
# The graph that both hands come to.
STORED = Path(__file__).with_name("work_permit.bpmn")
OFFICIALS = {
    "tiep_tinh": ("Lương Thị Tiếp", "reception"),
    "giai_tinh": ("Tô Văn Giải", "case_officer"),
    "ky_tinh": ("Phan Quốc Ký", "approver"),
    "lanh_dao": ("Dương Văn Lãnh", "leader"),
    "thu_tinh": ("Mạc Thị Thu", "cashier"),
}


@pytest.fixture(autouse=True)
def unhurried(patient: None) -> Iterator[None]:
    """Proofs are waited for, and so is whatever a busy machine has not said yet."""
    expect.set_options(timeout=60_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def enter(enter_wide: Enter, house: Database) -> Enter:
    """Where a department and the police have their officials; whoever comes has time."""
    with house.transaction() as session:
        employ_keepers(session)
        province = session.scalars(select(Unit).where(Unit.key == "province")).one()
        department = _department(session, province, "000.10.H40", "Sở Nội vụ tỉnh Thanh Bình")
        for login, (name, role) in OFFICIALS.items():
            people.official(session, department, role, login=login, full_name=name)
        police = _department(session, province, "000.30.H40", "Công an tỉnh Thanh Bình", functions="police")
        people.official(session, police, "leader", login="cong_an", full_name="Đoàn Văn An")

    def walk_in(login: str) -> Any:
        page = enter_wide(login)
        page.set_default_timeout(60_000)
        return page

    return walk_in


def _department(session: Session, province: Unit, code: str, name: str, functions: str = "") -> Unit:
    return people.unit(
        session,
        key=code,
        code=code,
        name_vi=name,
        name_en="",
        level="department",
        area_code=province.area_code,
        functions=functions,
        parent_id=province.id,
    )


@pytest.fixture
def drawn(house: Database) -> Callable[[], permit.Graph]:
    """What the steps of the one draft mean."""

    def read() -> permit.Graph:
        with house.transaction() as session:
            return permit.graph(files_of(session, session.get_one(Draft, 1))[STEPS].encode())

    return read


def test_a_work_permit_is_drawn_mended_published_and_issued(
    enter: Enter, drawn: Callable[[], permit.Graph], worker: Callable[[], None]
) -> None:
    hand = Mouse(enter("quantri"))
    draft = _described(hand)
    work_permit_steps.draw(hand.page, draft)
    faults.mend_the_drawing(hand.page)
    assert drawn() == permit.graph(STORED.read_bytes())
    faults.mend_the_letter(hand, draft)
    faults.mend_the_rules(hand.page, draft)
    _publish(hand, draft, lambda login: Mouse(enter(login)))
    _issue(lambda login: Mouse(enter(login)), worker)


def test_the_same_by_list_and_keyboard_alone(
    enter: Enter, drawn: Callable[[], permit.Graph], worker: Callable[[], None]
) -> None:
    hand = Keys(enter("quantri"))
    draft = _described(hand)
    work_permit_list.draw(hand, draft)
    work_permit_list.mend(hand, draft)
    assert drawn() == permit.graph(STORED.read_bytes())
    faults.mend_the_letter(hand, draft)
    work_permit_list.mend_rules(hand, draft)
    _publish(hand, draft, lambda login: Keys(enter(login)))
    _issue(lambda login: Keys(enter(login)), worker)


def _described(hand: Hand) -> str:
    """All but the steps: two faults in the rules, one in a letter; answers the address of the draft."""
    draft = permit.begin(hand)
    permit.say_what_it_is(hand, draft)
    permit.ask_everything(hand, draft)
    permit.write_rules(hand, draft)
    permit.write_letters(hand, draft)
    return draft


def _publish(author: Hand, draft: str, enter: Callable[[str], Hand]) -> None:
    life.record_example(author, draft)
    life.submit(author, draft)
    life.decide(enter("kiemsoat"), "Đồng ý, chuyển người công bố", "Đã đồng ý")
    life.decide(enter("congbo"), "Công bố", "Đã công bố")
    life.decide_the_amount(author)


def _issue(enter: Callable[[str], Hand], worker: Callable[[], None]) -> None:
    employer = enter(CITIZEN)
    life.find_and_file(employer)
    code = life.settle(enter, employer)
    worker()
    employer.page.goto(f"/my/dossiers/{code}")
    tells(employer.page, "Kết quả đã được trả")
    with employer.page.expect_download() as coming:
        employer.follow("Giấy phép lao động")
    assert coming.value.path().read_bytes().startswith(b"%PDF")


def test_the_keyboard_journey_touches_no_mouse() -> None:
    """Neither a click nor a shortcut of the tests: whatever it does, keys do."""
    texts = [
        inspect.getsource(each)
        for each in (permit, asking, work_permit_list, faults.mend_the_letter, life, Keys)
    ]
    for touch in (".click(", ".fill(", ".check(", ".select_option(", ".mouse", ".set_input_files("):
        assert not any(touch in text for text in texts), touch
