"""Logs are JSON lines, and nothing a person typed gets into them."""

import json
import logging
from typing import Any

import pytest
from flask import Flask

from common import logs

Capture = pytest.CaptureFixture[str]


def said(capsys: Capture) -> list[dict[str, Any]]:
    """Every line logged so far, decoded."""
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_only_listed_fields_leave_the_process(capsys: Capture) -> None:
    logs.configure("info")
    logs.logger().info("account made", code="H99", full_name="Trần An", identity_number="001090000001")
    (line,) = said(capsys)
    assert line.pop("at")
    assert line == {"event": "account made", "level": "info", "logger": "motcua", "code": "H99"}


def test_an_exception_is_told_by_type_and_place(capsys: Capture) -> None:
    logs.configure("info")
    try:
        raise ValueError("Trần An, 001090000001")
    except ValueError:
        logs.logger().exception("job failed", job=7)
    (line,) = said(capsys)
    assert line["exception"] == "ValueError"
    assert [frame.split()[-1] for frame in line["frames"]] == ["test_an_exception_is_told_by_type_and_place"]
    assert "001090000001" not in json.dumps(line)


def test_so_are_those_of_libraries(capsys: Capture) -> None:
    logs.configure("info")
    try:
        raise KeyError("001090000001")
    except KeyError:
        logging.getLogger("some.library").warning("could not do it", exc_info=True)
    (line,) = said(capsys)
    assert (line["event"], line["level"], line["exception"]) == ("could not do it", "warning", "KeyError")
    assert "001090000001" not in json.dumps(line)


def test_a_request_is_told_by_its_route(capsys: Capture) -> None:
    logs.configure("info")
    app = Flask("test")
    logs.install(app)
    app.add_url_rule("/people/<name>", "person", lambda name: name)
    app.test_client().get("/people/an?number=001090000001")
    app.test_client().get("/nowhere/an")
    found, missing = said(capsys)
    assert (found["event"], found["method"], found["route"], found["status"]) == (
        "request", "GET", "/people/<name>", 200,
    )  # fmt: skip
    assert found["milliseconds"] >= 0
    assert (missing["route"], missing["status"]) == ("-", 404)
