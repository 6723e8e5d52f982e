"""A fourth procedure, made wholly in the browser from an empty draft and run to its result."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from sqlalchemy import select

from common.db import Database
from common.identity.models import Unit
from tests.browser import marital_life as life
from tests.browser import marital_status as paper
from tests.browser import marital_steps
from tests.browser.conftest import sign_in
from tests.browser.house import CITIZEN, PASSWORD
from tests.browser.steps import downloaded, tells
from tests.support.browser import opened
from tests.web import people

KEEPERS = {"quantri": "administrator", "kiemsoat": "procedure_controller", "congbo": "publisher"}


@pytest.fixture
def keepers(house: Database) -> None:
    """Three people who keep procedures."""
    with house.transaction() as session:
        province = session.scalars(select(Unit).where(Unit.key == "province")).one()
        for login, role in KEEPERS.items():
            people.official(session, province, role, login=login).full_name = login.title()


@pytest.fixture
def enter(browser: Any, door: str, keepers: None) -> Iterator[Callable[[str], Any]]:
    """Opens a browser with a large window for a person and signs in."""
    with ExitStack() as doors:

        def walk_in(login: str) -> Any:
            window = {"width": 1600, "height": 1100}
            page = doors.enter_context(opened(browser, base_url=door, viewport=window))
            sign_in(page, login, PASSWORD)
            return page

        yield walk_in


def test_a_procedure_made_from_nothing_runs_to_its_result(
    enter: Callable[[str], Any], worker: Callable[[], None]
) -> None:
    author = enter("quantri")
    draft = paper.begin(author)
    paper.say_what_it_is(author, draft)
    paper.ask_everything(author, draft)
    paper.write_rules(author, draft)
    paper.choose_rules(author, draft)
    paper.write_letter(author, draft)
    marital_steps.draw(author, draft)
    life.record_example(author, draft)
    life.submit(author, draft)
    life.decide(enter("kiemsoat"), "Đồng ý, chuyển người công bố")
    life.decide(enter("congbo"), "Công bố")

    citizen = enter(CITIZEN)
    life.find_and_file(citizen)
    code = life.settle(*(enter(login) for login in ("tiep", "giai", "duyet", "thu")))
    worker()
    citizen.goto(f"/my/dossiers/{code}")
    tells(citizen, "Kết quả đã được trả")
    assert downloaded(citizen, "Giấy xác nhận tình trạng hôn nhân").startswith(b"%PDF")
