"""The page of an application of forty questions beside the same page written by hand, as requests are answered."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from flask import Flask

from app import create_app
from bench import measures, median_ratio
from bench.application import answers, form, schema
from bench.installation import installation
from bench.plain_page import source
from common import logs
from common.messages import message_of
from common.problems import Problem
from common.web import public
from config import read_settings
from form_builder import wtform
from form_builder.inputs import Input
from form_builder.judge import judge
from form_builder.pages import show
from form_builder.visibility import prune
from form_builder.wtform import PageForm

REQUESTS = 200
CHECK = "/check"
OURS = (
    '{% from "fields/summary.html" import error_summary %}{% from "fields/questions.html" import page_fields %}'
    "{{ error_summary(page) }}{{ page_fields(page, check) }}"
)


@measures("forms.page_vs_plain_jinja", "ratio", ">= 0.6")
def page_shown() -> float:
    """Requests a second with forty values, a family and three errors: bound, opened, marked and drawn, against
    the flat page that is handed every text ready to print. The same HTML, but for space between elements."""
    with _served() as app:
        ours, plain = (_asking(app, address) for address in ("/ours", "/plain"))
        assert _elements(ours()) == _elements(plain())
        return median_ratio(lambda: _times(plain), lambda: _times(ours))


@measures("forms.class_built_once", "classes", "== 1")
def classes_built() -> float:
    """How many WTForms classes of a page a hundred requests of one form, page and language build."""
    before, source = wtform.built(), {**schema(), "title": "Một tờ khai chưa ai mở"}
    for _ in range(100):
        show(source, "form", answers(), "vi")
    return wtform.built() - before


@contextmanager
def _served() -> Iterator[Flask]:
    """The application with both pages; it needs no database for them."""
    with installation() as environment:
        logs.configure("WARNING")
        app = create_app(read_settings(environment))
        said, wrong = _said()
        page, by_hand = app.jinja_env.from_string(OURS), app.jinja_env.from_string(source())
        texts = _texts(show(form(), "form", said, "vi"))
        told = {problem.where: message_of(problem, "vi") for problem in wrong}
        errors = {where: (message.text, message.whole) for where, message in told.items()}
        asked = _asked(said)

        @app.get("/ours")
        @public
        def ours() -> str:
            return page.render(page=show(form(), "form", said, "vi", problems=wrong), check=CHECK)

        @app.get("/plain")
        @public
        def plain() -> str:
            return by_hand.render(said=texts, wrong=errors, asked=asked, check=CHECK)

        yield app


def _said() -> tuple[Mapping[str, Any], tuple[Problem, ...]]:
    said = {**answers(), "q0": "<b>", "q1": "2026-13-01", "q3": "12"}
    wrong = judge(form(), prune(form(), said))
    assert len(wrong) == 3
    return said, wrong


def _texts(page: PageForm) -> dict[str, str]:
    """The text of every input, by its name."""
    inputs = [each for each in page.every if isinstance(each, Input)]
    rows = {f"family.{number}.id": f"r{number}" for number in range(5)}
    return {name: text for each in inputs for name, text in each.parts} | rows


def _asked(said: Mapping[str, Any]) -> dict[str, str]:
    page = show(form(), "form", said, "vi")
    return {each.name: "yes" if each.asked else "no" for each in page.every}


def _asking(app: Flask, address: str) -> Callable[[], str]:
    environ = app.test_request_context(address).request.environ

    def ask() -> str:
        answered = app.wsgi_app({**environ, "wsgi.input": BytesIO()}, lambda status, headers: BytesIO().write)
        return b"".join(answered).decode()

    return ask


def _times(ask: Callable[[], str]) -> None:
    for _ in range(REQUESTS):
        ask()


def _elements(html: str) -> list[str]:
    """What the page is made of, without the space that no reader sees."""
    words = re.sub(r"\s+", " ", html)
    return re.sub(r' (?=[>"])', "", re.sub(r"> <", "><", words)).strip().replace("><", ">\n<").split("\n")
