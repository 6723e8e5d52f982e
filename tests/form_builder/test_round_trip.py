"""A form drawn, filled in and posted as a browser does it says what its answers said, right or wrong."""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from form_builder.checks import check_form
from form_builder.form import Form
from form_builder.handing import named
from form_builder.judge import judge
from form_builder.pages import page_problems, show, take
from form_builder.schema import read_form
from form_builder.standalone import drawing
from form_builder.visibility import prune
from tests.form_builder.browser_post import has_blank_block, posted_from, typed_in
from tests.form_builder.random_forms import forms
from tests.form_builder.samples import ANSWERS, FORMS, PLACES, answers_for
from tests.form_builder.violations import Violation, violations

drawn = settings(max_examples=25, deadline=None)
LANGUAGES = st.sampled_from(["vi", "en"])
# What a wrong answer can be typed as: a list offers no other choice, and a box no other type.
TYPED = {
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "maxItems",
    "maxLength",
    "maximum",
    "minLength",
    "minimum",
    "multipleOf",
    "pattern",
    "required",
}


def ids() -> Callable[[], str]:
    numbers = count()
    return lambda: f"n{next(numbers)}"


def html_of(form: Form, page: str, answers: dict[str, Any], language: str) -> str:
    return drawing(language).questions(show(form, page, answers, language))


def posted_page(form: Form, page: str, answers: dict[str, Any], language: str) -> MultiDict[str, str]:
    """What a browser posts of the page. Outside an application files are only supposed: they are sent beside it."""
    posted = posted_from(html_of(form, page, answers, language))
    for place, _field, digest in named(form, answers):
        posted.setlist(place, [*(each for each in posted.getlist(place) if each != digest), digest])
    return posted


def test_forms_drawn_at_random_have_no_fault() -> None:
    @settings(max_examples=50, deadline=None)
    @given(forms())
    def look(schema: dict[str, Any]) -> None:
        assert [found for found in check_form(schema) if found.severity == "error"] == []

    look()


@drawn
@given(st.data(), LANGUAGES)
def test_a_drawn_form_posts_its_answers_back(data: st.DataObject, language: str) -> None:
    form = read_form(data.draw(forms()))
    posts_back(form, data.draw(answers_for(form)), language)


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=10, deadline=None)
@given(data=st.data(), language=LANGUAGES)
def test_a_sample_form_posts_its_answers_back(name: str, data: st.DataObject, language: str) -> None:
    form = read_form(FORMS[name], PLACES)
    posts_back(form, data.draw(st.just(ANSWERS[name]) | answers_for(form)), language)


def posts_back(form: Form, answers: dict[str, Any], language: str) -> None:
    """Page after page: what is drawn is posted as it stands, taken, and in the end the same answers."""
    kept: dict[str, Any] = {}
    for page in form.pages:
        posted = posted_page(form, page.key, answers, language)
        reply = take(form, page.key, posted, kept, language, new_id=ids())
        assert reply.problems == ()
        kept = reply.answers
    assert kept == answers
    assert judge(form, kept) == ()


@drawn
@given(st.data(), LANGUAGES)
def test_wrong_answers_are_judged_alike_typed_or_not(data: st.DataObject, language: str) -> None:
    form = read_form(data.draw(forms()))
    wrong = [each for each in violations(form, data.draw(answers_for(form))) if can_be_typed(form, each)]
    for spoilt in wrong:
        answers = prune(form, spoilt.answers)
        if not has_blank_block(answers):
            judged_alike(form, answers, spoilt, language)


@pytest.mark.parametrize("name", FORMS)
def test_wrong_answers_of_a_sample_form_are_judged_alike(name: str) -> None:
    form = read_form(FORMS[name], PLACES)
    for spoilt in violations(form, ANSWERS[name]):
        if can_be_typed(form, spoilt):
            judged_alike(form, prune(form, spoilt.answers), spoilt, "vi")


def judged_alike(form: Form, answers: dict[str, Any], spoilt: Violation, language: str) -> None:
    """The page that has the wrong answer says the same of the answers as of their post."""
    (page,) = [
        page.key
        for page in form.pages
        if spoilt.where.partition(".")[0] in {field.key for field in page.fields}
    ]
    posted = posted_from(html_of(form, page, answers, language))
    reply = take(form, page, posted, answers, language, new_id=ids())
    assert reply.problems == page_problems(form, page, answers), spoilt
    # Nothing typed is lost: what is shown again posts the same.
    assert typed_in(drawing(language).questions(reply.page)) == typed_in(
        html_of(form, page, answers, language)
    )


def can_be_typed(form: Form, spoilt: Violation) -> bool:
    """Lists offer nothing wrong, files are not typed, and a block is typed in its parts: what it lacks is told by
    what it asks."""
    field = form.field_at(spoilt.where)
    if field is None or spoilt.keyword not in TYPED or field.kind == "document":
        return False
    if field.kind == "province" and spoilt.keyword == "required":
        # Communes are offered of a province only: without it there is none to pick.
        return False
    is_listed = bool(field.choices) or field.kind in ("province", "commune")
    return not ((is_listed and spoilt.keyword == "format") or (field.fields and spoilt.keyword == "required"))
