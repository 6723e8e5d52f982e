"""What a step says to those who do it: instructions at the desk, and whose it is by law."""

import re
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

from flask.testing import FlaskClient

from common.text import Text
from procedure_library.definition import Step
from procedure_library.guidance import Duty
from runtime.demo.accounts import PASSWORD
from tests.runtime.small import MONDAY, STEPS
from tests.runtime.town import Town, publish_small
from tests.web.people import sign_in

DUTY = Duty("Điều 17 Nghị định 118/2025/NĐ-CP", Text("công chức một cửa", "the one-stop official"))
LINES = Text("Đối chiếu <bản chính>.\n\nMẫu ở https://vbpl.vn/mau.", "Compare with the original.")


def steps_with(key: str, **changes: Any) -> tuple[Step, ...]:
    return tuple(replace(step, **changes) if step.key == key else step for step in STEPS)


def words(client: FlaskClient, address: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", client.get(address).text)))


def test_the_official_reads_instructions_and_whose_the_step_is(town: Town, client: FlaskClient) -> None:
    steps = steps_with("examine", duty=DUTY, instructions=LINES)
    publish_small(town.session, MONDAY, date(2026, 3, 1), steps=steps)
    dossier = town.received()
    address = f"/desk/tasks/{town.task(dossier).id}"
    sign_in(client, "thuly", PASSWORD)
    page = client.get(address).text
    assert "Đối chiếu &lt;bản chính&gt;." in page
    assert '<a href="https://vbpl.vn/mau" rel="noopener noreferrer" target="_blank">' in page
    assert "công chức một cửa · Điều 17 Nghị định 118/2025/NĐ-CP" in words(client, address)
    client.get(f"{address}?language=en")
    assert "Compare with the original." in words(client, address)


def test_the_history_says_by_which_law_a_step_was_done(town: Town, client: FlaskClient) -> None:
    publish_small(town.session, MONDAY, date(2026, 3, 1), steps=steps_with("sign", duty=DUTY))
    dossier = town.received()
    address = f"/desk/dossiers/{dossier.code}"
    sign_in(client, "thuly", PASSWORD)
    town.complete(dossier, "fit")
    assert DUTY.basis not in words(client, address)
    town.complete(dossier, "refused", reason="Không đủ điều kiện")
    assert f"công chức một cửa · {DUTY.basis}" in words(client, address)


def test_a_step_that_says_nothing_shows_nothing(town: Town, client: FlaskClient) -> None:
    dossier = town.received()
    sign_in(client, "thuly", PASSWORD)
    page = client.get(f"/desk/tasks/{town.task(dossier).id}").text
    assert "Trách nhiệm theo luật" not in page
    assert "Hướng dẫn</summary>" not in page
