"""A page shown, posted, judged: nothing typed is lost, rows come and go without scripts."""

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from form_builder.answers import from_form, merge, to_form
from form_builder.pages import show, take
from form_builder.schema import read_form
from form_builder.wtform import page_form
from tests.form_builder.samples import ANSWERS, FORMS, NAMES, answers_for, form_of, whole_forms

CERTIFIED = FORMS["certified_copy"]
ROW = {"kind": "land", "issuer": "UBND", "pages": "2", "copies": "1"}


def ids():
    numbers = count(1)
    return lambda: f"n{next(numbers)}"


def row(at, **answers):
    return {f"documents.{at}.{key}": text for key, text in {**ROW, **answers}.items()}


def post(typed, page="documents", answers=None, **options):
    return take(CERTIFIED, page, typed, answers or {}, "vi", new_id=ids(), **options)


def shown(page):
    return {name: texts for name, texts in to_form(page).items() if any(texts)}


@pytest.mark.parametrize("name", NAMES)
@whole_forms
@given(data=st.data())
def test_what_a_page_shows_is_read_back_as_the_same_answers(name, data):
    form = read_form(FORMS[name])
    answers = data.draw(answers_for(form))
    for page in form.pages:
        bound = page_form(form, page.key, "vi")
        reading = from_form(bound(formdata=to_form(bound(data=answers))))
        assert reading.problems == ()
        own = {field.key: answers[field.key] for field in page.fields if field.key in answers}
        blocks = {field.key: {} for field in page.fields if field.kind == "group" and field.required}
        assert reading.answers == {**blocks, **own}


def test_a_right_page_gives_its_answers_on_top_of_the_others():
    typed = {
        "result_channel": "post",
        "delivery_address": "Số 12 phố Huế\r\nHà Nội",
        "result_email": "left@over.vn",
        "declaration": "true",
    }
    reply = post(typed, "result", {"note": "giữ", "result_channel": "counter"})
    assert reply.problems == ()
    assert reply.answers == {
        "note": "giữ",
        "result_channel": "post",
        "delivery_address": "Số 12 phố Huế\nHà Nội",
        "declaration": True,
    }


def test_what_could_not_be_read_is_shown_again_with_its_problem():
    reply = post(
        row(0, pages="hai", copies="0")
        | {
            "documents.0.issued_on-day": "31",
            "documents.0.issued_on-month": "2",
            "documents.0.issued_on-year": "2026",
        }
    )
    assert {p.where: p.code for p in reply.problems} == {
        "documents.0.pages": "form.unreadable_integer",
        "documents.0.issued_on": "form.no_such_day",
        "documents.0.copies": "form.too_small",
    }
    again = shown(reply.page)
    assert again["documents.0.pages"] == ["hai"]
    assert again["documents.0.issued_on-day"] == ["31"]
    assert reply.page.summary[1][0] == "f-documents-0-pages"


def test_problems_come_in_the_order_of_the_page_and_only_of_this_page():
    reply = post({"requester.phone": "1", "requester.email": "x"}, "requester")
    assert [p.where for p in reply.problems] == [
        "requester.full_name",
        "requester.identity_number",
        "requester.phone",
        "requester.email",
    ]


def test_a_date_may_be_typed_in_one_piece():
    reply = post(row(0) | {"documents.0.issued_on": "2/3/2026"})
    assert reply.answers["documents"][0]["issued_on"] == "2026-03-02"


def test_a_row_is_added_by_a_button_and_nothing_typed_is_lost_or_judged():
    reply = post(row(0, pages="hai") | {"add-row": "documents"})
    assert reply.unfinished
    assert reply.problems == ()
    rows = reply.page["documents"].rows
    assert [each.row_id for each in rows] == ["n2", "n1"]
    assert shown(reply.page)["documents.0.pages"] == ["hai"]
    assert next(iter(rows[1])).focused


def test_a_row_is_removed_and_the_others_keep_their_ids_and_texts():
    typed = row(0, number="A") | row(1, number="B") | row(2, pages="ba")
    typed |= {f"documents.{n}.id": f"r{n}" for n in range(3)} | {"remove-row": "documents.1"}
    reply = post(typed)
    assert reply.unfinished
    assert [each.row_id for each in reply.page["documents"].rows] == ["r0", "r2"]
    assert shown(reply.page)["documents.1.pages"] == ["ba"]
    assert reply.page["documents"].focused


def test_blank_rows_are_passed_over_but_the_one_that_is_needed():
    blank = {"documents.0.id": "r0", "documents.0.issuer": " ", "documents.2.id": "r2"}
    reply = post(blank | row(1))
    assert [each["id"] for each in reply.answers["documents"]] == ["n1"]
    assert reply.problems == ()
    alone = post({"documents.0.id": "r0", "documents.0.issuer": " "})
    assert [p.where for p in alone.problems] == [
        f"documents.0.{key}" for key in ("kind", "issuer", "pages", "copies")
    ]


def test_two_rows_never_share_an_id_and_no_id_is_anything():
    typed = row(0) | row(1) | row(2)
    typed |= {"documents.0.id": "same", "documents.1.id": "same", "documents.2.id": "<script>"}
    assert [each["id"] for each in post(typed).answers["documents"]] == ["same", "n1", "n2"]


@pytest.mark.parametrize(
    "hostile",
    [
        {"documents.²..kind": "x"},
        {"documents.99999999999999999999.kind": "x"},
        {f"documents.{n}.kind": "land" for n in range(10_000)},
        {"documents": "x", "requester": "y"},
        {"add-row": "../../etc"},
        {"add-row": "result_channel"},
        {"remove-row": "documents.9999"},
        {"remove-row": "documents"},
        {"documents.0.pages": "\x00\udcff" * 9},
        {"documents.0.issued_on-day": "١"},
    ],
)
def test_a_hostile_post_gives_problems_or_nothing_never_an_exception(hostile):
    reply = post(hostile)
    assert len(reply.answers.get("documents", ())) <= 200


def test_while_typing_nothing_is_judged_but_conditions_open():
    reply = post({"result_channel": "online"}, "result", judged=False)
    assert reply.unfinished
    asked = {question.name: question.asked for question in reply.page.every}
    assert asked["result_email"]
    assert not asked["delivery_address"]


def test_an_error_stays_while_typing_until_it_is_mended_and_no_other_comes():
    typed = row(0, pages="hai", copies="0") | {"marked-wrong": ["documents.0.pages", "documents.0.copies"]}
    page = post(typed, judged=False).page
    assert [problem.where for _, problem in page.summary] == ["documents.0.pages", "documents.0.copies"]
    mended = post(typed | {"documents.0.pages": "2", "documents.0.issuer": ""}, judged=False).page
    assert [problem.where for _, problem in mended.summary] == ["documents.0.copies"]
    added = post(typed | {"add-row": "documents"}).page
    assert [problem.where for _, problem in added.summary] == ["documents.0.pages", "documents.0.copies"]
    assert post(typed | row(1) | {"remove-row": "documents.0"}).page.summary == ()


def test_a_post_of_flask_is_read_with_all_its_texts():
    form = form_of(
        groups={"title": "Diện", "type": "array", "items": {"enum": ["a", "b"]}, "uniqueItems": True}
    )
    reply = take(form, "form", MultiDict([("groups", "b"), ("groups", "a")]), {}, "vi", new_id=ids())
    assert reply.answers == {"groups": ["a", "b"]}


def test_emptying_a_field_takes_its_answer_away():
    assert merge({"a": 1, "b": 2}, {"b": 3}, ["a", "b"]) == {"b": 3}
    reply = post({"result_channel": ""}, "result", {"result_channel": "post", "declaration": True})
    assert reply.answers == {}


def test_a_page_shows_saved_answers_what_is_asked_and_where_it_came_from():
    page = show(CERTIFIED, "requester", ANSWERS["certified_copy"], "en", prefilled=["requester.phone"])
    questions = {question.name: question for question in page.every}
    assert questions["requester.phone"].typed == ("0912345678",)
    assert questions["requester.phone"].prefilled
    assert not questions["requester.email"].prefilled
    assert questions["requester.full_name"].label.text == "Full name"


def test_a_condition_is_said_in_the_words_of_the_form():
    page = show(CERTIFIED, "result", {}, "vi")
    ((said,),) = page.cases(page["delivery_address"])
    assert (said.title, said.relation, said.values) == ("Cách nhận kết quả", "is", ("Qua dịch vụ bưu chính",))
    assert page.opens(page["result_channel"])
    assert not page.opens(page["declaration"])


def test_the_class_of_a_page_is_made_once():
    assert page_form(CERTIFIED, "result", "vi") is page_form(dict(CERTIFIED), "result", "vi")
    assert page_form(CERTIFIED, "result", "vi") is not page_form(CERTIFIED, "result", "en")
    with pytest.raises(KeyError):
        page_form(CERTIFIED, "nowhere", "vi")


def left(typed, name, page="documents"):
    return post(typed, page, judged=False, left=name).page


def wrong_places(page):
    return [question.name for question in page.every if question.problems]


def test_a_question_is_checked_once_it_was_left_and_no_other():
    page = left(row(0, pages="hai", copies="0"), "documents.0.pages")
    assert wrong_places(page) == ["documents.0.pages"]
    assert (page.left.name, page.opens_at_errors) == ("documents.0.pages", False)


def test_a_question_left_right_stays_silent():
    page = left(row(0, pages="2", copies="0"), "documents.0.pages")
    assert (wrong_places(page), page.left.name) == ([], "documents.0.pages")


def test_an_error_told_before_stays_when_another_question_is_left():
    typed = row(0, pages="hai", copies="0") | {"marked-wrong": ["documents.0.copies"]}
    assert wrong_places(left(typed, "documents.0.pages")) == ["documents.0.pages", "documents.0.copies"]


def test_the_whole_page_comes_when_leaving_a_question_mends_another():
    typed = row(0, pages="hai", copies="2") | {"marked-wrong": ["documents.0.copies"]}
    page = left(typed, "documents.0.pages")
    assert (wrong_places(page), page.left) == (["documents.0.pages"], None)


def test_the_whole_page_comes_when_what_was_left_opens_others():
    page = left({"result_channel": "post"}, "result_channel", "result")
    assert page.left is None


def test_leaving_what_the_page_does_not_ask_says_nothing():
    page = left(row(0, pages="hai"), "documents.7.pages")
    assert (wrong_places(page), page.left) == ([], None)
