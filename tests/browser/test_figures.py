"""A leader from the figures to a dossier; and a dossier past the calendar's end, whose date follows."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from playwright.sync_api import expect
from sqlalchemy import select

from common.clock import ZONE
from common.db import Database
from common.identity.models import Account, Assignment, Unit
from common.jobs import defer
from runtime.deadlines import derive_missing
from tests.browser import certified_copy as copy
from tests.browser.conftest import WITH_SCRIPT
from tests.browser.house import CITIZEN, SINCE
from tests.browser.steps import follow, look, press, says, tells, told
from tests.browser.test_officials import accept
from tests.web.accessibility import overflow
from tests.web.people import HASH

Walk = Callable[..., Any]
NEW_YEARS_EVE = datetime(2026, 12, 31, 15, 30, tzinfo=ZONE)


def test_a_leader_goes_from_a_figure_to_its_dossier(walk_in: Walk) -> None:
    copy.sent_by(walk_in(CITIZEN))
    accept(walk_in("tiep"))
    leader = walk_in("duyet")
    follow_in_header(leader, "Số liệu")
    look(leader)
    expect(leader.locator(".board-of-figures dd")).to_have_text(["1", "0", "–", "1", "0"])
    follow(leader, "Đang giải quyết: 1", exact=False)
    expect(leader.locator("h1")).to_have_text("Đang giải quyết")
    leader.locator("a.code").click()
    expect(leader.locator("h1")).to_have_text("000.12.31.H40-260302-0001")


def test_on_a_telephone_a_line_shows_its_sums_and_unfolds_the_rest(walk_in: Walk) -> None:
    """With the keyboard, and with JavaScript off as well."""
    copy.sent_by(walk_in(CITIZEN))
    accept(walk_in("tiep"))
    leader = walk_in("duyet")
    leader.set_viewport_size({"width": 390, "height": 844})
    leader.goto("/desk/figures?by=procedure")
    # The only line is unfolded already; the keyboard folds it to its three sums.
    line = leader.locator(".figures tbody tr").first
    summary = line.locator("summary")
    assert figures_seen(line) == ALL_FIGURES
    summary.focus()
    leader.keyboard.press("Enter")
    assert figures_seen(line) == ["all_received", "resolved", "in_process"]
    assert overflow(leader) <= 0
    leader.keyboard.press("Enter")
    assert figures_seen(line) == ALL_FIGURES
    line.locator("[data-figure=online] a").click()
    expect(leader.locator("h1")).to_have_text("Tiếp nhận trực tuyến")


ALL_FIGURES = [
    *("all_received", "carried_over", "online", "direct", "resolved", "early", "on_time", "late", "ended"),
    *("in_process", "in_limit", "overdue", "supplements"),
]


def figures_seen(line: Any) -> list[str]:
    return [each.get_attribute("data-figure") for each in line.locator("[data-figure]:visible").all()]


def follow_in_header(page: Any, words: str) -> None:
    page.get_by_role("banner").get_by_role("link", name=words, exact=True).click()


@WITH_SCRIPT
def test_past_the_calendars_end_the_date_follows(
    walk_in: Walk, house: Database, worker: Callable[[], None], clock: Any
) -> None:
    appoint_administrator(house)
    clock.now = NEW_YEARS_EVE
    citizen = walk_in(CITIZEN)
    copy.sent_by(citizen)
    reception = walk_in("tiep")
    accept(reception)
    path = reception.url
    assert "04/01/2027" not in told(reception)

    administrator = walk_in("quantri")
    administrator.goto("/designer/reference/calendar/years/2027")
    administrator.get_by_label("Số, ký hiệu văn bản").fill("Thông báo 9441/TB-BNV")
    administrator.get_by_label("Ngày ký").fill("21/11/2026")
    press(administrator, "Ghi lịch năm 2027")
    says(administrator, "Đã ghi lịch năm 2027.", exact=False)

    with house.transaction() as session:
        defer(session, derive_missing)
    worker()
    reception.goto(path)
    tells(reception, "04/01/2027")


def appoint_administrator(house: Database) -> None:
    with house.transaction() as session:
        account = Account(
            kind="official",
            login="quantri",
            password_hash=HASH,
            full_name="Đỗ Minh Quân",
            created_at=NEW_YEARS_EVE,
        )
        session.add(account)
        session.flush()
        province = session.scalars(select(Unit).where(Unit.key == "province")).one()
        session.add(Assignment(account_id=account.id, unit_id=province.id, role="administrator", since=SINCE))
