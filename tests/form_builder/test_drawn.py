"""Markup is drawn once and filled in for each person: it never shows one person's part to another."""

import pytest

from form_builder.pages import show, take
from form_builder.schema import read_form
from form_builder.wtform import built, page_form
from tests.form_builder.samples import ANSWERS, FORMS, NAMES
from tests.form_builder.test_templates import PAGE, pages, render

BARE = (
    '{% from "fields/questions.html" import single %}'
    '{% for each in page.every if not each.field.fields and each.kind.control != "documents" %}'
    "{{ single(each, page) }}|{% endfor %}"
)
FILLED = (
    '{% from "fields/questions.html" import single, block %}'
    '{% for each in page.every if not each.field.fields and each.kind.control != "documents" %}'
    '{{ page.drawn([each], single, block, "") }}|{% endfor %}'
)
BRACES = "{0} {name} %s %(x)s {{}} <i>"


@pytest.mark.parametrize("page", pages())
def test_what_is_filled_in_is_what_the_macro_draws(page):
    assert render(FILLED, page=page) == render(BARE, page=page)


@pytest.mark.parametrize("name", NAMES)
def test_the_next_person_sees_nothing_of_the_one_before(name):
    key = read_form(FORMS[name]).pages[0].key
    page_form(FORMS[name], key, "vi").patterns.clear()
    alone = render(PAGE, page=show(FORMS[name], key, {}, "vi"), check_url="/one")
    page_form(FORMS[name], key, "vi").patterns.clear()
    render(PAGE, page=show(FORMS[name], key, ANSWERS[name], "vi"), check_url="/two")
    assert render(PAGE, page=show(FORMS[name], key, {}, "vi"), check_url="/one") == alone


@pytest.mark.parametrize("check_url", ["", "/check"])
def test_what_was_drawn_for_others_changes_nothing(check_url):
    shown = [page.values[0] for page in pages()]
    for page in shown:
        type(page).patterns.clear()
    cold = [render(PAGE, page=page, check_url=check_url) for page in shown]
    assert [render(PAGE, page=page, check_url=check_url) for page in reversed(shown)] == cold[::-1]


def test_a_title_is_never_taken_for_a_gap():
    titled = {"type": "string", "title": BRACES}
    rows = {"type": "array", "title": BRACES, "items": {"type": "object", "properties": {"text": titled}}}
    form = {"type": "object", "properties": {"text": titled, "rows": rows}}
    drawn = render(PAGE, page=show(form, "form", {}, "vi"))
    assert drawn.count("{0} {name} %s %(x)s {{}} &lt;i&gt;") == 5


def test_rows_are_drawn_by_how_many_they_are():
    def buttons(given):
        page = show(
            FORMS["every_kind"], "form", {"rows": [{"id": f"r{each}"} for each in range(given)]}, "vi"
        )
        drawn = render(PAGE, page=page)
        return drawn.count('name="remove-row"'), drawn.count('name="add-row"')

    most = FORMS["every_kind"]["properties"]["rows"]["maxItems"]
    assert [buttons(given) for given in (1, 2, most, 1)] == [(0, 1), (2, 1), (most, 0), (0, 1)]


def test_what_is_typed_fills_its_gap_and_no_other():
    reply = take(FORMS["every_kind"], "form", {"text": BRACES}, {}, "vi", new_id=str)
    assert 'value="{0} {name} %s %(x)s {{}} &lt;i&gt;"' in render(PAGE, page=reply.page)


def test_a_class_is_built_once_for_a_form_a_page_and_a_language():
    form = {**FORMS["every_kind"], "title": "Chưa ai mở"}
    before = built()
    for _ in range(3):
        show(form, "form", {}, "vi")
        show(dict(form), "form", {}, "vi")
    assert built() == before + 1
    show(form, "form", {}, "en")
    assert built() == before + 2


def test_nothing_of_the_first_person_is_kept_with_the_class():
    kept = page_form({**FORMS["every_kind"], "title": "Của người đầu"}, "form", "vi")
    kept(data={"text": "Trần Độc Nhất"})
    for model in kept.models.values():
        assert model._form is None
        assert "Độc Nhất" not in repr(vars(model))
