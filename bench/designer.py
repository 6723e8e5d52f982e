"""What somebody waits for who draws two hundred steps: each move of a drag in a real browser, and each save."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from threading import Thread

from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from app import create_app
from bench import measures, median_seconds
from bench.drawing import KEY, two_hundred_steps
from bench.storage import migrated
from common import logs
from common.clock import system_clock
from common.db import Database
from common.identity.actor import machine
from common.identity.models import Account, Assignment, Unit
from common.identity.passwords import hash_password
from common.operations.database import application_url
from common.text import Text
from designer import drafts
from designer.models import Draft
from procedure_library.loading import load_library
from procedure_library.package import STEPS, package_files
from runtime.demo.province import make_units
from scripts.browser import found

PASSWORD = "một ngày đẹp trời"
DRAFTER = {"login": "author", "password": PASSWORD}
MOVES = 150
# Whatever a script of the page does because the mouse moved: every listener, and what they leave for the next frame.
TIMED = """
(() => {
  window.taken = [];
  const timed = (work) => function (...said) {
    const begun = performance.now();
    try {
      return work.apply(this, said);
    } finally {
      if (taken.length) taken[taken.length - 1] += performance.now() - begun;
    }
  };
  addEventListener("mousemove", () => taken.push(0), true);
  const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
  const wrapped = new WeakMap();
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    const isOurs = typeof listener === "function" && /^(mouse|pointer)(move|over|out|enter|leave)$/.test(type);
    if (isOurs && !wrapped.has(listener)) wrapped.set(listener, timed(listener));
    return add.call(this, type, isOurs ? wrapped.get(listener) : listener, options);
  };
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    return remove.call(this, type, wrapped.get(listener) ?? listener, options);
  };
  const ask = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (work) => ask(timed(work));
})();
"""


@measures("designer.save_200_steps_ms", "ms", "<= 300")
def save_200_steps() -> float:
    """One shape was moved: the answer of the server, findings included."""
    with _house() as (app, number):
        client, at = _signed_in(app), f"/designer/drafts/{number}/steps"
        page = client.get(at).get_data(as_text=True)
        content, revision = _drawing(), int(_first(r'data-revision="(\d+)"', page))
        saved = {"revision": revision, "x": 0}

        def save() -> None:
            saved["x"] += 1
            moved = re.sub(r'<dc:Bounds x="\d+"', f'<dc:Bounds x="{saved["x"]}"', content, count=1)
            answer = client.post(at, data={"content": moved, "revision": saved["revision"]})
            assert answer.status_code == 200
            saved["revision"] = int(_first(r'data-revision="(\d+)"', answer.get_data(as_text=True)))

        save()
        return median_seconds(save) * 1000


@measures("designer.drag_200_steps_p95_ms", "ms", "<= 30")
def drag_200_steps() -> float:
    """Script time for each move of the mouse while a step with three transitions is dragged, lanes and map shown."""
    with _house() as (app, number), _served(app) as address, _browser() as browser:
        page = browser.new_page(base_url=address, viewport={"width": 1440, "height": 1000})
        page.add_init_script(TIMED)
        page.goto("/sign-in")
        page.locator("input[autocomplete=username]").first.fill(DRAFTER["login"])
        page.locator("input[type=password]").first.fill(PASSWORD)
        page.locator("main form button[type=submit]").first.click()
        page.goto(f"/designer/drafts/{number}/steps")
        page.locator(".djs-palette .entry").first.wait_for()
        for act in ("lanes", "minimap"):
            page.locator(f"[data-act={act}]").click()
        taken = sorted(_dragged(page))
    assert len(taken) >= MOVES
    return taken[int(len(taken) * 0.95)]


def _dragged(page: Page) -> list[float]:
    page.locator("#find-step").fill("worked_4")
    page.locator("#find-step").press("Enter")
    box = page.locator('.djs-element[data-element-id="worked_4"] .djs-visual').first.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate("() => { window.taken = [] }")
    for number in range(MOVES):
        page.mouse.move(x + number % 60 * 3, y + number % 40 * 2)
    taken: list[float] = page.evaluate("() => window.taken")
    page.mouse.up()
    moved = page.locator('.djs-element[data-element-id="worked_4"] .djs-visual').first.bounding_box()
    # Nothing is measured unless the step went along.
    assert moved is not None
    assert moved["x"] > box["x"] + 60
    return taken


def _drawing() -> str:
    return dict(package_files(two_hundred_steps()))[STEPS].decode()


def _first(pattern: str, text: str) -> str:
    found_there = re.search(pattern, text)
    assert found_there is not None
    return found_there[1]


@contextmanager
def _house() -> Iterator[tuple[Flask, int]]:
    """The application with a draft of two hundred steps and its author, and the number of the draft."""
    with migrated() as settings:
        logs.configure("WARNING")
        database = Database(application_url(settings))
        with database.transaction() as session:
            load_library(session, at=system_clock())
            make_units(session)
            _employ(session)
            number = _drafted(session)
        app = create_app(settings, database=database)
        yield app, number
        database.engine.dispose()


def _employ(session: Session) -> None:
    unit = session.query(Unit).filter_by(key="province").one()
    account = Account(
        kind="official",
        login=DRAFTER["login"],
        full_name="Nguyễn Văn Soạn",
        password_hash=hash_password(PASSWORD),
        created_at=system_clock(),
    )
    session.add(account)
    session.flush()
    session.add(
        Assignment(account_id=account.id, unit_id=unit.id, role="administrator", since=date(2025, 7, 1))
    )


def _drafted(session: Session) -> int:
    by, at = machine("bench"), system_clock()
    draft = drafts.begin_new(session, KEY, Text("Hai trăm bước", "Two hundred steps"), by=by, at=at)
    assert isinstance(draft, Draft)
    files: dict[str, str | None] = {
        path: content.decode() for path, content in package_files(two_hundred_steps())
    }
    saved = drafts.save_all(
        session, draft, files, revisions=drafts.revisions_of(session, draft), by=by, at=at
    )
    assert isinstance(saved, tuple)
    return draft.id


def _signed_in(app: Flask) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    client.post("/sign-in", data=DRAFTER)
    return client


@contextmanager
def _served(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found(), args=["--disable-gpu", "--no-sandbox"])
        yield browser
        browser.close()
