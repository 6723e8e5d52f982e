"""Every page that a link leads to, for everybody who may follow it: it opens, and nobody meets a barrier on it."""

import re
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.web.accessibility import barriers, overflow

PEOPLE = (
    "",
    "congdan",
    "congdan2",
    "tiepnhan.hoa_binh",
    "thuly.hoa_binh",
    "lanhdao.hoa_binh",
    "pheduyet",
    "thungan",
    "lanhdao",
    "congbo",
)
# For each link its address, and the state of what it stands for, so that one dossier in each state is opened.
LINKS = """() => [...document.querySelectorAll('a[href]')].map(a =>
  [a.pathname + a.search, a.host === location.host && !a.closest('[hreflang]') ? '' : 'elsewhere',
   a.closest('tr, li')?.querySelector('.badge')?.innerText ?? ''])"""
# What is no page of work: files, and the documents of the guide (test_guide looks at them).
FILES = re.compile(r"^/(documents|letters|docs)/|(\.csv|/printout)(\?|$)")
# Which figure of which procedure: the page behind each is of one kind.
ALIKE = re.compile(r"\b(procedure|figure)=[^&]*")


@pytest.mark.parametrize("login", PEOPLE)
def test_every_page_opens_and_is_usable(visit: Callable[..., Any], login: str) -> None:
    page = visit(1280, login)
    for path in reachable(page):
        answer = page.goto(path)
        assert answer.status == 200, path
        assert barriers(page) == [], path
        page.set_viewport_size({"width": 390, "height": 844})
        assert overflow(page) <= 0, path
        page.set_viewport_size({"width": 1280, "height": 900})


def reachable(page: Any) -> Iterator[str]:
    """One address of each kind, in the order in which they are found; the caller opens it before the next."""
    waiting, met = deque(["/"]), set()
    while waiting:
        yield waiting.popleft()
        for path, elsewhere, state in page.evaluate(LINKS):
            kind = (re.sub(r"[0-9]+", "#", ALIKE.sub("", path)), re.sub(r"[0-9]+", "#", state))
            if not elsewhere and kind not in met and not FILES.search(path):
                met.add(kind)
                waiting.append(path)
