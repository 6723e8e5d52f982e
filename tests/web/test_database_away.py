"""While the database is away: a page that says so, keeps what was typed, and asks nothing of the database."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.datastructures import MultiDict

from app import create_app
from common.clock import Clock
from common.db import Database
from common.web import public
from common.web import session as transaction
from config import Settings
from tests.support.server import Addresses

TOKEN = "the token of the page"
TYPED = MultiDict(
    [
        ("csrf_token", TOKEN),
        ("outcome", "incomplete"),
        ("asks", "person"),
        ("asks", "house"),
        ("reason", 'Thiếu "bản vẽ"\n\n<b>1. </b> Mặt bằng'),
    ]
)


@pytest.fixture
def lonely(settings: Settings, clock: Clock, tmp_path: Path) -> Iterator[FlaskClient]:
    """Somebody who has signed in, before a house whose database is away."""
    database = Database(f"postgresql+psycopg:///motcua?host={tmp_path}")
    app = create_app(settings, database=database, clock=clock)
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = "7.stamp"
    yield client
    database.engine.dispose()


def test_a_page_says_when_to_ask_again(lonely: FlaskClient) -> None:
    answer = lonely.get("/desk/dossiers?q=lan")
    assert (answer.status_code, answer.headers["Retry-After"], answer.headers["Cache-Control"]) == (
        503,
        "10",
        "no-store",
    )
    assert "<h1>Hệ thống tạm dừng</h1>" in answer.text
    assert '<a class="btn btn-primary" href="/desk/dossiers?q=lan">' in answer.text


def test_the_process_lives_all_the_same_and_says_so(lonely: FlaskClient) -> None:
    alive, ready = lonely.get("/healthz"), lonely.get("/readyz")
    assert (alive.status_code, alive.headers["Cache-Control"]) == (200, "no-store")
    assert (ready.status_code, ready.json and ready.json["problems"][0]) == (
        503,
        "database unreachable or empty",
    )


def test_whatever_was_typed_can_be_sent_again_as_it_was(lonely: FlaskClient) -> None:
    answer = lonely.post("/desk/tasks/12/completion?in=vi", data=TYPED)
    assert answer.status_code == 503
    form = answer.text.partition("<form")[2].partition("</form>")[0]
    assert 'action="/desk/tasks/12/completion?in=vi" enctype="application/x-www-form-urlencoded"' in form
    assert [part.partition('"')[0] for part in form.split('name="')[1:]] == [
        *("csrf_token", "outcome", "asks", "asks", "reason")
    ]
    assert f">\n{TOKEN}</textarea>" in form
    assert ">\nThiếu &#34;bản vẽ&#34;\n\n&lt;b&gt;1. &lt;/b&gt; Mặt bằng</textarea>" in form
    assert "Gửi lại" in form


def test_it_is_said_in_english_too(lonely: FlaskClient) -> None:
    with lonely.session_transaction() as cookie:
        cookie["language"] = "en"
    answer = lonely.post("/desk/tasks/12/completion", data=TYPED)
    assert "<h1>The system is paused</h1>" in answer.text
    assert "what was recorded already is not recorded twice" in answer.text
    assert "Send again" in answer.text


def test_files_are_chosen_again_and_words_beside_them_are_kept(lonely: FlaskClient) -> None:
    file = {"file": (BytesIO(b"%PDF-1.4"), "a.pdf")}
    answer = lonely.post("/desk/counter/3", data={"full_name": "Lan", **file})
    assert 'name="full_name"' in answer.text
    assert 'enctype="multipart/form-data"' in answer.text
    assert "Tệp đã chọn không giữ lại được" in answer.text
    alone = lonely.post(
        "/desk/counter/3", data={"csrf_token": TOKEN, "file": (BytesIO(b"%PDF-1.4"), "a.pdf")}
    )
    assert "<form" not in alone.text
    assert "bấm nút quay lại của trình duyệt" in alone.text


def test_no_password_is_written_into_a_page(lonely: FlaskClient) -> None:
    answer = lonely.post("/profile/password", data={"old": "mat khau cu", "password": "mat khau moi"})
    assert answer.status_code == 503
    assert "mat khau" not in answer.text


def test_a_page_that_others_refuse_is_refused_without_the_database(lonely: FlaskClient) -> None:
    """The pages of refusals carry the agency's name, which cannot be asked for now."""
    assert lonely.get("/no-such-page").status_code == 503
    assert lonely.post("/look-up", data={"code": "x"}).status_code == 503


def test_a_commit_that_gets_no_answer_is_no_bug(
    settings: Settings, clock: Clock, addresses: Addresses
) -> None:
    """The server goes between the last statement and the commit: whether it is recorded, nobody knows."""

    def asks() -> str:
        connection = transaction().connection()
        connection.execute(text("select 1"))
        driver: Any = connection.connection.driver_connection
        driver.close()
        return "done"

    database = Database(addresses.application)
    app = create_app(settings, database=database, clock=clock)
    app.add_url_rule("/asks", "/asks", public(asks), methods=["POST"])
    app.config["WTF_CSRF_ENABLED"] = False
    answer = app.test_client().post("/asks", data={"reason": "đủ"})
    database.engine.dispose()
    assert answer.status_code == 503
    assert "có thể chưa được ghi nhận" in answer.text
    assert ">\nđủ</textarea>" in answer.text
