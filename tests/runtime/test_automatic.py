"""Automatic steps: attempts, pauses, the way on failure; a connector asked at a real address."""

import hmac
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from common.jobs import Work
from common.problems import Refusal
from config import Settings
from runtime.calling import call
from runtime.engine.advance import Advance
from runtime.engine.effects import StartRun
from runtime.engine.machine_events import Fail, PassLimit, Report
from runtime.engine.plain import from_plain
from runtime.engine.state import PATIENCE, Run, State
from runtime.limits import pass_due
from runtime.models.dossiers import DossierEvent
from runtime.office import Office
from runtime.replay import replay, verify
from tests.runtime.small import CLOCK, MONDAY, Desk, received
from tests.runtime.town import Town, publish_small
from tests.runtime.waiting import automatic

FIVE_MINUTES = timedelta(minutes=5)
KEY = "a key for tests, of thirty-two letters and more"
# Answers one request on a port of its own, and writes down what it was asked.
SERVER = """
import http.server, json, sys
class Desk(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        told = {name: self.headers[name] for name in ("Motcua-Signature", "Idempotency-Key")}
        open(sys.argv[1], "a").write(json.dumps([told, body.decode()]) + chr(10))
        self.send_response(200 if sys.argv[2] else 503)
        self.end_headers()
        self.wfile.write(sys.argv[2].encode())
    def log_message(self, *said): pass
server = http.server.HTTPServer(("127.0.0.1", 0), Desk)
print(server.server_port, flush=True)
server.serve_forever()
"""


def steps_of(desk: Desk) -> list[str]:
    return [task.step for task in desk.state.tasks]


def started(answer: Advance | Refusal) -> list[Run]:
    assert isinstance(answer, Advance)
    return [effect.run for effect in answer.effects if isinstance(effect, StartRun)]


def test_what_the_connector_says_moves_the_dossier_once() -> None:
    desk = received(automatic())
    assert desk.last is not None
    assert started(desk.last) == [Run("ask", 1, 1, 1, MONDAY)]
    assert isinstance(desk.ask(Report(by=CLOCK, at=MONDAY, run=1)), Advance)
    assert (steps_of(desk), desk.state.limits, desk.state.runs) == (["sign"], (), ())
    assert desk.ask(Report(by=CLOCK, at=MONDAY, run=1)) == Refusal("dossiers.run_over")
    assert desk.ask(Fail(by=CLOCK, at=MONDAY, run=1)) == Refusal("dossiers.run_over")


def test_it_is_tried_again_ever_later_and_then_taken_over_by_a_person() -> None:
    desk = received(automatic())
    second = desk.ask(Fail(by=CLOCK, at=MONDAY, run=1))
    assert started(second) == [Run("ask", 2, 1, 2, MONDAY + FIVE_MINUTES)]
    third = desk.ask(Fail(by=CLOCK, at=MONDAY, run=2))
    assert started(third) == [Run("ask", 3, 1, 3, MONDAY + 4 * FIVE_MINUTES)]
    assert started(desk.ask(Fail(by=CLOCK, at=MONDAY, run=3))) == []
    assert (steps_of(desk), desk.state.runs, desk.state.limits) == (["by_hand"], (), ())


def test_an_attempt_that_nobody_hears_of_again_has_failed() -> None:
    desk = received(automatic(attempts=1))
    assert desk.ask(PassLimit(by=CLOCK, at=MONDAY)) == Refusal("dossiers.no_limit_passed")
    assert isinstance(desk.ask(PassLimit(by=CLOCK, at=MONDAY + PATIENCE)), Advance)
    assert steps_of(desk) == ["by_hand"]


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    return tmp_path / "asked"


@pytest.fixture
def register(request: pytest.FixtureRequest, asked: Path, settings: Settings) -> Iterator[Settings]:
    """Settings with a connector at a server of its own process, which answers what the test says."""
    command = [sys.executable, "-c", SERVER, str(asked), request.param]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = f"http://127.0.0.1:{server.stdout.readline().strip()}/ask"
        yield replace(settings, connectors=(("register", address),), connector_key=KEY)
        server.terminate()


def work(town: Town, office: Office, settings: Settings) -> Work:
    return Work(town.session, MONDAY, office.files, settings)


@pytest.mark.parametrize("register", [json.dumps({"outcome": ""})], indirect=True)
def test_the_register_is_asked_signed_and_answers(
    town: Town, office: Office, register: Settings, asked: Path
) -> None:
    body = automatic()
    publish_small(
        town.session,
        MONDAY - timedelta(days=2),
        MONDAY.date(),
        steps=body.steps,
        transitions=body.transitions,
    )
    dossier = town.received()
    call(work(town, office, register), dossier.id, 1)
    assert town.task(dossier).step == "sign"
    call(work(town, office, register), dossier.id, 1)
    (line,) = asked.read_text().splitlines()
    told, sent = json.loads(line)
    assert told["Motcua-Signature"] == hmac.new(KEY.encode(), sent.encode(), sha256).hexdigest()
    assert told["Idempotency-Key"] == f"{dossier.filing_number}/1"
    assert json.loads(sent)["answers"]["person"]["copies"] == 3
    assert replay(town.session, dossier) == verify(town.session, dossier) == ()


@pytest.mark.parametrize("register", [""], indirect=True)
def test_a_register_that_is_down_is_asked_again_under_the_same_number(
    town: Town, office: Office, register: Settings, asked: Path
) -> None:
    body = automatic(attempts=2)
    publish_small(
        town.session,
        MONDAY - timedelta(days=2),
        MONDAY.date(),
        steps=body.steps,
        transitions=body.transitions,
    )
    dossier = town.received()
    for number in (1, 2):
        call(work(town, office, register), dossier.id, number)
    assert town.task(dossier).step == "by_hand"
    numbers = [json.loads(line)[0]["Idempotency-Key"] for line in asked.read_text().splitlines()]
    assert numbers == [f"{dossier.filing_number}/1"] * 2
    assert [event.act for event in town.all(DossierEvent, dossier_id=dossier.id)][-2:] == ["fail", "fail"]
    assert replay(town.session, dossier) == verify(town.session, dossier) == ()


def test_without_a_worker_the_clock_takes_over(town: Town, office: Office, settings: Settings) -> None:
    body = automatic(attempts=1)
    publish_small(
        town.session,
        MONDAY - timedelta(days=2),
        MONDAY.date(),
        steps=body.steps,
        transitions=body.transitions,
    )
    dossier = town.received()
    assert dossier.limit_at == MONDAY + PATIENCE
    pass_due(Work(town.session, MONDAY + PATIENCE, office.files, settings))
    assert town.task(dossier).step == "by_hand"
    assert from_plain(State, dossier.state).runs == ()
