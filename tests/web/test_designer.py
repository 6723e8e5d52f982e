"""The designer's reading pages: for those who keep procedures, complete, and in both languages."""

import re
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from common.db import Database
from common.identity.actor import machine
from common.text import Text
from config import Settings
from designer.step_rows import step_rows
from procedure_library.loading import load_calendar, load_demo_amounts, load_library
from procedure_library.models import Version
from procedure_library.publishing import Basis, publish
from procedure_library.ready_made import packages
from tests.conftest import MONDAY_MORNING
from tests.procedure_library.samples import definition
from tests.web import people
from tests.web.accessibility import barriers, overflow
from tests.web.people import PASSWORD

BASIS = Basis("Quyết định 12/QĐ-UBND", date(2025, 12, 1))


def pages(key: str) -> tuple[str, ...]:
    """Every page of the designer, with those of one procedure."""
    procedure = f"/designer/procedures/{key}"
    version = f"{procedure}/versions/1"
    parts = (version, f"{version}/steps", f"{version}/form", f"{version}/rules")
    return ("/designer/procedures", procedure, *parts, "/designer/publications", "/designer/reference")


PAGES = pages("good_standing")


@pytest.fixture
def keeper(client: FlaskClient, session: Session) -> FlaskClient:
    people.official(session, people.unit(session), "procedure_controller")
    load_calendar(session, at=MONDAY_MORNING)
    load_demo_amounts(session, area="H40", at=MONDAY_MORNING)
    marriage = definition(key="marriage", code="9.000002", name=Text("Đăng ký kết hôn", "Marriage"))
    for each in (definition(), marriage):
        published = publish(
            session,
            each,
            by=machine("a test"),
            at=MONDAY_MORNING,
            basis=BASIS,
            effective_from=date(2026, 1, 1),
        )
        assert isinstance(published, Version), published
    people.sign_in(client, "tiep")
    return client


def test_only_those_who_keep_procedures_read_them(client: FlaskClient, session: Session) -> None:
    people.official(session, people.unit(session), "reception")
    people.sign_in(client, "tiep")
    assert {client.get(path).status_code for path in PAGES} == {403}
    assert "Quản lý thủ tục" not in client.get("/profile").text


@pytest.mark.parametrize("path", PAGES)
def test_every_page_speaks_both_languages(keeper: FlaskClient, path: str) -> None:
    vietnamese = keeper.get(path)
    assert vietnamese.status_code == 200
    keeper.get(f"{path}?language=en")
    english = keeper.get(path)
    assert english.status_code == 200
    assert '<html lang="en">' in english.text
    assert "Quản lý thủ tục" not in english.text


def test_a_keeper_finds_a_procedure_without_accents(keeper: FlaskClient) -> None:
    fragment = keeper.get("/designer/procedures?q=ket+hon", headers={"HX-Request": "true"}).text
    assert fragment.lstrip().startswith('<section id="procedures"')
    assert "Đăng ký kết hôn" in fragment
    assert "Cấp giấy xác nhận" not in fragment
    assert "Không có thủ tục nào khớp" in keeper.get("/designer/procedures?q=zzzz").text


def test_a_keeper_sees_who_published_what(keeper: FlaskClient) -> None:
    text = keeper.get("/designer/publications").text
    assert "Đăng ký kết hôn, phiên bản 1" in text
    assert "Quyết định 12/QĐ-UBND, 01/12/2025" in re.sub(r"<[^>]+>", "", text)
    assert "Đang áp dụng" in keeper.get("/designer/procedures/marriage").text


def test_a_keeper_is_warned_before_the_calendar_ends(keeper: FlaskClient, clock: Any) -> None:
    warning = "Lịch làm việc chỉ đến hết ngày 31/12/2026"
    assert warning not in keeper.get("/designer/reference").text
    clock.now = clock.now.replace(month=11, day=2)
    people.sign_in(keeper, "tiep")
    assert warning in keeper.get("/designer/reference").text


@pytest.mark.parametrize(
    "path",
    [
        "/designer/procedures/no_such_procedure",
        "/designer/procedures/marriage/versions/2",
        "/designer/procedures/marriage/versions/99999999999999999999",
    ],
)
def test_what_is_not_there_is_not_found(keeper: FlaskClient, path: str) -> None:
    assert keeper.get(path).status_code == 404


@pytest.mark.parametrize(
    "query", ["after=x&id=abc", "after=%00&id=1", "q=%27%3B--", "after=x&id=99999999999999999999"]
)
def test_a_garbled_address_is_no_fault_of_ours(keeper: FlaskClient, query: str) -> None:
    assert keeper.get(f"/designer/procedures?{query}").status_code in (200, 400)
    assert keeper.get("/designer/publications?before=99999999999999999999").status_code in (200, 400)


def test_each_way_out_of_a_step_names_its_outcome_and_where_it_leads() -> None:
    rows = {row.step.key: row for row in step_rows(definition())}
    ways = [(move.label and move.label.vi, move.target.key) for move in rows["signed"].moves]
    assert ways == [("Ký cấp", "granted"), ("Từ chối", "refused")]
    assert [title.vi for title in rows["examine"].shows] == ["Người yêu cầu"]
    assert rows["granted"].moves == ()


@pytest.fixture
def house(database: Database, settings: Settings) -> None:
    with database.transaction() as session:
        people.official(session, people.unit(session), "procedure_controller")
        load_library(session, at=MONDAY_MORNING)
        load_demo_amounts(session, area="H40", at=MONDAY_MORNING)


def test_nobody_meets_a_barrier_in_the_designer(page: Any, live: str, house: None) -> None:
    page.goto(f"{live}/sign-in")
    page.fill("#login", "tiep")
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    for path in pages("dang_ky_khai_sinh"):
        page.goto(live + path)
        assert overflow(page) <= 0, path
        page.set_viewport_size({"width": 390, "height": 800})
        assert overflow(page) <= 0, path
        assert barriers(page) == []
        page.set_viewport_size({"width": 1280, "height": 800})


def test_the_list_follows_what_is_typed(page: Any, live: str, house: None) -> None:
    page.goto(f"{live}/sign-in?next=/designer/procedures")
    page.fill("#login", "tiep")
    page.fill("#password", PASSWORD)
    page.click("main button[type=submit]")
    assert page.locator("#procedures tbody tr").count() == len(packages())
    page.locator("#q").press_sequentially("chung thuc")
    page.wait_for_url(f"{live}/designer/procedures?q=chung+thuc")
    assert page.locator("#procedures tbody tr").count() == 1
    assert page.evaluate("document.activeElement.id") == "q"
