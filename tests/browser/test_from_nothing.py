"""A fourth procedure, made wholly in the browser from an empty draft and run to its result."""

from collections.abc import Callable
from typing import Any

import pytest

from common.db import Database
from tests.browser import marital_life as life
from tests.browser import marital_status as paper
from tests.browser import marital_steps
from tests.browser.house import CITIZEN
from tests.browser.keeping import employ_keepers
from tests.browser.steps import downloaded, tells


@pytest.fixture
def enter(enter_wide: Callable[[str], Any], house: Database) -> Callable[[str], Any]:
    """Where three people keep procedures."""
    with house.transaction() as session:
        employ_keepers(session)
    return enter_wide


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
