"""The page a person sees: everything tied together, nothing inline, nothing of what was typed unescaped."""

import re
from functools import cache
from html.parser import HTMLParser
from itertools import count
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from common.messages import message_of
from form_builder.pages import show, take
from form_builder.summary import summary
from tests.form_builder.samples import ANSWERS, FORMS, NAMES, form_of, read

TEMPLATES = Path(__file__).parents[2] / "templates"
PAGE = (
    '{% from "fields/summary.html" import error_summary %}'
    '{% from "fields/questions.html" import page_fields %}'
    "{{ error_summary(page) }}<form>{{ page_fields(page, check_url) }}</form>"
)
ANSWERED = '{% from "fields/answers.html" import answers %}{{ answers(sections, change) }}'
WRONG = {
    "text": "<b>x</b>" * 9,
    "integer": "hai",
    "date-day": "31",
    "date-month": "2",
    "date-year": "2026",
    "email": '"><script>alert(1)</script>',
    "choice": "post",
    "rows.0.from_on-day": "mai",
}


class Elements(HTMLParser):
    """Every element with its attributes, in order."""

    def __init__(self, html):
        super().__init__()
        self.all = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.all.append((tag, dict(attributes)))

    def with_(self, name):
        return [attributes[name] for _, attributes in self.all if name in attributes]


def render(template, **context):
    return _environment().from_string(template).render(**{"check_url": "", **context})


@cache
def _environment():
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=False
    )
    environment.globals.update(_=lambda text: text, message=message_of)
    return environment


def pages():
    return list(_pages())


def _pages():
    numbers = count()
    for name in NAMES:
        for page in FORMS[name].get("x-motcua-pages", [{"key": "form"}]):
            for state in ("empty", "filled", "wrong"):
                answers = ANSWERS[name] if state == "filled" else {}
                bound = show(read(name), page["key"], answers, "vi")
                if state == "wrong":
                    reply = take(read(name), page["key"], WRONG, {}, "vi", new_id=lambda: f"n{next(numbers)}")
                    bound = reply.page
                yield pytest.param(bound, id=f"{name}-{page['key']}-{state}")


@pytest.mark.parametrize("dense", [False, True])
@pytest.mark.parametrize("page", pages())
def test_labels_hints_and_errors_are_tied_to_their_inputs(page, dense):
    page.dense = dense
    elements = Elements(render(PAGE, page=page, check_url="/glance"))
    ids = elements.with_("id")
    assert len(ids) == len(set(ids))
    referred = elements.with_("for") + [link[1:] for link in elements.with_("href")]
    for several in elements.with_("aria-describedby") + elements.with_("aria-labelledby"):
        referred += several.split()
    assert set(referred) <= set(ids)
    named = set(elements.with_("for"))
    for tag, attributes in elements.all:
        if tag in ("input", "select", "textarea") and attributes.get("type") != "hidden":
            assert attributes["id"] in named


@pytest.mark.parametrize("dense", [False, True])
@pytest.mark.parametrize("page", pages())
def test_nothing_is_inline(page, dense):
    page.dense = dense
    html = render(PAGE, page=page, check_url="/glance")
    assert not re.search(r"\sstyle=|\son[a-z]+=|hx-on|javascript:|<script|hx-trigger=\"[^\"]*\[", html)


def test_what_was_typed_is_shown_again_and_escaped():
    reply = take(FORMS["every_kind"], "form", WRONG, {}, "vi", new_id=lambda: "n")
    elements = Elements(render(PAGE, page=reply.page))
    values = {a.get("name"): a.get("value") for tag, a in elements.all if tag == "input"}
    assert values["text"] == WRONG["text"]
    assert values["email"] == WRONG["email"]
    assert values["integer"] == "hai"
    assert values["rows.0.from_on-day"] == "mai"


def test_each_problem_is_a_link_to_its_field_and_stands_beside_it():
    reply = take(FORMS["every_kind"], "form", WRONG, {}, "vi", new_id=lambda: "n")
    html = render(PAGE, page=reply.page)
    elements = Elements(html)
    assert len(elements.with_("href")) == len(reply.problems)
    assert 'id="f-integer-error"' in html
    wrong = [a for tag, a in elements.all if a.get("name") == "integer"]
    assert wrong[0]["aria-invalid"] == "true"
    assert wrong[0]["aria-describedby"] == "f-integer-error"


def test_a_field_not_asked_says_when_it_counts_and_is_marked_closed():
    html = render(PAGE, page=show(FORMS["every_kind"], "form", {"choice": "counter"}, "vi"))
    assert "Chỉ điền nếu «Cách nhận kết quả» là «Qua bưu chính»." in html
    assert '-field" class="case" data-asked="no">' in html
    opened = render(PAGE, page=show(FORMS["every_kind"], "form", {"choice": "post"}, "vi"))
    assert '-field" class="case" data-asked="yes">' in opened


@pytest.mark.parametrize("kind", ["text", "long_text"])
def test_a_text_on_which_another_question_depends_asks_the_page_again(kind):
    reason = {"type": "string", "x-motcua-kind": kind, "title": "Lý do"}
    case = {"if": {"required": ["reason"]}, "then": {"required": ["since"]}}
    schema = {**form_of(reason=reason, since={"type": "string", "title": "Từ khi nào"}), "allOf": [case]}
    elements = Elements(render(PAGE, page=show(schema, "form", {}, "vi"))).all
    (box,) = [attributes for _, attributes in elements if attributes.get("name") == "reason"]
    assert "opens" in box["class"].split()


def test_the_page_asks_about_what_was_typed_last():
    """Left to itself htmx keeps one question while another is under way, and forgets those after it."""
    html = render(PAGE, page=show(FORMS["every_kind"], "form", {}, "vi"), check_url="/glance")
    (fields,) = [attributes for _, attributes in Elements(html).all if attributes.get("id") == "page-fields"]
    # The default, "queue first", forgets the last of three.
    assert fields["hx-sync"] == "queue all"


def test_the_first_button_of_a_page_sends_it():
    html = render(PAGE, page=show(FORMS["certified_copy"], "documents", ANSWERS["certified_copy"], "vi"))
    first = next(attributes for tag, attributes in Elements(html).all if tag == "button")
    assert "name" not in first


def test_rows_can_be_added_until_there_are_as_many_as_the_form_allows():
    rows = [{"id": f"r{n}", "from_on": "2020-01-01", "abroad": False} for n in range(5)]
    html = render(PAGE, page=show(FORMS["every_kind"], "form", {"rows": rows}, "vi"))
    assert 'value="rows.4"' in html
    assert 'name="add-row"' not in html
    assert 'name="remove-row"' not in render(PAGE, page=show(FORMS["every_kind"], "form", {}, "vi"))


def test_the_answers_are_listed_with_links_that_change_them():
    sections = summary(FORMS["certified_copy"], ANSWERS["certified_copy"], "vi")
    html = render(ANSWERED, sections=sections, change=lambda page: f"/pages/{page}")
    assert 'href="/pages/documents#f-documents-1-name"' in html
    assert "Không khai" in html
    assert "<a " not in render(ANSWERED, sections=sections, change=None)
