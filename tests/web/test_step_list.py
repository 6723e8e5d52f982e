"""The steps of a draft edited as a list: by forms alone, saved like any other file, refused where it makes no sense."""

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
from procedure_library.definition import Duration, Outcome, Step, Transition
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
    text = hand.get(f"{LIST}/{key}").text
    form = re.search(r'<form class="step-panel".*?</form>', text, re.DOTALL)
    assert form, text
    return boxes(form[0])


def test_the_list_is_read_in_the_order_of_the_walk(hand: Any) -> None:
    page = hand.get(LIST)
    assert page.status_code == 200
    assert re.findall(r'<li id="step-(\w+)" tabindex="-1" class="card"', page.text) == [
        "begin",
        "settle",
        "done",
    ]
    assert "Công chức thụ lý" in page.text or "Cán bộ" in page.text


def test_a_step_is_put_on_a_way(hand: Any, drawn: Any) -> None:
    answer = add(hand, "settle_to_done", "task", "Ký duyệt")
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("/steps/list#step-ky_duyet")
    assert ways(drawn()) == {("begin", "settle"), ("settle", "ky_duyet"), ("ky_duyet", "done")}
    assert step(drawn(), "ky_duyet").name == Text("Ký duyệt")
    assert {"begin", "settle", "ky_duyet", "done"} <= set(drawn().drawing.shapes)


def test_after_a_step_with_one_way_on_the_first_place_offered_is_on_it(hand: Any, drawn: Any) -> None:
    offered = re.findall(r'<option[^>]* value="((?:on|from):\w*)"', hand.get(f"{LIST}/settle/next-step").text)
    assert offered == ["on:settle_to_done", "from:", "from:overdue", "from:withdrawn"]
    add(hand, "settle", "branch", "", "on:settle_to_done")
    assert ways(drawn()) == {("begin", "settle"), ("settle", "branch_1"), ("branch_1", "done")}


def test_a_step_is_put_at_the_end_of_a_new_way(hand: Any, drawn: Any) -> None:
    add(hand, "settle", "branch", "", "on:settle_to_done")
    add(hand, "branch_1", "end", "Từ chối", "from:")
    add(hand, "settle", "task", "Đôn đốc", "from:overdue")
    assert way(drawn(), "branch_1_to_tu_choi").target == "tu_choi"
    assert way(drawn(), "settle_overdue_to_don_doc").on == "overdue"


def test_two_steps_are_joined_and_a_way_is_led_elsewhere(hand: Any, drawn: Any) -> None:
    add(hand, "settle", "task", "Đôn đốc", "from:overdue")
    page = f"{LIST}/don_doc/next-way"
    assert send(hand, page, page, target="settle", on="").status_code == 303
    assert ("don_doc", "settle") in ways(drawn())
    led = f"{LIST}/don_doc_to_settle"
    assert send(hand, f"{led}/target", led, target="done").status_code == 303
    assert ("don_doc", "done") in ways(drawn())
    assert ("don_doc", "settle") not in ways(drawn())


def test_a_branch_says_which_way_is_taken_when(hand: Any, drawn: Any) -> None:
    add(hand, "settle", "branch", "Kết luận", "on:settle_to_done")
    add(hand, "ket_luan", "end", "Từ chối", "from:")
    onward = next(w.key for w in drawn().transitions if (w.source, w.target) == ("ket_luan", "done"))
    save(hand, "ket_luan", **{f"when.{onward}": "granted", "default": "ket_luan_to_tu_choi"})
    assert (way(drawn(), onward).when, way(drawn(), onward).default) == ("granted", False)
    assert way(drawn(), "ket_luan_to_tu_choi").default
    assert "Khi «Đồng ý»" in hand.get(LIST).text
    save(hand, "ket_luan_to_tu_choi", when="granted", is_default=[])
    assert (way(drawn(), "ket_luan_to_tu_choi").when, way(drawn(), "ket_luan_to_tu_choi").default) == (
        "granted",
        False,
    )


def test_taking_out_a_step_joins_its_neighbours_or_tells_which_ways_go(hand: Any, drawn: Any) -> None:
    before = drawn()
    add(hand, "settle_to_done", "task", "Ký duyệt")
    page = f"{LIST}/ky_duyet"
    assert "được nối thẳng với bước đứng sau" in hand.get(page).text
    assert send(hand, f"{page}/removal", page).status_code == 303
    assert (drawn().steps, drawn().transitions) == (before.steps, before.transitions)
    add(hand, "settle", "supplement", "Chờ bổ sung", "from:")
    told = hand.get(f"{LIST}/settle").text
    assert "Những đường này mất theo" in told
    assert "Giải quyết hồ sơ → Chờ bổ sung" in told
    send(hand, f"{LIST}/settle/removal", f"{LIST}/settle")
    assert ways(drawn()) == set()


def test_a_way_is_taken_out(hand: Any, drawn: Any) -> None:
    page = f"{LIST}/settle_to_done"
    send(hand, f"{page}/removal", page)
    assert ways(drawn()) == {("begin", "settle")}
    assert "Chưa có đường nào dẫn tới bước này" in hand.get(LIST).text


def test_where_nothing_begins_a_start_is_added(hand: Any, drawn: Any) -> None:
    page = f"{LIST}/begin"
    send(hand, f"{page}/removal", page)
    assert "Thêm bước bắt đầu" in hand.get(LIST).text
    assert send(hand, f"{AT}/steps/beginning", LIST, name_vi=" ").status_code == 422
    send(hand, f"{AT}/steps/beginning", LIST, name_vi="Tiếp nhận")
    assert step(drawn(), "tiep_nhan").kind == "start"
    again = send(hand, f"{AT}/steps/beginning", LIST, name_vi="Tiếp nhận")
    assert (again.status_code, "đã có bước bắt đầu" in again.text) == (422, True)


def test_the_panel_of_a_task_is_a_page(hand: Any, drawn: Any) -> None:
    save(
        hand,
        "settle",
        name="Thẩm tra",
        role="approver",
        budget_amount="1 0",
        budget_unit="calendar_day",
        shows=[],
    )
    task = step(drawn(), "settle")
    assert (task.name.vi, task.role, task.shows) == ("Thẩm tra", "approver", ())
    assert task.budget == Duration(10, "calendar_day")
    assert task.outcomes == (Outcome("granted", Text("Đồng ý", "Grant"), "granted"),)


def test_what_a_page_did_not_ask_for_stays(hand: Any, drawn: Any) -> None:
    before = step(drawn(), "settle")
    send(hand, f"{LIST}/settle", f"{LIST}/settle", name="Khác", act="save", key="x", kind="end", nothing="1")
    after = step(drawn(), "settle")
    assert after == Step(
        **{**{n: getattr(before, n) for n in Step.__slots__}, "name": Text("Khác", before.name.en)}
    )


def test_rows_are_added_and_taken_out_without_losing_what_was_typed(hand: Any, drawn: Any) -> None:
    before = drawn()
    page = save(hand, "settle", act="add.outcome", name="Đang gõ")
    assert page.status_code == 200
    assert drawn() == before
    assert 'value="Đang gõ"' in page.text
    assert re.search(r'name="outcome\.1\.label"[^>]*autofocus', page.text)
    typed = {
        "outcome.1.label": "Không đồng ý",
        "outcome.1.decision": "refused",
        "outcome.1.needs_reason": "1",
    }
    save(hand, "settle", **{"outcome.1.key": "", **typed})
    assert step(drawn(), "settle").outcomes[1] == Outcome(
        "khong_dong_y", Text("Không đồng ý"), "refused", True
    )
    page = save(hand, "settle", act="remove.outcome.0")
    assert re.findall(r'name="outcome\.0\.label" value="([^"]*)"', page.text) == ["Không đồng ý"]


def test_ways_follow_an_outcome_whose_key_changes_also_past_rows_taken_out(hand: Any, drawn: Any) -> None:
    save(hand, "settle", **{"outcome.1.label": "Từ chối", "outcome.1.key": ""})
    add(hand, "settle_to_done", "branch", "Kết luận")
    onward = next(w.key for w in drawn().transitions if w.source == "ket_luan")
    save(hand, "ket_luan", **{f"when.{onward}": "tu_choi"})
    typed = {name: value for name, value in panel(hand, "settle").items() if not name.startswith("outcome.0")}
    send(hand, f"{LIST}/settle", f"{LIST}/settle", **{**typed, "outcome.1.key": "khong_cap", "act": "save"})
    assert [o.key for o in step(drawn(), "settle").outcomes] == ["khong_cap"]
    assert way(drawn(), onward).when == "khong_cap"


def test_what_nobody_named_gets_its_key_with_its_name(hand: Any, drawn: Any) -> None:
    add(hand, "settle_to_done", "branch", "")
    add(hand, "branch_1", "end", "Từ chối", "from:")
    answer = save(hand, "branch_1", name="Có đủ điều kiện?", act="stay")
    assert answer.headers["Location"].endswith("/steps/list/co_du_dieu_kien")
    assert {("co_du_dieu_kien", "done"), ("co_du_dieu_kien", "tu_choi")} <= ways(drawn())
    assert "co_du_dieu_kien_to_tu_choi" in {w.key for w in drawn().transitions}
    save(hand, "co_du_dieu_kien", name="Khác hẳn")
    assert step(drawn(), "co_du_dieu_kien").name.vi == "Khác hẳn"


def test_what_was_done_is_undone_and_done_again(hand: Any, drawn: Any) -> None:
    before = drawn()
    add(hand, "settle_to_done", "task", "Ký duyệt")
    after = drawn()
    send(hand, f"{AT}/steps/undoing", LIST, to="back")
    assert drawn() == before
    send(hand, f"{AT}/steps/undoing", LIST, to="forth")
    assert drawn() == after
    assert "steps.bpmn" in hand.get(f"{AT}/history").text


def test_two_people_at_once_never_overwrite_each_other(hand: Any, drawn: Any) -> None:
    token = people.token(hand, LIST)
    add(hand, "settle_to_done", "task", "Ký duyệt")
    old = {"csrf_token": token, "revision": "1"}
    page = hand.post(f"{LIST}/settle", data={**old, "name": "Của tôi", "act": "save"})
    assert page.status_code == 409
    assert 'value="Của tôi"' in page.text
    assert "đã lưu phần này lúc" in page.text
    new = hand.post(
        f"{LIST}/settle/next-step", data={**old, "kind": "task", "name_vi": "Tôi", "place": "from:"}
    )
    assert (new.status_code, 'value="Tôi"' in new.text) == (409, True)
    gone = hand.post(f"{LIST}/done/removal", data=old, follow_redirects=True)
    assert "vừa lưu tệp này" in gone.text
    assert step(drawn(), "settle").name.vi == "Giải quyết hồ sơ"
    assert "done" in {each.key for each in drawn().steps}


REFUSED = [
    ("nothing/next-step", {"kind": "task", "name_vi": "x"}, 422, "không còn trong quy trình"),
    ("nothing/next-way", {"target": "done"}, 422, "không còn trong quy trình"),
    ("nothing/target", {"target": "done"}, 422, "không còn trong quy trình"),
    ("nothing/removal", {}, 422, "không còn trong quy trình"),
    ("nothing", {"name": "x"}, 404, ""),
    ("settle/next-step", {"kind": "task", "name_vi": " "}, 422, "Ghi tên bước"),
    ("settle/next-step", {"kind": "boss", "name_vi": "x"}, 422, "Không có loại bước này"),
    ("settle/next-step", {"kind": "", "name_vi": "x"}, 422, "Không có loại bước này"),
    ("settle/next-step", {"kind": "start", "name_vi": "x", "place": "from:"}, 422, "dẫn vào bước bắt đầu"),
    (
        "settle/next-step",
        {"kind": "task", "name_vi": "x", "place": "from:failure"},
        422,
        "không bị ngắt như vậy",
    ),
    (
        "settle/next-step",
        {"kind": "task", "name_vi": "x", "place": "from:lunch"},
        422,
        "không bị ngắt như vậy",
    ),
    ("settle/next-step", {"kind": "task", "name_vi": "x" * 600}, 422, "Viết gọn lại"),
    (
        "settle/next-step",
        {"kind": "task", "name_vi": "a\x01b", "place": "from:"},
        422,
        "ký tự không ghi được",
    ),
    ("settle_to_done/next-step", {"kind": "end", "name_vi": "Hết"}, 422, "sau kết thúc không còn bước nào"),
    ("done/next-step", {"kind": "task", "name_vi": "x", "place": "from:"}, 422, "ra khỏi bước kết thúc"),
    ("settle/next-way", {"target": "settle"}, 422, "không dẫn tới chính nó"),
    ("settle/next-way", {"target": "done"}, 422, "đã có một đường"),
    ("settle/next-way", {"target": "begin"}, 422, "dẫn vào bước bắt đầu"),
    ("settle/next-way", {"target": "nowhere"}, 422, "không còn trong quy trình"),
    ("settle/next-way", {}, 422, "không còn trong quy trình"),
    ("settle_to_done/target", {"target": "begin"}, 422, "dẫn vào bước bắt đầu"),
    ("settle_to_done/target", {}, 422, "không còn trong quy trình"),
    ("settle", {"budget_amount": "nhiều", "budget_unit": "working_day"}, 422, ""),
    ("settle", {"budget_amount": "3", "budget_unit": "moon"}, 422, ""),
    ("settle", {"area": "moon"}, 422, ""),
    ("settle", {"name": "a\x00b"}, 422, ""),
    ("settle", {"asked": "outcome", "outcome.0.label": "x", "outcome.0.decision": "moon"}, 422, ""),
    ("settle", {"asked": "outcome", f"outcome.{'9' * 5000}.label": "x"}, 303, ""),
    ("settle", {"act": "add.nothing"}, 200, ""),
    ("settle", {"act": "remove.outcome.77"}, 200, ""),
    ("settle", {"act": "remove.outcome"}, 200, ""),
    ("begin_to_settle", {"when": "x", "asked": "is_default"}, 422, "hồ sơ luôn đi đường này"),
]


@pytest.mark.parametrize(("path", "typed", "status", "said"), REFUSED)
def test_what_no_page_sends_is_refused_in_words(
    hand: Any, drawn: Any, path: str, typed: dict[str, Any], status: int, said: str
) -> None:
    before = drawn()
    answer = send(hand, f"{LIST}/{path}", f"{LIST}/settle", **typed)
    assert answer.status_code == status
    assert said in answer.text
    if status != 303:
        assert drawn() == before


def test_a_circle_without_a_way_out_is_a_finding_beside_its_step(hand: Any) -> None:
    add(hand, "settle", "task", "Xem lại", "from:overdue")
    page = f"{LIST}/xem_lai/next-way"
    send(hand, page, page, target="settle", on="")
    led = f"{LIST}/settle_to_done"
    send(hand, f"{led}/target", led, target="xem_lai")
    listed = hand.get(LIST)
    assert listed.status_code == 200
    assert listed.text.count("finding-words") >= 2


def test_steps_that_cannot_be_read_are_told_and_not_edited(hand: Any, session: Session, blank: Draft) -> None:
    token = people.token(hand, LIST)
    hand.post(f"{AT}/steps", data={"csrf_token": token, "revision": "1", "content": "<not steps"})
    page = hand.get(LIST)
    assert (page.status_code, "Chưa đọc được các bước" in page.text) == (200, True)
    assert hand.get(f"{LIST}/settle").status_code == 404
    assert send(hand, f"{LIST}/settle/removal", LIST).status_code == 404


def test_the_two_views_lead_to_each_other(hand: Any, blank: Draft) -> None:
    drawing, listed = hand.get(f"{AT}/steps").text, hand.get(LIST).text
    for page in (drawing, listed):
        assert f'href="/designer/drafts/{blank.id}/steps/list"' in page
        assert f'href="/designer/drafts/{blank.id}/steps"' in page
    assert "<noscript>" in drawing
    assert "Thêm bước sau" in drawing[drawing.rindex("<noscript>") :]


@pytest.mark.parametrize("role", ["procedure_controller", "publisher"])
def test_who_only_reads_sees_no_acts(client: FlaskClient, session: Session, blank: Draft, role: str) -> None:
    people.official(session, people.unit(session), role)
    people.sign_in(client, "tiep")
    reader = Visitor(client, blank)
    listed, page = reader.get(LIST), reader.get(f"{LIST}/settle")
    assert (listed.status_code, page.status_code) == (200, 200)
    assert "Thêm bước" not in listed.text + page.text
    assert "Bỏ bước này" not in page.text
    assert "<fieldset disabled>" in page.text
    assert reader.get(f"{LIST}/settle/next-step").status_code == 403


def test_every_page_of_the_list_speaks_english(hand: Any) -> None:
    add(hand, "settle_to_done", "branch", "")
    hand.get(f"{LIST}?language=en")
    pages = {
        "": "Add a step after",
        "/settle": "Save, stay on this page",
        "/branch_1": "Take out this step",
        "/settle_to_done": "Lead to another step",
        "/settle/next-step": "Kind of step",
        "/settle/next-way": "When this step is done",
    }
    assert {path: said in hand.get(LIST + path).text for path, said in pages.items()} == dict.fromkeys(
        pages, True
    )
