"""A draft whose rules are being written: who writes, and the hand at the editor."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from sqlalchemy import select

from common.db import Database
from common.identity.actor import machine
from common.identity.models import Unit
from designer.drafts import begin_draft, files_of, save
from designer.models import Draft
from procedure_library.package import RULES
from procedure_library.queries import version_in_force
from tests.browser.house import PASSWORD, sign_in
from tests.conftest import MONDAY_MORNING
from tests.support.browser import opened
from tests.web import people

PAGE = "/designer/drafts/1/rules"
TABLE = """
bảng theo_kenh "Mức theo cách nộp hồ sơ" tiếng_anh "Rate by way of filing" (dossier.channel) duy_nhất
  căn_cứ "Nghị quyết 1"
  dòng counter thì 30_000 VND
  dòng {online, post} thì 25_000 VND
"""


@pytest.fixture
def rules_drafted(house: Database) -> None:
    """Two administrators, and a draft of the certified copies with a table among its rules."""
    with house.transaction() as session:
        province = session.scalars(select(Unit).where(Unit.key == "province")).one()
        people.official(session, province, "administrator", login="quantri").full_name = "Vũ Thị Quản"
        people.official(session, province, "administrator", login="quantri2").full_name = "Đặng Văn Trị"
        version = version_in_force(session, "chung_thuc_ban_sao", MONDAY_MORNING.date())
        assert version is not None
        draft = begin_draft(session, version, by=machine("Quản"), at=MONDAY_MORNING)
        assert isinstance(draft, Draft)
        text = files_of(session, draft)[RULES] + TABLE
        save(session, draft, RULES, text, revision=1, by=machine("Quản"), at=MONDAY_MORNING)


@pytest.fixture
def write(browser: Any, door: str, rules_drafted: None) -> Iterator[Callable[..., Any]]:
    """Opens the rules of the draft for an administrator, once the server has judged them."""
    with ExitStack() as doors:

        def enter(login: str = "quantri", width: int = 1280, script: bool = True) -> Any:
            window = {"width": width, "height": 900}
            page = doors.enter_context(
                opened(browser, base_url=door, viewport=window, java_script_enabled=script)
            )
            sign_in(page, login, PASSWORD)
            page.goto(PAGE)
            if script:
                page.locator("#finding-list[aria-live]").wait_for(state="attached")
            return page

        yield enter


def text(page: Any) -> str:
    return str(page.input_value("#content"))


def at_end(page: Any) -> None:
    """Puts the cursor behind the last line."""
    page.locator(".cm-content").click()
    page.keyboard.press("Control+End")


def at_line(page: Any, number: int) -> None:
    """Puts the cursor at the end of a line, by way of the editor's own "go to line"."""
    page.locator(".cm-content").click()
    page.keyboard.press("Control+Alt+g")
    page.locator(".cm-panels input[name=line]").fill(str(number))
    page.keyboard.press("Enter")
    page.keyboard.press("End")


def offered(page: Any, among: str = "") -> list[str]:
    """What is offered, once `among` it is that."""
    page.locator(".cm-tooltip-autocomplete li", has_text=among).first.wait_for()
    return [
        str(each) for each in page.locator(".cm-tooltip-autocomplete .cm-completionLabel").all_inner_texts()
    ]


def pick(page: Any, label: str) -> None:
    page.locator(".cm-tooltip-autocomplete li", has_text=label).first.click()


def finding(page: Any, words: str) -> Any:
    item = page.locator("#finding-list li", has_text=words)
    item.wait_for()
    return item


def errors(page: Any) -> Any:
    """What keeps the rules from being published, as the findings beside the text tell it."""
    return page.locator('#finding-list li[data-severity="error"]')
