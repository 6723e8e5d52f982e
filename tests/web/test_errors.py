"""Whatever goes wrong, a page says what happened and what to do, and nothing half-done stays."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from common.identity.models import Unit
from common.web import public
from common.web import session as transaction
from tests.web import people


def view(app: Flask, path: str, does: Any) -> None:
    app.add_url_rule(path, path, public(does), methods=["GET", "POST"])


@pytest.mark.parametrize(
    ("status", "title", "english"),
    [
        (400, "Yêu cầu chưa đúng", "The request is not right"),
        (403, "Trang này dành cho người khác", "This page is for somebody else"),
        (404, "Không tìm thấy trang", "There is no such page"),
        (413, "Tệp quá lớn", "The file is too large"),
        (429, "Đã thử quá nhiều lần", "Tried too many times"),
        (500, "Hệ thống gặp lỗi", "The system has failed"),
        (503, "Hệ thống tạm dừng", "The system is paused"),
    ],
)
def test_each_refusal_has_a_page_in_both_languages(
    app: Flask, client: FlaskClient, status: int, title: str, english: str
) -> None:
    view(app, "/refused", lambda: abort(status))
    answer = client.get("/refused")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (status, "no-store")
    assert f"<h1>{title}</h1>" in answer.text
    client.get("/sign-in?language=en")
    assert f"<h1>{english}</h1>" in client.get("/refused").text


def test_a_method_nobody_answers_to_is_a_bad_request_page(client: FlaskClient) -> None:
    answer = client.get("/sign-out")
    assert answer.status_code == 405
    assert "Yêu cầu chưa đúng" in answer.text


def test_a_bug_shows_no_trace_and_undoes_what_was_begun(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    def breaks() -> str:
        people.unit(transaction())
        raise ZeroDivisionError("secret detail")

    view(app, "/breaks", breaks)
    answer = client.get("/breaks")
    assert answer.status_code == 500
    assert "Traceback" not in answer.text
    assert "secret detail" not in answer.text
    assert session.scalars(select(Unit)).all() == []


def test_a_refusal_undoes_what_was_begun_and_a_return_keeps_it(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    def begins(end: Any) -> Any:
        def does() -> str:
            people.unit(transaction())
            return str(end())

        return does

    view(app, "/refuses", begins(lambda: abort(404)))
    view(app, "/returns", begins(lambda: "done"))
    client.get("/refuses")
    assert session.scalars(select(Unit)).all() == []
    client.get("/returns")
    assert len(session.scalars(select(Unit)).all()) == 1


def test_an_absent_database_is_said_without_asking_it(app: Flask, client: FlaskClient) -> None:
    def asks() -> str:
        raise OperationalError("select", {}, Exception("connection refused"))

    view(app, "/asks", asks)
    answer = client.get("/asks")
    assert answer.status_code == 503
    assert "Cơ sở dữ liệu chưa trả lời" in answer.text


def _writes_on_a_full_disk() -> str:
    with Path("/dev/full").open("w") as file:
        file.write("a document")
    return ""


def _asks_a_database_on_a_full_disk() -> str:
    transaction().execute(text("do $$ begin raise exception 'no space left' using errcode = '53100'; end $$"))
    return ""


@pytest.mark.parametrize(
    ("does", "told"),
    [
        (_writes_on_a_full_disk, "the disk of the data folder is full: make room"),
        (_asks_a_database_on_a_full_disk, "the disk of the database is full: make room"),
    ],
)
def test_a_full_disk_is_a_clear_stop_that_keeps_what_was_typed(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture, does: Any, told: str
) -> None:
    view(app, "/writes", does)
    app.config["WTF_CSRF_ENABLED"] = False
    answer = client.post("/writes", data={"reason": "đủ"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (507, "10")
    assert "Máy chủ hết chỗ lưu trữ" in answer.text
    assert ">\nđủ</textarea>" in answer.text
    assert told in caplog.text
    client.get("/sign-in?language=en")
    assert "<h1>The system has no room left</h1>" in client.post("/writes").text


def test_a_form_without_its_token_is_explained(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data={"login": "tiep", "password": "x"})
    assert answer.status_code == 400
    assert "Trang đã mở quá lâu" in answer.text


def test_what_no_column_can_hold_is_the_senders_mistake(app: Flask, client: FlaskClient) -> None:
    view(app, "/far", lambda: str(transaction().get(Unit, 10**20)))
    assert client.get("/far").status_code == 400


def test_a_body_that_is_too_large_is_refused(app: Flask, client: FlaskClient) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 1000
    answer = client.post("/sign-in", data={"login": "x" * 2000})
    assert answer.status_code == 413
    assert "Nội dung quá dài" in answer.text
    with_file = {"login": "x", "file": (BytesIO(b"x" * 2000), "a.pdf")}
    assert "Tệp quá lớn" in client.post("/sign-in", data=with_file).text
