"""The page on which an official does a task: what is missing is said once, and nothing is asked for in vain."""

import re
from html import unescape

from flask.testing import FlaskClient

from common.problems import Refusal
from runtime import tasks
from runtime.demo.accounts import PASSWORD
from tests.runtime.small import MONDAY
from tests.runtime.town import Town
from tests.web.people import send, sign_in


def test_an_outcome_that_was_not_chosen_is_said_beside_it(town: Town, client: FlaskClient) -> None:
    dossier = town.received()
    page = f"/desk/tasks/{town.task(dossier).id}"
    sign_in(client, "thuly", PASSWORD)
    answer = send(client, f"{page}/completion", page)
    assert answer.status_code == 422
    said = unescape(answer.text)
    assert said.count('role="alert"') == 1
    assert '<a href="#outcome">Chưa chọn kết quả của việc này</a>' in said
    assert 'id="outcome-error"' in said
    assert town.task(dossier).status == "open"


def test_a_reason_is_asked_for_only_where_an_outcome_may_need_one(town: Town, client: FlaskClient) -> None:
    dossier = town.received()
    sign_in(client, "thuly", PASSWORD)
    assert "Lý do, nội dung yêu cầu" in words(client, town, dossier)
    for outcome in ("fit", "granted"):
        town.complete(dossier, outcome)
    sign_in(client, "thungan", PASSWORD)
    cashier = words(client, town, dossier)
    assert "Lý do, nội dung yêu cầu" not in cashier
    assert "Thêm ghi chú" in cashier


def words(client: FlaskClient, town: Town, dossier: object) -> str:
    page = client.get(f"/desk/tasks/{town.task(dossier).id}").text  # type: ignore[arg-type]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def test_another_date_is_typed_as_on_the_papers_and_stays_when_refused(
    town: Town, client: FlaskClient
) -> None:
    dossier = town.received()
    page = f"/desk/dossiers/{dossier.code}/appointment"
    sign_in(client, "lanhdao", PASSWORD)
    refused = send(client, page, page, new_day="4/3/2026", reason="Phải xác minh thực địa")
    assert refused.status_code == 422
    assert 'value="04/03/2026"' in refused.text
    assert send(client, page, page, new_day="9/3/2026", reason="Phải xác minh thực địa").status_code == 303
    town.session.refresh(dossier)
    assert dossier.appointment_at == MONDAY.replace(day=9, hour=23, minute=59)


def test_reception_and_handing_over_are_done_on_the_page_of_the_dossier(
    town: Town, client: FlaskClient
) -> None:
    """Their tasks stand in the inbox as others do, but are no step of the procedure."""
    dossier = town.filed()
    sign_in(client, "tiepnhan", PASSWORD)
    task, page = town.task(dossier), f"/desk/dossiers/{dossier.filing_number}"
    assert send(client, f"/desk/tasks/{task.id}/check", page).status_code == 404
    answer = send(client, f"/desk/tasks/{task.id}/completion", page, outcome="done")
    assert (answer.status_code, answer.location) == (303, page)
    assert "xong khi tiếp nhận hồ sơ" in unescape(client.get(page).text)
    refused = tasks.complete(town.session, task, outcome="done", by=town.official("reception"), at=MONDAY)
    assert refused == Refusal("dossiers.task_done_otherwise")
    assert task.status == "open"
