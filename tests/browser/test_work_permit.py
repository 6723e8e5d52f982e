"""Cấp giấy phép lao động made wholly in the browser: drawn, mended by what the checks find, published, run."""

import inspect
from collections.abc import Callable, Iterator
from contextlib import ExitStack
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
from tests.browser import work_permit as permit
from tests.browser import work_permit_faults as faults
from tests.browser import work_permit_keys, work_permit_list, work_permit_steps
from tests.browser import work_permit_life as life
from tests.browser.conftest import sign_in
from tests.browser.hands import Keys, Mouse
from tests.browser.house import CITIZEN, PASSWORD
from tests.browser.keeping import employ_keepers
from tests.browser.steps import downloaded
from tests.support.browser import opened
from tests.web import people

Enter = Callable[[str], Any]
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
def enter(browser: Any, door: str, house: Database) -> Iterator[Enter]:
    """Officials of a department and of the police, and a browser with a large window for whoever signs in."""
    with house.transaction() as session:
        employ_keepers(session)
        province = session.scalars(select(Unit).where(Unit.key == "province")).one()
        department = _department(session, province, "000.10.H40", "Sở Nội vụ tỉnh Thanh Bình")
        for login, (name, role) in OFFICIALS.items():
            people.official(session, department, role, login=login, full_name=name)
        police = _department(session, province, "000.30.H40", "Công an tỉnh Thanh Bình", functions="police")
        people.official(session, police, "leader", login="cong_an", full_name="Đoàn Văn An")
    with ExitStack() as doors:

        def walk_in(login: str) -> Any:
            window = {"width": 1600, "height": 1400}
            page = doors.enter_context(opened(browser, base_url=door, viewport=window))
            page.set_default_timeout(60_000)
            sign_in(page, login, PASSWORD)
            return page

        yield walk_in


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
    author = enter("quantri")
    hand = Mouse(author)
    draft = permit.begin(hand)
    permit.say_what_it_is(hand, draft)
    permit.ask_everything(hand, draft)
    permit.write_rules_with_faults(author, draft)
    permit.choose_rules(author, draft)
    permit.write_letters(author, draft)
    work_permit_steps.draw(author, draft)
    faults.mend_the_drawing(author)
    assert drawn() == permit.graph(STORED.read_bytes())
    faults.mend_the_letter(author, draft)
    faults.mend_the_rules(author, draft)
    life.record_example(author, draft)
    life.submit(author, draft)
    life.decide(enter("kiemsoat"), "Đồng ý, chuyển người công bố")
    life.decide(enter("congbo"), "Công bố")
    life.decide_the_amount(author)

    employer = enter(CITIZEN)
    life.find_and_file(employer)
    code = life.settle(enter, employer)
    worker()
    employer.goto(f"/my/dossiers/{code}")
    expect(employer.locator("main")).to_contain_text("Kết quả đã được trả")
    assert downloaded(employer, "Giấy phép lao động").startswith(b"%PDF")


def test_the_same_is_made_and_published_by_list_and_keyboard_alone(
    enter: Enter, drawn: Callable[[], permit.Graph]
) -> None:
    hand = Keys(enter("quantri"))
    draft = permit.begin(hand)
    permit.say_what_it_is(hand, draft)
    permit.ask_everything(hand, draft)
    work_permit_keys.write_rules(hand, draft)
    work_permit_keys.write_letters(hand, draft)
    work_permit_list.draw(hand, draft)
    work_permit_list.mend(hand, draft)
    assert drawn() == permit.graph(STORED.read_bytes())
    work_permit_keys.mend_letter(hand, draft)
    work_permit_keys.mend_rules(hand, draft)
    work_permit_keys.record_example(hand, draft)
    work_permit_keys.submit(hand, draft)
    work_permit_keys.decide(Keys(enter("kiemsoat")), "Đồng ý, chuyển người công bố")
    publisher = Keys(enter("congbo"))
    work_permit_keys.decide(publisher, "Công bố")
    expect(publisher.page.locator("#flash")).to_contain_text("Đã công bố")


def test_the_keyboard_journey_touches_no_mouse() -> None:
    """Neither a click nor a shortcut of the tests: whatever it does, keys do."""
    texts = [inspect.getsource(each) for each in (work_permit_keys, work_permit_list, Keys)]
    for touch in (".click(", ".fill(", ".check(", ".select_option(", ".mouse", ".set_input_files("):
        assert not any(touch in text for text in texts), touch
