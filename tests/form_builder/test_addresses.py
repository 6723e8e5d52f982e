"""An address: picked from the list of its day, judged part by part, told in one line."""

from typing import Any

import pytest

from common.messages import message_of
from form_builder.addresses_told import with_addresses_told
from form_builder.checks import check_form
from form_builder.fitting import fitted
from form_builder.judge import judge
from form_builder.kinds import KINDS
from form_builder.moments import unfinished
from form_builder.pages import show, take
from form_builder.places import Former, Place, Places
from form_builder.prefill import prefill, prefilled_paths
from form_builder.sampling import sample
from form_builder.schema import read_form
from form_builder.summary import summary
from tests.form_builder.samples import PLACES

ASKED = {
    **KINDS["address"].shape,
    "x-motcua-kind": "address",
    "title": "Nơi ở",
    "x-motcua-en": {"title": "Home"},
}
SCHEMA = {
    "type": "object",
    "properties": {"home": ASKED, "note": {"type": "string", "title": "Ghi chú"}},
    "required": ["home"],
}
FORM = read_form(SCHEMA, PLACES)
HOME = {"province": "01", "commune": "00004", "line": "Số 5, ngõ 12"}
TYPED = {"home.province": "01", "home.commune": "00004", "home.line": "Số 5, ngõ 12"}
HANG_TRONG = Former("Phường Hàng Trống, Quận Hoàn Kiếm, Thành phố Hà Nội", ("00070",))


def wrong(**parts: Any) -> list[tuple[str, str]]:
    home = {key: part for key, part in {**HOME, **parts}.items() if part is not None}
    return [(problem.code, problem.where) for problem in judge(FORM, {"home": home})]


@pytest.mark.parametrize(
    ("parts", "problems"),
    [
        ({}, []),
        ({"province": "31", "commune": "11914"}, []),
        ({"province": "31"}, [("form.commune_elsewhere", "home.commune")]),
        ({"commune": "99999"}, [("form.no_such_commune", "home.commune")]),
        ({"province": "99"}, [("form.no_such_province", "home.province")]),
        ({"province": None}, [("form.not_chosen", "home.province")]),
        ({"commune": None}, [("form.not_chosen", "home.commune")]),
        ({"line": None}, [("form.required", "home.line")]),
        ({"line": "x" * 201}, [("form.too_long", "home.line")]),
        ({"commune": 4}, [("form.wrong_type", "home.commune")]),
        ({"district": "001"}, [("form.not_asked", "home.district")]),
    ],
)
def test_the_part_that_is_wrong_is_named(parts: dict[str, Any], problems: list[tuple[str, str]]) -> None:
    assert wrong(**parts) == problems


def test_a_commune_of_another_province_is_told_with_both_names() -> None:
    (problem,) = judge(FORM, {"home": {**HOME, "province": "31"}})
    told = message_of(problem, "vi")
    assert told.text == "«Nơi ở – Phường, xã, đặc khu» là phường Ba Đình, không thuộc thành phố Hải Phòng"
    assert "Hãy chọn lại" in told.remedy


def test_without_a_list_nothing_is_guessed() -> None:
    problems = judge(SCHEMA, {"home": HOME})
    assert [(each.code, each.where) for each in problems] == [
        ("form.no_list", "home.province"),
        ("form.no_list", "home.commune"),
    ]


def test_the_same_answer_is_judged_by_the_list_of_its_day() -> None:
    merged = Places(4, "later", PLACES.provinces, tuple(p for p in PLACES.communes if p.code != "00004"))
    assert judge(FORM, {"home": HOME}) == ()
    assert [each.code for each in judge(read_form(SCHEMA, merged), {"home": HOME})] == [
        "form.no_such_commune"
    ]


def test_a_form_that_asks_no_address_is_the_same_with_any_list() -> None:
    plain = {"type": "object", "properties": {"a": {"type": "string"}}}
    assert read_form(plain, PLACES) is read_form(plain)


def test_what_is_left_unfinished_is_still_judged_by_the_list() -> None:
    lenient = read_form(unfinished(SCHEMA), PLACES)
    assert judge(lenient, {"home": {"province": "01"}}) == ()
    assert judge(lenient, {"home": {"province": "31", "commune": "00004"}}) != ()


def test_it_is_told_in_one_line_as_on_papers() -> None:
    (section,) = summary(FORM, {"home": HOME}, "vi")
    line = "Số 5, ngõ 12, phường Ba Đình, thành phố Hà Nội"
    assert [(row.label, row.text, row.anchor) for row in section.rows] == [
        ("Nơi ở", line, "f-home"),
        ("Ghi chú", "", "f-note"),
    ]
    assert with_addresses_told(FORM, {"home": HOME, "note": "x"}, "vi") == {
        "home": {**HOME, "text": line},
        "note": "x",
    }


def test_a_form_without_a_list_tells_codes() -> None:
    (section,) = summary(SCHEMA, {"home": HOME}, "vi")
    assert section.rows[0].text == "Số 5, ngõ 12, 00004, 01"


def test_only_the_communes_of_the_province_are_on_the_page() -> None:
    page = show(FORM, "form", {"home": HOME}, "vi")
    (commune,) = page["home"].part("commune")
    assert commune.offered == (
        ("00004", "Ba Đình (phường)"),
        ("00577", "Bát Tràng (xã)"),
        ("00070", "Hoàn Kiếm (phường)"),
    )
    (nothing,) = show(FORM, "form", {}, "vi")["home"].part("commune")
    assert nothing.offered == ()


def test_a_button_offers_the_communes_and_loses_nothing() -> None:
    typed = {"home.province": "31", "home.line": "Thôn Đông", "note": "giữ", "open-communes": "home"}
    reply = take(FORM, "form", typed, {}, "vi", new_id=str)
    (commune,) = reply.page["home"].part("commune")
    assert (reply.unfinished, commune.offered, commune.focused) == (
        True,
        (("11914", "Cát Hải (đặc khu)"),),
        True,
    )
    assert reply.answers == {"home": {"province": "31", "line": "Thôn Đông"}, "note": "giữ"}
    assert reply.problems == ()


def looked_up(**more: str) -> Any:
    seen: list[str] = []

    def former(text: str) -> tuple[Former, ...]:
        seen.append(text)
        return (HANG_TRONG,) if "trống" in text.lower() else ()

    reply = take(FORM, "form", {"home.line": "Số 9", **more}, {}, "vi", new_id=str, former=former)
    return reply, seen


def test_a_former_address_is_offered_its_new_one_and_never_filled_in() -> None:
    reply, seen = looked_up(**{"home-old": " Hàng  Trống ", "find-place": "home"})
    address = reply.page["home"]
    assert (reply.unfinished, seen, address.found) == (True, ["Hàng Trống"], (HANG_TRONG,))
    assert address.finds
    assert address.places_now(HANG_TRONG) == (Place("00070", "phường", "Hoàn Kiếm", "01"),)
    assert reply.answers == {"home": {"line": "Số 9"}}


def test_taking_an_offer_picks_province_and_commune() -> None:
    reply, seen = looked_up(**{"home-old": "Hàng Trống", "use-place": "home:00070"})
    assert (reply.unfinished, seen) == (True, [])
    assert reply.answers == {"home": {"province": "01", "commune": "00070", "line": "Số 9"}}
    assert reply.page["home"].part("line")[0].focused


@pytest.mark.parametrize("taken", ["home:99999", "home", ":", "nowhere:00070"])
def test_an_offer_that_nobody_made_changes_nothing(taken: str) -> None:
    reply, _ = looked_up(**{"use-place": taken})
    assert (reply.unfinished, reply.answers) == (True, {"home": {"line": "Số 9"}})


KNOWN = {**SCHEMA, "properties": {"home": {**ASKED, "x-motcua-prefill": "profile.address"}}}


def test_an_address_of_the_account_stands_in_its_line_and_the_commune_is_asked() -> None:
    form, profile = read_form(KNOWN, PLACES), {"address": "Số 5, phường Phúc Xá, quận Ba Đình, Hà Nội"}
    answers = prefill(form, profile)
    assert answers == {"home": {"line": profile["address"]}}
    assert prefilled_paths(form, profile, answers) == {"home"}
    assert [each.where for each in judge(form, answers)] == ["home.province", "home.commune"]


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("Số 5, ngõ 12, phường Ba Đình, Hà Nội", HOME),
        ("Số 5, ngõ 12, Phường  Ba Đình, thành phố Hà Nội", HOME),
        ("đặc khu Cát Hải, Hải Phòng", {"province": "31", "commune": "11914"}),
        ("Số 5, Ba Đình, Hà Nội", {"line": "Số 5, Ba Đình, Hà Nội"}),
        ("Số 5, phường Ba Đình, Hải Phòng", {"line": "Số 5, phường Ba Đình, Hải Phòng"}),
        ("Hà Nội", {"line": "Hà Nội"}),
        (", ,", {"line": ", ,"}),
    ],
)
def test_what_the_account_says_in_full_is_filled_in_part_by_part(text: str, home: dict[str, str]) -> None:
    assert prefill(read_form(KNOWN, PLACES), {"address": text}) == {"home": home}


def test_an_invented_address_is_a_right_one() -> None:
    assert judge(FORM, sample(FORM)) == ()


def findings(properties: dict[str, Any]) -> list[tuple[str, Any]]:
    form = {"type": "object", "properties": properties}
    errors = (each for each in check_form(form) if each.severity == "error")
    return [(each.code, each.parameters.get("part")) for each in errors]


def test_an_address_without_a_part_and_a_commune_alone_are_findings() -> None:
    parts = {key: part for key, part in ASKED["properties"].items() if key != "commune"}
    lame = {**ASKED, "properties": parts, "required": ["province", "line"]}
    assert findings({"home": lame}) == [("form.address_parts", "commune")]
    assert findings({"home": ASKED}) == []
    alone = {"type": "string", "format": "commune", "title": "Xã", "x-motcua-en": {"title": "Commune"}}
    assert findings({"commune": alone}) == [("form.commune_alone", None)]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"province": "31"}, {"province": "31", "commune": "11914"}),
        ({"commune": "11914"}, {"province": "31", "commune": "11914"}),
        ({"province": "96"}, {"province": "96", "commune": "00004"}),
        ({}, {"province": "01", "commune": "00004"}),
    ],
    ids=["the province is meant", "the commune is meant", "nothing lies there", "right already"],
)
def test_an_invented_address_is_made_to_fit(parts: dict[str, str], expected: dict[str, str]) -> None:
    answers = {"home": {**HOME, **parts}, "note": "x"}
    assert fitted(FORM, answers) == {"home": {**HOME, **expected}, "note": "x"}


PEOPLE = {
    "type": "object",
    "properties": {
        "people": {
            "type": "array",
            "title": "Người",
            "items": {
                "type": "object",
                "properties": {"id": {"type": "string"}, "home": ASKED},
                "required": ["home"],
            },
        }
    },
}


def test_each_row_has_an_address_of_its_own() -> None:
    form = read_form(PEOPLE, PLACES)
    typed = {f"people.0.{name}": text for name, text in TYPED.items()}
    typed |= {"people.0.id": "a", "people.1.id": "b", "people.1.home.province": "31"}
    reply = take(form, "form", {**typed, "open-communes": "people.1.home"}, {}, "vi", new_id=str)
    homes = [question for question in reply.page.every if question.field.kind == "address"]
    offered = [[value for value, _ in home.part("commune")[0].offered] for home in homes]
    assert offered == [["00004", "00577", "00070"], ["11914"]]
    assert [home.part("commune")[0].focused for home in homes] == [False, True]
    filled = take(form, "form", typed, {}, "vi", new_id=str)
    assert [problem.where for problem in filled.problems] == ["people.1.home.commune", "people.1.home.line"]
    sections = summary(form, {"people": [{"id": "a", "home": HOME}]}, "vi")
    assert [row.text for row in sections[0].rows] == ["Số 5, ngõ 12, phường Ba Đình, thành phố Hà Nội"]
