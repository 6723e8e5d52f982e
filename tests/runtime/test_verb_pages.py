"""The pages of the office's verbs, as officials without JavaScript use them, and what the citizen reads of it."""

import re
from datetime import timedelta
from html import unescape

from flask.testing import FlaskClient

from runtime import directing, halting
from runtime.demo.accounts import PASSWORD
from runtime.models.tasks import Task
from tests.conftest import SettableClock
from tests.runtime.small import MONDAY
from tests.runtime.test_term_acts import ONCE, extendable
from tests.runtime.town import Town, publish_small
from tests.web.people import send, sign_in


def words(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def test_a_leader_gives_a_task_to_somebody_who_has_its_role(town: Town, client: FlaskClient) -> None:
    dossier = town.received()
    task = town.task(dossier)
    sign_in(client, "lanhdao", PASSWORD)
    page = f"/desk/tasks/{task.id}/assignment"
    assert f'href="{page}"' in client.get(f"/desk/dossiers/{dossier.code}").text
    assert send(client, page, page).status_code == 422
    taker = directing.takers(town.session, task, MONDAY)[0].account
    assert send(client, page, page, to=str(taker.id), reason="Chị Mai nghỉ").status_code == 303
    seen = words(client.get(f"/desk/dossiers/{dossier.code}").text)
    assert f"Giao việc cho {taker.full_name}" in seen
    assert "Chị Mai nghỉ" in seen
    sign_in(client, "congdan", PASSWORD)
    assert "Giao việc cho" not in client.get(f"/my/dossiers/{dossier.filing_number}").text


def test_what_is_stuck_is_reported_with_a_note_and_read_by_the_leader(
    town: Town, client: FlaskClient
) -> None:
    dossier = town.received()
    page = f"/desk/tasks/{town.task(dossier).id}/escalation"
    sign_in(client, "thuly", PASSWORD)
    assert send(client, page, page, reason=" ").status_code == 422
    assert send(client, page, page, reason="Thiếu bản gốc").status_code == 303
    sign_in(client, "lanhdao", PASSWORD)
    assert "1 việc báo lãnh đạo" in words(client.get("/desk/figures").text)
    assert "Báo lãnh đạo (1)" in words(client.get("/desk").text)
    assert "Thiếu bản gốc" in words(client.get("/desk/escalations").text)


def test_a_reported_task_of_another_unit_is_nobody_elses(town: Town, client: FlaskClient) -> None:
    task: Task = town.task(town.received())
    sign_in(client, "thuly.son_thuy", PASSWORD)
    assert client.get(f"/desk/tasks/{task.id}/escalation").status_code == 404


def test_the_clock_is_stopped_and_goes_on_and_the_citizen_reads_why(town: Town, client: FlaskClient) -> None:
    dossier = town.received()
    sign_in(client, "lanhdao", PASSWORD)
    page = f"/desk/dossiers/{dossier.code}/suspension"
    assert send(client, page, page, reason="Mất điện toàn xã").status_code == 422
    assert send(client, page, page, why="incident", reason="Mất điện toàn xã").status_code == 303
    sign_in(client, "congdan", PASSWORD)
    told = words(client.get(f"/my/dossiers/{dossier.filing_number}").text)
    assert "Cơ quan đang tạm dừng giải quyết" in told
    assert "Mất điện toàn xã" in told
    sign_in(client, "lanhdao", PASSWORD)
    page = f"/desk/dossiers/{dossier.code}/resumption"
    for _click in range(2):
        assert send(client, page, "/desk", reason="").status_code == 303
    assert client.get(page).status_code == 404


def test_only_a_term_that_may_be_extended_offers_it(town: Town, client: FlaskClient) -> None:
    sign_in(client, "lanhdao", PASSWORD)
    plain = town.received()
    assert client.get(f"/desk/dossiers/{plain.code}/extension").status_code == 404
    publish_small(town.session, MONDAY - timedelta(days=30), MONDAY.date(), rules=extendable(ONCE).rules)
    dossier = town.received()
    page = f"/desk/dossiers/{dossier.code}/extension"
    assert "không quá 2 ngày làm việc" in words(client.get(page).text)
    assert send(client, page, page, amount="5", after="0", reason="Điều 102").status_code == 422
    assert send(client, page, page, amount="2", after="0", reason="Điều 102").status_code == 303
    assert "Gia hạn giải quyết" in words(client.get(f"/desk/dossiers/{dossier.code}").text)
    assert send(client, page, "/desk", amount="2", after="0", reason="Điều 102").status_code == 303


def test_what_is_only_possible_before_a_day_is_not_offered_after_it(
    town: Town, client: FlaskClient, clock: SettableClock
) -> None:
    dossier = town.received()
    sign_in(client, "lanhdao", PASSWORD)
    page = f"/desk/dossiers/{dossier.code}"
    clock.now = MONDAY + timedelta(days=1)
    before = client.get(page).text
    clock.now = MONDAY + timedelta(days=4)
    after = client.get(page).text
    for act in ("suspension", "appointment"):
        assert f"{page}/{act}" in before
        assert f"{page}/{act}" not in after
    assert f"{page}/stop" in after


def test_a_stopped_clock_is_told_on_the_badge_and_beside_the_task(
    town: Town, client: FlaskClient, clock: SettableClock
) -> None:
    dossier = town.received()
    clock.now = MONDAY
    by = town.official("leader")
    halting.suspend(town.session, dossier, why="incident", reason="Mất mạng", by=by, at=MONDAY)
    sign_in(client, "lanhdao", PASSWORD)
    told = client.get(f"/desk/dossiers/{dossier.code}").text
    assert "Đang dừng tính hạn" in told
    assert "Không tính hạn" not in told
    assert "(đang dừng, tính lại khi tiếp tục)" in told
