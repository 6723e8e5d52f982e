"""A blank draft, its author at the list of its steps, and what stands in it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from common.text import Text
from designer.drafts import begin_new, files_of
from designer.models import Draft
from procedure_library.bpmn import Steps, read_steps
from procedure_library.definition import Step, Transition
from procedure_library.package import STEPS
from tests.conftest import MONDAY_MORNING
from tests.web import people
from tests.web.drafting import AT, LAN, Visitor, boxes, send

LIST = f"{AT}/steps/list"


@pytest.fixture
def blank(session: Session) -> Draft:
    begun = begin_new(session, "xac_nhan", Text("Xác nhận"), by=LAN, at=MONDAY_MORNING)
    assert isinstance(begun, Draft)
    return begun


@pytest.fixture
def hand(client: FlaskClient, session: Session, blank: Draft) -> Visitor:
    """An administrator at the blank draft: begin → settle → done."""
    people.official(session, people.unit(session), "administrator")
    people.sign_in(client, "tiep")
    return Visitor(client, blank)


@pytest.fixture
def drawn(session: Session, blank: Draft) -> Callable[[], Steps]:
    def read() -> Steps:
        steps = read_steps(files_of(session, blank)[STEPS].encode())
        assert isinstance(steps, Steps), steps
        return steps

    return read


def ways(steps: Steps) -> set[tuple[str, str]]:
    return {(way.source, way.target) for way in steps.transitions}


def step(steps: Steps, key: str) -> Step:
    return next(each for each in steps.steps if each.key == key)


def way(steps: Steps, key: str) -> Transition:
    return next(each for each in steps.transitions if each.key == key)


def add(hand: Any, after: str, kind: str, name: str, place: str = "") -> Any:
    page = f"{LIST}/{after}/next-step"
    return send(hand, page, page, kind=kind, name_vi=name, place=place)


def save(hand: Any, key: str, **typed: Any) -> Any:
    """Sends the page of a step as it stands, with what is typed over it."""
    page = f"{LIST}/{key}"
    return send(hand, page, page, **{**panel(hand, key), "act": "save", **typed})


def panel(hand: Any, key: str) -> dict[str, Any]:
    """What a browser would send back of the page of a step without anybody typing."""
    return panel_in(hand.get(f"{LIST}/{key}").text)


def panel_in(text: str) -> dict[str, Any]:
    form = re.search(r'<form class="step-panel".*?</form>', text, re.DOTALL)
    assert form, text
    return boxes(form[0])
