"""Nationalities and ethnic groups: every code, named in both languages, the usual ones first."""

from form_builder.code_lists import LISTS, ethnic_groups, nationalities
from form_builder.inputs import in_groups
from form_builder.pages import show
from tests.form_builder.samples import form_of
from tests.form_builder.test_templates import PAGE, Elements, render


def test_there_are_the_countries_of_iso_3166_and_people_without_one() -> None:
    codes = nationalities().codes
    assert len(codes) == 249 + 1
    assert {"VN", "KH", "TL", "SS", "XXA"} <= codes
    assert codes.isdisjoint({"EU", "UN", "XK", "ZZ"})


def test_there_are_54_groups_by_code_and_two_for_who_is_in_none() -> None:
    assert ethnic_groups().codes == {f"{code:02}" for code in range(1, 57)}


def test_every_choice_has_a_name_of_its_own_in_both_languages() -> None:
    for kind, listed in LISTS.items():
        vietnamese = [choice.label.vi for choice in listed().choices]
        assert len(set(vietnamese)) == len(vietnamese), kind
        assert all(choice.label.en for choice in listed().choices)


def test_the_usual_come_first_and_the_others_by_name() -> None:
    usual, others = in_groups("ethnic_group", "vi")
    assert [label for _, label in usual][:3] == ["Kinh", "Tày", "Thái"]
    assert [label for _, label in others][:3] == ["Ba Na", "Bố Y", "Brâu"]
    assert [label for _, label in in_groups("nationality", "en")[1]][:2] == ["Afghanistan", "Åland Islands"]


def test_the_list_is_a_select_that_shows_what_was_picked() -> None:
    schema = form_of(nationality={"title": "Quốc tịch", "type": "string", "format": "nationality"})
    for answers, picked in (({}, []), ({"nationality": "FR"}, ["FR"])):
        elements = Elements(render(PAGE, page=show(schema, "form", answers, "vi"))).all
        options = [attributes for tag, attributes in elements if tag == "option"]
        assert len(options) == 1 + 250
        assert [each["value"] for each in options if "selected" in each] == picked
